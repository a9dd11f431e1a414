"""归总. The one function that writes a case file's stored columns and those of its register entry, by the rules.

Whoever doubts a status, a due day or a result runs ``drift`` and sees whether the events still say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.access import Refusal
from gongkai.duties.remedies.models import CaseEvent, CaseFile, Litigation, Reconsideration
from gongkai.duties.remedies.models.case_files import CANCELLED
from gongkai.rules.editions import NoEdition
from gongkai.rules.remedy_cases import events as law
from gongkai.rules.remedy_cases.case import BrokenCase, standing
from gongkai.rules.remedy_cases.events import Track
from gongkai.rules.remedy_cases.standing import Standing
from gongkai.rules.working_days import Calendar, OutOfCalendar


@dataclass(frozen=True, slots=True)
class OfFile:
    """案卷的存储列, by their names."""

    status: str
    accepted_on: date
    due_on: date | None
    due_what: str
    due_is_provisional: bool
    answered_late: bool
    effective_on: date | None
    must_answer_again: bool
    performed_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class OfEntry:
    """台账那一条的存储列, by their names: what table four counts."""

    applied_on: date | None
    accepted_on: date
    decided_on: date | None
    result: str
    first_decided_on: date | None
    first_result: str
    appealed_on: date | None


FILE_COLUMNS = tuple(OfFile.__dataclass_fields__)
_OF_SUITS_ALONE = ("first_decided_on", "first_result", "appealed_on")


def entry_columns(entry: Reconsideration | Litigation) -> tuple[str, ...]:
    """台账那一条有的存储列: nothing is appealed from in a reconsideration."""
    every = tuple(OfEntry.__dataclass_fields__)
    return every if isinstance(entry, Litigation) else tuple(n for n in every if n not in _OF_SUITS_ALONE)


def held(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """The events that still hold, in their order. On one day they keep the order in which they were first entered, so
    that a correction does not change it."""
    every = sorted(events, key=lambda each: each.pk)
    first_entered: dict[int, int] = {}
    for each in every:
        first_entered[each.pk] = first_entered[each.replaces_id] if each.replaces_id else each.pk
    replaced = {each.replaces_id for each in every if each.replaces_id}
    found = [each for each in every if each.pk not in replaced and each.kind != CANCELLED]
    return sorted(found, key=lambda each: (each.happened_on, first_entered[each.pk]))


def in_law(event: CaseEvent) -> law.Event:
    """The event as the rules know it."""
    return law.Event(
        law.Kind(event.kind),
        event.happened_on,
        event.until,
        event.number,
        event.decision,
        event.served_on,
        event.by_us,
        event.working_days,
    )


def standing_of(
    events: Iterable[CaseEvent], *, track: str, began_simplified: bool, calendar: Calendar
) -> Standing:
    """案件的现状 with its explanations. Raises Refusal when the history does not hold together."""
    history = [in_law(each) for each in held(events)]
    try:
        return standing(Track(track), history, calendar, simplified=began_simplified)
    except BrokenCase as error:
        raise Refusal(str(error)) from None
    except (NoEdition, OutOfCalendar) as error:
        raise Refusal(f"不能登记：{error}。") from None


def fold(
    events: Iterable[CaseEvent], *, track: str, began_simplified: bool, calendar: Calendar
) -> tuple[OfFile, OfEntry, Standing]:
    """归总 everything that happened."""
    every = list(events)
    found = standing_of(every, track=track, began_simplified=began_simplified, calendar=calendar)
    following, outcome, first = found.next, found.outcome, found.appealed_outcome
    of_file = OfFile(
        status=found.status.value,
        accepted_on=found.accepted_on,
        due_on=following.due.day if following else None,
        due_what=following.duty.value if following else "",
        due_is_provisional=following.due.provisional if following else False,
        answered_late=found.answered_late,
        effective_on=found.effective_on,
        must_answer_again=bool(outcome and found.effective_on and outcome.meaning.orders),
        performed_on=found.performed_on,
        version=len(every),
    )
    of_entry = OfEntry(
        applied_on=found.filed_on,
        accepted_on=found.accepted_on,
        decided_on=outcome.on if outcome else None,
        result=outcome.result.value if outcome else "",
        first_decided_on=first.on if first else None,
        first_result=first.result.value if first else "",
        appealed_on=found.appealed_on,
    )
    return of_file, of_entry, found


def refold(file: CaseFile, calendar: Calendar) -> Standing:
    """Write the stored columns of the file and of its register entry."""
    of_file, of_entry, found = fold(
        file.events.all(), track=file.track, began_simplified=file.began_simplified, calendar=calendar
    )
    for name in FILE_COLUMNS:
        setattr(file, name, getattr(of_file, name))
    file.save(update_fields=FILE_COLUMNS)
    entry = file.entry
    columns = entry_columns(entry)
    for name in columns:
        setattr(entry, name, getattr(of_entry, name))
    entry.derive()
    entry.save(update_fields=[*columns, *entry.DERIVED, _word(entry, found)])
    return found


def drift(file: CaseFile, calendar: Calendar) -> dict[str, tuple[object, object]]:
    """不一致: stored columns that the events do not bear out, as (stored, folded). Empty when all is well."""
    of_file, of_entry, _ = fold(
        file.events.all(), track=file.track, began_simplified=file.began_simplified, calendar=calendar
    )
    pairs = [
        *((name, getattr(file, name), getattr(of_file, name)) for name in FILE_COLUMNS),
        *(
            (f"entry.{name}", getattr(file.entry, name), getattr(of_entry, name))
            for name in entry_columns(file.entry)
        ),
    ]
    return {name: (stored, folded) for name, stored, folded in pairs if stored != folded}


def _word(entry: Reconsideration | Litigation, found: Standing) -> str:
    """程序、审级: the column of the entry that is worded from the state; returns its name."""
    if isinstance(entry, Reconsideration):
        procedures = Reconsideration.Procedure
        entry.procedure = procedures.SIMPLE if found.simplified else procedures.ORDINARY
        return "procedure"
    entry.instance = "二审" if found.on_second_instance else "一审"
    return "instance"
