"""案件的现状. The values that say how a case stands: its state, what falls due, its hearings and its outcome."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.annual_report_2021.counting import RemedyResult
from gongkai.rules.explanation import Step
from gongkai.rules.remedy_cases.decisions import Meaning
from gongkai.rules.remedy_cases.events import Track
from gongkai.rules.working_days import DueDay


class Status(StrEnum):
    """案件的状态."""

    ACCEPTED = "accepted"
    ANSWERING = "answering"
    IN_TRIAL = "in_trial"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    ON_APPEAL = "on_appeal"
    PERFORMING = "performing"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "accepted": "待收副本",
            "answering": "待答复、举证",
            "in_trial": "审理中",
            "suspended": "中止",
            "decided": "已裁判，未生效",
            "on_appeal": "二审中",
            "performing": "待履行",
            "closed": "已结案",
        }[self.value]


class Duty(StrEnum):
    """什么到期. The first five are the agency's; the others show how long the body, the court or the other party has."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    HEARING = "hearing"
    APPEAL = "appeal"
    PERFORM = "perform"
    DECIDE = "decide"
    SUE = "sue"

    @property
    def is_ours(self) -> bool:
        return self not in (Duty.DECIDE, Duty.SUE)

    def name_on(self, track: Track) -> str:
        reconsidered = track is Track.RECONSIDERATION
        return {
            "answer": "提交书面答复" if reconsidered else "提交答辩状",
            "evidence": "提交证据和依据",
            "hearing": "参加听证" if reconsidered else "出庭",
            "appeal": "上诉",
            "perform": "履行",
            "decide": "复议机关作出决定" if reconsidered else "法院审结",
            "sue": "申请人起诉",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Deadline:
    """一项期限: what, by when, whether it is done or no longer matters."""

    duty: Duty
    due: DueDay
    done_on: date | None = None
    number: int | None = None
    is_over: bool = False  # nothing is waited for any more

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.is_over

    @property
    def is_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.due.day


@dataclass(frozen=True, slots=True)
class Hearing:
    """一次听证、开庭."""

    number: int
    noticed_on: date
    on: date
    held_on: date | None = None
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """算数的结果: the last decision that stands, with the day it counts for."""

    meaning: Meaning
    key: str
    on: date
    served_on: date

    @property
    def result(self) -> RemedyResult:
        return self.meaning.result


@dataclass(frozen=True, slots=True)
class Standing:
    """案件的现状."""

    status: Status
    simplified: bool
    filed_on: date | None
    accepted_on: date
    outcome: Outcome | None
    on_second_instance: bool
    effective_on: date | None
    performed_on: date | None
    deadlines: tuple[Deadline, ...]
    hearings: tuple[Hearing, ...]
    steps: tuple[Step, ...]
    # 被上诉的一审裁判, the last of them: what stood at the end of the years before the appeal.
    appealed_outcome: Outcome | None = None
    appealed_on: date | None = None

    @property
    def next(self) -> Deadline | None:
        """我方最近的一项."""
        ours = [each for each in self.deadlines if each.is_open and each.duty.is_ours]
        return min(ours, key=lambda each: each.due.day, default=None)

    @property
    def answered_late(self) -> bool:
        return any(each.is_late for each in self.deadlines if each.duty in (Duty.ANSWER, Duty.EVIDENCE))
