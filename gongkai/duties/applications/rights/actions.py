"""收到、答复. A copy is given at once by the system; correction and deletion are a person's to decide, with a reason."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.actions import seal_applicant
from gongkai.duties.applications.archive.models import Disposal
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.rights.holdings import copies
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.gateways.files import desk_files
from gongkai.outbox.actions import enqueue
from gongkai.portal.intake import collecting
from gongkai.portal.intake.collecting import ToCollect
from gongkai.registers.actions import lock, require_keeper, require_reason
from gongkai.rules.personal_information.rights import Right, answer_due, refuse_deletion

Decision = RightsRequest.Decision
# What deletion takes out of the form: who somebody is and how to reach them. What was asked for is the case itself.
ERASED = ("certificate_number", "representative", "phone", "email", "postal_address", "postcode")
_COPY_WORDS = "副本随本答复提供，凭查询码下载。"


def receive(submission: str, *, asked_at: datetime, content: Mapping[str, Any]) -> tuple[RightsRequest, bool]:
    """登记一次请求, as the portal took it in. Whether it is new."""
    with transaction.atomic():
        known = RightsRequest.objects.filter(submission=submission).first()
        if known:
            return known, False
        received = ReceivedSubmission.objects.select_related("application__agency").get(
            submission=content["submission"]
        )
        made = RightsRequest(
            agency=received.agency,
            application=received.application,
            submission=submission,
            right=Right(content["right"]).value,
            asked_at=asked_at,
            due_on=answer_due(timezone.localdate(asked_at)),
        )
        made.seal("text", content["text"])
        made.save(force_insert=True)
        record("application_rights.received", by=None, subject=made, detail={"right": made.right})
        if made.right == Right.COPY:
            _answered(made, Decision.GRANTED, _COPY_WORDS, by=None)
        return made, True


def answer(
    request: RightsRequest,
    *,
    decision: str,
    words: str,
    by: Person,
    name: str = "",
    contact: str = "",
) -> RightsRequest:
    """答复. What was agreed to is done in the same transaction; a refusal says why (第五十条)."""
    words = require_reason(words, of="个人信息权利的答复")
    if decision not in Decision.values:
        raise Refusal("请选择同意、部分同意或者不同意。")
    with transaction.atomic():
        case = lock(request.application)
        require_keeper(by, case.agency, case.section)
        require(by, Power.READ_APPLICANTS, case.agency, on=timezone.localdate())
        request = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.answered_at:
            raise Refusal("不能答复：这次请求已经答复。")
        if decision != Decision.REFUSED and request.right == Right.CORRECT:
            _correct(case, name=name, contact=contact)
        if decision != Decision.REFUSED and request.right == Right.DELETE:
            _erase(case, by=by)
        return _answered(request, decision, words, by=by)


def open_text(request: RightsRequest, *, by: Person) -> str:
    """查看请求的说明: that it was read is kept."""
    require(by, Power.READ_APPLICANTS, request.agency, on=timezone.localdate())
    with transaction.atomic():
        record("application_rights.opened", by=by, subject=request)
        return request.unseal("text")


def hand_out(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """把答复放到门户上, by the worker; sealed to the key of this one receipt code."""
    request = RightsRequest.objects.select_related("application__agency").get(public_id=payload["request"])
    received = ReceivedSubmission.objects.get(application=request.application)
    said = f"{request.get_right_display()}：{request.get_decision_display()}\n\n{request.unseal('answer')}\n".encode()
    title = f"个人信息权利请求的答复（{request.get_right_display()}）"
    files = [ToCollect(title, "答复.txt", "text/plain; charset=utf-8", len(said), said)]
    if request.right == Right.COPY:
        files += copies(request.application)
    return collecting.put_offer(
        request.public_id,
        submission=received.submission,
        key=bytes.fromhex(received.collection_key),
        files=files,
        suite=settings.SUITE,
    )


def _answered(request: RightsRequest, decision: str, words: str, *, by: Person | None) -> RightsRequest:
    request.decision, request.answered_at, request.answered_by = decision, timezone.now(), by
    request.seal("answer", words)
    request.save(update_fields=["decision", "answer", "answered_at", "answered_by"])
    enqueue("application_rights.hand_out", {"request": request.public_id})
    record("application_rights.answered", by=by, subject=request, detail={"decision": decision})
    return request


def _correct(case: Application, *, name: str, contact: str) -> None:
    if not (name.strip() or contact.strip()):
        raise Refusal("同意更正的，请填更正后的姓名或者联系方式。")
    seal_applicant(
        case,
        name=name.strip() or case.unseal("applicant_name"),
        contact=contact.strip() or case.unseal("applicant_contact"),
        description=case.unseal("description"),
    )
    case.save(update_fields=["applicant_name", "applicant_name_index", "applicant_contact", "description"])


def _erase(case: Application, *, by: Person) -> None:
    held = case.holds.filter(lifted_at__isnull=True).exists()
    if refusal := refuse_deletion(closed_on=case.closed_on, held=held, today=timezone.localdate()):
        raise Refusal(str(refusal))
    received = ReceivedSubmission.objects.get(application=case)
    content = json.loads(received.unseal("particulars"))
    received.seal("particulars", json.dumps(content | dict.fromkeys(ERASED, ""), ensure_ascii=False))
    received.save(update_fields=["particulars"])
    case.seal("applicant_contact", "")
    case.save(update_fields=["applicant_contact"])
    for file in ApplicationFile.objects.filter(application=case, role=ApplicationFile.Role.IDENTITY):
        _, is_new = Disposal.objects.get_or_create(
            stored_as=file.sha256,
            defaults={
                "agency": case.agency,
                "application": case,
                "what": "申请人的身份证明",
                "rule": f"申请人请求删除（{Right.DELETE.basis}）",
            },
        )
        if is_new:
            transaction.on_commit(partial(desk_files().remove, file.sha256))
    record("application_rights.erased", by=by, subject=case)
