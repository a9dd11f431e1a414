"""收费多少. The fee for an application, by item or by page, with the sum of every tier (办法第三条至第五条).

Charging is a choice ("可以"): this computes and proposes, a person decides. One of the two ways is chosen for an
application, never both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.explanation import Explanation, Refusal, Step
from gongkai.rules.processing_fee_2020.tiers import Charged, charged_by_item, charged_by_page

MAY_CHARGE = REGULATIONS.article(42)
NEVER_BOTH = PROCESSING_FEE_MEASURES.article(3)
BY_ITEM_BASIS = PROCESSING_FEE_MEASURES.article(4)
BY_PAGE_BASIS = PROCESSING_FEE_MEASURES.article(5)
# 31–40 at 200, 41–50 at 300 …: the plain reading of a rise of 100 for every further ten.
FURTHER_TIERS_BASIS = PROCESSING_FEE_MEASURES.article(4, certainty=Certainty.INFERENCE)
# Not for telling where published information is; one side of A4 is a page; pages of other applications do not add up.
NOT_FOR_PUBLISHED = PROCESSING_FEE_MEASURES.article(5, certainty=Certainty.FROM_MEMORY)
LAST_ITEM_OF_NAMED_TIERS = 30


class Way(StrEnum):
    """计收方式."""

    BY_ITEM = "by_item"
    BY_PAGE = "by_page"

    @property
    def label(self) -> str:
        return {"by_item": "按件计收", "by_page": "按量计收"}[self.value]


@dataclass(frozen=True, slots=True)
class Fee:
    """信息处理费, in yuan, and how it came about."""

    yuan: int
    way: Way
    units: int
    explanation: Explanation


def monthly_fee_by_item(items: int) -> Fee:
    """按件计收, 一个自然月: the fee for all items of one applicant in one calendar month.

    >>> print(monthly_fee_by_item(32).explanation)
    第1至10件每件0元，10件，计0元（《信息处理费管理办法》第四条）；第11至30件每件100元，20件，计2000元\
（《信息处理费管理办法》第四条）；第31至40件每件200元，2件，计400元（《信息处理费管理办法》第四条（待核））；共2400元
    """
    _require_count(items, "件")
    return _fee(Way.BY_ITEM, items, charged_by_item(items), "件")


def fee_for_items(earlier_this_month: int, items: int) -> Fee:
    """按件计收, 一次申请: what these items add to those that the applicant already had in the same month.

    >>> fee_for_items(30, 2).yuan
    400
    """
    _require_count(earlier_this_month, "件")
    _require_count(items, "件")
    before, after = monthly_fee_by_item(earlier_this_month), monthly_fee_by_item(earlier_this_month + items)
    yuan = after.yuan - before.yuan
    step = Step(
        f"本自然月此前{earlier_this_month}件应计{before.yuan}元，连同本次共{after.units}件", BY_ITEM_BASIS
    )
    steps = (step, *after.explanation.steps)
    return Fee(yuan, Way.BY_ITEM, items, Explanation(steps, f"本次{items}件，应收{yuan}元"))


def fee_by_page(pages: int) -> Fee:
    """按量计收: the fee for the pages of one application.

    >>> [fee_by_page(pages).yuan for pages in (30, 31, 100, 101, 200, 201, 250)]
    [0, 10, 700, 720, 2700, 2740, 4700]
    """
    _require_count(pages, "页")
    return _fee(Way.BY_PAGE, pages, charged_by_page(pages), "页")


def _fee(way: Way, units: int, charged: tuple[Charged, ...], unit: str) -> Fee:
    total = sum(each.yuan for each in charged)
    steps = tuple(_step(way, each, unit) for each in charged)
    return Fee(total, way, units, Explanation(steps, f"共{total}元"))


def _step(way: Way, charged: Charged, unit: str) -> Step:
    basis = BY_PAGE_BASIS if way is Way.BY_PAGE else BY_ITEM_BASIS
    if way is Way.BY_ITEM and charged.tier.first > LAST_ITEM_OF_NAMED_TIERS:
        basis = FURTHER_TIERS_BASIS
    text = (
        f"{charged.tier}{unit}每{unit}{charged.tier.yuan_each}元，{charged.units}{unit}，计{charged.yuan}元"
    )
    return Step(text, basis)


def _require_count(number: int, unit: str) -> None:
    if number < 0:
        raise ValueError(f"{unit}数不能是负数：{number}")


# 一个自然月内 --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemsReceived:
    """一次申请的件数, by the applicant's identity key (证件号码、统一社会信用代码) and the day of receipt."""

    applicant: str
    received_on: date
    items: int = 1


def items_in_month(received: Iterable[ItemsReceived], *, applicant: str, month_of: date) -> int:
    """同一申请人在一个自然月内的累计件数.

    >>> mine = [ItemsReceived("甲", date(2024, 1, 31), 9), ItemsReceived("甲", date(2024, 2, 1), 3)]
    >>> items_in_month(mine, applicant="甲", month_of=date(2024, 2, 29))
    3
    """
    month = (month_of.year, month_of.month)
    return sum(
        each.items
        for each in received
        if each.applicant == applicant and (each.received_on.year, each.received_on.month) == month
    )


def refuse_way(way: Way, *, already: Way | None, only_tells_where: bool = False) -> Refusal | None:
    """能不能这样计收: never both ways for one application, and no pages for telling where published information is.

    >>> str(refuse_way(Way.BY_PAGE, already=Way.BY_ITEM))
    '本申请已按件计收，不能再按量计收（《信息处理费管理办法》第三条）。请只选一种计收方式。'
    """
    if already not in (None, way):
        return Refusal(f"本申请已{already.label}，不能再{way.label}", NEVER_BOTH, "请只选一种计收方式")
    if way is Way.BY_PAGE and only_tells_where:
        return Refusal(
            "只告知已经公开信息的获取途径，不能按量计收", NOT_FOR_PUBLISHED, "请不收费或者按件计收"
        )
    return None
