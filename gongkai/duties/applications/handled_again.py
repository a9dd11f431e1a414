"""重新办理. An application whose reply was overturned begins anew: a new register number, a new clock, the same applicant."""

from datetime import date

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.actions import SEALED, register_application
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen

LONGEST_BASIS = 100


def handle_again(application: Application, *, ordered_on: date, basis: str, by: Person) -> Application:
    """重新办理. The period runs from ``ordered_on``, the day the decision took effect; ``basis`` names the decision.

    What was asked for, point by point, is asked again, undecided. The first application stays closed with its outcome. Whoever the applicant was is carried over sealed; nobody
    reads it on the way.
    """
    basis = basis.strip()
    if not basis or len(basis) > LONGEST_BASIS:
        raise Refusal(f"请写明重新办理的依据，最多{LONGEST_BASIS}字，如复议决定书、判决书的文号。")
    with transaction.atomic():
        first = registers.lock(application)
        registers.require_standing(first, by=by, to_do="重新办理")
        if first.closed_on is None:
            raise Refusal("不能重新办理：这件申请还没有办结，请继续办理。")
        if ordered_on < first.closed_on:
            raise Refusal("不能重新办理：决定、裁判生效的日期早于原申请办结的日期，请核对。")
        if Application.objects.standing().filter(handled_again_from=first).exists():
            raise Refusal("不能重新办理：这件申请已经重新办理过。请在重新办理的那件申请里继续。")
        name, contact, description, matters = _carried_over(first)
        again = register_application(
            by=by,
            applicant_kind=first.applicant_kind,
            channel=first.channel,
            received_on=ordered_on,
            # What was received once needs no second confirmation with the applicant.
            confirmed_on=ordered_on if Channel(first.channel).needs_confirmation else None,
            access_form=first.access_form,
            section=first.section,
            remark=f"按{basis}重新办理",
            applicant_name=name,
            applicant_contact=contact,
            description=description,
            matters=matters,
        )
        again.handled_again_from = first
        again.save(update_fields=["handled_again_from"])
        record(
            "applications.application.handled_again",
            by=by,
            subject=again,
            detail={"from": first.public_id, "on": ordered_on},
        )
    return again


def _carried_over(first: Application) -> tuple[str, str, str, list[str]]:
    try:
        name, contact, description = (first.unseal(each) for each in SEALED)
        asked = first.matters.filter(struck_at__isnull=True).order_by("number")
        matters = [each.unseal("text") for each in asked]
    except (CannotOpen, KeyMissing):
        raise Refusal(
            "不能重新办理：打不开原申请的申请人信息，密钥不符或者内容被改动过。请系统管理员核查密钥。"
        ) from None
    return name, contact, description, matters
