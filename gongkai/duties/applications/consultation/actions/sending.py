"""拟出、发出、送达征求意见书. Each day is an event of the application, under the consultation's key."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.consultation.models import Consultation
from gongkai.duties.applications.consultation.standing import Standing, State, standing_of
from gongkai.duties.applications.matters.models import FoundDocument, Matter
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.registers.actions import require_reason
from gongkai.rules.regulations_2019.consultation import Consulted

_LONGEST = {"被征求意见人的名称": 100, "地址": 200, "征求意见的内容": 2000}


def prepare(
    application: Application,
    *,
    consulted: str,
    name: str,
    asked: str,
    matters: Sequence[Matter],
    by: Person,
    address: str = "",
    documents: Sequence[FoundDocument] = (),
) -> Consultation:
    """拟征求意见: whom, and about which matters and documents. Nothing stops until the letter is sent."""
    if consulted not in set(Consulted):
        raise Refusal("请选择征求谁的意见。")
    name, asked = _filled(name, "被征求意见人的名称"), _filled(asked, "征求意见的内容")
    address = address.strip()
    if consulted == Consulted.THIRD_PARTY:
        address = _filled(address, "地址")
    with transaction.atomic():
        case = open_case(application, by=by)
        _require_of_the_case(case, matters, documents)
        consultation = Consultation(
            agency=case.agency, application=case, key=_next_key(case), consulted=consulted, by=by
        )
        for field, plain in (("name", name), ("address", address), ("asked", asked)):
            consultation.seal(field, plain)
        consultation.save(force_insert=True)
        consultation.matters.set(matters)
        consultation.documents.set(documents)
        record(
            "consultation.prepared",
            by=by,
            subject=consultation,
            detail={"consulted": consulted, "matters": [each.number for each in matters]},
        )
    return consultation


def send(consultation: Consultation, *, on: date, by: Person) -> Consultation:
    """发出征求意见书: from the day after, the days until the answer are not counted."""
    with transaction.atomic():
        case, consultation, _ = locked(consultation, State.DRAFT, to_do="发出", by=by)
        consulted = Consulted(consultation.consulted)
        applications.consult(case, on=on, by=by, key=consultation.key, consulted=consulted)
        record("consultation.sent", by=by, subject=consultation, detail={"on": on})
    return consultation


def deliver(consultation: Consultation, *, on: date, by: Person) -> Consultation:
    """登记送达: the answering period counts from here."""
    with transaction.atomic():
        case, consultation, standing = locked(consultation, State.SENT, to_do="登记送达", by=by)
        if standing.sent_on and on < standing.sent_on:
            raise Refusal("不能登记：送达日期早于发出日期，请核对。")
        applications.deliver_consultation(case, on=on, by=by, key=consultation.key)
        record("consultation.delivered", by=by, subject=consultation, detail={"on": on})
    return consultation


def withdraw(consultation: Consultation, *, reason: str, by: Person) -> Consultation:
    """取消, before it was sent. What was sent stays and is answered or falls silent."""
    reason = require_reason(reason, of="征求意见的取消")
    with transaction.atomic():
        _, consultation, _ = locked(consultation, State.DRAFT, to_do="取消", by=by)
        consultation.withdrawn_at, consultation.withdrawal_reason = timezone.now(), reason
        consultation.is_open = False
        consultation.save(update_fields=["withdrawn_at", "withdrawal_reason", "is_open"])
        record("consultation.withdrawn", by=by, subject=consultation, reason=reason)
    return consultation


def locked(
    consultation: Consultation, *states: State, to_do: str, by: Person
) -> tuple[Application, Consultation, Standing]:
    """The open case, the consultation as it stands now, and its standing; refused in any other state."""
    case = open_case(consultation.application, by=by)
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    consultation.application = case
    standing = standing_of(consultation, case.events.all(), calendar(), timezone.localdate())
    if standing.state not in states:
        raise Refusal(f"不能{to_do}：{consultation}现在是“{standing.state.label}”，请刷新页面。")
    return case, consultation, standing


def _next_key(case: Application) -> str:
    """The next number; numbers written into the events by hand are passed over."""
    taken = set(case.events.values_list("consultation_key", flat=True))
    taken |= set(case.consultations.values_list("key", flat=True))
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def _require_of_the_case(
    case: Application, matters: Sequence[Matter], documents: Sequence[FoundDocument]
) -> None:
    if not matters and case.matters.filter(struck_at__isnull=True).exists():
        raise Refusal("请选择征求意见涉及的事项。")
    if any(each.application_id != case.pk or each.struck_at for each in matters):
        raise Refusal("没有这一项，或者已经划去，请重新选择。")
    if any(each.matter.application_id != case.pk or each.struck_at for each in documents):
        raise Refusal("没有这件信息，或者已经划去，请重新选择。")


def _filled(text: str, label: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal(f"请填写{label}。")
    if len(text) > _LONGEST[label]:
        raise Refusal(f"{label}最多{_LONGEST[label]}字，请写得简短一些。")
    return text
