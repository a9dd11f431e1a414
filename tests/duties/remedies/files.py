"""案卷: opened through the actions people use, and short ways to its steps."""

from datetime import date

from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.models import CaseFile
from gongkai.rules.remedy_cases.events import Kind

ACCEPTED = date(2026, 3, 2)
SERVED = date(2026, 3, 6)


def a_reconsideration(by: Person, **values) -> CaseFile:
    """A reconsideration accepted on 2 March 2026, in the ordinary procedure unless told otherwise."""
    number = CaseFile.objects.count() + 1
    given = {"case_number": f"示府复〔2026〕{number}号", "accepted_on": ACCEPTED, "body": "示例市人民政府"}
    return actions.open_reconsideration(by=by, **{**given, **values})


def a_suit(by: Person, **values) -> CaseFile:
    """A suit brought directly, filed on 2 March 2026."""
    number = CaseFile.objects.count() + 1
    given = {
        "case_number": f"（2026）示行初{number}号",
        "accepted_on": ACCEPTED,
        "kind": "direct_suit",
        "court": "示例市人民法院",
    }
    return actions.open_litigation(by=by, **{**given, **values})


def step(file: CaseFile, kind: Kind, on: date, by: Person, **values) -> CaseFile:
    return actions.enter_step(file, kind, on=on, by=by, **values)


def served(file: CaseFile, by: Person) -> CaseFile:
    return step(file, Kind.SERVED, SERVED, by)


def overturned(by: Person, **values) -> CaseFile:
    """A reconsideration that revoked the reply and ordered another one, received on 28 April 2026."""
    return step(
        a_reconsideration(by, **values),
        Kind.DECIDED,
        date(2026, 4, 24),
        by,
        decision="revoked_anew",
        served_on=date(2026, 4, 28),
    )


def state_of(file: CaseFile) -> tuple[object, ...]:
    """Everything a refused act must leave as it was."""
    file = CaseFile.objects.get(pk=file.pk)
    entry = file.entry
    return (
        file.status,
        file.due_on,
        file.due_what,
        file.version,
        file.handler_id,
        file.reopened_as_id,
        file.events.count(),
        list(file.evidence.values_list("pk", "position", "title", "taken_out_at")),
        file.lessons.count(),
        (entry.accepted_on, entry.decided_on, entry.result, entry.voided_at, entry.case_number),
        Entry.objects.count(),
    )
