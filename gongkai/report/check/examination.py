"""受检材料. The report under check, whatever was given with it, and its prose cut into sentences once for all rules."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from gongkai.report.check.narrative.quantities import Quantity, plain, quantities
from gongkai.report.model import Cell, CellState, Form, NoteKind, Place, Report
from gongkai.rules.annual_report_2021.cross_checks import Ledger
from gongkai.rules.annual_report_2021.tables import SECTIONS

SECTION_KEYS = tuple(section.key for section in SECTIONS)
PREAMBLE = "preamble"
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff]+")
_CHINESE_MARKS = str.maketrans("();!?", "（）；！？")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
# A sentence is cut after so many characters, so that no rule reads an endless line over and over (INP-09).
_SENTENCE = re.compile(r"[^。！？\n]{1,800}[。！？]?")
_NEW_LINE_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．，]|[一二三四五六七八九]是|第[一二三四五六]"
)
_TOPIC = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十\d]{1,2}[、.．])([^。：，；]{2,30})"
)
_BODIES = {"镇": "人民政府", "乡": "人民政府", "街道": "办事处", "局": ""}
_CALLS_ITSELF = re.compile(rf"(?<![基根])[我本]({'|'.join(_BODIES)})(?![长面势部限村])")
_WRAPPED_LINE = 15  # a line at least this long that ends without a stop was broken by the layout


@dataclass(frozen=True, eq=False)
class Sentence:
    """一句话. ``text`` is normalised for reading, ``printed`` has the same length and stands in quotes."""

    section: str
    text: str
    printed: str
    paragraph: int
    topic: str  # the small heading it stands under, like 依申请公开情况

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.text)

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """位置. The words from ``start`` to ``end``, or the whole sentence when it is short."""
        quote = self.printed if len(self.printed) <= 80 else self.printed[start:end][:80]
        return Place(section=self.section, quote=quote)

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around a place: from the stop before it to the stop after it."""
        start = max(self.text.rfind(mark, 0, at) for mark in "，；：。") + 1
        ends = [position for mark in "，；。" if (position := self.text.find(mark, at)) >= 0]
        return start, min(ends, default=len(self.text))


def readable(text: str) -> str:
    """Without spaces; line ends kept."""
    return _SPACE.sub("", text.replace("\r\n", "\n"))


def normalised(printed: str) -> str:
    """半角数字、全角标点, character for character."""
    text = plain(printed).translate(_CHINESE_MARKS)
    return _COLON.sub("：", _COMMA.sub("，", text))


def joined_lines(text: str) -> str:
    """接行. Lines that a page layout broke in the middle of a sentence are joined again."""
    lines = [line for line in text.split("\n") if line]
    joined: list[str] = []
    for line in lines:
        broken = joined and len(joined[-1]) >= _WRAPPED_LINE and joined[-1][-1] not in "。！？；：:;!?"
        if broken and not _NEW_LINE_BEGINS.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def sentences(section: str, text: str) -> Iterator[Sentence]:
    """The sentences of one part, each knowing its paragraph and small heading."""
    topic = ""
    for number, printed in enumerate(joined_lines(readable(text)).split("\n")):
        heading = _TOPIC.match(printed)
        topic = heading[1] if heading else topic
        for found in _SENTENCE.finditer(printed):
            yield Sentence(section, normalised(found[0]), found[0], number, topic)


@dataclass(frozen=True, eq=False)
class Examination:
    """一次检查. Everything a rule may look at."""

    report: Report
    last_year: Report | None = None  # its newest edition
    last_year_first_edition: Report | None = None  # when last year's report was corrected afterwards
    year_before_last: Report | None = None
    set_of: Sequence[Report] | None = None  # the reports of the agencies below
    expected_children: Sequence[str] = ()
    other_editions: Mapping[str, Report] = field(default_factory=dict)  # 网页, PDF附件 … of the same report
    ledger: Ledger | None = None  # what the agency's registers say of the year
    registers: Mapping[str, Decimal] = field(
        default_factory=dict
    )  # the registers' figures of the text, by name
    published_on: date | None = None
    agency_current_name: str | None = None
    former_names: Sequence[str] = ()

    @property
    def agency(self) -> str:
        return self.report.agency or (self.agency_current_name or "")

    @cached_property
    def designation(self) -> str:
        """机关名称, or, where the document names none, what it calls itself: 我镇 is a township's government."""
        if self.agency:
            return self.agency
        called = _CALLS_ITSELF.search(self.prose)
        return f"本{called[1]}{_BODIES[called[1]]}" if called else ""

    @property
    def year(self) -> int | None:
        return self.report.year

    @cached_property
    def is_cut(self) -> bool:
        """截断: the document ends inside a part; what follows cannot be judged."""
        return any(note.kind is NoteKind.DOCUMENT_CUT for note in self.report.notes)

    @cached_property
    def last_section(self) -> str:
        """The last part that the document reaches."""
        present = {heading.section for heading in self.report.headings} | set(self.report.sections)
        return next((key for key in reversed(SECTION_KEYS) if key in present), "")

    def is_complete(self, section: str) -> bool:
        """Whether the part is there and was not cut."""
        there = section in self.report.sections or any(h.section == section for h in self.report.headings)
        return there and not (self.is_cut and section == self.last_section)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """全部文字, in the order of print."""
        texts = [
            (PREAMBLE, self.report.preamble),
            *((k, self._words_of(k)) for k in SECTION_KEYS),
        ]
        return tuple(sentence for key, text in texts for sentence in sentences(key, text))

    def _words_of(self, section: str) -> str:
        """The prose of a part. Where its table lost its cells, what is no whole sentence is a piece of the table."""
        text = self.report.sections.get(section, "")
        lost = any(
            each.place.table == section and not (each.place.row or each.place.quote)
            for each in self.report.unreadable
        )
        return "\n".join(line for line in text.split("\n") if not lost or "。" in line)

    @cached_property
    def last_years_sentences(self) -> tuple[Sentence, ...]:
        if self.last_year is None:
            return ()
        return tuple(s for key in SECTION_KEYS for s in sentences(key, self.last_year.sections.get(key, "")))

    @cached_property
    def prose(self) -> str:
        """全部文字 in one string, without spaces."""
        return "\n".join(sentence.printed for sentence in self.sentences)

    @property
    def is_government(self) -> bool:
        """本级政府: the report is a government's, not one of its offices'."""
        return self.agency.endswith("人民政府")

    def value(self, table: str, row: str, column: str = "total") -> Decimal | None:
        return number_in(self.report.cell(table, row, column))

    @property
    def is_2021_form(self) -> bool:
        return self.report.form is Form.FORM_2021


def number_in(cell: Cell) -> Decimal | None:
    """The number of a cell; ``None`` for everything that is not a number."""
    return cell.value if cell.state is CellState.NUMBER else None
