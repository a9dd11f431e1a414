"""报告的各部分, in the order of print: what every renderer lays out.

Headings are printed as the document has them. A part that has text or a table but no heading gets the official one, so
that nothing that was read is lost.
"""

import re
from dataclasses import dataclass

from gongkai.report.grid import Grid, grids
from gongkai.report.model import Form, Report
from gongkai.rules.annual_report_2021.tables import SECTIONS

_IN_PARTS = frozenset({Form.FORM_2021, Form.FORM_2019, Form.BLANK})  # other documents have no official parts
_TITLE_LINE = 20  # characters of 22 pt on a line of 156 mm
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；：，]{2,24}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Part:
    """报告的一个部分: its heading ("" for text of a report in free form), its paragraphs, and the table that belongs to it."""

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """整篇报告."""

    title: str
    title_lines: tuple[str, ...]
    preamble: tuple[str, ...]
    parts: tuple[Part, ...]


def layout(report: Report) -> Layout:
    """What is printed, in order."""
    tables = {grid.table: grid for grid in grids(report)}
    order = [title.key for title in SECTIONS]
    parts: list[Part] = []
    lines = {printable(line, lines=False) for text in report.sections.values() for line in text.split("\n")}
    for heading in report.headings:
        if not heading.section and printable(heading.printed, lines=False) in lines:
            continue  # a heading within a part stands in that part's text
        is_first = bool(heading.section) and heading.section not in {part.key for part in parts}
        text = report.sections.get(heading.section, "") if is_first else ""
        grid = tables.get(heading.section) if is_first else None
        parts.append(
            Part(heading.section, printable(heading.printed, lines=False), paragraphs_of(text), grid)
        )
    printed = {part.key for part in parts}
    for official in SECTIONS:
        text, grid = report.sections.get(official.key, ""), tables.get(official.key)
        if official.key not in printed and (text.strip() or grid):
            named = official.heading if report.form in _IN_PARTS else ""
            part = Part(official.key, named, paragraphs_of(text), grid)
            earlier = [
                index
                for index, each in enumerate(parts)
                if each.key and order.index(each.key) < order.index(official.key)
            ]
            parts.insert(earlier[-1] + 1 if earlier else 0, part)
    title = title_of(report)
    return Layout(title, _lines_of(title, report.agency), paragraphs_of(report.preamble), tuple(parts))


def title_of(report: Report) -> str:
    """标题, as printed, or the official wording when the document has none."""
    if report.title.strip():
        return printable(report.title, lines=False)
    year = f"{report.year}年" if report.year else ""
    return f"{report.agency}{year}政府信息公开工作年度报告"


def _lines_of(title: str, agency: str) -> tuple[str, ...]:
    """题目的回行: after the agency's name, so that no word is cut (GB/T 9704-2012 wants lines whole in sense)."""
    if not agency or not title.startswith(agency) or len(title) <= _TITLE_LINE or title == agency:
        return (title,)
    return (agency, title[len(agency) :].strip())


def paragraphs_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in printable(text).split("\n") if line.strip())


def is_subheading(paragraph: str) -> bool:
    """第二层标题: （一）, alone on its line, set in 楷体.

    >>> is_subheading("（一）主动公开"), is_subheading("（一）主动公开。全年公开信息3条。")
    (True, False)
    """
    return bool(_SUBHEADING.fullmatch(paragraph))


def printable(text: str, *, lines: bool = True) -> str:
    """Without control characters, which neither XML nor a printer takes."""
    clean = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if lines else " ".join(clean.split())
