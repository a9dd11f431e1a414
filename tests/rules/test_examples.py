"""文档中的例子. Every example in the docstrings of rules/ is true."""

import doctest
import importlib
import pkgutil

import pytest

import gongkai.rules

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(gongkai.rules.__path__, "gongkai.rules.")
    if not module.ispkg
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0


def test_there_are_examples_to_read() -> None:
    attempted = sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)

    assert attempted > 80
