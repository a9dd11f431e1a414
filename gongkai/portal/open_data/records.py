"""一条数据. The fields of an item as they are given away, each with its Chinese head and what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from gongkai.portal.models import PublishedFile, PublishedItem
from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered

Record = dict[str, Any]
Absolute = Callable[[str], str]  # a path of this site as a whole address
_DUTIES = {duty.key: numbered(duty) for duty in DUTIES_OF_ARTICLE_20 + DUTIES_OF_ARTICLE_21}
_TEXT: Record = {"type": "string"}
_TIME: Record = {"type": "string", "format": "date-time"}


@dataclass(frozen=True, slots=True)
class Field:
    """一个字段: its name in JSON, its head in tables, what it means, and its form as JSON Schema."""

    key: str
    label: str
    meaning: str
    form: Record


ATTACHMENT: Record = {
    "type": "object",
    "required": ["name", "media_type", "size", "sha256", "url"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "description": "文件名"},
        "media_type": {"type": "string", "description": "类型"},
        "size": {"type": "integer", "minimum": 0, "description": "字节数"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "内容校验值（SHA-256）"},
        "url": {"type": "string", "format": "uri", "description": "下载地址"},
    },
}

FIELDS = (
    Field(
        "key",
        "编号",
        "本网站的编号，永远不变，也不给别的信息",
        {"type": "string", "pattern": "^[0-9a-f]{20}$"},
    ),
    Field("index_number", "索引号", "条例第十二条的索引", _TEXT),
    Field("title", "标题", "信息的名称", _TEXT),
    Field("kind", "信息种类", "例如政策文件、通知公告", _TEXT),
    Field("document_number", "文号", "没有文号的为空", _TEXT),
    Field("issued_by", "发布机构", "制作或者保存这条信息的机关", _TEXT),
    Field("co_issued_by", "联合发布机构", "没有的为空", _TEXT),
    Field(
        "dated_on",
        "成文日期",
        "年-月-日，不明的为空",
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    ),
    Field("released_at", "发布时间", "首次在本网站发布的时间，北京时间", _TIME),
    Field(
        "published_before",
        "原发布日期",
        "从旧网站迁入的，在旧网站发布的日期；其他的为空",
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    ),
    Field("changed_at", "更新时间", "最近一次更新的时间，北京时间", _TIME),
    Field("genre", "体裁", "没有的为空", _TEXT),
    Field("subject", "主题分类", "没有的为空", _TEXT),
    Field("keywords", "关键词", "没有的为空", _TEXT),
    Field("summary", "内容概述", "没有的为空", _TEXT),
    Field("duty", "法定公开内容", "条例第二十条、第二十一条中的哪一项", _TEXT),
    Field("validity", "有效性", "有文号的文件是否有效", _TEXT),
    Field("change_note", "更新说明", "更新过的为什么更新", _TEXT),
    Field("columns", "栏目", "列在哪些栏目，主要的在前", {"type": "array", "items": _TEXT, "minItems": 1}),
    Field("url", "网址", "在本网站阅读的地址", {"type": "string", "format": "uri"}),
    Field(
        "attachments",
        "附件",
        "文件名、类型、字节数、校验值和下载地址",
        {"type": "array", "items": ATTACHMENT},
    ),
)


def record(item: PublishedItem, *, absolute: Absolute) -> Record:
    """一条信息, without its text."""
    return {
        "key": item.key,
        "index_number": item.index_number,
        "title": item.title,
        "kind": item.kind,
        "document_number": item.document_number,
        "issued_by": item.issued_by,
        "co_issued_by": item.co_issued_by,
        "dated_on": item.dated_on.isoformat() if item.dated_on else None,
        "released_at": localtime(item.released_at).isoformat(timespec="seconds"),
        "published_before": item.published_before.isoformat() if item.published_before else None,
        "changed_at": localtime(item.changed_at).isoformat(timespec="seconds"),
        "genre": item.genre,
        "subject": item.subject,
        "keywords": item.keywords,
        "summary": item.description,
        "duty": _DUTIES.get(item.duty, ""),
        "validity": item.validity if item.document_number else "",
        "change_note": item.change_note,
        "columns": _columns(item),
        "url": absolute(item.get_absolute_url()),
        "attachments": [_attachment(file, absolute) for file in item.files.all()],
    }


def cells(record: Record) -> list[Any]:
    """The same as a row of a table: one text a cell, attachments by their addresses."""
    return [_cell(field.key, record[field.key]) for field in FIELDS]


def _cell(key: str, value: Any) -> Any:
    if key == "attachments":
        return " ".join(file["url"] for file in value)
    return "、".join(value) if isinstance(value, list) else value


def _columns(item: PublishedItem) -> list[str]:
    names = [place.column.name for place in item.places.all() if place.column_id != item.main_column_id]
    return [item.main_column.name, *sorted(names)]


def _attachment(file: PublishedFile, absolute: Absolute) -> Record:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "url": absolute(file.get_absolute_url()),
    }
