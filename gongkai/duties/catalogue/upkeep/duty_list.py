"""公开职责一览. Each head of articles 20 and 21 with who keeps it, how many items there are, and what is wrong."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.statutory import duties
from gongkai.duties.catalogue.upkeep import fulfilment, queries
from gongkai.duties.catalogue.upkeep.fulfilment import Shown
from gongkai.duties.catalogue.upkeep.models import Assignment
from gongkai.rules.regulations_2019.proactive import Duty, numbered

_NEARLY = timedelta(days=14)


class Standing(StrEnum):
    """职责的状态."""

    GAP = "gap"
    EMPTY = "empty"
    OVERDUE = "overdue"
    NEARLY = "nearly"
    IN_TIME = "in_time"
    NOT_CONCERNED = "not_concerned"

    @property
    def label(self) -> str:
        return {
            "gap": "没有落实",
            "empty": "空白",
            "overdue": "逾期",
            "nearly": "快到期",
            "in_time": "正常",
            "not_concerned": "不涉及",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """一项职责."""

    duty: Duty
    assignment: Assignment | None
    count: int | None  # of the items; None where nobody asked how many there are
    newest_on: date | None  # of the items and of what registers show
    due_on: date | None
    standing: Standing
    why: str
    registers: tuple[Shown, ...] = ()
    elsewhere: int = 0  # of the items, those that stand in the ledger alone

    @property
    def total(self) -> int:
        """条数，连同登记公示的."""
        return (self.count or 0) + sum(each.count or 0 for each in self.registers)

    @property
    def label(self) -> str:
        return numbered(self.duty)

    @property
    def is_handed_down(self) -> bool:
        return bool(self.assignment and self.assignment.section_id)


def lines(agency: Agency, *, today: date, counted: bool = True) -> list[Line]:
    """Every duty that binds the agency, in the order of the articles. Counting reads every item; the home page need not."""
    handed_down = queries.assignments(agency)
    if counted:
        by_duty = queries.by_duty(agency)
    else:
        by_duty = {
            each.duty: queries.DutyCount(None, getattr(each, "newest_on", None))
            for each in handed_down.values()
        }
    nothing = queries.DutyCount(0 if counted else None, None)
    shown = fulfilment.by_duty(agency, counted=counted)
    return [
        _line(
            duty,
            handed_down.get(duty.key),
            by_duty.get(duty.key, nothing),
            shown.get(duty.key, ()),
            today,
        )
        for duty in duties(agency)
    ]


def _line(
    duty: Duty,
    assignment: Assignment | None,
    counted: queries.DutyCount,
    registers: tuple[Shown, ...],
    today: date,
) -> Line:
    days = (counted.newest_on, *(each.newest_on for each in registers))
    newest_on = max((day for day in days if day), default=None)
    due = _due(assignment, newest_on)
    standing, why = _standing(assignment, newest_on, due, today)
    return Line(duty, assignment, counted.count, newest_on, due, standing, why, registers, counted.elsewhere)


def _due(assignment: Assignment | None, newest_on: date | None) -> date | None:
    if assignment is None or assignment.period_days is None or newest_on is None:
        return None
    return newest_on + timedelta(days=assignment.period_days)


def _standing(
    assignment: Assignment | None, newest_on: date | None, due: date | None, today: date
) -> tuple[Standing, str]:
    if assignment is None:
        return Standing.GAP, "还没有落实到科室和人"
    if assignment.not_concerned_because:
        return Standing.NOT_CONCERNED, assignment.not_concerned_because
    gone = [each.name for each in (assignment.owner, assignment.reviewer) if each and not each.is_active]
    if gone:
        return Standing.GAP, f"{'、'.join(gone)}的账号已停用，请另行落实"
    if newest_on is None:
        return Standing.EMPTY, "从来没有公开过这一类信息"
    assert due is not None  # noqa: S101 — handed down with a period, and there is an item
    left = (due - today).days
    if left < 0:
        return Standing.OVERDUE, f"已逾期{-left}天"
    words = "今天到期" if left == 0 else f"还剩{left}天"
    return (Standing.NEARLY if today >= due - _NEARLY else Standing.IN_TIME), words
