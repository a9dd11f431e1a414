"""公示的办理. Review, send back, keep back, publish, call back, and take down when its time is over: one function a verb.

Nothing leaves that was not reviewed as it is, by somebody who neither registered nor rectified it (PUB-01, PUB-02, ACL-04).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.access import require as require_power
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.administrative_acts import gate, lifecycle
from gongkai.duties.administrative_acts.models import (
    Licence,
    Penalty,
    PublicDecision,
    PublicityStep,
    PublicState,
)
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.outbox.actions import enqueue
from gongkai.portal.payloads import ActPayload
from gongkai.registers.actions import lock
from gongkai.registers.models import Change
from gongkai.rules.enforcement_publicity_2019.periods import Act, shown_until
from gongkai.rules.enforcement_publicity_2019.public_fields import CalledBack, KeptBack
from gongkai.rules.explanation import day_text

_Decision = TypeVar("_Decision", bound=PublicDecision)
Kind = PublicityStep.Kind
MODELS: Mapping[Act, type[PublicDecision]] = {Act.LICENCE: Licence, Act.PENALTY: Penalty}
LONGEST_REASON = 200
_EXPIRED_NOTE = "公示期已满，依照规定不再公示。"
_AT_ONCE = 500  # taken down by one run of the worker; the next run goes on


def review(decision: _Decision, *, seen: str, by: Person) -> _Decision:
    """保密审查通过, for exactly the fields the reviewer saw: ``seen`` is their hash."""
    with transaction.atomic():
        decision = _begin(decision, "review", by=by)
        _require_another(decision, "审查", by)
        content = digest(public_fields(decision))
        if content != seen:
            raise Refusal(f"不能审查：{decision.number}的公示内容刚才有改动。请刷新页面，看过再审查。")
        gate.require(decision, "审查", today=timezone.localdate())
        decision.public_state = PublicState.REVIEWED
        decision.content_hash = decision.reviewed_hash = content
        decision.reviewer, decision.signatory = by, None
        decision.save()
        _note(decision, Kind.REVIEWED, by=by)
        record("publicity.reviewed", by=by, subject=decision, detail={"hash": content})
    return decision


def send_back(decision: _Decision, *, reason: str, by: Person) -> _Decision:
    """退回更正, by the reviewer: to whoever keeps the register, with what is wrong."""
    return _return(decision, "send_back", reason=reason, by=by)


def decline(decision: _Decision, *, reason: str, by: Person) -> _Decision:
    """不予签发: by whoever was to release it, with what is wrong; what was reviewed is reviewed anew."""
    return _return(decision, "decline", reason=reason, by=by)


def _return(decision: _Decision, name: str, *, reason: str, by: Person) -> _Decision:
    reason = _reason(reason, lifecycle.STEPS[name].label)
    with transaction.atomic():
        decision = _begin(decision, name, by=by)
        decision.public_state = PublicState.RETURNED
        decision.content_hash, decision.reviewed_hash = digest(public_fields(decision)), ""
        decision.reviewer = decision.signatory = None
        decision.save()
        _note(decision, Kind.RETURNED, by=by, words=reason)
        record("publicity.returned", by=by, subject=decision, reason=reason)
    return decision


def keep_back(decision: _Decision, *, ground: str, reason: str, by: Person) -> _Decision:
    """不公示, with the ground of the law and why it applies."""
    reason = _reason(reason, "不公示")
    named = KeptBack(ground)
    if not named.applies_to(decision.ACT):
        raise Refusal(f"“{named.label}”不是{decision.ACT.label}不公示的理由，请另选。")
    with transaction.atomic():
        decision = _begin(decision, "keep_back", by=by)
        _require_another(decision, "决定不公示", by)
        decision.public_state = PublicState.KEPT_BACK
        decision.kept_back_ground, decision.kept_back_reason = named.value, reason
        decision.reviewed_hash, decision.reviewer, decision.signatory = "", None, None
        decision.save()
        _note(decision, Kind.KEPT_BACK, by=by, words=f"{named.label}（{named.basis}）：{reason}"[:300])
        record(
            "publicity.kept_back",
            by=by,
            subject=decision,
            reason=reason,
            detail={"ground": named.value},
        )
    return decision


def reconsider(decision: _Decision, *, reason: str, by: Person) -> _Decision:
    """恢复待公示: the ground for keeping it back has gone."""
    reason = _reason(reason, "恢复待公示")
    with transaction.atomic():
        decision = _begin(decision, "reconsider", by=by)
        decision.public_state = PublicState.NOT_YET
        decision.kept_back_ground = decision.kept_back_reason = decision.called_back_because = ""
        decision.save()
        _note(decision, Kind.RECONSIDERED, by=by, words=reason)
        record("publicity.reconsidered", by=by, subject=decision, reason=reason)
    return decision


def publish(decision: _Decision, *, seen: str, by: Person) -> _Decision:
    """发布: by a third person; the worker carries what was reviewed to the public side."""
    with transaction.atomic():
        decision = _begin(decision, "publish", by=by)
        _require_another(decision, "发布", by)
        if by.pk == decision.reviewer_id:
            raise Refusal("不能发布：审查和发布须由两个人分别办理。请由另一位有签发职权的人办理。")
        content = digest(public_fields(decision))
        if not content == decision.content_hash == decision.reviewed_hash == seen:
            raise Refusal(f"不能发布：{decision.number}的公示内容和审查时不一致。请退回更正，重新审查。")
        gate.require(decision, "发布", today=timezone.localdate())
        decision.public_state, decision.signatory, decision.changed_on = PublicState.RELEASING, by, None
        decision.save()
        _note(decision, Kind.SIGNED, by=by)
        entry = record("publicity.signed", by=by, subject=decision, detail={"hash": content})
        decision.on_its_way = entry.sequence
        decision.save(update_fields=["on_its_way"])
        payload = _payload(decision, version=entry.sequence)
        enqueue("administrative_acts.release", {"act": payload.as_json()})
    return decision


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """回执: what the public side now shows. Called by the worker, in the transaction that marks the row done.

    Only the newest release that was sent counts: one called back meanwhile is on its way no longer.
    """
    sent = ActPayload.from_json(payload["act"])
    model = MODELS[Act(sent.kind)]
    decision = model.objects.select_for_update(of=("self",)).get(public_id=sent.key)
    if receipt is None or receipt["withdrawn"] or sent.version != decision.on_its_way:
        return
    decision.receipt, decision.on_its_way = dict(receipt), None
    day = timezone.localtime(datetime.fromisoformat(receipt["released_at"])).date()
    decision.published_on = decision.published_on or max(day, decision.decided_on)
    decision.shown_until = date.fromisoformat(sent.shown_until)
    decision.withdrawn_on, decision.withdrawal_reason, decision.called_back_because = None, "", ""
    decision.is_public = True
    if decision.public_state == PublicState.RELEASING:
        decision.public_state = PublicState.LIVE
    decision.save()
    _note(decision, Kind.PUBLISHED, by=None)
    record("publicity.published", by=None, subject=decision, detail={"url": receipt["url"]})


def withdraw(decision: _Decision, *, cause: str, note: str, by: Person) -> _Decision:
    """撤回公示, with the reason that readers find at the old address; first in the worker's queue (PUB-06)."""
    note = _reason(note, "撤回公示")
    named = CalledBack(cause)
    with transaction.atomic():
        decision = _begin(decision, "withdraw", by=by)
        told = f"{named.label}。{note}"[:LONGEST_REASON]
        decision.public_state, decision.called_back_because = PublicState.WITHDRAWN, named.value
        decision.is_public, decision.on_its_way = False, None
        decision.shown_until = decision.changed_on = None
        if decision.published_on:
            decision.withdrawn_on, decision.withdrawal_reason = timezone.localdate(), told
        decision.save()
        _note(decision, Kind.WITHDRAWN, by=by, words=f"{told}（{named.basis}）"[:300])
        entry = record(
            "publicity.withdrawn", by=by, subject=decision, reason=told, detail={"cause": named.value}
        )
        _take_down(decision, version=entry.sequence, note=told)
    return decision


def take_down_expired(*, today: date) -> int:
    """公示期满的撤下, by the worker every day; the number taken down."""
    count = 0
    for model in MODELS.values():
        due = model.objects.filter(is_public=True, shown_until__lt=today).order_by("shown_until")
        for key in list(due.values_list("pk", flat=True)[: _AT_ONCE - count]):
            with transaction.atomic():
                count += _expire(model, key, today)
    return count


def _expire(model: type[PublicDecision], key: int, today: date) -> int:
    decision = model.objects.select_for_update(of=("self",)).get(pk=key)
    if not decision.is_public or decision.shown_until is None or decision.shown_until >= today:
        return 0
    decision.public_state, decision.is_public, decision.on_its_way = PublicState.EXPIRED, False, None
    decision.withdrawn_on, decision.withdrawal_reason = today, _EXPIRED_NOTE
    decision.save()
    _note(decision, Kind.EXPIRED, by=None, words=f"公示至{day_text(decision.shown_until)}")
    entry = record("publicity.expired", by=None, subject=decision)
    _take_down(decision, version=entry.sequence, note=_EXPIRED_NOTE)
    return 1


def _take_down(decision: PublicDecision, *, version: int, note: str) -> None:
    payload = {"key": decision.public_id, "version": version, "note": note}
    enqueue("portal.withdraw_act", payload, urgent=True)


def _payload(decision: PublicDecision, *, version: int) -> ActPayload:
    first_day = decision.published_on or timezone.localdate()
    until = shown_until(first_day, natural_person=decision.is_natural_person).day
    fields = [each for each in public_fields(decision) if each.value]
    values = {each.field.key: each.value for each in fields}
    return ActPayload(
        version=version,
        key=decision.public_id,
        kind=decision.ACT.value,
        number=values["document_number"],
        title=values["title"],
        issued_by=values["agency"],
        decided_on=decision.decided_on.isoformat(),
        shown_until=until.isoformat(),
        fields=tuple((each.field.key, each.label, each.value) for each in fields),
    )


def _begin(decision: _Decision, name: str, *, by: Person) -> _Decision:
    step = lifecycle.STEPS[name]
    require_power(by, step.power, decision.agency, on=timezone.localdate())
    decision = lock(decision)
    lifecycle.require(decision, name)
    return decision


def _require_another(decision: PublicDecision, to_do: str, by: Person) -> None:
    """登记、更正过的人不审查、不发布 (ACL-04)."""
    rectified = Change.objects.filter(
        record_kind=decision._meta.label_lower, record_id=decision.public_id, by=by
    )
    if by.pk == decision.recorded_by_id or rectified.exists():
        raise Refusal(f"不能{to_do}：{decision.number}由您登记或者更正过，要由另一位有此职权的人{to_do}。")
    if decision.recorded_by_id is None:
        raise Refusal(f"不能{to_do}：{decision.number}没有登记人，分不清由谁另行审查。请作废后重新登记一条。")


def _reason(reason: str, to_do: str) -> str:
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not reason:
        raise Refusal(f"不能{to_do}：没有写明理由。请填写。")
    if len(reason) > LONGEST_REASON - 20:
        raise Refusal(f"理由最多{LONGEST_REASON - 20}字，现在{len(reason)}字，请缩短。")
    return reason


def _note(decision: PublicDecision, kind: str, *, by: Person | None, words: str = "") -> None:
    fields = public_fields(decision) if kind in (Kind.REVIEWED, Kind.SIGNED) else ()
    PublicityStep.objects.create(
        agency=decision.agency,
        record_kind=decision._meta.label_lower,
        record_id=decision.public_id,
        kind=kind,
        by=by,
        words=words,
        fields=[[each.label, each.value] for each in fields],
        content_hash=decision.reviewed_hash if fields else "",
    )
