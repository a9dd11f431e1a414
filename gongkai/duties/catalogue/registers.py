"""信息目录的台账."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import (
    Column,
    GuideEdition,
    InformationItem,
    NormativeDocument,
    SpecialTopic,
)
from gongkai.registers.description import Register, column, sections


def columns(agency: Agency) -> Mapping[str, Any]:
    """栏目, by name."""
    return {each.name: each for each in Column.objects.filter(agency=agency)}


ITEMS = Register(
    key="items",
    title="信息公开台账",
    model=InformationItem,
    fields=(
        column(InformationItem, "title", "信息标题", "名称", "信息名称"),
        column(InformationItem, "published_on", "公开日期", "发布时间", "公开时间", required=True),
        column(InformationItem, "main_column", "所属栏目", "栏目名称", required=True),
        column(InformationItem, "dated_on", "生成日期", "产生日期"),
        column(InformationItem, "index_number", "信息索引号", "索引"),
        column(InformationItem, "document_number", "发文字号", "文件编号"),
        column(InformationItem, "issued_by", "发文机关", "来源"),
        column(InformationItem, "genre", "体裁分类"),
        column(InformationItem, "subject", "主题"),
        column(InformationItem, "article_20_duty", "条例第二十条"),
        column(InformationItem, "address", "链接", "链接地址"),
        column(InformationItem, "imported_from", "原台账"),
        column(InformationItem, "section", "责任科室", "发布科室", "报送科室"),
        column(InformationItem, "remark", "说明"),
    ),
    natural_key=("title", "published_on", "main_column"),
    listed=("title", "main_column", "published_on", "document_number", "section", "state"),
    by_date="published_on",
    enter=actions.register_item,
    search_exact=("document_number", "index_number"),
    search_within=("title",),
    filters=("main_column",),
    lookups={"main_column": columns, "section": sections},
)

NORMATIVE_DOCUMENTS = Register(
    key="normative-documents",
    title="规范性文件台账",
    model=NormativeDocument,
    fields=(
        column(NormativeDocument, "document_number", "发文字号", "文件编号"),
        column(NormativeDocument, "title", "文件名称", "标题"),
        replace(column(NormativeDocument, "kind", "文件种类", "类别"), required=False),
        column(NormativeDocument, "issued_on", "制发日期", "发布日期", "成文日期"),
        column(NormativeDocument, "in_force_from", "生效日期", may_be_future=True),
        column(NormativeDocument, "lapses_on", "失效日期", "有效期", may_be_future=True),
        column(NormativeDocument, "repealed_on", may_be_future=True),
        column(NormativeDocument, "repeal_reason"),
        column(NormativeDocument, "legality_review"),
        column(NormativeDocument, "legality_reviewed_on"),
        column(NormativeDocument, "published_on", "公布日期"),
        column(NormativeDocument, "interpreted_on", "解读公布日期", "政策解读日期"),
        column(NormativeDocument, "not_interpreted_because", "免予解读的理由"),
        column(NormativeDocument, "section", "起草科室", "承办科室"),
        column(NormativeDocument, "remark"),
    ),
    natural_key=("document_number",),
    listed=("document_number", "title", "kind", "issued_on", "lapses_on", "ceased_on"),
    by_date="issued_on",
    enter=actions.register_normative_document,
    search_exact=("document_number",),
    search_within=("title",),
    filters=("kind",),
    lookups={"section": sections},
)

TOPICS = Register(
    key="topics",
    title="专题台账",
    model=SpecialTopic,
    fields=(
        column(SpecialTopic, "title", "名称", "专题"),
        column(SpecialTopic, "opened_on", "上线日期", "建设日期"),
        column(SpecialTopic, "closed_on", "下线日期"),
        column(SpecialTopic, "address", "链接"),
        column(SpecialTopic, "section", "责任科室"),
        column(SpecialTopic, "remark"),
    ),
    natural_key=("title",),
    listed=("title", "opened_on", "closed_on", "section"),
    by_date="opened_on",
    enter=actions.open_topic,
    search_within=("title",),
    lookups={"section": sections},
)

GUIDE = Register(
    key="guide",
    title="公开指南台账",
    model=GuideEdition,
    fields=(
        column(GuideEdition, "edition", "指南版本", note="如2023版"),
        column(GuideEdition, "published_on", "发布日期"),
        column(GuideEdition, "review_by", may_be_future=True),
        column(GuideEdition, "section", "责任科室"),
        column(GuideEdition, "remark"),
    ),
    natural_key=("edition",),
    listed=("edition", "published_on", "review_by"),
    by_date="published_on",
    enter=actions.publish_guide,
    lookups={"section": sections},
)

REGISTERS = (ITEMS, NORMATIVE_DOCUMENTS, TOPICS, GUIDE)
