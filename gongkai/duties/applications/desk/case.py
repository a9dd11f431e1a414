"""一件申请. The case's own page: where it stands and why, point by point, what may be done now and what it would do."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.home import time_left
from gongkai.duties.applications.clocks.models import Rectification
from gongkai.duties.applications.clocks.what_if import Trial, everything
from gongkai.duties.applications.fold import period_of, standing
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.intake.queries import suggests_publication
from gongkai.duties.applications.matters.desk.panel import panel as matters_panel
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.opening import require_open
from gongkai.duties.applications.registers import history
from gongkai.host_clock import queries as host_clock
from gongkai.rules.explanation import Explanation, day_text
from gongkai.rules.regulations_2019.reply_period import ReplyPeriod
from gongkai.sealing.suite import CannotOpen

# Steps that a room of the case keeps as one record, with its letter: they begin there.
_IN_A_ROOM = {
    ApplicationEvent.Kind.CONSULTATION_SENT: "consultation:case",
    ApplicationEvent.Kind.CONSULTATION_DELIVERED: "consultation:case",
    ApplicationEvent.Kind.EXTENDED: "handling:case",
    ApplicationEvent.Kind.FEE_NOTICED: "fees:case",
    ApplicationEvent.Kind.DEFERRAL_NOTICED: "frequent:case",
}


@dataclass(frozen=True, slots=True)
class Act:
    """能做的一步, with what it would do; ``closed`` says why not, when the law does not allow it today."""

    label: str
    address: str
    consequence: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """期限这一行."""

    words: str
    left: str
    is_late: bool
    explanation: Explanation
    provisional: bool
    differs: str  # what the row still says, when the calendar has changed and nobody has agreed yet


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """案件页."""
    person = person_of(request)
    case = case_of(person, public_id)
    today = timezone.localdate()
    reads = bool(may(person, Power.READ_APPLICANTS, case.agency, on=today))
    closed = _why_closed(case, person)
    if reads:
        with transaction.atomic():
            record("applications.application.read", by=person, subject=case)
    context = {
        "title": f"申请{case.register_number}",
        "case": case,
        "open": not closed,
        "closed": closed,
        "applicant": masked_name(case) if reads else "",
        "reads": reads,
        "due": due_of(case),
        "acts": [] if closed else acts(case),
        "history": history(case),
        "proposals": Rectification.objects.filter(
            event__application=case, state=Rectification.State.WAITING
        ).select_related("event", "by"),
        "matters": matters_panel(case, reads=reads),
        "received": ReceivedSubmission.objects.filter(application=case).first(),
        "suggests": reads and suggests_publication(case),
        "powers": powers_of(person, on=today),
    }
    return render(request, "applications/case.html", context)


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def explained(request: HttpRequest, public_id: str) -> HttpResponse:
    """怎么算的, to print and to file."""
    person = person_of(request)
    case = case_of(person, public_id)
    context = {
        "title": f"期限怎么算的：申请{case.register_number}",
        "case": case,
        "due": due_of(case),
        "now": timezone.localtime(),
    }
    return render(request, "applications/explained.html", context)


def case_of(person: Person, public_id: str) -> Application:
    """The case, if the person's agency has it; another's answers like one that is not there (ACL-02)."""
    found: Application = get_object_or_404(
        Application.objects.select_related("agency", "section", "handler", "handled_again_from"),
        agency=person.agency,
        public_id=public_id,
    )
    return found


def due_of(case: Application) -> Due:
    """期限 as the events and today's calendar have it."""
    days, today = calendar(), host_clock.today()
    period = period_of(standing(case.events.all()), channel=case.channel, calendar=days)
    shown = ToDo("", "", "", due_on=period.due_on, in_working_days=True)
    open_due = period.due_on if case.closed_on is None else None
    differs = ""
    if period.due_on != case.due_on:
        differs = f"台账里仍是{case.due_on:%Y-%m-%d}" if case.due_on else "台账里还没有期限"
    return Due(
        words=_words(period),
        left=time_left(shown, days, today) if open_due else "",
        is_late=bool(open_due and open_due < today) or case.closed_late,
        explanation=period.explanation,
        provisional=period.provisional,
        differs=differs,
    )


def acts(case: Application) -> list[Act]:
    """现在能做的: every step with what it would do today, the ones closed by law with the reason."""
    found = [_tried(trial, _where(case, trial.kind)) for trial in everything(case, on=timezone.localdate())]
    return sorted(found, key=lambda act: bool(act.closed))


def _where(case: Application, kind: str) -> str:
    """Where the step is taken: in its room, a correction notice as a letter, or by hand."""
    if kind == ApplicationEvent.Kind.CORRECTION_ASKED:
        return reverse("letters:draft", args=[case.public_id, "correction"])
    if room := _IN_A_ROOM.get(ApplicationEvent.Kind(kind)):
        return reverse(room, args=[case.public_id])
    return f"{reverse('applications:step', args=[case.public_id])}?kind={kind}"


def masked_name(case: Application) -> str:
    """申请人，隐去一部分: the family name or the first characters (PII-05)."""
    try:
        name = case.unseal("applicant_name")
    except CannotOpen:
        return "打不开"
    return name[:1] + "*" * (len(name) - 1) if name else ""


def _tried(trial: Trial, address: str) -> Act:
    return Act(
        trial.label,
        address if trial.after else "",
        trial.words if trial.after else "",
        "" if trial.after else trial.refusal,
    )


def _why_closed(case: Application, person: Person) -> str:
    try:
        require_open(case, by=person)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _words(period: ReplyPeriod) -> str:
    if period.replied_on:
        return f"已于{day_text(period.replied_on)}答复"
    if period.waiting_until:
        return f"等候申请人至{period.waiting_until}"
    return f"应于{period.due}前答复"
