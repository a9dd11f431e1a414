"""编出清单. The rows of a list as the registers have them today; nothing is typed into a list itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, ExtractYear, Round

from gongkai.agencies.models import Agency
from gongkai.duties.administrative_acts.lists.models import ListKind, PowerItem
from gongkai.duties.administrative_acts.models import Charge, Compulsion
from gongkai.rules.annual_report_2021.counting import in_10k_yuan
from gongkai.rules.enforcement_publicity_2019.public_fields import shown_parts
from gongkai.screening.found import Level, What
from gongkai.screening.text import look

CHARGE_YEARS = 3  # the newest years of collection shown beside a charge
_WORDS = frozenset({What.WORDING, What.NAME})
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张表."""

    heads: Row
    rows: tuple[Row, ...]


def compose(kind: str, agency: Agency) -> Sheet:
    return _COMPOSED[ListKind(kind)](agency)


def not_public(sheet: Sheet) -> list[str]:
    """不能公开的内容: personal data and marks of secrecy, by row; the register is put right, not the list."""
    return [
        f"第{number}行“{head}”中有{found.what}（{found.shown}）"
        for number, row in enumerate(sheet.rows, start=1)
        for head, text in zip(sheet.heads, row, strict=True)
        for found in look(text)
        if found.level is not Level.HINT and found.what not in _WORDS
    ]


def _powers(agency: Agency) -> Sheet:
    rows = (
        (item.code, item.name, item.get_kind_display(), item.basis, _section(item))
        for item in _in_use(agency)
    )
    return Sheet(("事项编码", "事项名称", "权力类型", "实施依据", "责任科室"), tuple(rows))


def _duties(agency: Agency) -> Sheet:
    rows = (
        (item.code, item.name, item.duties, item.accountability, _section(item)) for item in _in_use(agency)
    )
    return Sheet(("事项编码", "事项名称", "责任事项", "追责情形", "责任科室"), tuple(rows))


def _in_use(agency: Agency) -> list[PowerItem]:
    items = PowerItem.objects.standing().filter(agency=agency, status=PowerItem.Status.IN_USE)
    return list(items.select_related("section").order_by("code"))


def _section(item: PowerItem) -> str:
    return item.section.name if item.section else ""


def _charges(agency: Agency) -> Sheet:
    """收费目录: each item with the basis and standard last entered, and what each year brought in 万元."""
    standing = Charge.objects.standing().filter(agency=agency)
    fen = Cast(Round(F("amount") * 100), BigIntegerField())
    sums = standing.annotate(year=ExtractYear("collected_on")).order_by().values_list("item", "year")
    collected = {(item, year): Decimal(total) / 100 for item, year, total in sums.annotate(total=Sum(fen))}
    years = sorted({year for _, year in collected}, reverse=True)[:CHARGE_YEARS]
    told = {item: (basis, standard) for item, basis, standard in _last_entered(agency)}
    rows = [
        (
            item,
            *told[item],
            *(str(in_10k_yuan(collected.get((item, year), Decimal(0)))) for year in years),
        )
        for item in sorted(told)
    ]
    heads = ("收费项目", "收费依据", "收费标准", *(f"{year}年收取（万元）" for year in years))
    return Sheet(heads, tuple(rows))


def _last_entered(agency: Agency) -> Iterator[tuple[str, str, str]]:
    """Each item with the basis and the standard that were filled in last, in one query."""
    standing = Charge.objects.standing().filter(agency=agency)

    def last(name: str) -> Subquery:
        filled = standing.filter(item=OuterRef("item")).exclude(**{name: ""})
        return Subquery(filled.order_by("-collected_on", "-pk").values(name)[:1])

    told = standing.order_by().values("item").distinct().annotate(b=last("basis"), s=last("standard"))
    for item, basis, standard in told.values_list("item", "b", "s"):
        yield item, basis or "", standard or ""


def _compulsion(agency: Agency) -> Sheet:
    """行政强制统计: by year, never a single decision."""
    counted = (
        Compulsion.objects.standing()
        .filter(agency=agency)
        .annotate(year=ExtractYear("decided_on"))
        .order_by()
        .values_list("year", "measure")
        .annotate(count=Count("pk"))
    )
    by_year: dict[int, dict[str, int]] = {}
    for year, measure, count in counted:
        by_year.setdefault(year, {})[measure] = count
    kinds = list(Compulsion.Measure)
    rows = tuple(
        (
            str(year),
            *shown_parts(tuple(by_year[year].get(kind.value, 0) for kind in kinds)),
            str(sum(by_year[year].values())),
        )
        for year in sorted(by_year, reverse=True)
    )
    return Sheet(("年度", *(kind.label for kind in kinds), "合计（件）"), rows)


_COMPOSED: Mapping[ListKind, Callable[[Agency], Sheet]] = {
    ListKind.POWERS: _powers,
    ListKind.DUTIES: _duties,
    ListKind.CHARGES: _charges,
    ListKind.COMPULSION: _compulsion,
}
