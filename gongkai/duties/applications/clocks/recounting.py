"""重算期限. A new holiday notice recounts every open case and shows the difference; a person agrees, then rows follow (N6).

The same recount tells drift: a stored column that the events do not bear out, whatever the cause (TIM-07).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications.clocks.models import Recount, RecountLine
from gongkai.duties.applications.fold import FOLDED_COLUMNS, Folded, Written, fold, write
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.registers.in_bulk import insert
from gongkai.rules.citation import REGULATIONS
from gongkai.rules.working_days import Calendar

State = Recount.State
WHO_AGREES = "公开工作机构负责人（有“同意延期答复”职权的）或者不限科室的登记人"
_YEARS_AHEAD = 3
_AT_ONCE = 2_000  # cases in one reading, so that memory stays flat
_HISTORY = (
    "kind",
    "happened_on",
    "outcome",
    "working_days",
    "amount",
    "until",
    "delivered_on",
    "sent_on",
    "consultation_key",
    "consulted",
    "replaces_id",
    "pk",
)  # as Written takes them
_TELLS = -2  # what comes before tells two histories apart, as long as nothing in them was replaced

Row = tuple[Any, ...]


def fingerprint(days: Calendar) -> str:
    """工作日历的摘要, over the years an open case may count in: equal calendars, equal digests, on every host."""
    years = range(REGULATIONS.in_force_from.year, timezone.localdate().year + _YEARS_AHEAD)
    text = "\n".join(repr(days.year(year)) for year in years)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(agency: Agency, days: Calendar) -> Iterator[tuple[Application, Folded]]:
    """未办结的申请里，存的和算的不一致的. Read in runs of columns; equal histories are folded once."""
    open_cases = Application.objects.standing().filter(agency=agency, closed_on__isnull=True).order_by("pk")
    stored = open_cases.values_list("pk", "channel", *FOLDED_COLUMNS)
    known: dict[tuple[object, ...], tuple[Folded, tuple[object, ...]]] = {}
    after = 0
    while found := list(stored.filter(pk__gt=after)[:_AT_ONCE]):
        histories = _histories(agency, first=found[0][0], last=found[-1][0])
        after = found[-1][0]
        differing: dict[int, Folded] = {}
        for pk, channel, *columns in found:
            history = histories[pk]
            replaced = any(row[_TELLS] for row in history)
            key = (channel, *(row if replaced else row[:_TELLS] for row in history))
            if (counted := known.get(key)) is None:
                folded = fold([Written(*row) for row in history], channel=channel, calendar=days)
                counted = known[key] = folded, tuple(getattr(folded, name) for name in FOLDED_COLUMNS)
            if tuple(columns) != counted[1]:
                differing[pk] = counted[0]
        for case in open_cases.filter(pk__in=differing):
            yield case, differing[case.pk]


def recount(agency: Agency) -> Recount | None:
    """重算一个机关. None when everything stands as it is counted; nothing is moved here."""
    days = calendar()
    digest = fingerprint(days)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        waiting = Recount.objects.filter(agency=agency, state=State.WAITING).first()
        lines = [
            (case, name, _worded(getattr(case, name)), _worded(getattr(folded, name)))
            for case, folded in differences(agency, days)
            for name in FOLDED_COLUMNS
            if getattr(case, name) != getattr(folded, name)
        ]
        if waiting and waiting.calendar == digest and _same(waiting, lines):
            return waiting
        if waiting:
            waiting.state = State.REPLACED
            waiting.save(update_fields=["state"])
        if not lines:
            return None
        made = Recount.objects.create(
            agency=agency, calendar=digest, counted=len({case.pk for case, *_ in lines})
        )
        insert(
            [
                RecountLine(
                    agency=agency, recount=made, application=case, column=name, stored=old, counted=new
                )
                for case, name, old, new in lines
            ]
        )
        record("applications.recount.made", by=None, subject=made, detail={"cases": made.counted})
    return made


def may_agree(agency: Agency, *, by: Person) -> bool:
    """It concerns the whole office: who may put a reply off, or who keeps the registers of every section."""
    today = timezone.localdate()
    if may(by, Power.EXTEND_REPLY, agency, on=today):
        return True
    return by.section_id is None and bool(may(by, Power.KEEP_REGISTERS, agency, on=today))


def agree(made: Recount, *, by: Person) -> int:
    """同意按现行日历: folds every open case anew; how many rows moved. Refuses when the calendar changed meanwhile."""
    days = calendar()
    with transaction.atomic():
        made = Recount.objects.select_for_update().get(pk=made.pk)
        if not may_agree(made.agency, by=by):
            require(by, Power.KEEP_REGISTERS, made.agency, on=timezone.localdate())
            raise Refusal(f"不能同意：期限重算涉及全机关的申请，请由{WHO_AGREES}办理。")
        if made.state != State.WAITING:
            raise Refusal(f"不能同意：这次重算{made.get_state_display()}。")
        if made.calendar != fingerprint(days):
            raise Refusal("不能同意：放假安排又有变化，请等重新计算后再看。")
        moved = [_moved(case, folded) for case, folded in differences(made.agency, days)]
        Application.objects.bulk_update(moved, FOLDED_COLUMNS, batch_size=200)
        made.state, made.agreed_by, made.agreed_at = State.AGREED, by, timezone.now()
        made.save(update_fields=["state", "agreed_by", "agreed_at"])
        record("applications.recount.agreed", by=by, subject=made, detail={"cases": len(moved)})
    return len(moved)


def _moved(case: Application, folded: Folded) -> Application:
    write(case, folded)
    return case


def _histories(agency: Agency, *, first: int, last: int) -> dict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    between = ApplicationEvent.objects.filter(
        agency=agency, application_id__gte=first, application_id__lte=last
    )
    for pk, *row in between.order_by("application_id", "pk").values_list("application_id", *_HISTORY):
        found[pk].append(tuple(row))
    return found


def _same(waiting: Recount, lines: list[tuple[Application, str, str, str]]) -> bool:
    told = set(waiting.lines.values_list("application_id", "column", "stored", "counted"))
    return told == {(case.pk, name, old, new) for case, name, old, new in lines}


def _worded(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
