"""docs/law/unconfirmed.md names every place of rules/ in which something still carries 待核."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import gongkai.rules
from gongkai.rules.citation import Citation, Instrument

TEXT = (Path(__file__).parents[2] / "docs" / "law" / "unconfirmed.md").read_text(encoding="utf-8")
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(gongkai.rules.__path__, "gongkai.rules.")
    if not module.ispkg
)


def within(value: object, found: type) -> Iterator[object]:
    """Every ``found`` inside a value: dataclasses, tuples and mappings are looked through."""
    if isinstance(value, found):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from within(getattr(value, each.name), found)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from within(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            yield from within(item, found)


def of_module(name: str, found: type) -> list[object]:
    return [each for value in vars(importlib.import_module(name)).values() for each in within(value, found)]


def states_a_certainty(name: str) -> bool:
    """Whether the module itself marks something, and does not only use what another marked."""
    source = Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
    marked = any(isinstance(each, Citation) and each.certainty.mark for each in of_module(name, Citation))
    return marked and "Certainty." in source


@pytest.mark.parametrize("name", [name for name in MODULES if states_a_certainty(name)])
def test_a_module_that_cites_something_unconfirmed_is_listed(name: str) -> None:
    assert f"`{name.removeprefix('gongkai.').replace('.', '/')}.py`" in TEXT


def test_what_is_unconfirmed_of_an_instrument_is_listed() -> None:
    instruments = {
        each for name in MODULES for each in of_module(name, Instrument) if isinstance(each, Instrument)
    }
    missing = [
        each.title
        for each in instruments
        if each.unconfirmed and f"| {each.title} | {each.unconfirmed} |" not in TEXT
    ]

    assert len(instruments) > 15
    assert missing == []
