"""检查结果. A finding carries both values, their difference, its place and the formula it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.report.model import Place
from gongkai.rules.annual_report_2021.cross_checks.judgement import Level, Need
from gongkai.rules.annual_report_2021.cross_checks.wording import number

Value = Decimal | str | None
Json = str | int | float | None | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: which rule, how grave, where, and one sentence that a clerk understands."""

    rule: str
    level: Level
    place: Place
    message: str
    formula: str = ""
    left: Value = None
    right: Value = None
    further: tuple[Place, ...] = ()  # the other places that the same finding is about

    @property
    def difference(self) -> Decimal | None:
        """差: left less right, when both are numbers."""
        if isinstance(self.left, Decimal) and isinstance(self.right, Decimal):
            return self.left - self.right
        return None

    def as_json(self) -> Mapping[str, Json]:
        """The finding in the published JSON form of ``gongkai report check --json``."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "place": place_as_json(self.place),
            "left": _plain(self.left),
            "right": _plain(self.right),
            "difference": _plain(self.difference),
            "formula": self.formula,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class CannotJudge:
    """无法判断: the rule would have applied, and why it could not be judged."""

    rule: str
    place: Place
    why: str

    def as_json(self) -> Mapping[str, Json]:
        entry: dict[str, Json] = {"place": place_as_json(self.place), "why": self.why}
        return {"rule": self.rule, **entry} if self.rule else entry


@dataclass(frozen=True, slots=True)
class CheckResult:
    """一份报告的检查结果."""

    findings: tuple[Finding, ...] = ()
    cannot_judge: tuple[CannotJudge, ...] = ()
    judged: bool = True  # False when the document is no report in an official form: nothing was judged

    unread_tables: tuple[str, ...] = ()  # tables of which not one cell could be read

    @property
    def is_open(self) -> bool:
        """Nothing was found, but whole tables could not be judged: that is no pass."""
        return not self.judged or (
            bool(self.unread_tables) and not self.at(Level.ERROR) and not self.at(Level.WARNING)
        )

    def at(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)

    @property
    def passes(self) -> bool:
        """Judged, and neither an error nor a warning."""
        return not self.is_open and not self.at(Level.ERROR) and not self.at(Level.WARNING)


def place_as_json(place: Place) -> dict[str, str]:
    """{"table", "row", "column"} or {"section", "quote"}."""
    if place.table:
        return {"table": place.table, "row": place.row, "column": place.column}
    return {"section": place.section, "quote": place.quote}


def _plain(value: Value) -> Json:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(number(value))
    return value


__all__ = [
    "CannotJudge",
    "CheckResult",
    "Finding",
    "Json",
    "Level",
    "Need",
    "Value",
    "number",
    "place_as_json",
]
