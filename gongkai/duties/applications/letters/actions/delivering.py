"""送达. Attempts one after another, each with its proof; the day that counts is the one for its way (235号函)."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.letters import rooms, steps
from gongkai.duties.applications.letters.keeping import keep
from gongkai.duties.applications.letters.lifecycle import State, require_state
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.letters.permissions import require_own_agency, require_writer
from gongkai.gateways import mail
from gongkai.outbox.actions import enqueue
from gongkai.registers import actions as registers
from gongkai.rules.regulations_2019.delivery import DeliveryMeans
from gongkai.screening.inspection import CannotInspect, Kind
from gongkai.screening.kinds import kind_of
from gongkai.virus_checks.actions import look_at

Way = Delivery.Way
LARGEST_PROOF = 10 * 1024 * 1024
_MEANS = {
    Way.DIRECT: DeliveryMeans.DIRECT,
    Way.ENTRUSTED: DeliveryMeans.ENTRUSTED,
    Way.POST: DeliveryMeans.POST,
    Way.EMAIL: DeliveryMeans.ELECTRONIC,
    Way.PORTAL: DeliveryMeans.ELECTRONIC,
}
_BY_THE_WORKER = frozenset({Way.EMAIL, Way.PORTAL})  # counted when it was really sent
_PROOFS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})


def deliver(
    letter: Letter,
    *,
    way: str,
    by: Person,
    counted_on: date | None = None,
    address: str = "",
    receipt_number: str = "",
) -> Delivery:
    """登记一次送达. ``counted_on``: signed for (in person, entrusted), posted; mail is counted when it was sent."""
    require_own_agency(letter, by=by)
    with transaction.atomic():
        letter = _locked(letter, by=by)
        return begin_delivery(
            letter, way=way, counted_on=counted_on, address=address, receipt_number=receipt_number, by=by
        )


def begin_delivery(
    letter: Letter, *, way: str, counted_on: date | None, address: str, receipt_number: str, by: Person
) -> Delivery:
    """One attempt, in the caller's transaction and with the letter locked."""
    require_state(letter.state, "deliver")
    if way not in Way.values:
        raise Refusal("请选择送达方式。")
    _require_day(letter, counted_on)
    _require_possible(letter, way, counted_on=counted_on, address=address, receipt_number=receipt_number)
    delivery = Delivery(
        agency=letter.agency,
        letter=letter,
        attempt=letter.deliveries.count() + 1,
        way=way,
        state=Delivery.State.WAITING if way in _BY_THE_WORKER else Delivery.State.SENT,
        sent_on=counted_on if way == Way.POST else letter.issued_on if way not in _BY_THE_WORKER else None,
        counted_on=counted_on if way not in _BY_THE_WORKER else None,
        receipt_number=receipt_number.strip(),
        by=by,
    )
    delivery.seal("address", address.strip() or _address_on_record(letter, way))
    if way in (Way.DIRECT, Way.ENTRUSTED) and counted_on:
        delivery.state, delivery.delivered_on = Delivery.State.DELIVERED, counted_on
    delivery.save(force_insert=True)
    if way == Way.EMAIL:
        enqueue("letters.mail", {"delivery": delivery.public_id, "key": secrets.token_hex(16)})
    if way == Way.PORTAL:
        enqueue("letters.offer", {"delivery": delivery.public_id})
    _follow(letter, delivery, by=by)
    record(
        "letters.delivery.begun",
        by=by,
        subject=delivery,
        detail={"letter": letter.public_id, "way": way, "counted_on": counted_on},
    )
    return delivery


def record_signing(delivery: Delivery, *, on: date, by: Person) -> Delivery:
    """登记签收. For the ways where signing counts, this is the day of the reply."""
    with transaction.atomic():
        letter, delivery = _both(delivery, by=by)
        if delivery.state == Delivery.State.DELIVERED:
            raise Refusal("不能登记签收：这一次已经登记过签收。")
        if delivery.state == Delivery.State.WAITING:
            raise Refusal("不能登记签收：邮件还没有发出，或者还没有放到门户上。")
        if delivery.way == Way.PORTAL:
            raise Refusal("不能登记签收：门户领取的时间由系统记录，不用登记。")
        _require_day(letter, on)
        if delivery.sent_on and on < delivery.sent_on:
            raise Refusal("不能登记签收：签收日期早于发出日期，请核对。")
        delivery.state, delivery.delivered_on = Delivery.State.DELIVERED, on
        delivery.failed_because = ""
        if delivery.way in (Way.DIRECT, Way.ENTRUSTED):
            delivery.counted_on = on
        delivery.save(update_fields=["state", "delivered_on", "counted_on", "failed_because"])
        _follow(letter, delivery, by=by)
        record("letters.delivery.signed_for", by=by, subject=delivery, detail={"on": on})
    return delivery


def record_failure(delivery: Delivery, *, reason: str, by: Person) -> Delivery:
    """登记未送达: returned, refused, moved away. What was posted in time stays posted in time; another attempt is due."""
    reason = registers.require_reason(reason, of="未送达")
    with transaction.atomic():
        letter, delivery = _both(delivery, by=by)
        if delivery.state == Delivery.State.DELIVERED:
            raise Refusal("不能登记未送达：这一次已经登记过签收。")
        delivery.state, delivery.failed_because = Delivery.State.FAILED, reason
        delivery.save(update_fields=["state", "failed_because"])
        record(
            "letters.delivery.failed",
            by=by,
            subject=delivery,
            reason=reason,
            detail={"letter": letter.public_id},
        )
        if delivery.way == Way.PORTAL:
            enqueue("letters.withdraw_offer", {"delivery": delivery.public_id}, urgent=True)
    return delivery


def add_proof(delivery: Delivery, *, name: str, data: bytes, by: Person) -> Delivery:
    """上传凭证: a scan of what was signed, kept sealed."""
    if len(data) > LARGEST_PROOF:
        raise Refusal(f"凭证超过{LARGEST_PROOF // 1024 // 1024}MB，请压缩后再传。")
    scanned = look_at(data, name=name, by=by)
    try:
        kind = kind_of(name, data)
    except CannotInspect as error:
        raise Refusal(f"不能使用这个文件：{error}") from None
    if kind not in _PROOFS:
        raise Refusal("凭证应当是PDF、JPG或者PNG，请重新扫描或者拍照。")
    with transaction.atomic():
        letter, delivery = _both(delivery, by=by)
        delivery.proof, delivery.proof_name = keep(delivery, "proof", data, scanned=scanned), name[:100]
        delivery.save(update_fields=["proof", "proof_name"])
        record("letters.delivery.proved", by=by, subject=delivery, detail={"letter": letter.public_id})
    return delivery


def confirm_mailed(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """邮件已发出, told by the worker: only now has the letter been sent, and only now is a reply made."""
    delivery = Delivery.objects.select_related("letter", "by").get(public_id=payload["delivery"])
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application")
        .get(pk=delivery.letter_id)
    )
    if delivery.state != Delivery.State.WAITING or not (receipt or {}).get("sent"):
        return
    today = date.fromisoformat(str((receipt or {})["on"]))
    _sent(letter, delivery, on=today)
    record("letters.delivery.mailed", by=None, subject=delivery, detail={"on": today})


def confirm_offered(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """已放到门户上, told by the worker: the applicant can have it from this moment, and that is the day it counts for."""
    letter, delivery = _told(payload["delivery"])
    if delivery.state != Delivery.State.WAITING or not receipt or "offered_at" not in receipt:
        return
    delivery.offered_at = datetime.fromisoformat(receipt["offered_at"])
    _sent(letter, delivery, on=timezone.localdate(delivery.offered_at))
    record("letters.delivery.offered", by=None, subject=delivery, detail={"at": receipt["offered_at"]})


def note_collected(delivery_id: str, *, at: datetime) -> bool:
    """申请人已领取, as the portal noted it. Told again, it changes nothing; False where it is none of ours."""
    if not Delivery.objects.filter(public_id=delivery_id, way=Way.PORTAL).exists():
        return False
    with transaction.atomic():
        letter, delivery = _told(delivery_id)
        if delivery.collected_at is None and delivery.state != Delivery.State.FAILED:
            delivery.state, delivery.collected_at = Delivery.State.DELIVERED, at
            delivery.delivered_on = timezone.localdate(at)
            delivery.save(update_fields=["state", "collected_at", "delivered_on"])
            _follow(letter, delivery, by=delivery.by)
            record("letters.delivery.collected", by=None, subject=delivery, detail={"at": at.isoformat()})
    return True


def _told(delivery_id: str) -> tuple[Letter, Delivery]:
    """The letter, locked, and its delivery, for what the worker tells of them."""
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application", "event")
        .get(deliveries__public_id=delivery_id)
    )
    return letter, Delivery.objects.select_related("by").get(public_id=delivery_id)


def _sent(letter: Letter, delivery: Delivery, *, on: date) -> None:
    delivery.state, delivery.sent_on, delivery.counted_on = Delivery.State.SENT, on, on
    try:
        with transaction.atomic():
            _follow(letter, delivery, by=delivery.by)
    except Refusal as refusal:  # sent is sent; that the step could not be taken is told on the letter's page
        delivery.note = f"已发出，申请的经过没有登记上：{refusal}"[:200]
    delivery.save(update_fields=["state", "sent_on", "counted_on", "offered_at", "note"])


def _follow(letter: Letter, delivery: Delivery, *, by: Person) -> None:
    """What an attempt means for the letter and, once its day is known, for the case."""
    means = _MEANS[Way(delivery.way)].value
    is_fee = letter.kind == "fee_notice"  # paid from the day it arrived, in time by the day it was sent
    day = delivery.delivered_on if is_fee else delivery.counted_on
    sent_on = delivery.counted_on if is_fee and delivery.counted_on != day else None
    if letter.kind in steps.AWAITING_DELIVERY and letter.event is None and day:
        letter.event = steps.take(letter, on=day, by=by, means=means, sent_on=sent_on)
    if delivery.state == Delivery.State.DELIVERED:
        letter.state = State.DELIVERED
    reached_on = delivery.counted_on if letter.kind == "third_party_notice" else delivery.delivered_on
    if reached_on and (why := steps.tell_delivered(letter, on=reached_on, by=by, means=means)):
        delivery.note = f"已送达，申请的经过没有登记上：{why}"[:200]
        delivery.save(update_fields=["note"])
    letter.save(update_fields=["event", "state"])


def _address_on_record(letter: Letter, way: str) -> str:
    """A third party's address stands in the consultation: it is not typed again."""
    if way == Way.EMAIL or not letter.origin:
        return ""
    consultation = rooms.consultation_of(letter.application, origin=letter.origin, key="")
    return consultation.unseal("address") if consultation else ""


def _require_day(letter: Letter, on: date | None) -> None:
    if on and on > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")
    if on and letter.issued_on and on < letter.issued_on:
        raise Refusal("不能登记：日期早于文书的成文日期，请核对。")


def _require_possible(
    letter: Letter, way: str, *, counted_on: date | None, address: str, receipt_number: str
) -> None:
    if way == Way.PORTAL and not _may_collect(letter):
        raise Refusal(
            "不能用门户领取：这件申请不是在门户提交的，或者提交时还不能领取，没有可以凭以领取的查询码。请改用其他方式。"
        )
    if way == Way.POST and not counted_on:
        raise Refusal("邮寄的按交邮之日计算（国办公开办函〔2016〕235号），请填交邮日期。")
    if way == Way.POST and not receipt_number.strip():
        raise Refusal("请填挂号或者邮政特快的编号，它是交邮的凭证。")
    if way == Way.EMAIL:
        if not mail.is_on():
            raise Refusal(
                "不能用电子邮件送达：系统没有设置发信服务器。请改用其他方式，或者请系统管理员设置。"
            )
        if "@" not in address:
            raise Refusal("请填收件的电子邮箱地址。")
    if letter.deliveries.filter(state=Delivery.State.WAITING).exists():
        raise Refusal("不能登记：上一次还在发出，请稍后再看。")


def _may_collect(letter: Letter) -> bool:
    return (
        ReceivedSubmission.objects.filter(application=letter.application).exclude(collection_key="").exists()
    )


def _locked(letter: Letter, *, by: Person) -> Letter:
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application", "event")
        .get(pk=letter.pk)
    )
    registers.require_standing(letter.application, by=by, to_do="登记送达")
    require_writer(letter.application, by=by)
    return letter


def _both(delivery: Delivery, *, by: Person) -> tuple[Letter, Delivery]:
    require_own_agency(delivery.letter, by=by)
    letter = _locked(delivery.letter, by=by)
    require_state(letter.state, "deliver")
    return letter, Delivery.objects.select_for_update().get(pk=delivery.pk)
