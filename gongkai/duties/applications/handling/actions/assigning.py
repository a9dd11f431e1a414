"""分办、移交、退回. The case goes to a section and a person; whoever had it before stays known."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.handling.models import Assignment
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.registers.actions import require_reason

MEANWHILE = "不能保存：这期间有人改过。请重新打开这一页，看清现在的情况后再办。"
_CHANGES = "承办人的变动"


def assign(
    application: Application, *, handler: Person, by: Person, section: Section | None = None, seen: str = ""
) -> Assignment:
    """分办 for the first time. ``seen``: the assignment that stood when the person opened the form."""
    return _move(application, Assignment.Kind.ASSIGNED, handler, section, "", seen=seen, by=by)


def hand_over(
    application: Application,
    *,
    handler: Person,
    reason: str,
    by: Person,
    section: Section | None = None,
    seen: str = "",
) -> Assignment:
    """移交 to another person, with the reason: leave, change of post, another section's matter."""
    reason = require_reason(reason, of=_CHANGES)
    return _move(application, Assignment.Kind.HANDED_OVER, handler, section, reason, seen=seen, by=by)


def give_back(application: Application, *, reason: str, by: Person, seen: str = "") -> Assignment:
    """退回 to whoever had the case before; with nobody before, to whoever assigned it."""
    reason = require_reason(reason, of=_CHANGES)
    with transaction.atomic():
        case = open_case(application, by=by)
        standing = _standing(case, seen)
        if standing is None:
            raise Refusal("不能退回：这件申请还没有分办。")
        before = case.assignments.exclude(pk=standing.pk).exclude(handler=standing.handler).first()
        handler = before.handler if before and before.handler else standing.by
        if handler == standing.handler:
            raise Refusal("不能退回：这件申请是承办人自己接办的，此前没有别人。请移交给别人。")
        section = before.section if before else handler.section
        return _write(case, Assignment.Kind.RETURNED, handler, section, reason, by=by)


def _move(
    application: Application,
    kind: Assignment.Kind,
    handler: Person,
    section: Section | None,
    reason: str,
    *,
    seen: str,
    by: Person,
) -> Assignment:
    with transaction.atomic():
        case = open_case(application, by=by)
        standing = _standing(case, seen)
        if kind == Assignment.Kind.ASSIGNED and standing:
            raise Refusal("不能分办：已经分办，改由别人承办的请用“移交”，写明原因。")
        if kind == Assignment.Kind.HANDED_OVER and standing is None:
            raise Refusal("不能移交：还没有分办，请先分办。")
        if standing and standing.handler == handler:
            raise Refusal(f"不能移交：现在就是{handler.name}承办。请选另一个人。")
        return _write(case, kind, handler, section or handler.section or case.section, reason, by=by)


def _standing(case: Application, seen: str) -> Assignment | None:
    """The newest assignment; refused when it is not the one the person saw."""
    standing: Assignment | None = case.assignments.first()
    if (standing.public_id if standing else "") != seen:
        raise Refusal(MEANWHILE)
    return standing


def _write(
    case: Application,
    kind: Assignment.Kind,
    handler: Person,
    section: Section | None,
    reason: str,
    *,
    by: Person,
) -> Assignment:
    _require_can_handle(handler, section, case)
    assignment = Assignment.objects.create(
        agency=case.agency,
        application=case,
        kind=kind,
        section=section,
        handler=handler,
        reason=reason,
        by=by,
    )
    case.handler, case.section = handler, section
    case.save(update_fields=["handler", "section"])
    record(
        "handling.assigned",
        by=by,
        subject=assignment,
        reason=reason,
        detail={"kind": str(kind), "handler": handler.public_id, "application": case.public_id},
    )
    return assignment


def _require_can_handle(handler: Person, section: Section | None, case: Application) -> None:
    if handler.agency_id != case.agency_id or (section and section.agency_id != case.agency_id):
        raise Refusal("不能分给其他机关的科室和人员，请选本机关的。")
    if not may(handler, Power.KEEP_REGISTERS, case.agency, on=timezone.localdate()):
        raise Refusal(f"不能由{handler.name}承办：没有“{Power.KEEP_REGISTERS.label}”职权，办不了这件申请。")
    if handler.section_id and section and handler.section_id != section.pk:
        raise Refusal(f"不能由{handler.name}承办：不是{section.name}的人。请选{section.name}的人。")
