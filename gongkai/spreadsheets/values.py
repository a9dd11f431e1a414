"""单元格的值. Dates, amounts, numbers, choices as people write them in Excel and WPS; what is doubtful is refused."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.gateways.web_address import fault_of
from gongkai.spreadsheets.fields import Field, Kind

YUAN_IN_TEN_THOUSAND = 10_000
_EMPTY = frozenset({"", "/", "-", "—", "——", "无", "\\"})
_DATE = re.compile(r"(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?(?:[ T]+[\d:.]+)?")
_DIGITS_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL_DATE = re.compile(r"(\d{5})(?:\.\d+)?")
_AMOUNT = re.compile(r"[￥¥]?\s*(-?[\d,]+(?:\.\d+)?)\s*(万元|元)?")
_FLAGS = {"是": True, "√": True, "有": True, "1": True, "否": False, "×": False, "0": False}
# A spreadsheet's day 0, with its belief that 1900 was a leap year; serials of 1980 to 2099 are taken for dates.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(29_221, 73_051)
_EARLIEST = dt.date(1949, 10, 1)
_EXACT_INTEGER = 2**53
_MOST_YUAN = Decimal("99999999999.99")
# C0 controls except tab and newlines, and characters that turn the reading direction or cannot be seen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class BadValue(ValueError):
    """不能接受的值; the message is the reason, for the person."""


def shown(cell: Any) -> str:
    """单元格的写法, as the person sees it."""
    if cell.__class__ is str:  # nearly all cells
        return cell.strip()  # type: ignore[no-any-return]
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_INTEGER:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def is_empty(cell: Any) -> bool:
    return shown(cell) in _EMPTY


def reader(field: Field, *, unit: str, today: dt.date) -> Callable[[Any], Any]:
    """一栏的读法: ``value_of`` for this column, which reads what stands in many rows only once. Gives the fault where
    ``value_of`` raises it."""
    read: dict[tuple[type, Any], Any] = {}

    def value_or_fault(cell: Any) -> Any:
        written = (cell.__class__, cell)  # 1, 1.0 and True are equal and are not the same in a cell
        if written in read:
            return read[written]
        try:
            value = value_of(cell, field, unit=unit, today=today)
        except BadValue as fault:
            value = fault.with_traceback(None)  # kept with the value, without the frames it was raised in
        read[written] = value
        return value

    return value_or_fault


def value_of(cell: Any, field: Field, *, unit: str, today: dt.date) -> Any:
    """一格的值, None when it is empty. Raises BadValue."""
    text = shown(cell)
    if text in _EMPTY:
        if field.required:
            raise BadValue("不能为空")
        return None
    if text.startswith("#") and text.rstrip("!?/A").isupper():
        raise BadValue("公式有错，请在表格中改正后重新保存")
    match field.kind:
        case Kind.DATE:
            return _date(cell, field, today)
        case Kind.INTEGER:
            return _integer(text)
        case Kind.YUAN:
            return _yuan(text, unit)
        case Kind.FLAG:
            return _flag(text)
        case Kind.CHOICE:
            return _choice(text, field)
        case Kind.WEB_ADDRESS:
            return _web_address(cell, field)
        case _:
            return _text(cell, field)


def plain(text: str) -> str:
    """全角变半角, spaces gone: for comparing headings and choices."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _text(cell: Any, field: Field) -> str:
    if isinstance(cell, float) and abs(cell) >= _EXACT_INTEGER:
        raise BadValue("被表格当作数字保存，末几位可能已经改变，请把这一栏设为文本格式后重填")
    if isinstance(cell, dt.date):
        raise BadValue("被表格当作日期保存，请把这一栏设为文本格式后重填")
    text = _UNSEEN.sub("", shown(cell)).strip()
    if field.longest and len(text) > field.longest:
        raise BadValue(f"有{len(text)}个字，最多{field.longest}个字")
    return text


def _web_address(cell: Any, field: Field) -> str:
    text = _text(cell, field)
    if fault := fault_of(text):
        raise BadValue(fault.rstrip("。"))
    return text


def _date(cell: Any, field: Field, today: dt.date) -> dt.date:
    day = _day_of(cell)
    if day < _EARLIEST:
        raise BadValue("日期早于1949年，请核对")
    if day > today and not field.may_be_future:
        raise BadValue("日期在今天之后，请核对")
    return day


def _day_of(cell: Any) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = unicodedata.normalize("NFKC", shown(cell))
    serial = _SERIAL_DATE.fullmatch(text)
    if serial and int(serial[1]) in _SERIALS:
        return _SERIAL_ZERO + dt.timedelta(days=int(serial[1]))
    match = _DATE.fullmatch(text) or _DIGITS_DATE.fullmatch(text)
    if match is None:
        raise BadValue("不是日期，请写成2023-03-02或者2023年3月2日")
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        raise BadValue("没有这一天，请核对") from None


def _integer(text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(r"\d{1,9}", digits):
        raise BadValue("应为不小于0的整数")
    return int(digits)


def _yuan(text: str, unit: str) -> Decimal:
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        raise BadValue("不是金额，请只写数字")
    number, own_unit = match.groups()
    try:
        amount = Decimal(number.replace(",", ""))
    except InvalidOperation:
        raise BadValue("不是金额，请只写数字") from None
    if (own_unit or unit) == "万元":
        amount *= YUAN_IN_TEN_THOUSAND
    if amount < 0:
        raise BadValue("金额不能小于0")
    if amount > _MOST_YUAN:
        raise BadValue("金额过大，请核对单位是元还是万元")
    # A cell saved as a binary number shows 1613.8799999; a hundredth of a fen away from a whole fen is that fen.
    rounded = amount.quantize(Decimal("0.01"))
    if abs(rounded - amount) > Decimal("0.0001"):
        raise BadValue("金额精确到分，最多两位小数")
    return rounded


def _flag(text: str) -> bool:
    try:
        return _FLAGS[plain(text)]
    except KeyError:
        raise BadValue("请填“是”或者“否”") from None


def _choice(text: str, field: Field) -> Any:
    wanted = plain(text)
    for label, value in field.choices.items():
        if plain(label) == wanted:
            return value
    known = list(field.choices)
    if not known:
        raise BadValue(f"系统里还没有可选的{field.label}，请先建立")
    listed = "、".join(known[:12]) + ("等" if len(known) > 12 else "")
    raise BadValue(f"没有这一项，可填：{listed}")
