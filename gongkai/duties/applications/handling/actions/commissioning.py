"""交办、协办. A section or a unit is asked to contribute by a day; answered, late or in time, or called back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.mail import write_to
from gongkai.agencies.models import Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.handling.models import Commission
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.registers import actions as registers
from gongkai.registers.actions import require_reason

LONGEST = 2000  # characters of what is asked, and of the answer


def commission(
    application: Application,
    *,
    person: Person,
    asked: str,
    answer_by: date,
    by: Person,
    section: Section | None = None,
    unit: str = "",
) -> Commission:
    """交办 to a section, or 协办 by a unit outside, which has no account: ``person`` keeps after it."""
    asked, unit = _words(asked, "要求办理的内容"), " ".join(unit.split())
    today = timezone.localdate()
    if bool(section) == bool(unit):
        raise Refusal("不能交办：科室和单位请选填一项，本机关的选科室，其他机关的填单位。")
    if answer_by < today:
        raise Refusal("不能交办：办理期限早于今天，请改为今天以后。")
    with transaction.atomic():
        case = open_case(application, by=by)
        if case.due_on and answer_by > case.due_on:
            raise Refusal(
                f"不能交办：办理期限晚于答复期限{case.due_on:%Y-%m-%d}，请定得早一些，留出审核和签发的时间。"
            )
        _require_contact(person, section, case)
        given = Commission(
            agency=case.agency,
            application=case,
            kind=Commission.Kind.SECTION if section else Commission.Kind.UNIT,
            section=section,
            unit=unit,
            person=person,
            asked_on=today,
            answer_by=answer_by,
            by=by,
        )
        given.seal("asked", asked)
        given.save(force_insert=True)
        record(
            "handling.commissioned",
            by=by,
            subject=given,
            detail={"application": case.public_id, "person": person.public_id, "by": answer_by},
        )
        if section and person.pk != by.pk:
            write_to(
                person,
                subject=f"公开申请交办：请于{answer_by:%Y-%m-%d}前办理",
                text=f"{person.name}：\n\n{case}有一件事项交您办理，请于{answer_by:%Y-%m-%d}前"
                "登录工作台查看并答复。\n",
            )
    return given


def answer(given: Commission, *, answer: str, by: Person, on: date | None = None) -> Commission:
    """登记办理意见, by whoever was asked, or by the handler for a unit that answered on paper."""
    answer, on = _words(answer, "办理意见"), on or timezone.localdate()
    if on > timezone.localdate():
        raise Refusal("答复日期在今天之后，请核对。")
    with transaction.atomic():
        given = _locked(given)
        require_may_answer(given, by=by)
        if on < given.asked_on:
            raise Refusal("答复日期早于交办日期，请核对。")
        given.seal("answer", answer)
        given.answered_on, given.answered_by = on, by
        given.save(update_fields=["answer", "answered_on", "answered_by"])
        late = on > given.answer_by
        record("handling.commission_answered", by=by, subject=given, detail={"on": on, "late": late})
    return given


def call_back(given: Commission, *, reason: str, by: Person) -> Commission:
    """收回: no longer needed, or asked of the wrong section. It stays readable."""
    reason = require_reason(reason, of="交办事项的收回")
    with transaction.atomic():
        open_case(given.application, by=by)
        given = _locked(given)
        _require_open(given, "收回")
        given.called_back_at, given.call_back_reason = timezone.now(), reason
        given.save(update_fields=["called_back_at", "call_back_reason"])
        record("handling.commission_called_back", by=by, subject=given, reason=reason)
    return given


def require_may_answer(given: Commission, *, by: Person) -> None:
    """能不能答复: whoever was asked, a keeper of the section asked, or whoever may handle the case."""
    require(by, Power.KEEP_REGISTERS, given.agency, on=timezone.localdate())
    _require_open(given, "答复")
    case = given.application
    if case.closed_on or case.voided_at:
        raise Refusal("不能答复：这件申请已经办结。")
    if by.pk != given.person_id and by.section_id not in (None, given.section_id, case.section_id):
        raise Refusal(f"不能答复：这是交给{given.to}办理的，请由{given.person.name}答复。")


def _require_open(given: Commission, to_do: str) -> None:
    if given.answered_on:
        raise Refusal(f"不能{to_do}：已于{given.answered_on:%Y-%m-%d}答复。补充意见请另行交办。")
    if given.called_back_at:
        raise Refusal(f"不能{to_do}：这件交办已经收回。")


def _locked(given: Commission) -> Commission:
    registers.lock(given.application)  # the case first, as every step does
    return (
        Commission.objects.select_for_update(of=("self",))
        .select_related("application", "person")
        .get(pk=given.pk)
    )


def _require_contact(person: Person, section: Section | None, case: Application) -> None:
    if person.agency_id != case.agency_id or (section and section.agency_id != case.agency_id):
        raise Refusal("不能交办：科室和联系人请选本机关的，其他机关的请填单位。")
    if section and person.section_id != section.pk:
        raise Refusal(f"不能交办：{person.name}不是{section.name}的人。请选{section.name}的人。")
    if not may(person, Power.KEEP_REGISTERS, case.agency, on=timezone.localdate()):
        raise Refusal(
            f"不能交给{person.name}：没有“{Power.KEEP_REGISTERS.label}”职权，不能登记答复。请另选一人。"
        )


def _words(text: str, label: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal(f"请填写{label}。")
    if len(text) > LONGEST:
        raise Refusal(f"{label}最多{LONGEST}字，请写得简短一些，材料请另附。")
    return text
