"""本机关的做法. Which way an office charges and how much more it leaves free; always in the applicant's favour, never against.

Charging is a choice ("可以"), so charging less is one too; the units left free are the first ones, and what lies beyond
them costs what its own tier asks.
"""

from dataclasses import dataclass

from gongkai.rules.citation import Certainty
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.explanation import Explanation, Refusal, Step
from gongkai.rules.processing_fee_2020.fee import Fee, Way, fee_by_page, fee_for_items, monthly_fee_by_item
from gongkai.rules.processing_fee_2020.tiers import PAGE_TIERS, charged_by_item

BASIS = PROCESSING_FEE_MEASURES.article(3, certainty=Certainty.LOCAL)
FREE_ITEMS = charged_by_item(1)[0].tier.last or 0  # 第四条: the first ten items of a month
FREE_PAGES = PAGE_TIERS[0].last or 0  # 第五条: the first thirty pages


@dataclass(frozen=True, slots=True)
class Practice:
    """本机关的做法. ``way`` None: chosen for each application."""

    way: Way | None = None
    free_items: int = FREE_ITEMS
    free_pages: int = FREE_PAGES


def refuse_practice(practice: Practice) -> Refusal | None:
    """能不能这样定: never less free than the measures leave.

    >>> str(refuse_practice(Practice(free_pages=20)))
    '免收的页数不能少于30页（《信息处理费管理办法》第五条）。请定为30页以上。'
    """
    if practice.free_items < FREE_ITEMS:
        basis = PROCESSING_FEE_MEASURES.article(4)
        return Refusal(f"免收的件数不能少于{FREE_ITEMS}件", basis, f"请定为{FREE_ITEMS}件以上")
    if practice.free_pages < FREE_PAGES:
        basis = PROCESSING_FEE_MEASURES.article(5)
        return Refusal(f"免收的页数不能少于{FREE_PAGES}页", basis, f"请定为{FREE_PAGES}页以上")
    return None


def local_fee(way: Way, units: int, practice: Practice, *, earlier_this_month: int = 0) -> Fee:
    """收费多少, by the measures less what the office leaves free.

    >>> fee = local_fee(Way.BY_PAGE, 60, Practice(free_pages=50))
    >>> fee.yuan, str(fee.explanation.steps[-1])
    (100, '本机关前50页免收，减200元（《信息处理费管理办法》第三条（地方做法））')
    """
    if way is Way.BY_PAGE:
        fee, free, unit = fee_by_page(units), practice.free_pages, "页"
        left_out = fee_by_page(min(units, free)).yuan
    else:
        fee, free, unit = fee_for_items(earlier_this_month, units), practice.free_items, "件"
        total = earlier_this_month + units
        left_out = (
            monthly_fee_by_item(min(total, free)).yuan
            - monthly_fee_by_item(min(earlier_this_month, free)).yuan
        )
    if not left_out:
        return fee
    yuan = fee.yuan - left_out
    step = Step(f"本机关前{free}{unit}免收，减{left_out}元", BASIS)
    return Fee(yuan, way, units, Explanation((*fee.explanation.steps, step), f"本次应收{yuan}元"))
