"""判断频次、要求说明理由 (条例第三十五条). A person judges; the code counts and keeps what was found."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.frequent.models import Look, Mark, ReasonsAsked
from gongkai.duties.applications.frequent.queries import frequency, looks, marks_of
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.opening import open_case
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling, handle_excessive
from gongkai.rules.regulations_2019.frequency_marks import Marks

LONGEST = 2000
_MOST = 100_000


def set_marks(*, month: int, year: int, by: Person) -> Mark:
    """设定提示的件数."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if not 1 <= month <= year <= _MOST:
        raise Refusal("提示的件数应当是正数，每年的不少于每月的，请核对。")
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=by.agency_id)
        if marks_of(by.agency) == Marks(month, year):
            raise Refusal("没有改动，没有保存。")
        mark = Mark.objects.create(agency=by.agency, month=month, year=year, by=by)
        record("frequent.marks_set", by=by, subject=mark, detail={"month": month, "year": year})
    return mark


def look(application: Application, *, finding: str, reason: str, by: Person) -> Look:
    """登记判断 of how often the applicant applies, with what it rests on."""
    if finding not in Look.Finding:
        raise Refusal("请选择判断的结论。")
    reason = _words(reason, "判断的依据")
    with transaction.atomic():
        case = open_case(application, by=by)
        found = frequency(case)
        if found is None:
            raise Refusal("不能判断频次：这件申请没有登记申请人姓名。")
        noted = Look(
            agency=case.agency,
            application=case,
            name_index=case.applicant_name_index,
            finding=finding,
            items_in_month=found.month.items,
            items_in_year=found.year.items,
            by=by,
        )
        noted.seal("reason", reason)
        noted.save(force_insert=True)
        record("frequent.looked", by=by, subject=noted, detail={"finding": finding})
    return noted


def ask_for_reasons(application: Application, *, on: date, by: Person) -> ReasonsAsked:
    """要求说明理由, after a person found the applications excessive. The reply period runs on."""
    if on > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")
    try:
        with transaction.atomic():
            case = open_case(application, by=by)
            if on < case.received_on:
                raise Refusal("不能登记：日期早于收到申请之日，请核对。")
            standing = looks(case).first()
            if standing is None or standing.finding != Look.Finding.EXCESSIVE:
                raise Refusal(
                    "不能要求说明理由：还没有人判断申请的数量、频次明显超过合理范围（条例第三十五条）。请先登记判断。"
                )
            asked = ReasonsAsked.objects.create(agency=case.agency, application=case, asked_on=on, by=by)
            record("frequent.reasons_asked", by=by, subject=asked, detail={"on": on})
    except IntegrityError:
        raise Refusal("不能重复要求：已经要求申请人说明理由，还没有判断。") from None
    return asked


def receive_reasons(asked: ReasonsAsked, *, on: date, explanation: str, by: Person) -> ReasonsAsked:
    """收到说明."""
    explanation = _words(explanation, "申请人的说明")
    if on > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")
    with transaction.atomic():
        open_case(asked.application, by=by)
        asked = _unjudged(asked)
        if asked.explained_on:
            raise Refusal("不能重复登记：已经收到说明，补充的请作为材料收存。")
        if on < asked.asked_on:
            raise Refusal("不能登记：收到说明的日期早于要求说明的日期，请核对。")
        asked.seal("explanation", explanation)
        asked.explained_on = on
        asked.save(update_fields=["explanation", "explained_on"])
        record("frequent.reasons_received", by=by, subject=asked, detail={"on": on})
    return asked


def judge_reasons(
    asked: ReasonsAsked, *, accepted: bool, can_reply_in_time: bool, judgement: str, by: Person
) -> ReasonsAsked:
    """判断理由. Whatever comes of it, the case stays open: a person decides its matters, or tells of a later reply."""
    judgement = _words(judgement, "判断的理由")
    with transaction.atomic():
        open_case(asked.application, by=by)
        asked = _unjudged(asked)
        if accepted and asked.explained_on is None:
            raise Refusal("不能判断为合理：还没有登记申请人的说明。")
        answer = handle_excessive(reasons_accepted=accepted, can_reply_in_time=can_reply_in_time)
        asked.seal("judgement", judgement)
        asked.handling = answer.handling.value
        asked.judged_by, asked.judged_at = by, timezone.now()
        asked.save(update_fields=["judgement", "handling", "judged_by", "judged_at"])
        record("frequent.reasons_judged", by=by, subject=asked, detail={"handling": asked.handling})
    return asked


def defer(asked: ReasonsAsked, *, on: date, until: date, by: Person) -> ReasonsAsked:
    """告知延迟答复 until a day, where the reasons are good and the time is not enough."""
    with transaction.atomic():
        case = open_case(asked.application, by=by)
        asked = ReasonsAsked.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if asked.handling != ExcessiveHandling.DEFER or asked.event_id:
            raise Refusal("不能登记延迟答复：没有判断为“理由合理，延迟答复”，或者已经登记。")
        applications.defer_reply(case, on=on, until=until, by=by)
        asked.event = case.events.filter(kind=ApplicationEvent.Kind.DEFERRAL_NOTICED).latest("pk")
        asked.save(update_fields=["event"])
        record("frequent.deferred", by=by, subject=asked, detail={"on": on, "until": until})
    return asked


def _unjudged(asked: ReasonsAsked) -> ReasonsAsked:
    asked = ReasonsAsked.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.handling:
        raise Refusal(f"不能办理：已经判断为“{asked.get_handling_display()}”。")
    return asked


def _words(text: str, label: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal(f"请写明{label}。")
    if len(text) > LONGEST:
        raise Refusal(f"{label}最多{LONGEST}字，请写得简短一些。")
    return text
