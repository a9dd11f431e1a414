"""案件的经过. What happens in a case before a reconsideration body or a court, as far as a period depends on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Track(StrEnum):
    """走哪条路."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"

    @property
    def label(self) -> str:
        return {"reconsideration": "行政复议", "litigation": "行政诉讼"}[self.value]


class Kind(StrEnum):
    """经过的种类. Words differ by track: ``name_on``."""

    FILED = "filed"
    ACCEPTED = "accepted"
    SERVED = "served"
    MADE_ORDINARY = "made_ordinary"
    TIME_GIVEN = "time_given"
    ANSWERED = "answered"
    EVIDENCE_SUBMITTED = "evidence_submitted"
    HEARING_SET = "hearing_set"
    HEARING_HELD = "hearing_held"
    HEARING_CALLED_OFF = "hearing_called_off"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    LENGTHENED = "lengthened"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"
    SECOND_INSTANCE = "second_instance"
    EFFECTIVE = "effective"
    PERFORMED = "performed"

    def name_on(self, track: Track) -> str:
        """这一步的名称.

        >>> Kind.ANSWERED.name_on(Track.RECONSIDERATION), Kind.ANSWERED.name_on(Track.LITIGATION)
        ('提交书面答复', '提交答辩状')
        """
        return _NAMES[self][0 if track is Track.RECONSIDERATION else 1]


_NAMES: dict[Kind, tuple[str, str]] = {
    Kind.FILED: ("申请复议", "起诉"),
    Kind.ACCEPTED: ("复议受理", "法院立案"),
    Kind.SERVED: ("收到复议申请书副本", "收到起诉状副本"),
    Kind.MADE_ORDINARY: ("转为普通程序", "转为普通程序"),
    Kind.TIME_GIVEN: ("准予延期举证", "准予延期举证"),
    Kind.ANSWERED: ("提交书面答复", "提交答辩状"),
    Kind.EVIDENCE_SUBMITTED: ("提交证据和依据", "提交证据和依据"),
    Kind.HEARING_SET: ("通知听证", "通知开庭"),
    Kind.HEARING_HELD: ("举行听证", "开庭"),
    Kind.HEARING_CALLED_OFF: ("取消听证", "取消开庭"),
    Kind.SUSPENDED: ("中止审理", "中止诉讼"),
    Kind.RESUMED: ("恢复审理", "恢复诉讼"),
    Kind.LENGTHENED: ("延长审理期限", "延长审理期限"),
    Kind.DECIDED: ("复议决定", "一审裁判"),
    Kind.WITHDRAWN: ("申请人撤回而终止", "准许撤诉"),
    Kind.APPEALED: ("上诉", "上诉"),
    Kind.SECOND_INSTANCE: ("二审裁判", "二审裁判"),
    Kind.EFFECTIVE: ("决定生效", "裁判生效"),
    Kind.PERFORMED: ("履行", "履行"),
}
COURT_ONLY = frozenset({Kind.TIME_GIVEN, Kind.APPEALED, Kind.SECOND_INSTANCE, Kind.EFFECTIVE})


@dataclass(frozen=True, slots=True)
class Event:
    """一步.

    ``until``: the day that was set: of the answer, of the hearing, of a longer period, of performing. ``decision``: a key of
    ReconsiderationDecision, CourtDecision or OnAppeal. ``served_on``: when the agency received it. ``by_us``: the agency
    appealed itself.
    """

    kind: Kind
    on: date
    until: date | None = None
    number: int | None = None
    decision: str = ""
    served_on: date | None = None
    by_us: bool = False
    working_days: int | None = None  # within which the decision is to be performed, from its taking effect
