"""政府信息. Items on the public side, released as the worker would release them, for tests of lists and channels."""

from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.payloads import ColumnPayload, FileReference, ItemPayload
from tests.portal.office import NAME

NOTICES = ColumnPayload(
    version=1,
    slug="notices",
    name="通知公告",
    column_type="信息公开",
    description="本机关的通知和公告。",
    keywords="通知公告,示例市",
)


def key(number: int) -> str:
    return f"{number:020x}"


def item(number: int = 1, **changes) -> ItemPayload:
    """第几条信息, in the column of notices unless said otherwise."""
    values = {
        "version": 1,
        "key": key(number),
        "index_number": f"000000000/2023-{number:05d}",
        "title": f"关于第{number}次试鸣防空警报的公告",
        "html": "<p>九月十八日试鸣防空警报。</p>",
        "issued_by": NAME,
        "column": NOTICES.slug,
        "kind": "通知公告",
    }
    return ItemPayload(**values | changes)


def attachment(text: str, name: str = "试鸣方案.pdf") -> FileReference:
    return FileReference(public_files().put(text.encode()), name, "application/pdf", text)


def released(*payloads: ItemPayload) -> None:
    release.put_column(NOTICES)
    for payload in payloads:
        release.put_item(payload)
