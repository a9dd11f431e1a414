"""对账的摘要. The same canonical words of an item as it was read and as it is kept, so that equal hashes mean equal items."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.models import Version

# Of what was read; the column by the source's name for it, the attachments by name and hash.
COMPARED = {
    "title": "标题",
    "published_on": "原发布日期",
    "column": "栏目",
    "body": "正文",
    "document_number": "文号",
    "issued_by": "发布机构",
    "co_issued_by": "联合发布机构",
    "dated_on": "成文日期",
    "subject": "主题分类",
    "genre": "体裁",
    "keywords": "关键词",
    "summary": "内容概述",
    "article_20_duty": "法定公开内容",
    "address": "原网址",
    "attachments": "附件",
}
_OF_VERSION = (
    "title",
    "body",
    "document_number",
    "issued_by",
    "co_issued_by",
    "dated_on",
    "subject",
    "genre",
    "keywords",
    "summary",
    "article_20_duty",
)


def canonical(values: Mapping[str, str], files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was read."""
    named = [[file["name"], file["sha256"]] for file in files]
    return {**{name: values.get(name, "") for name in COMPARED}, "attachments": named}


def received(version: Version, *, column: str, with_address: bool) -> dict[str, Any]:
    """What is kept; ``column`` is the source's name of the column in which the version stands. Where the source told no
    address, one that the register knew before is no difference."""
    item = version.item
    return {
        **{name: _plain(getattr(version, name)) for name in _OF_VERSION},
        "published_on": _plain(item.published_on),
        "column": column,
        "address": item.address if with_address else "",
        "attachments": [[file.name, file.sha256] for file in attachments(version)],
    }


def digest_of(content: Mapping[str, Any]) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """One for the batch, whatever the order of its items."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
