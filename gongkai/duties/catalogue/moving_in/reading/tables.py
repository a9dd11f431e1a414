"""表格和JSON. Rows and objects with the items' columns; both are read by the same rules, cell by cell."""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from gongkai.duties.catalogue.moving_in.reading.fields import FIELDS
from gongkai.duties.catalogue.moving_in.reading.found import Found, Source
from gongkai.report.read.document import CannotRead
from gongkai.report.read.encoding import decoded
from gongkai.spreadsheets.fields import Field
from gongkai.spreadsheets.sheet import read_sheet
from gongkai.spreadsheets.values import BadValue, plain, shown, value_of
from gongkai.spreadsheets.workbook import CannotImport, parse

MOST_ITEMS = 20_000
_TAG = re.compile(r"<[A-Za-z/!]")
_SEPARATORS = re.compile(r"[;；|\n]")


def of_table(name: str, data: bytes, *, files: Iterable[str], today: dt.date) -> Source:
    """xlsx、csv …: a row an item."""
    sheet = read_sheet(parse(name, data), FIELDS, today=today)
    by_name = _by_last_part(files)
    by_row = {row.number: _found(f"第{row.number}行", row.values, by_name) for row in sheet.rows}
    for problem in sheet.problems:
        told = f"“{problem.column}”{problem.reason}"
        known = by_row.setdefault(problem.row, Found(f"第{problem.row}行"))
        known.refused = f"{known.refused}；{told}" if known.refused else told
    return _limited(Source("table", [by_row[number] for number in sorted(by_row)], list(sheet.notes)))


def of_json(data: bytes, *, files: Iterable[str], today: dt.date) -> Source:
    """A list of objects, or an object that holds one list."""
    try:
        told = json.loads(decoded(data))
    except CannotRead as error:
        raise CannotImport(str(error)) from None
    except (ValueError, RecursionError):
        raise CannotImport("文件不是完整的JSON，请核对后重新导出。") from None
    if isinstance(told, dict):
        lists = [value for value in told.values() if isinstance(value, list)]
        told = lists[0] if len(lists) == 1 else None
    if not isinstance(told, list):
        raise CannotImport("JSON里没有条目的清单：应当是一个列表，每条一个对象。")
    by_name = _by_last_part(files)
    found = [_of_object(number, each, by_name, today) for number, each in enumerate(told, 1)]
    return _limited(Source("json", found, []))


def _of_object(number: int, told: Any, by_name: Mapping[str, str], today: dt.date) -> Found:
    place = f"第{number}条"
    if not isinstance(told, dict):
        return Found(place, refused="不是一个对象")
    keys = {plain(str(key)): value for key, value in told.items()}
    values: dict[str, Any] = {}
    wrong = []
    for field in FIELDS:
        try:
            values[field.name] = _value(keys, field, today)
        except BadValue as error:
            wrong.append(f"“{field.label}”{error}")
    if wrong:
        return Found(place, refused="；".join(wrong), seen=shown(values.get("title"))[:40])
    return _found(place, values, by_name)


def _value(keys: Mapping[str, Any], field: Field, today: dt.date) -> Any:
    cell = next((keys[name] for name in (field.name, *map(plain, field.names)) if name in keys), None)
    if field.name == "attachments" and isinstance(cell, list):
        cell = ";".join(map(str, cell))
    if (cell is not None and not isinstance(cell, str | int | float)) or isinstance(cell, bool):
        raise BadValue("不是文字")
    return value_of(cell, field, unit="元", today=today)


def _found(place: str, values: dict[str, Any], by_name: Mapping[str, str]) -> Found:
    found = Found(place, values=values, seen=str(values["title"])[:40])
    wanted = [
        name.strip() for name in _SEPARATORS.split(values.pop("attachments", None) or "") if name.strip()
    ]
    missing = [name for name in wanted if name not in by_name]
    if missing:
        found.refused = f"没有找到附件“{missing[0][:40]}”，请和表格放在同一个压缩包或者文件夹里"
    found.files = [(name.rpartition("/")[2], by_name[name], "") for name in wanted if name in by_name]
    values["body"] = as_html(values.get("body") or "")
    return found


def as_html(text: str) -> str:
    """正文 as it is written: HTML stays, plain text becomes paragraphs."""
    if _TAG.search(text):
        return text
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _by_last_part(files: Iterable[str]) -> dict[str, str]:
    """By the whole name and, where only one file bears it, by the last part."""
    whole = list(files)
    last = [name.rpartition("/")[2] for name in whole]
    times = Counter(last)
    once = {short: name for short, name in zip(last, whole, strict=True) if times[short] == 1}
    return {**once, **{name: name for name in whole}}


def _limited(source: Source) -> Source:
    if len(source.found) > MOST_ITEMS:
        raise CannotImport(f"有{len(source.found)}条，超过一批{MOST_ITEMS}条的上限，请分几批迁入。")
    return source
