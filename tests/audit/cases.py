"""办理申请的动作. A case at each stage, without the person of the act."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from gongkai.duties.applications.clocks import recounting, rectifying
from gongkai.duties.applications.clocks.models import Recount, Rectification
from gongkai.duties.applications.matters import actions
from gongkai.duties.applications.matters.models import FoundDocument, Matter, Search
from gongkai.duties.applications.models import Application
from tests.factories.agencies import keeper

Do = Callable[..., Any]


def _case(house: Any) -> Application:
    case: Application = house.case(matters=["工程名录", "会议记录"])
    return case


def _matter(house: Any) -> Matter:
    return _case(house).matters.get(number=1)


def _search(house: Any, case: Application) -> dict[str, Any]:
    return {
        "searched_on": case.received_on,
        "place": "机关档案室",
        "words": "名录",
        "searcher": "示例甲",
        "found": False,
    }


def _searched(house: Any) -> Search:
    case = _case(house)
    return actions.record_search(case, by=house.keeper, **_search(house, case))


def _document(house: Any) -> FoundDocument:
    return actions.list_document(_matter(house), title="工程名录", pages=3, by=house.keeper)


def _two_refused(house: Any) -> Application:
    case = _case(house)
    actions.record_search(case, by=house.keeper, **_search(house, case))
    actions.decide(case.matters.get(number=1), situation="not_found", reasons="没有", by=house.keeper)
    actions.decide(
        case.matters.get(number=2),
        situation="deliberative",
        ground="DELIBERATIVE",
        ground_kind="讨论记录",
        reasons="属于讨论记录",
        by=house.keeper,
    )
    return case


def _proposal(house: Any) -> Rectification:
    other = keeper(agency=house.agency)
    event = house.case().events.get()
    return rectifying.propose(
        event, happened_on=date(event.happened_on.year, 5, 31), reason="签收单为31日", by=other
    )


def _proposing(house: Any) -> Do:
    event = house.case().events.get()
    return partial(
        rectifying.propose, event, happened_on=date(event.happened_on.year, 5, 31), reason="签收单为31日"
    )


def _drifted(house: Any) -> Application:
    """As after a holiday notice: the row says another day than the calendar."""
    case: Application = house.case()
    Application.objects.filter(pk=case.pk).update(due_on=date(case.received_on.year, 6, 2))
    return case


def _recounting(house: Any) -> Do:
    _drifted(house)
    return lambda *, by: recounting.recount(house.agency)


def _recount(house: Any) -> Recount:
    _drifted(house)
    made = recounting.recount(house.agency)
    assert made is not None
    return made


# The act, and by whom: "" the system.
ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "matter.listed": ("keeper", lambda h: partial(actions.add_matters, h.case(), ["工程名录"])),
    "matter.struck": ("keeper", lambda h: partial(actions.strike_matter, _matter(h), reason="重复")),
    "matter.decided": ("keeper", lambda h: partial(actions.decide, _matter(h), situation="provided")),
    "matter.main_ground": (
        "keeper",
        lambda h: partial(actions.name_main_ground, _two_refused(h), "unavailable_not_held"),
    ),
    "search.recorded": (
        "keeper",
        lambda h: partial(actions.record_search, (case := _case(h)), **_search(h, case)),
    ),
    "search.struck": ("keeper", lambda h: partial(actions.strike_search, _searched(h), reason="登错")),
    "document.listed": (
        "keeper",
        lambda h: partial(actions.list_document, _matter(h), title="工程名录", pages=3),
    ),
    "document.struck": ("keeper", lambda h: partial(actions.strike_document, _document(h), reason="不是")),
    "document.pages_decided": (
        "keeper",
        lambda h: partial(actions.decide_pages, _document(h), first=1, last=3, fate="disclosed"),
    ),
    "rectification.proposed": ("keeper", _proposing),
    "rectification.agreed": ("keeper", lambda h: partial(rectifying.agree, _proposal(h))),
    "rectification.declined": (
        "keeper",
        lambda h: partial(rectifying.decline, _proposal(h), opinion="无凭据"),
    ),
    "recount.made": ("", _recounting),
    "recount.agreed": ("keeper", lambda h: partial(recounting.agree, _recount(h))),
}
