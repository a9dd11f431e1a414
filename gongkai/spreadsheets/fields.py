"""表格的一栏. What a column of a sheet is called, what its cells hold, and which headings mean it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """一栏里写的是什么."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    YUAN = "yuan"  # 元 or 万元, as the heading or the cell says
    FLAG = "flag"  # 是、否
    CHOICE = "choice"
    WEB_ADDRESS = "web_address"  # http or https, with a host


@dataclass(frozen=True, slots=True)
class Field:
    """一栏. ``choices`` maps what may be written in a cell to what is kept."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    longest: int = 0
    note: str = ""
    may_be_future: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.synonyms)
