"""从已发布的内容编检索. The release and the rebuilding both index through these, so that they cannot differ."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime

from gongkai.config.router import public_database
from gongkai.portal.links import without_withdrawn
from gongkai.portal.models import (
    PublicState,
    PublishedAct,
    PublishedItem,
    PublishedList,
    PublishedPage,
    PublishedReport,
)
from gongkai.portal.payloads import report_key
from gongkai.portal.search import entries, places, texts
from gongkai.portal.search.entries import Findable
from gongkai.portal.search.models import SearchEntry
from gongkai.rules.enforcement_publicity_2019.periods import Act

PAGE, REPORT, ITEM = "page", "report", "item"
ACT, LIST = "act", "list"
_BATCH = 200
ACT_COLUMNS = {Act.LICENCE.value: "licences", Act.PENALTY.value: "penalties"}  # kind → slug of its column
REPORTS_COLUMN = "年报"  # stands for the column of reports, whatever its address: no column has this one


def index_page(page: PublishedPage) -> None:
    """页面."""
    entries.index(_page(page))


def index_item(item: PublishedItem) -> None:
    """政府信息."""
    entries.index(_item(item))


def index_new_items(items: Iterable[PublishedItem]) -> None:
    """Several that are not in the index yet, in the order in which they are listed."""
    entries.index_new(_item(item) for item in items)


def index_again(things: Iterable[PublishedItem | PublishedPage]) -> None:
    """Texts whose links came or went with what they lead to."""
    for thing in things:
        entries.index(_page(thing) if isinstance(thing, PublishedPage) else _item(thing))


def index_report(agency: str, *, year: int) -> None:
    """年度报告: of each year the edition that is current; without one the year is not found any more."""
    editions = PublishedReport.objects.filter(agency=agency, year=year).order_by("-edition")
    current = editions.first()
    for edition in editions[1:]:
        entries.remove(REPORT, _key(edition))
    if current:
        entries.index(_report(current))


def index_act(act: PublishedAct) -> None:
    """行政执法决定."""
    entries.index(_act(act))


def index_list(kind: str) -> None:
    """清单: of each kind the edition in force; without one the kind is not found any more."""
    editions = PublishedList.objects.filter(kind=kind).order_by("-edition")
    current = editions.first()
    for key in SearchEntry.objects.filter(kind=LIST, key__startswith=f"{kind}:").values_list(
        "key", flat=True
    ):
        if current is None or key != list_key(current):
            entries.remove(LIST, key)
    if current:
        entries.index(_list(current))


def bring_forward() -> None:
    """升级: an index whose numbers do not tell the time yet is built anew."""
    if places.numbers_are_older():
        rebuild()


def rebuild() -> int:
    """重建检索 from what is published. Gives the number of entries."""
    with transaction.atomic(using=public_database()):
        PublicState.objects.select_for_update().first()  # no release meanwhile
        entries.clear()
        things = _everything()
        count = 0
        while batch := list(islice(things, _BATCH)):
            count += len(entries.index_new(batch))
        return count


def _page(page: PublishedPage) -> Findable:
    return Findable(
        kind=PAGE,
        key=page.slug,
        version=page.version,
        title=page.title,
        text="\n\n".join((texts.of_html(without_withdrawn(page.html)), page.description)),
        url=page.get_absolute_url(),
        released_at=page.released_at,
        year=localtime(page.released_at).year,
        columns=[page.column.slug] if page.column else [],
        sort="网站页面",
        attachments=_attachments(page),
    )


def _item(item: PublishedItem) -> Findable:
    """Its year is that of its date; the words beside its text are found too."""
    beside = (item.description, item.keywords, item.issued_by, item.co_issued_by)
    return Findable(
        kind=ITEM,
        key=item.key,
        version=item.version,
        title=item.title,
        text="\n\n".join((texts.of_html(without_withdrawn(item.html)), *beside)),
        url=item.get_absolute_url(),
        released_at=item.listed_at,
        year=(item.dated_on or localtime(item.listed_at)).year,
        columns=_columns(item),
        sort=item.kind,
        validity=item.validity if item.document_number else "",
        document_number=item.document_number,
        index_number=item.index_number,
        attachments=_attachments(item),
    )


def _report(report: PublishedReport) -> Findable:
    return Findable(
        kind=REPORT,
        key=_key(report),
        version=report.version,
        title=report.title,
        text="\n\n".join((texts.of_html(report.html), report.agency_name)),
        url=report.get_absolute_url(),
        released_at=report.released_at,
        year=report.year,
        columns=[REPORTS_COLUMN],
        sort="年度报告",
        attachments=_attachments(report),
    )


def _act(act: PublishedAct) -> Findable:
    return Findable(
        kind=ACT,
        key=act.key,
        version=act.version,
        title=act.title,
        text="\n\n".join(f"{label}：{value}" for _, label, value in act.fields),
        url=act.get_absolute_url(),
        released_at=act.released_at,
        year=act.decided_on.year,
        columns=[ACT_COLUMNS[act.kind]],
        sort=Act(act.kind).label,
        document_number=act.number,
    )


def _list(sheet: PublishedList) -> Findable:
    return Findable(
        kind=LIST,
        key=list_key(sheet),
        version=sheet.version,
        title=sheet.title,
        text="\n\n".join("　".join(row) for row in sheet.rows),
        url=sheet.get_absolute_url(),
        released_at=sheet.released_at,
        year=localtime(sheet.released_at).year,
        columns=[sheet.kind],
        sort="清单",
    )


def list_key(sheet: PublishedList) -> str:
    return f"{sheet.kind}:{sheet.edition}"


_FINDABLE: dict[type[models.Model], Callable[[Any], Findable]] = {
    PublishedPage: _page,
    PublishedItem: _item,
    PublishedReport: _report,
    PublishedAct: _act,
    PublishedList: _list,
}


def _everything() -> Iterator[Findable]:
    """Everything a reader can find, oldest first; of each only its time and number are held in memory."""
    order: list[tuple[datetime, int, int]] = []
    for kind, model in enumerate(_FINDABLE):
        time_of = "listed_at" if model is PublishedItem else "released_at"
        order += [(time, kind, number) for time, number in _readable(model).values_list(time_of, "pk")]
    order.sort()
    made = list(_FINDABLE.items())
    for _, kind, number in order:
        model, findable = made[kind]
        yield findable(model._default_manager.get(pk=number))


def _readable(model: type[models.Model]) -> QuerySet[Any]:
    if model is PublishedList:
        after = PublishedList.objects.filter(kind=OuterRef("kind"), edition__gt=OuterRef("edition"))
        return PublishedList.objects.filter(~Exists(after))
    if model is not PublishedReport:
        return model._default_manager.all()
    later = PublishedReport.objects.filter(
        agency=OuterRef("agency"), year=OuterRef("year"), edition__gt=OuterRef("edition")
    )
    return PublishedReport.objects.filter(~Exists(later))


def _columns(item: PublishedItem) -> list[str]:
    """The main column first, the others in a fixed order."""
    others = item.places.exclude(column=item.main_column).order_by("column__slug")
    return [item.main_column.slug, *others.values_list("column__slug", flat=True)]


def _attachments(thing: PublishedPage | PublishedReport | PublishedItem) -> list[tuple[str, str]]:
    """An attachment is found by its name too."""
    return [
        (name, f"{name}\n\n{text or ''}".strip())
        for name, text in thing.files.values_list("name", "text__text")
    ]


def _key(report: PublishedReport) -> str:
    return report_key(report.agency, year=report.year, edition=report.edition)
