"""读到的. What one place of a source says: an item, or why it is none."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Found:
    """一条: where it stands, its values by field name, the files it names by their names in the archive."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    # Name shown to readers, name in the archive, where it stood on the old site as far as that is known.
    files: list[tuple[str, str, str]] = field(default_factory=list)
    refused: str = ""  # why it cannot be moved in, one Chinese sentence
    seen: str = ""  # what is told of a refused one: its title, as far as there is any


@dataclass(slots=True)
class Source:
    """一个来源读完的结果."""

    form: str  # "table", "json", "pages"
    found: list[Found]
    notes: list[str]
