"""勾稽判断. What a cross-check is given, what it says, and what it may not say.

A check reads figures through ``Figures``, so that it runs alike on a report read from a document and on a report compiled
from the registers. A blank, a mark, an unreadable and an absent cell are never taken for 0: what cannot be known is
``CannotJudge``, and never a pass.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from gongkai.rules.annual_report_2021.cell_states import CellState
from gongkai.rules.citation import Citation


class Level(StrEnum):
    """级别. The letters are those of the published check list."""

    ERROR = "E"  # 差错: stops publication
    WARNING = "W"  # 警示: needs a written explanation
    INFORMATION = "I"  # 提示

    @property
    def label(self) -> str:
        return {"E": "差错", "W": "警示", "I": "提示"}[self.value]


class Need(StrEnum):
    """所需材料. Without it the rule cannot judge."""

    FILE = "file"  # the report itself
    LAST_YEAR = "last_year"  # last year's report
    SET = "set"  # the reports of subordinate agencies
    LEDGER = "ledger"  # the agency's own registers
    CRAWL = "crawl"  # the site over time

    @property
    def label(self) -> str:
        return {
            "file": "报告文件",
            "last_year": "上一年度报告",
            "set": "下级单位报告",
            "ledger": "本机关台账",
            "crawl": "网站抓取记录",
        }[self.value]


class FormYear(StrEnum):
    """格式年份: which of the two official forms the tables follow."""

    FORM_2019 = "2019"
    FORM_2021 = "2021"


class CellReading(Protocol):
    """一格: its state, its exact value when it is a number, and the text as printed."""

    @property
    def state(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def text(self) -> str: ...


class Figures(Protocol):
    """一份报告的数字. ``cell`` answers for every place; what is not there is an absent cell."""

    def cell(self, table: str, row: str, column: str) -> CellReading: ...


@dataclass(frozen=True, slots=True)
class _AbsentCell:
    state: str = CellState.ABSENT
    value: Decimal | None = None
    text: str = ""


class _NoReport:
    """没有报告: every cell is absent, so that nothing can be judged by it."""

    def cell(self, table: str, row: str, column: str) -> CellReading:
        return _AbsentCell()


class CellPlace(NamedTuple):
    """位置: a cell, a row (no column) or a whole table (neither). A tuple, since thousands are looked up in every check."""

    table: str
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Agrees:
    """相符: the relation was tested at this place and holds."""

    rule: str
    place: CellPlace


@dataclass(frozen=True, slots=True)
class Finding:
    """不符: both sides, their difference (left less right), the place, and a Chinese sentence with formula and numbers.

    ``further`` names the other cells that the same finding is about.
    """

    rule: str
    level: Level
    place: CellPlace
    message: str
    left: Decimal | None = None
    right: Decimal | None = None
    further: tuple[CellPlace, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True, slots=True)
class CannotJudge:
    """无法判断: where, and why, in plain Chinese."""

    rule: str
    place: CellPlace
    why: str


Judgement = Agrees | Finding | CannotJudge


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账数: what the agency's registers say of the year. ``None`` means that the register gives no answer."""

    # 规章, 行政规范性文件 (keys of the table): entries in force on 31 December; dated in the year; of these, published
    # and interpreted.
    in_force: Mapping[str, int] = field(default_factory=dict)
    issued: Mapping[str, int] = field(default_factory=dict)
    issued_and_interpreted: Mapping[str, int] = field(default_factory=dict)
    # 行政许可, 行政处罚, 行政强制: decisions of the year.
    decisions: Mapping[str, int] = field(default_factory=dict)
    # 行政事业性收费: the sum in yuan, as budget pages print it.
    charges_yuan: Decimal | None = None
    # 结转下年度: open cases that had passed the longest reply period (20 + 20 working days) by 31 December.
    carried_out_past_limit: int | None = None
    # 部分公开 and a second result for the same case.
    counted_twice: int | None = None
    fee_notices: int | None = None
    correction_notices: int | None = None
    # 复议、诉讼: cases of the year; and cases pending last year that are now neither decided nor pending.
    remedy_cases: int | None = None
    pending_last_year_lost: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """材料: the figures of the year and whatever else is at hand."""

    this_year: Figures
    form: FormYear = FormYear.FORM_2021
    year: int | None = None
    agency: str = ""
    last_year: Figures | None = None  # the newest edition of last year's report
    last_year_form: FormYear = FormYear.FORM_2021
    last_year_first_edition: Figures | None = (
        None  # given only when last year's report was corrected afterwards
    )
    reorganised: bool = False  # last year's report is a predecessor's
    ledger: Ledger | None = None

    @property
    def before(self) -> Figures:
        """上一年度的数字; all cells absent when there is no such report."""
        return _NoReport() if self.last_year is None else self.last_year

    @property
    def registers(self) -> Ledger:
        """台账数; an empty one when there is no ledger."""
        return Ledger() if self.ledger is None else self.ledger

    def lacks(self, need: Need) -> bool:
        """Whether this material is missing. The checks of this package never need a set or a crawl."""
        if need is Need.LAST_YEAR:
            return self.last_year is None
        return need is Need.LEDGER and self.ledger is None


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """一条勾稽规则. ``judge`` returns nothing when the rule does not apply to these figures."""

    id: str
    level: Level
    title: str
    formula: str
    basis: Citation
    judges: Callable[["CrossCheck", Evidence], Iterable[Judgement]]
    needs: frozenset[Need] = frozenset({Need.FILE})
    table: str = ""

    def judge(self, evidence: Evidence) -> tuple[Judgement, ...]:
        missing = [need.label for need in sorted(self.needs) if evidence.lacks(need)]
        if missing:
            return (self.cannot_judge(CellPlace(self.table), f"没有{'、'.join(missing)}，不能判断。"),)
        return tuple(self.judges(self, evidence))

    def agrees(self, place: CellPlace) -> Agrees:
        return Agrees(self.id, place)

    def finding(
        self,
        place: CellPlace,
        message: str,
        *,
        left: Decimal | None = None,
        right: Decimal | None = None,
        level: Level | None = None,
        further: tuple[CellPlace, ...] = (),
    ) -> Finding:
        return Finding(self.id, level or self.level, place, message, left, right, further)

    def cannot_judge(self, place: CellPlace, why: str) -> CannotJudge:
        return CannotJudge(self.id, place, why)
