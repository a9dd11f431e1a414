"""收费的计算. Both ways side by side with what the case itself says, for a person to choose from."""

from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.duties.applications.fees.models import FeeProposal, Practice
from gongkai.duties.applications.frequent.counting import earlier_in_month, own_items
from gongkai.duties.applications.matters.models import PageDecision
from gongkai.duties.applications.models import Application
from gongkai.rules.processing_fee_2020 import local
from gongkai.rules.processing_fee_2020.fee import Fee, Way

_SUPPLIED = (PageDecision.Fate.DISCLOSED, PageDecision.Fate.REDACTED)
TELLS_WHERE = "already_public"


@dataclass(frozen=True, slots=True)
class Computed:
    """两种计收方式 as the case stands: ``fees`` by way, with the counts they start from."""

    items: int
    earlier_items: int
    pages: int
    only_tells_where: bool
    fees: tuple[Fee, ...]


def practice_of(agency: Agency) -> local.Practice:
    """本机关的做法, the newest; without one, the measures as they are."""
    row = Practice.objects.filter(agency=agency).first()
    if row is None:
        return local.Practice()
    return local.Practice(Way(row.way) if row.way else None, row.free_items, row.free_pages)


def computed(case: Application) -> Computed:
    """按这件申请的事项和页数算, both ways."""
    practice = practice_of(case.agency)
    items, earlier, pages = own_items(case), earlier_in_month(case).items, pages_to_supply(case)
    fees = [
        local.local_fee(Way.BY_ITEM, items, practice, earlier_this_month=earlier),
        local.local_fee(Way.BY_PAGE, pages, practice),
    ]
    chosen = tuple(fee for fee in fees if practice.way in (None, fee.way))
    return Computed(items, earlier, pages, only_tells_where(case), chosen)


def pages_to_supply(case: Application) -> int:
    """将要提供的页数: what was decided to be disclosed, whole or in part."""
    runs = PageDecision.objects.filter(
        document__matter__application=case,
        document__matter__struck_at__isnull=True,
        document__struck_at__isnull=True,
        fate__in=_SUPPLIED,
    )
    return sum(last - first + 1 for first, last in runs.values_list("first", "last"))


def only_tells_where(case: Application) -> bool:
    """各项都只告知已公开信息的获取途径."""
    standing = case.matters.filter(struck_at__isnull=True).prefetch_related("decisions")
    newest = [next(iter(matter.decisions.all()), None) for matter in standing]
    return bool(newest) and all(each and each.situation == TELLS_WHERE for each in newest)


def fee_of(proposal: FeeProposal) -> Fee:
    """当时怎么算的, again from what was counted then."""
    way = Way(proposal.way)
    practice = local.Practice(
        free_items=proposal.free_units if way is Way.BY_ITEM else local.FREE_ITEMS,
        free_pages=proposal.free_units if way is Way.BY_PAGE else local.FREE_PAGES,
    )
    return local.local_fee(way, proposal.units, practice, earlier_this_month=proposal.earlier_items)


def way_already(case: Application) -> Way | None:
    """已经用过的计收方式: never both for one application."""
    used = case.fee_proposals.filter(state__in=FeeProposal.NOTICED_STATES).values_list("way", flat=True)[:1]
    return next((Way(way) for way in used), None)
