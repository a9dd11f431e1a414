"""工作簿. The sheets of a workbook, its strings and the looks of its cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from gongkai.screening.cell_looks import Looks, Run
from gongkai.screening.colours import named
from gongkai.screening.package import RELATIONSHIP, Package
from gongkai.screening.sheet_cells import Grid

MAIN = "xl/workbook.xml"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_FORMAT_WORDS = re.compile(r'"([^"]*)"|\\([^\x00-\x7f])')


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张工作表."""

    name: str
    part: str
    id: str
    state: str

    @property
    def hidden(self) -> bool:
        return self.state in ("hidden", "veryHidden")


class Book:
    """一本工作簿."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = package.tree(MAIN)
        targets = {each.id: each.target for each in package.relationships(MAIN)}
        self.sheets = [
            Sheet(each.get("name") or "", targets.get(id_of(each), ""), id_of(each), _state(each))
            for each in root.iter("{*}sheet")
        ]
        self.looks = Looks(package, MAIN)
        self.strings: list[str] = []
        self.runs: dict[int, tuple[Run, ...]] = {}
        for name in package.related("sharedStrings", MAIN)[:1]:
            for number, item in enumerate(package.tree(name)):
                self.strings.append(words_of(item))
                runs = self.looks.runs(item)
                if runs:
                    self.runs[number] = runs
        self._format_words = [_words_of_format(code) for code in self.looks.codes]

    @property
    def shown_sheets(self) -> list[Sheet]:
        return [each for each in self.sheets if not each.hidden and each.part in self.package.parts]

    @property
    def hidden_names(self) -> list[str]:
        return [each.name for each in self.sheets if each.hidden]

    @cached_property
    def used_strings(self) -> set[int]:
        """The rows of the common table that a cell refers to."""
        used: set[int] = set()
        for sheet in self.sheets:
            if sheet.part in self.package.parts:
                used |= strings_of(self.package.tree(sheet.part))
        return used

    def value(self, cell: etree._Element, kind: str) -> str:
        if kind == "inlineStr":
            return words_of(cell)
        value = ""
        for child in cell:
            if named(child) == "v":
                value = child.text or ""
        if kind == "s":
            place = int(value) if value.isdecimal() and len(value) < 9 else -1
            return self.strings[place] if 0 <= place < len(self.strings) else value
        return whole(value) if kind == "n" else value

    def runs_of(self, cell: etree._Element, kind: str) -> tuple[Run, ...]:
        """The pieces of a cell whose letters are not all alike."""
        if kind == "inlineStr":
            return next((runs for each in cell.iterchildren("{*}is") if (runs := self.looks.runs(each))), ())
        if kind != "s" or not self.runs:
            return ()
        value = next((child.text or "" for child in cell if named(child) == "v"), "")
        return self.runs.get(int(value), ()) if value.isdecimal() and len(value) < 9 else ()

    def format_words(self, style: int) -> str:
        return self._format_words[style] if 0 <= style < len(self._format_words) else ""

    def all_rows(self, sheet: Sheet) -> Iterator[str]:
        """Every row of a sheet that is not shown at all."""
        for row in Grid(self.package.tree(sheet.part)).rows():
            said = [
                value + self.format_words(cell.style)
                for cell in row.cells
                if (value := self.value(cell.element, cell.kind))
            ]
            if said:
                yield "\t".join(said)


def strings_of(root: etree._Element) -> set[int]:
    used: set[int] = set()
    for cell in root.iter("{*}c"):
        if cell.get("t") == "s":
            used |= {int(v.text) for v in cell.iterchildren("{*}v") if v.text and v.text.isdecimal()}
    return used


def id_of(element: etree._Element) -> str:
    return element.get(RELATIONSHIP + "id") or element.get(_STRICT_RELATIONSHIP + "id") or ""


def words_of(element: etree._Element) -> str:
    """The text of a string item, without its reading aids."""
    return "".join(
        each.text or ""
        for each in element.iter("{*}t", "{*}text")
        if not any(named(up) == "rPh" for up in each.iterancestors())
    )


def whole(value: str) -> str:
    """1.1010519491231002E17 as a person would read it."""
    if "E" in value or "e" in value or value.endswith(".0"):
        try:
            number = float(value)
        except ValueError:
            return value
        return str(int(number)) if number.is_integer() and abs(number) < 1e20 else value
    return value


def _state(sheet: etree._Element) -> str:
    return sheet.get("state") or "visible"


def _words_of_format(code: str) -> str:
    words = [quoted or single for quoted, single in _FORMAT_WORDS.findall(code)]
    return f"（{''.join(words)}）" if any(word.strip() for word in words) else ""
