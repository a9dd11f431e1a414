"""The examples in the docstrings of rules/ are run as they stand."""

import doctest
import importlib
import pkgutil

import pytest

import gongkai.rules

MODULES = sorted(each.name for each in pkgutil.walk_packages(gongkai.rules.__path__, "gongkai.rules."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_at_all() -> None:
    attempted = sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)

    assert attempted >= 40
