"""怎么说. The page labels the inspection looks for, the trail, and what is written beside a thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from gongkai.portal.addresses import address
from gongkai.portal.models import (
    PublishedColumn,
    PublishedFile,
    PublishedItem,
    PublishedPage,
    PublishedReport,
    Site,
)
from gongkai.portal.queries import InRegister
from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered

DISCLOSURE = "政府信息公开"
BY_DUTY = "按法定事项查阅"
_FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word（DOCX）",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel（XLSX）",
    "text/html": "网页（HTML）",
    "application/json": "开放数据（JSON）",
}


@dataclass(frozen=True, slots=True)
class ColumnTags:
    """栏目标签: on lists and on everything below them."""

    name: str
    description: str
    keywords: str
    type: str


@dataclass(frozen=True, slots=True)
class ArticleTags:
    """内容页标签."""

    title: str
    released_at: datetime
    source: str
    url: str
    keywords: str = ""
    description: str = ""

    @property
    def published(self) -> str:
        return f"{localtime(self.released_at):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Step:
    """当前位置的一步; the last one has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """信息表的一格."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    label: str
    name: str
    size: str
    url: str


def column_tags(column: PublishedColumn) -> ColumnTags:
    return ColumnTags(column.name, column.description, column.keywords, column.column_type)


def disclosure_tags(site: Site) -> ColumnTags:
    return ColumnTags(
        DISCLOSURE,
        f"{site.agency_name}政府信息公开指南、制度、法定主动公开内容、年报和依申请公开",
        f"{DISCLOSURE},{site.agency_name}",
        "信息公开",
    )


def foot_tags(site: Site) -> ColumnTags:
    return ColumnTags("网站说明", f"{site.name}的说明", f"网站说明,{site.name}", "网站说明")


def page_tags(page: PublishedPage) -> ArticleTags:
    return ArticleTags(
        page.title, page.released_at, page.source, page.get_absolute_url(), page.keywords, page.description
    )


def item_tags(item: PublishedItem) -> ArticleTags:
    return ArticleTags(
        item.title, item.released_at, item.issued_by, item.get_absolute_url(), item.keywords, item.description
    )


def report_tags(report: PublishedReport) -> ArticleTags:
    return ArticleTags(
        report.title,
        report.released_at,
        report.agency_name,
        report.get_absolute_url(),
        f"政府信息公开工作年度报告,{report.year}年,{report.agency_name}",
        f"{report.agency_name}{report.year}年政府信息公开工作年度报告（第{report.edition}版）",
    )


def trail(column: PublishedColumn | None, last: str = "") -> list[Step]:
    """当前位置 from the home page down to the column, then ``last``."""
    above: list[Step] = []
    step = column
    while step is not None:
        above.append(Step(step.name, step.get_absolute_url()))
        step = step.parent
    if not in_site(column):
        above.append(Step(DISCLOSURE, address("disclosure")))
    above.append(Step("首页", address("home")))
    steps = above[::-1]
    if last:
        return [*steps, Step(last)]
    return [*steps[:-1], Step(steps[-1].label)]


def in_site(column: PublishedColumn | None) -> bool:
    """Whether a column stands beside the disclosure column and not inside it."""
    while column is not None and column.parent is not None:
        column = column.parent
    return column is not None and not column.part


@dataclass(frozen=True, slots=True)
class CountedDuty:
    """一项法定主动公开内容, with how much of it is published."""

    name: str
    article: str
    count: int
    url: str
    registers: tuple[InRegister, ...] = ()


def counted_duties(
    counts: Mapping[str, int], registers: Mapping[str, tuple[InRegister, ...]]
) -> list[CountedDuty]:
    """条例第二十条逐项，没有内容的也列出; those of article 21 where something of them is published."""
    shown = [*DUTIES_OF_ARTICLE_20, *(duty for duty in DUTIES_OF_ARTICLE_21 if counts.get(duty.key))]
    return [
        CountedDuty(
            numbered(duty),
            str(duty.basis),
            counts.get(duty.key, 0),
            address("duty", duty.key),
            registers.get(duty.key, ()),
        )
        for duty in shown
    ]


def edition_label(report: PublishedReport) -> str:
    return "第1版" if report.edition == 1 else f"第{report.edition}版（更正）"


def facts_of_report(report: PublishedReport, *, newest: PublishedReport) -> list[Fact]:
    """年报的信息表."""
    current = "现行版次" if report == newest else f"已由第{newest.edition}版更正"
    return [
        Fact("标题", report.title, wide=True),
        Fact("发布机关", report.agency_name),
        Fact("报告年度", f"{report.year}年"),
        Fact("发布时间", f"{localtime(report.released_at):%Y-%m-%d %H:%M}"),
        Fact("公开方式", "主动公开"),
        Fact("版次", f"{edition_label(report)}，{current}", wide=True),
        Fact("内容校验值", report.digest, wide=True),
    ]


def facts_of_item(item: PublishedItem) -> list[Fact]:
    """政府信息的信息表: 索引号、名称、内容概述、生成日期 (条例第十二条) and what else a reader looks for."""
    dated = f"{item.dated_on:%Y-%m-%d}" if item.dated_on else ""
    facts = [
        Fact("索引号", item.index_number),
        Fact("信息种类", item.kind),
        Fact("发布机构", "、".join(filter(None, (item.issued_by, item.co_issued_by)))),
        Fact("成文日期", dated),
        Fact("文号", item.document_number),
        Fact("有效性", item.validity if item.document_number else ""),
        Fact("主题分类", item.subject),
        Fact("体裁", item.genre),
        Fact("原发布日期", f"{item.published_before:%Y-%m-%d}" if item.published_before else ""),
        Fact("发布时间", f"{localtime(item.released_at):%Y-%m-%d %H:%M}"),
    ]
    if item.changed_at != item.released_at:
        facts.append(Fact("更新时间", f"{localtime(item.changed_at):%Y-%m-%d %H:%M}"))
    more = [
        Fact("标题", item.title, wide=True),
        *(fact for fact in facts if fact.value),
        Fact("内容概述", item.description, wide=True),
        Fact("更新说明", item.change_note, wide=True),
    ]
    return [fact for fact in more if fact.value]


def facts_of_page(page: PublishedPage) -> list[Fact]:
    """页面的信息表."""
    facts = [
        Fact("标题", page.title, wide=True),
        Fact("来源", page.source),
        Fact("发布时间", f"{localtime(page.released_at):%Y-%m-%d %H:%M}"),
    ]
    if page.changed_at != page.released_at:
        facts.append(
            Fact("更新时间", f"{localtime(page.changed_at):%Y-%m-%d %H:%M}", wide=not page.change_note)
        )
    if page.change_note:
        facts.append(Fact("更新说明", page.change_note))
    return facts


def fact_rows(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Two facts a row, a wide one alone."""
    rows: list[list[Fact]] = []
    for fact in facts:
        if fact.wide or not rows or len(rows[-1]) == 2 or rows[-1][0].wide:
            rows.append([fact])
        else:
            rows[-1].append(fact)
    return rows


def downloads(files: Iterable[PublishedFile]) -> list[Download]:
    return [
        Download(
            _FORMATS.get(file.media_type.partition(";")[0], file.name),
            file.name,
            size_label(file.size),
            file.get_absolute_url(),
        )
        for file in files
    ]


def size_label(size: int) -> str:
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
