"""收到意见、逾期未提出意见, and a decision to disclose against an opinion (条例第三十二条、第三十四条)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.consultation.actions.sending import locked
from gongkai.duties.applications.consultation.models import Answer, Consultation, PublicInterest
from gongkai.duties.applications.consultation.standing import State
from gongkai.duties.applications.models import ApplicationEvent
from gongkai.rules.regulations_2019.delivery import DeliveryMeans

Opinion = Answer.Opinion
_LONGEST = 2000
_JUDGED = (Opinion.PARTLY, Opinion.REFUSES)


def receive_answer(
    consultation: Consultation,
    *,
    on: date,
    opinion: str,
    by: Person,
    words: str = "",
    reasonable: bool | None = None,
) -> Answer:
    """收到意见: what it says, and, of a refusal, whether its reasons are reasonable. A late one is received too."""
    words = words.strip()
    if opinion not in Opinion or opinion == Opinion.SILENT:
        raise Refusal("请选择意见：同意、部分同意或者不同意公开。")
    if opinion in _JUDGED and (not words or reasonable is None):
        raise Refusal("不同意公开的，请写明不同意的内容和理由，并判断理由是否合理（条例第三十二条）。")
    if len(words) > _LONGEST:
        raise Refusal(f"意见和理由最多{_LONGEST}字，全文请作为材料收存。")
    with transaction.atomic():
        waiting = (State.SENT, State.WAITING, State.OVERDUE, State.SILENT)
        case, consultation, standing = locked(consultation, *waiting, to_do="登记意见", by=by)
        if on < (standing.delivered_on or standing.sent_on or on):
            raise Refusal("不能登记：收到意见的日期早于征求意见书送达的日期，请核对。")
        applications.receive_opinion(case, on=on, by=by, key=consultation.key)
        answer = Answer(
            agency=case.agency,
            consultation=consultation,
            opinion=opinion,
            reasonable=reasonable if opinion in _JUDGED else None,
            event=case.events.filter(kind=ApplicationEvent.Kind.CONSULTATION_ANSWERED).latest("pk"),
            by=by,
        )
        answer.seal("words", words)
        answer.save(force_insert=True)
        _close(consultation)
        record("consultation.answered", by=by, subject=consultation, detail={"on": on, "opinion": opinion})
    return answer


def note_silence(consultation: Consultation, *, by: Person) -> Answer:
    """逾期未提出意见, once the 15 working days have passed: a third party's silence leaves it to the agency, a
    co-maker's is agreement."""
    with transaction.atomic():
        case, consultation, _ = locked(consultation, State.OVERDUE, to_do="确认逾期", by=by)
        answer = Answer.objects.create(
            agency=case.agency, consultation=consultation, opinion=Opinion.SILENT, by=by
        )
        _close(consultation)
        record("consultation.silent", by=by, subject=consultation)
    return answer


def decide_in_public_interest(
    consultation: Consultation, *, content: str, reason: str, by: Person
) -> PublicInterest:
    """决定公开: not disclosing would gravely affect the public interest, or the third party's reasons are not reasonable.
    What and why goes to the third party in writing."""
    content, reason = content.strip(), reason.strip()
    if not content or not reason:
        raise Refusal("请写明决定公开的内容和理由，要书面告知第三方（条例第三十二条）。")
    if max(len(content), len(reason)) > _LONGEST:
        raise Refusal(f"决定公开的内容和理由各最多{_LONGEST}字，请写得简短一些。")
    try:
        with transaction.atomic():
            case, consultation, standing = locked(consultation, State.ANSWERED, to_do="作出这一决定", by=by)
            if not (standing.must_withhold or standing.refused_without_reason):
                raise Refusal("不能作出这一决定：只有第三方不同意公开的，才需要（条例第三十二条）。")
            decision = PublicInterest(agency=case.agency, consultation=consultation, by=by)
            decision.seal("content", content)
            decision.seal("reason", reason)
            decision.save(force_insert=True)
            record("consultation.public_interest", by=by, subject=consultation)
    except IntegrityError:
        raise Refusal("不能重复决定：已经登记了决定公开，请刷新页面。") from None
    return decision


def tell_third_party(consultation: Consultation, *, on: date, means: str, by: Person) -> PublicInterest:
    """书面告知第三方 what is disclosed and why."""
    if means not in set(DeliveryMeans):
        raise Refusal("请选择告知的方式。")
    if on > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")
    with transaction.atomic():
        _, consultation, _ = locked(consultation, State.ANSWERED, to_do="登记告知", by=by)
        decision = PublicInterest.objects.select_for_update().filter(consultation=consultation).first()
        if decision is None:
            raise Refusal("不能登记：还没有决定公开。")
        if decision.told_on:
            raise Refusal(f"不能重复登记：已于{decision.told_on:%Y-%m-%d}书面告知。")
        if on < timezone.localtime(decision.recorded_at).date():
            raise Refusal("不能登记：告知日期早于作出决定的日期，请核对。")
        decision.told_on, decision.told_by_means, decision.told_by = on, means, by
        decision.save(update_fields=["told_on", "told_by_means", "told_by"])
        record("consultation.third_party_told", by=by, subject=consultation, detail={"on": on})
    return decision


def _close(consultation: Consultation) -> None:
    consultation.is_open = False
    consultation.save(update_fields=["is_open"])
