"""年报数据：主动公开. Documents of table two, and items, columns, topics and the guide of the text."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.models import (
    Attribute,
    Column,
    GuideEdition,
    InformationItem,
    NormativeDocument,
    SpecialTopic,
)
from gongkai.registers.figures import Cell, Figure, within
from gongkai.rules.annual_report_2021.counting import first_day, last_day

TABLE = "proactive"
ROWS = tuple(kind.value for kind in NormativeDocument.Kind)


def _issued(year: int) -> Q:
    return within("issued_on", year)


def _repealed(year: int) -> Q:
    return within("ceased_on", year)


def _in_force(year: int) -> Q:
    still = Q(ceased_on__isnull=True) | Q(ceased_on__gt=last_day(year))
    return Q(issued_on__lte=last_day(year)) & still


_COLUMNS = {"issued": _issued, "repealed": _repealed, "in_force": _in_force}


def records(agency: Agency, year: int, cell: Cell) -> QuerySet[Any]:
    """一格背后的文件."""
    _, row, column = cell
    return NormativeDocument.objects.standing().filter(_COLUMNS[column](year), agency=agency, kind=row)


def table(agency: Agency, year: int) -> dict[Cell, int]:
    """表二中规章和规范性文件的6格, in one query."""
    counted = {
        f"{row}_{column}": Count("pk", filter=condition(year) & Q(kind=row))
        for row in ROWS
        for column, condition in _COLUMNS.items()
    }
    counts = NormativeDocument.objects.standing().filter(agency=agency).aggregate(**counted)
    return {(TABLE, row, column): counts[f"{row}_{column}"] for row in ROWS for column in _COLUMNS}


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数. An item counts once, under its main column, in the year it was published."""
    items, by_column = _items(agency, year), items_by_column(agency, year)
    topics = SpecialTopic.objects.standing().filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=first_day(year)),
        agency=agency,
        opened_on__lte=last_day(year),
    )
    return {
        "items.total": Figure("主动公开信息", "条", items, counted=sum(count for _, count in by_column)),
        **{
            f"items.column.{column.public_id}": Figure(
                column.name, "条", items.filter(main_column=column), counted=count
            )
            for column, count in by_column
            if column
        },
        "topics.kept": Figure("办好的专题", "个", topics),
        "topics.opened": Figure("新开设的专题", "个", topics.filter(within("opened_on", year))),
        "documents.published": Figure(
            "公开的规范性文件",
            "件",
            NormativeDocument.objects.standing().filter(within("published_on", year), agency=agency),
        ),
    }


def issued_and_interpreted(agency: Agency, year: int) -> dict[str, int]:
    """本年制发、已经公开并解读（或者写明不解读的理由）的件数, of each kind, in one query (T2-10)."""
    told = Q(published_on__isnull=False) & (Q(interpreted_on__isnull=False) | ~Q(not_interpreted_because=""))
    counted = {row: Count("pk", filter=_issued(year) & told & Q(kind=row)) for row in ROWS}
    counts: dict[str, int] = NormativeDocument.objects.standing().filter(agency=agency).aggregate(**counted)
    return counts


def items_by_column(agency: Agency, year: int) -> list[tuple[Column | None, int]]:
    """各栏目的条数, in the order of the site, in two queries; their sum is the year's total."""
    counts = dict(_items(agency, year).order_by().values_list("main_column").annotate(count=Count("pk")))
    found: list[tuple[Column | None, int]] = [
        (column, counts[column.pk]) for column in Column.objects.filter(pk__in=[pk for pk in counts if pk])
    ]
    return [*found, (None, counts[None])] if None in counts else found


def columns(agency: Agency, year: int) -> list[Column]:
    """The columns that have items of the year."""
    return [column for column, _ in items_by_column(agency, year) if column]


def guide_edition(agency: Agency, year: int) -> GuideEdition | None:
    """报告写明的公开指南版本: the newest of those published by the end of the year."""
    editions = GuideEdition.objects.standing().filter(agency=agency, published_on__lte=last_day(year))
    found: GuideEdition | None = editions.order_by("-published_on", "-pk").first()
    return found


def _items(agency: Agency, year: int) -> QuerySet[Any]:
    published = (
        InformationItem.State.REGISTERED,
        InformationItem.State.PUBLISHED,
        InformationItem.State.WITHDRAWN,
    )
    return InformationItem.objects.standing().filter(
        within("published_on", year), agency=agency, attribute=Attribute.PROACTIVE, state__in=published
    )
