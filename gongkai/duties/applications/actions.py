"""办理申请. Registering an application and every step on it: each is one event, and the columns follow by the fold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications.consultation.queries import unsettled
from gongkai.duties.applications.fold import FOLDED_COLUMNS, fold, in_law, period_of, standing, write
from gongkai.duties.applications.matters.actions.listing import list_matters
from gongkai.duties.applications.matters.needs import against_opinions
from gongkai.duties.applications.matters.queries import why_not_answered
from gongkai.duties.applications.models import Application, ApplicationEvent, IncomingMail
from gongkai.duties.applications.opening import open_case
from gongkai.registers import actions as registers
from gongkai.registers.models import Change
from gongkai.registers.numbering import next_number
from gongkai.rules.citation import Citation
from gongkai.rules.regulations_2019.clock import PAYMENT_BASIS
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.correction import NOTICE_BASIS
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.regulations_2019.reply_period import refuse
from gongkai.sealing.vault import Indexer, Sealer, blind_index

Kind = ApplicationEvent.Kind
ENDED_WITHOUT_REPLY = ("other_not_corrected", "other_fee_unpaid", "other_remaining")
SEALED = ("applicant_name", "applicant_contact", "description")


def register_application(
    *,
    by: Person | None,
    applicant_kind: str,
    channel: str,
    received_on: date,
    register_number: str = "",
    applicant_name: str = "",
    applicant_contact: str = "",
    description: str = "",
    matters: Sequence[str] = (),
    access_form: str = "",
    section: Section | None = None,
    confirmed_on: date | None = None,
    remark: str = "",
    agency: Agency | None = None,
) -> Application:
    """登记申请. ``received_on`` is the day it arrived; online, fax and plain post count from the confirmation.

    ``by`` is None for what nobody typed in: it came through the portal, and ``agency`` says to whom.
    """
    _not_in_future(received_on)
    application = Application(
        agency=agency or _agency_of(by),
        register_number=register_number.strip(),
        applicant_kind=applicant_kind,
        channel=channel,
        access_form=access_form,
        section=section or (by.section if by else None),
        recorded_by=by,
        remark=remark,
    )
    if by:
        registers.require_keeper(by, application.agency, application.section)
    _require_choices(application)
    seal_applicant(application, name=applicant_name, contact=applicant_contact, description=description)
    with transaction.atomic():
        if not application.register_number:
            application.register_number = _number(application, received_on.year)
        _insert(application, received_on)
        _event(application, Kind.RECEIVED, by=by, happened_on=received_on)
        if confirmed_on and Channel(channel).needs_confirmation:
            _event(application, Kind.RECEIPT_CONFIRMED, by=by, happened_on=confirmed_on)
        _refold(application)
        record("applications.application.entered", by=by, subject=application)
        if matters:
            list_matters(application, matters, by=by)
    return application


def confirm_receipt(application: Application, *, on: date, by: Person, note: str = "") -> Application:
    """确认收到 (条例第三十一条). ``note``: how, such as by telephone."""
    return _take(application, Kind.RECEIPT_CONFIRMED, by=by, happened_on=on, note=note)


def ask_for_correction(
    application: Application,
    *,
    on: date,
    by: Person,
    working_days: int | None = None,
    delivered_on: date | None = None,
    late_on_paper: bool = False,
) -> Application:
    """告知补正. ``late_on_paper``: it happened after its period; recorded as late, it moves nothing."""
    return _take(
        application,
        Kind.CORRECTION_ASKED,
        by=by,
        happened_on=on,
        working_days=working_days,
        delivered_on=delivered_on,
        late_on_paper=late_on_paper,
    )


def deliver_correction(application: Application, *, on: date, by: Person) -> Application:
    """补正告知书送达: the applicant's period counts from this day (条例第三十条)."""
    return _take(application, Kind.CORRECTION_DELIVERED, by=by, happened_on=on)


def receive_correction(application: Application, *, on: date, by: Person) -> Application:
    """收到补正: the period starts afresh."""
    return _take(application, Kind.CORRECTED, by=by, happened_on=on)


def consult(application: Application, *, on: date, by: Person, key: str, consulted: Consulted) -> Application:
    """发出征求意见书: the days until the answer are not counted."""
    return _take(
        application,
        Kind.CONSULTATION_SENT,
        by=by,
        happened_on=on,
        consultation_key=key,
        consulted=consulted.value,
    )


def deliver_consultation(application: Application, *, on: date, by: Person, key: str) -> Application:
    """征求意见书送达."""
    return _take(application, Kind.CONSULTATION_DELIVERED, by=by, happened_on=on, consultation_key=key)


def receive_opinion(
    application: Application, *, on: date, by: Person, key: str, note: str = ""
) -> Application:
    """收到意见."""
    return _take(
        application, Kind.CONSULTATION_ANSWERED, by=by, happened_on=on, consultation_key=key, note=note
    )


def extend_reply(
    application: Application,
    *,
    on: date,
    by: Person,
    working_days: int,
    note: str = "",
    late_on_paper: bool = False,
) -> Application:
    """延长答复期限, agreed by the head of the disclosure office and told to the applicant."""
    return _take(
        application,
        Kind.EXTENDED,
        by=by,
        happened_on=on,
        working_days=working_days,
        note=note,
        late_on_paper=late_on_paper,
    )


def notice_fee(
    application: Application, *, on: date, by: Person, amount: Decimal, sent_on: date | None = None
) -> Application:
    """收费通知, on the day the applicant received it; in time when it was posted or sent in time."""
    if sent_on and sent_on > on:
        raise Refusal("不能登记：发出的日期晚于收到的日期，请核对。")
    return _take(application, Kind.FEE_NOTICED, by=by, happened_on=on, amount=amount, sent_on=sent_on)


def collect_fee(application: Application, *, on: date, by: Person, amount: Decimal) -> Application:
    """缴费: the period starts afresh."""
    return _take(application, Kind.FEE_PAID, by=by, happened_on=on, amount=amount)


def defer_reply(application: Application, *, on: date, by: Person, until: date) -> Application:
    """告知延迟答复 (条例第三十五条)."""
    return _take(application, Kind.DEFERRAL_NOTICED, by=by, happened_on=on, until=until)


def reply(
    application: Application, *, on: date, by: Person, outcome: str, delivery_means: str = "", note: str = ""
) -> Application:
    """答复: the decision and its result, on the day that counts for its way of delivery."""
    if outcome in ENDED_WITHOUT_REPLY[:2]:
        raise Refusal("逾期不补正、逾期不缴费的不作答复，请登记为不再处理。")
    return _take(
        application,
        Kind.REPLIED,
        by=by,
        happened_on=on,
        outcome=outcome,
        delivery_means=delivery_means,
        note=note,
    )


def close(application: Application, *, on: date, by: Person, outcome: str, note: str = "") -> Application:
    """不再处理: deemed abandoned, fee unpaid, withdrawn or otherwise ended without a reply."""
    if outcome not in ENDED_WITHOUT_REPLY:
        raise Refusal("这一结果应当答复申请人，请登记答复。")
    if awaited := _AWAITED.get(outcome):
        _require_given_up(application, awaited, on=on)
    return _take(application, Kind.CLOSED, by=by, happened_on=on, outcome=outcome, note=note)


def rectify_event(
    event: ApplicationEvent,
    *,
    reason: str,
    by: Person,
    agreed_by: Person,
    happened_on: date | None = None,
    outcome: str | None = None,
) -> Application:
    """更正经过: a new entry replaces the wrong one; both stay readable. It takes two people (TIM-06)."""
    reason = registers.require_reason(reason)
    if happened_on in (None, event.happened_on) and outcome in (None, event.outcome):
        raise Refusal("不能更正：没有改动。请修改日期或者结果后再保存。")
    copied = {
        name: getattr(event, name)
        for name in (
            "kind",
            "working_days",
            "until",
            "delivered_on",
            "sent_on",
            "delivery_means",
            "consultation_key",
        )
    }
    copied |= {"consulted": event.consulted, "amount": event.amount, "note": event.note}
    return _replace(
        event,
        by=by,
        agreed_by=agreed_by,
        reason=reason,
        happened_on=happened_on or event.happened_on,
        outcome=event.outcome if outcome is None else outcome,
        **copied,
    )


def cancel_event(event: ApplicationEvent, *, reason: str, by: Person, agreed_by: Person) -> Application:
    """撤销误登的经过, by two people."""
    if event.kind == Kind.RECEIVED:
        raise Refusal("不能撤销收到申请的登记。整件登记有误的，请作废这件申请。")
    reason = registers.require_reason(reason)
    return _replace(
        event,
        by=by,
        agreed_by=agreed_by,
        reason=reason,
        kind=Kind.CANCELLED,
        happened_on=event.happened_on,
        outcome="",
    )


def rectify_particulars(
    application: Application, *, reason: str, by: Person, changes: dict[str, Any]
) -> Application:
    """更正登记事项: applicant's kind, section, access form. Days and results are rectified in the events."""
    if set(changes) & set(FOLDED_COLUMNS):
        raise Refusal("日期、状态和结果由经过算出，请更正相应的经过。")
    return registers.rectify(application, changes=changes, reason=reason, by=by)


def void_application(application: Application, *, reason: str, by: Person) -> Application:
    """作废, say of an application registered twice."""
    return registers.void(application, reason=reason, by=by)


def seal_applicant(
    application: Application,
    *,
    name: str,
    contact: str,
    description: str,
    sealer: Sealer | None = None,
    indexer: Indexer | None = None,
) -> None:
    """Seal what identifies the applicant; equal names are found by a keyed digest."""
    for field, plain in zip(SEALED, (name, contact, description), strict=True):
        application.seal(field, plain.strip(), sealer=sealer)
    index = indexer or partial(blind_index, "applicants")
    application.applicant_name_index = index(name.strip()) if name.strip() else ""


def _take(
    application: Application,
    kind: str,
    *,
    by: Person,
    happened_on: date,
    late_on_paper: bool = False,
    **details: Any,
) -> Application:
    """One step: power, is it open by the rules, the event, the folded columns, the audit line."""
    _not_in_future(happened_on)
    with transaction.atomic():
        application = open_case(application, by=by)
        event = ApplicationEvent(application=application, kind=kind, happened_on=happened_on, **details)
        _require_allowed(application, event, late_on_paper=late_on_paper)
        _event(application, kind, by=by, happened_on=happened_on, **details)
        _refold(application)
        record(f"applications.application.{kind}", by=by, subject=application, detail={"on": happened_on})
    return application


def _require_allowed(application: Application, event: ApplicationEvent, *, late_on_paper: bool) -> None:
    if event.kind == Kind.REPLIED:
        _require_answerable(application, event)
    step = in_law(event, application.channel)
    if step is None:
        return
    held = standing(application.events.all())
    if event.happened_on < held[0].happened_on:
        raise Refusal("不能登记：日期早于收到申请之日，请核对。")
    earlier = [
        found
        for each in held
        if (found := in_law(each, application.channel)) and each.happened_on <= event.happened_on
    ]
    objection = refuse(earlier, step, calendar())
    if objection and not (late_on_paper and event.kind in (Kind.EXTENDED, Kind.CORRECTION_ASKED)):
        raise Refusal(str(objection))


@dataclass(frozen=True, slots=True)
class _Awaited:
    """申请人应做而未做的: what was told to him, what he has not done, and by which rule the case then ends."""

    told: str
    done: str
    verb: str
    notice: str
    by_rule: Citation


_AWAITED = {
    ENDED_WITHOUT_REPLY[0]: _Awaited(
        Kind.CORRECTION_ASKED, Kind.CORRECTED, "补正", "补正告知书", NOTICE_BASIS
    ),
    ENDED_WITHOUT_REPLY[1]: _Awaited(Kind.FEE_NOTICED, Kind.FEE_PAID, "缴费", "收费通知", PAYMENT_BASIS),
}


def _require_given_up(application: Application, awaited: _Awaited, *, on: date) -> None:
    """逾期不补正、不缴费: only after a notice that is known to have arrived, after the period it gave, and never after the
    applicant has done his part."""
    held = standing(application.events.all())
    kinds = [event.kind for event in held]
    if awaited.told not in kinds:
        return  # without a notice in the record it was kept on paper, and the person answers for it
    cannot = f"不能按逾期不{awaited.verb}处理"
    if awaited.done in kinds[len(kinds) - kinds[::-1].index(awaited.told) :]:
        raise Refusal(f"{cannot}：申请人已经{awaited.verb}（{awaited.by_rule}）。请继续办理。")
    period = period_of(held, channel=application.channel, calendar=calendar())
    if period.waiting_until is None or period.deemed_abandoned_on(on):
        return
    if not period.waits_from_delivery:
        raise Refusal(
            f"{cannot}：{awaited.notice}的送达之日还没有登记，不知道{awaited.verb}期限从哪天起算（{awaited.by_rule}）。请先登记送达。"
        )
    raise Refusal(
        f"{cannot}：{awaited.verb}期限至{period.waiting_until}，还没有届满（{awaited.by_rule}）。请等期满以后再登记。"
    )


def _require_answerable(application: Application, event: ApplicationEvent) -> None:
    """每一项有结果，征求意见都了结."""
    if reason := why_not_answered(application, event.outcome):
        raise Refusal(f"不能登记答复：{reason}")
    if open_ends := unsettled(application, today=event.happened_on):
        raise Refusal(f"不能登记答复：{'；'.join(open_ends)}。请先办完或者取消征求意见。")
    if against := against_opinions(application):
        raise Refusal(f"不能登记答复：{'；'.join(against)}。请更正这一项的决定。")


def require_rectifiable(event: ApplicationEvent, application: Application, *, by: Person) -> None:
    """能不能更正这条经过: asked before the form opens, and again when it is sent."""
    registers.require_standing(application, by=by, to_do="更正")
    if ApplicationEvent.objects.filter(replaces=event).exists() or event.kind == Kind.CANCELLED:
        raise Refusal("不能更正：这一条已经被更正过，请更正最新的一条。")


def _replace(
    event: ApplicationEvent, *, by: Person, agreed_by: Person, reason: str, **values: Any
) -> Application:
    _not_in_future(values["happened_on"])
    if by.pk == agreed_by.pk:
        raise Refusal("不能更正：更正经过要由另一人同意。请本科室的其他人同意后再更正。")
    with transaction.atomic():
        application = registers.lock(event.application)
        for person in (by, agreed_by):
            require_rectifiable(event, application, by=person)
        kind = values.pop("kind")
        new = _event(application, kind, by=by, agreed_by=agreed_by, replaces=event, reason=reason, **values)
        _refold(application)
        line = {
            "label": event.get_kind_display(),
            "from": f"{event.happened_on} {event.get_outcome_display()}".strip(),
            "to": "撤销"
            if new.kind == Kind.CANCELLED
            else f"{new.happened_on} {new.get_outcome_display()}".strip(),
        }
        registers.note_change(application, Change.Kind.RECTIFIED, [line], reason=reason, by=by)
    return application


def _event(
    application: Application, kind: str, *, by: Person | None, happened_on: date, **details: Any
) -> ApplicationEvent:
    event = ApplicationEvent(
        agency=application.agency,
        application=application,
        kind=kind,
        happened_on=happened_on,
        by=by,
        **details,
    )
    if event.outcome and event.outcome not in dict(ApplicationEvent._meta.get_field("outcome").flatchoices):  # type: ignore[union-attr]
        raise Refusal("没有这种办理结果，请从列表中选择。")
    event.save(force_insert=True)
    return event


def _refold(application: Application) -> None:
    write(application, fold(application.events.all(), channel=application.channel, calendar=calendar()))
    application.save(update_fields=FOLDED_COLUMNS)


def _insert(application: Application, received_on: date) -> None:
    application.status, application.received_on = Application.Status.HANDLING, received_on
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        raise Refusal(
            f"不能登记：登记编号“{application.register_number}”已经用过，请换一个，或者留空自动编号。"
        ) from None


def _number(application: Application, year: int) -> str:
    taken = Application.objects.filter(agency=application.agency, register_number__startswith=f"〔{year}〕")
    return next_number(
        application.agency,
        register="applications",
        year=year,
        taken=frozenset(taken.values_list("register_number", flat=True)),
    )


def _agency_of(by: Person | None) -> Agency:
    if by is None:
        raise ValueError("没有登记人的，要说明是哪个机关的申请")
    return by.agency


def _require_choices(application: Application) -> None:
    for name in ("applicant_kind", "channel"):
        field = application._meta.get_field(name)
        if getattr(application, name) not in dict(field.flatchoices):  # type: ignore[union-attr]
            raise Refusal(f"请选择{field.verbose_name}。")  # type: ignore[union-attr]


def _not_in_future(day: date) -> None:
    if day > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")


def register_incoming_mail(
    *,
    by: Person,
    number: str,
    received_on: date,
    channel: str,
    nature: str,
    handed_to: str,
    register_number: str = "",
    section: Section | None = None,
    remark: str = "",
) -> IncomingMail:
    """登记来件."""
    mail = IncomingMail(
        number=number,
        received_on=received_on,
        channel=channel,
        nature=nature,
        handed_to=handed_to,
        register_number=register_number.strip(),
        section=section,
        remark=remark,
    )
    return registers.enter(mail, by=by)
