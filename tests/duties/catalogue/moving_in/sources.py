"""旧站的样子. Tables, lists and pages as old systems give them, and short ways of a batch to each stage."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from gongkai.agencies.models import Person
from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.together import digest_of_stored
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.editorial import Editorial

HEADS = ("标题", "栏目", "原发布日期", "正文", "文号", "发布机构", "附件")
ROWS: tuple[Sequence[str], ...] = (
    ("关于开放人防工程的通告", "通知公告", "2021-06-01", "今年夏季开放六处人防工程供市民纳凉。", "", "", ""),
    (
        "我市举行防空警报试鸣",
        "工作动态",
        "2022年9月18日",
        "<p>九月十八日试鸣防空警报。</p>",
        "",
        "示例社",
        "",
    ),
    ("人防工程维护管理通知", "通知公告", "2020-03-02", "请各单位做好维护管理。", "示防〔2020〕1号", "", ""),
)


def table(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> bytes:
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (heads, *(rows or ROWS)):
        sheet.append(list(row))
    book.save(file)
    return file.getvalue()


def as_json(*items: object) -> bytes:
    return json.dumps(items, ensure_ascii=False).encode()


def archive(files: Mapping[str, bytes | str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


def page(
    title: str = "关于开放人防工程的通告",
    *,
    column: str = "通知公告",
    date: str = "2021-06-01 09:30",
    text: str = "<p>今年夏季开放六处人防工程供市民纳凉，欢迎前往。</p>",
) -> str:
    """A page as the guideline of 2017 labels it."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_示例市国动办</title>'
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}">'
        f'<meta name="ColumnName" content="{column}"><meta name="ContentSource" content="示例市国动办">'
        '<meta name="Keywords" content="人防,纳凉"></head><body><div class="nav"><a href="/">首页</a></div>'
        f'<div id="zoom">{text}</div><div class="foot">版权所有</div></body></html>'
    )


def previewed(office: Editorial, data: bytes | None = None, *, file: str = "旧站.xlsx") -> Batch:
    data = table() if data is None else data
    return actions.preview(name="示例旧网站", file=file, data=BytesIO(data), by=office.clerk)


def moved_in(office: Editorial, data: bytes | None = None, *, file: str = "旧站.xlsx") -> Batch:
    return actions.move_in(previewed(office, data, file=file), by=office.clerk)


def submitted(office: Editorial, data: bytes | None = None, *, file: str = "旧站.xlsx") -> Batch:
    return actions.submit(moved_in(office, data, file=file), by=office.clerk)


def reviewed(office: Editorial, batch: Batch, *, by: Person | None = None) -> Batch:
    return actions.review(batch, seen=digest_of_stored(batch), by=by or office.reviewer)


def signed(office: Editorial, batch: Batch) -> Batch:
    batch = reviewed(office, batch)
    return actions.sign(batch, seen=digest_of_stored(batch), by=office.leader)


def released(office: Editorial, data: bytes | None = None, *, file: str = "旧站.xlsx") -> Batch:
    batch = actions.release(signed(office, submitted(office, data, file=file)), by=office.clerk)
    while run_waiting():
        pass
    batch.refresh_from_db()
    return batch


def standings(batch: Batch) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(batch=batch).order_by("position").values_list("standing", "reason"))
