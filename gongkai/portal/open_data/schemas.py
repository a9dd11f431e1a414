"""数据格式. A JSON Schema for each kind of answer, at an address of its own."""

import json
from functools import cache
from pathlib import Path

import gongkai
from gongkai.portal.open_data.records import FIELDS, Record

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ADDRESS: Record = {"type": "string", "format": "uri"}
_TIME: Record = {"type": "string", "format": "date-time"}
# The report tool's own contract. It is read as text: the public side loads nothing of that tool.
_REPORT = Path(gongkai.__file__).with_name("report") / "report.schema.json"


@cache
def schema(name: str) -> Record | None:
    """数据格式 by name, None when there is none."""
    if name == "report":
        written: Record = json.loads(_REPORT.read_text(encoding="utf-8"))
        return written
    made = _MADE.get(name)
    return {"$schema": _DRAFT, **made} if made else None


def _object(title: str, properties: Record, *, optional: tuple[str, ...] = ()) -> Record:
    return {
        "title": title,
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
        "properties": properties,
    }


_RECORD: Record = {
    field.key: {**field.form, "description": f"{field.label}：{field.meaning}"} for field in FIELDS
}
_HEAD: Record = {
    "title": {"type": "string", "description": "数据集名称"},
    "publisher": {"type": "string", "description": "发布机关"},
    "site": _ADDRESS,
    "schema": _ADDRESS,
    "terms": {"type": "string", "description": "使用说明"},
}
_FORMS: Record = {
    "type": "array",
    "items": _object("文件", {"name": {"type": "string"}, "media_type": {"type": "string"}, "url": _ADDRESS}),
}
_MADE: dict[str, Record] = {
    "item": _object(
        "一条政府信息", {**_RECORD, "html": {"type": "string", "description": "正文：网页的一段"}}
    ),
    "items": _object(
        "一个栏目一年的政府信息",
        {
            **_HEAD,
            "column": {"type": "string", "description": "栏目"},
            "year": {"type": "integer", "description": "发布年份，按北京时间"},
            "next": {"type": ["string", "null"], "format": "uri", "description": "下一份的地址，没有的为空"},
            "items": {"type": "array", "items": _object("一条政府信息", _RECORD)},
        },
    ),
    "reports": _object(
        "政府信息公开工作年度报告目录",
        {
            **_HEAD,
            "reports": {
                "type": "array",
                "items": _object(
                    "一个版次",
                    {
                        "agency": {"type": "string", "description": "机关的编号"},
                        "agency_name": {"type": "string"},
                        "year": {"type": "integer"},
                        "edition": {"type": "integer", "minimum": 1, "description": "版次，更正一次加一"},
                        "current": {"type": "boolean", "description": "是不是现行版次"},
                        "title": {"type": "string"},
                        "released_at": _TIME,
                        "correction_note": {"type": "string", "description": "更正说明"},
                        "digest": {"type": "string", "description": "内容校验值"},
                        "url": _ADDRESS,
                        "data": {**_ADDRESS, "description": "报告内容和三张表的数据"},
                        "files": _FORMS,
                    },
                ),
            },
        },
    ),
}
NAMES = ("items", "item", "reports", "report")
