"""救济告知. What a reply says about reconsideration and litigation, by its result and the day of the decision.

Since 2024-01-01 a refusal to disclose goes to reconsideration first, and the letter must say so. That the duty covers the
refusals of articles 14 to 16 only, and leaves the other results free to go straight to court, is our reading (待核).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.editions import RECONSIDERATION_LAW_2023, Edition, Editions
from gongkai.rules.explanation import Explanation, Step
from gongkai.rules.litigation.periods import AFTER_RECONSIDERATION_CALENDAR_DAYS, DIRECT_BASIS, DIRECT_MONTHS
from gongkai.rules.reconsideration_2023.periods import APPLY_CALENDAR_DAYS, LAW

RIGHT_TO_A_REMEDY = Step("对答复不服的，可以申请行政复议或者提起行政诉讼", REGULATIONS.article(51))
RECONSIDERATION_FIRST = Step("不予公开的，应当先申请行政复议", RECONSIDERATION_LAW_2023.article(23, 1, 4))
MUST_BE_TOLD = Step("作出决定时应当告知先申请行政复议", RECONSIDERATION_LAW_2023.article(23, 2))
FREE_CHOICE = Step(
    "本结果不属于应当先申请行政复议的情形",
    RECONSIDERATION_LAW_2023.article(23, 1, 4, certainty=Certainty.INFERENCE),
)
DIRECT_SUIT = Step(f"直接起诉的期限为{DIRECT_MONTHS}个月", DIRECT_BASIS)


class Refusing(StrEnum):
    """对申请的拒绝程度, as far as the road to a remedy depends on it."""

    WHOLLY = "wholly"  # 不予公开（第十四条至第十六条）
    PARTLY = "partly"  # 部分公开
    NOT = "not"  # 其他结果


class Route(StrEnum):
    """救济途径."""

    RECONSIDERATION_FIRST = "reconsideration_first"
    FIRST_FOR_THE_REFUSED_PART = "first_for_the_refused_part"
    FREE_CHOICE = "free_choice"

    @property
    def label(self) -> str:
        return {
            "reconsideration_first": "复议前置",
            "first_for_the_refused_part": "不予公开部分复议前置",
            "free_choice": "可以复议，也可以诉讼",
        }[self.value]


@dataclass(frozen=True, slots=True)
class RouteEdition:
    """一种途径及其告知用语."""

    route: Route
    text: str
    reasons: tuple[Step, ...]


_RECONSIDERATION = "自收到本告知书之日起{days}日内向{body}申请行政复议"
_SUIT = "自收到本告知书之日起{months}个月内向{court}提起行政诉讼"
_FIRST = (
    "应当" + _RECONSIDERATION + "；对行政复议决定不服的，"
    "自收到行政复议决定书之日起{after}日内向{court}提起行政诉讼。未经行政复议，不能直接提起行政诉讼。"
)
_CHOICE = "可以" + _RECONSIDERATION + "，或者" + _SUIT + "。"

_WHOLLY = RouteEdition(
    Route.RECONSIDERATION_FIRST,
    "对本不予公开决定不服的，" + _FIRST,
    (RIGHT_TO_A_REMEDY, RECONSIDERATION_FIRST, MUST_BE_TOLD),
)
_PARTLY = RouteEdition(
    Route.FIRST_FOR_THE_REFUSED_PART,
    "对其中不予公开的部分不服的，" + _FIRST + "对其他部分不服的，" + _CHOICE,
    (RIGHT_TO_A_REMEDY, RECONSIDERATION_FIRST, MUST_BE_TOLD, DIRECT_SUIT),
)


def _choice(*reasons: Step) -> RouteEdition:
    steps = (RIGHT_TO_A_REMEDY, *reasons, DIRECT_SUIT)
    return RouteEdition(Route.FREE_CHOICE, "对本答复不服的，" + _CHOICE, steps)


Routes = Mapping[Refusing, RouteEdition]
_BEFORE: Routes = dict.fromkeys(Refusing, _choice())
_SINCE_2024: Routes = {
    Refusing.WHOLLY: _WHOLLY,
    Refusing.PARTLY: _PARTLY,
    Refusing.NOT: _choice(FREE_CHOICE),
}
ROUTES = Editions(
    "救济途径",
    (
        Edition(
            _BEFORE, REGULATIONS.in_force_from, RECONSIDERATION_LAW_2023.in_force_from - timedelta(days=1)
        ),
        Edition(_SINCE_2024, RECONSIDERATION_LAW_2023.in_force_from),
    ),
)


@dataclass(frozen=True, slots=True)
class RemedyNotice:
    """救济告知: the road, the sentence for the letter, and why it is this one."""

    route: Route
    text: str
    explanation: Explanation


def remedy_notice(
    refusing: Refusing, *, decided_on: date, body: str, court: str = "人民法院"
) -> RemedyNotice:
    """救济告知, by the edition in force on the day of the decision.

    >>> print(remedy_notice(Refusing.WHOLLY, decided_on=date(2024, 1, 2), body="示例市人民政府").text)
    对本不予公开决定不服的，应当自收到本告知书之日起60日内向示例市人民政府申请行政复议；对行政复议决定不服的，\
自收到行政复议决定书之日起15日内向人民法院提起行政诉讼。未经行政复议，不能直接提起行政诉讼。
    """
    edition = ROUTES.on(decided_on)[refusing]
    text = edition.text.format(
        days=APPLY_CALENDAR_DAYS,
        after=AFTER_RECONSIDERATION_CALENDAR_DAYS,
        months=DIRECT_MONTHS,
        body=body,
        court=court,
    )
    apply = Step(f"申请行政复议的期限为{APPLY_CALENDAR_DAYS}日", LAW.on(decided_on).apply)
    return RemedyNotice(edition.route, text, Explanation((*edition.reasons, apply), edition.route.label))
