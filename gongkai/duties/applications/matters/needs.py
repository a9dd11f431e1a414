"""决定的前提. What must stand in the file before a matter may end in a given way; every reason why it may not."""

from collections.abc import Iterator

from django.db.models import Q

from gongkai.duties.applications.consultation.queries import heard_of
from gongkai.duties.applications.matters.models import Decision, FoundDocument, Matter, PageDecision
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.clock import PAYMENT_BASIS
from gongkai.rules.regulations_2019.consultation import Opinion, objection_to_deciding
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling
from gongkai.rules.regulations_2019.outcome import SITUATION_BY_KEY, Situation
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY, Group
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY, GROUNDS

SEVERED = "severed"
PUBLIC_INTEREST = "public_interest"
NOT_PROCESSED = ExcessiveHandling.NOT_PROCESSED.value
# 情形 whose letter must say something that only the officer knows, and what.
SAID: dict[str, str] = {
    "already_public": "写明获取该信息的方式、途径，如网址",
    "will_be_provided": "写明获取的方式、途径和时间",
    "public_interest": "写明不公开对公共利益的重大影响",
    "severed": "写明不公开的是哪些内容和理由",
    "secret": "写明不予公开的理由",
    "prohibited": "写明禁止公开的法律、行政法规的名称和条款",
    "security": "写明可能危及哪一项、如何危及",
    "third_party_refuses": "写明第三方的意见和公开可能造成的损害",
    "third_party_silent": "写明征求意见的情况和公开可能造成的损害",
    "internal": "写明属于哪一类内部事务和不予公开的考虑",
    "deliberative": "写明属于哪一类过程性信息和不予公开的考虑",
    "case_file": "写明所属的行政执法案卷",
    "special_enquiry": "写明规定查询办法的法律、行政法规和办理途径",
    "not_found": "写明检索的情况",
    "another_agency": "写明负责公开的机关的名称、联系方式；不能确定的，写明理由",
    "must_be_created": "写明为什么需要加工、分析",
    "still_unclear": "写明补正后仍不明确之处",
    "petition": "写明相应的反映渠道",
    "repeat": "写明此前答复的文号和日期",
    "publication": "写明公开出版物的获取途径",
    "excessive": "写明要求说明理由的情况和理由不合理之处",
    "reconfirm": "写明申请人已经获取该信息的情况",
    "withdrawn": "写明撤回的日期和方式",
    "unreachable": "写明联系的经过",
    "enquiry": "写明咨询的渠道",
    "party_affairs": "写明不属于政府信息的理由",
    "archives": "写明档案馆的名称和利用办法",
    "merged": "写明并入的申请的编号",
}
_CONSULTED = (ApplicationEvent.Kind.CONSULTATION_SENT, ApplicationEvent.Kind.CONSULTATION_ANSWERED)


def grounds_for(situation: Situation) -> tuple[str, ...]:
    """这一情形可用的理由, by key; empty where the situation itself says everything."""
    if situation.key == SEVERED:
        return tuple(ground.key for ground in GROUNDS)
    return tuple(ground.key for ground in GROUNDS if ground.result == situation.result)


def objections(matter: Matter, decision: Decision, *, reasons: str) -> Iterator[str]:
    """为什么还不能这样决定: each sentence one thing that is missing."""
    situation = SITUATION_BY_KEY[decision.situation]
    yield from _about_the_ground(situation, decision)
    if not reasons.strip() and situation.key in SAID:
        yield f"还没有写说明：{SAID[situation.key]}"
    yield from _about_the_file(matter, situation)
    yield from against_the_opinions(matter, situation, reasons=reasons)
    yield from _about_the_pages(matter, situation)


def _about_the_ground(situation: Situation, decision: Decision) -> Iterator[str]:
    possible = grounds_for(situation)
    if decision.ground and decision.ground not in possible:
        yield f"“{situation.label}”不能用“{GROUND_BY_KEY[decision.ground].name}”作理由"
    elif possible and not decision.ground:
        yield "还没有选不予公开的理由（条例第十四条至第十六条）"
    if decision.ground:
        kinds = GROUND_BY_KEY[decision.ground].kinds
        if kinds and decision.ground_kind not in kinds:
            yield f"还没有写明属于哪一类：{'、'.join(kinds)}"


def _about_the_file(matter: Matter, situation: Situation) -> Iterator[str]:
    case = matter.application
    if situation.key == "not_found" and not _searched(matter):
        yield "还没有检索记录：告知信息不存在，应当先检索（条例第三十六条第四项）"
    if situation.key in ("third_party_refuses", "third_party_silent", PUBLIC_INTEREST):
        held = case.events.filter(kind__in=_CONSULTED, replaced_by__isnull=True)
        if not held.filter(kind=ApplicationEvent.Kind.CONSULTATION_SENT).exists():
            yield "还没有征求第三方意见的记录（条例第三十二条）"
    if situation.key == "still_unclear" and not _happened(matter, ApplicationEvent.Kind.CORRECTED):
        yield "还没有申请人补正的记录（条例第三十条）"
    if situation.key == "not_corrected" and not _happened(matter, ApplicationEvent.Kind.CORRECTION_ASKED):
        yield "还没有告知补正的记录（条例第三十条）"
    if situation.key == "excessive" and not case.reasons_asked.filter(handling=NOT_PROCESSED).exists():
        yield "还没有要求说明理由、理由不合理的记录：先在申请频次里登记（条例第三十五条）"
    if situation.key == "fee_unpaid" and not _happened(matter, ApplicationEvent.Kind.FEE_NOTICED):
        yield f"还没有收费通知的记录（{PAYMENT_BASIS}）"


def against_the_opinions(matter: Matter, situation: Situation, *, reasons: str) -> Iterator[str]:
    """决定与第三方的意见不合. Asked again at the reply: an opinion may come after the decision."""
    heard = heard_of(matter.pk, matter.application)
    discloses = RESULT_BY_KEY[situation.result].group is Group.GRANTED if situation.result else False
    objection = objection_to_deciding(
        discloses=discloses, situation=situation.key, heard=heard, reasons=reasons
    )
    if objection:
        yield objection
    if situation.key == PUBLIC_INTEREST and heard:
        against_reason = [each for each in heard if each.opinion is Opinion.REFUSES_WITH_REASON]
        if not against_reason:
            yield "没有不同意公开且有合理理由的第三方，不用公共利益的理由（条例第三十二条）"
        elif not any(each.overruled for each in against_reason):
            yield "还没有登记公共利益的决定（条例第三十二条）"


def against_opinions(application: Application) -> list[str]:
    """各项的决定与第三方意见不合的, as they stand when the case is answered."""
    found = []
    for matter in application.matters.filter(struck_at__isnull=True).exclude(result=""):
        decision = matter.decisions.first()
        if decision:
            situation = SITUATION_BY_KEY[decision.situation]
            against = against_the_opinions(matter, situation, reasons=decision.unseal("reasons"))
            found += [f"第{matter.number}项：{each}" for each in against]
    return found


def _about_the_pages(matter: Matter, situation: Situation) -> Iterator[str]:
    group = RESULT_BY_KEY[situation.result].group
    fates = set()
    for document in matter.documents.filter(struck_at__isnull=True).prefetch_related("runs"):
        if missing := undecided_pages(document):
            yield f"《{document.title}》第{missing}页还没有决定"
        fates |= {run.fate for run in document.runs.all()}
    if group is Group.GRANTED and fates & {PageDecision.Fate.WITHHELD, PageDecision.Fate.REDACTED}:
        yield "有的页不公开或者要遮盖，应当选“含有不应当公开的内容，区分处理后提供其余部分”（条例第三十七条）"
    if situation.key == SEVERED and fates == {PageDecision.Fate.DISCLOSED}:
        yield "各页都公开，应当选“提供了所申请的信息”"
    if group is Group.WITHHELD and PageDecision.Fate.DISCLOSED in fates:
        yield "有的页公开，应当选“含有不应当公开的内容，区分处理后提供其余部分”（条例第三十七条）"


def undecided_pages(document: FoundDocument) -> str:
    """还没有决定的页, as “3—5、9”; "" when every page has its fate."""
    open_runs, next_page = [], 1
    for run in sorted(document.runs.all(), key=lambda run: run.first):
        if run.first > next_page:
            open_runs.append((next_page, run.first - 1))
        next_page = max(next_page, run.last + 1)
    if next_page <= document.pages:
        open_runs.append((next_page, document.pages))
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in open_runs)


def _searched(matter: Matter) -> bool:
    """A search for the whole application counts for each of its matters."""
    held = matter.application.searches.filter(struck_at__isnull=True)
    return held.filter(Q(matter=matter) | Q(matter__isnull=True)).exists()


def _happened(matter: Matter, kind: str) -> bool:
    return matter.application.events.filter(kind=kind, replaced_by__isnull=True).exists()
