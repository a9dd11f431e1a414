"""用语. The names of places and numbers in the sentences of a finding."""

from collections.abc import Iterable
from decimal import Decimal

from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from gongkai.rules.annual_report_2021.cross_checks.judgement import CellPlace, CellReading, FormYear

TABLES = {"proactive": "表二", "applications": "表三", "remedies": "表四"}
STATES = {"blank": "空白", "mark": "非数字", "unreadable": "未能读出", "absent": "文件中没有"}

_SHORT = {
    "received": "新收",
    "carried_in": "上年结转",
    "total": "总计（七）",
    "carried_out": "结转下年度",
    "granted_in_part": "部分公开",
    "other": "其他处理",
    "other_not_corrected": "逾期不补正",
    "other_fee_unpaid": "逾期未缴费",
    "other_remaining": "其他处理·其他",
}


def proactive_rows(form: FormYear) -> tuple[form_2021.ProactiveRow, ...]:
    """表二 of that form."""
    return form_2019.PROACTIVE_ROWS if form is FormYear.FORM_2019 else form_2021.PROACTIVE_ROWS


def row_name(table: str, row: str, form: FormYear = FormYear.FORM_2021) -> str:
    """行名, short enough for a formula.

    >>> row_name("applications", "withheld_state_secret"), row_name("applications", "received")
    ('属于国家秘密', '新收')
    """
    if table == "proactive":
        return next(r.label for r in proactive_rows(form) if r.key == row)
    if table == "remedies":
        return next(group.label for group in form_2021.REMEDY_GROUPS if group.key == row)
    if row in _SHORT:
        return _SHORT[row]
    label = next(r.label for r in form_2021.APPLICATION_ROWS if r.key == row)
    return label.lstrip("（一二三四五六七）12345678.")


def column_name(table: str, row: str, column: str, form: FormYear = FormYear.FORM_2021) -> str:
    """列名. The applicants' 其他 is told from the other 其他."""
    if table == "proactive":
        columns = next(r.columns for r in proactive_rows(form) if r.key == row)
    else:
        columns = form_2021.REMEDY_COLUMNS if table == "remedies" else form_2021.APPLICANT_COLUMNS
    label = next(c.label for c in columns if c.key == column)
    return "其他组织" if column == "other_organisation" else label.partition("（")[0]


def place_name(place: CellPlace, form: FormYear = FormYear.FORM_2021) -> str:
    """位置的中文说法.

    >>> place_name(CellPlace("applications", "granted", "natural_person"))
    '表三“予以公开”行“自然人”列'
    >>> place_name(CellPlace("remedies"))
    '表四'
    """
    text = TABLES[place.table]
    if place.row:
        text += f"“{row_name(place.table, place.row, form)}”行"
    if place.column:
        text += f"“{column_name(place.table, place.row, place.column, form)}”列"
    return text


def state_name(cell: CellReading) -> str:
    """What stands in a cell that holds no number."""
    shown = f"“{cell.text}”" if cell.text.strip() else ""
    return STATES[cell.state] + shown


def number(value: Decimal) -> str:
    """数字, without trailing zeros and without an exponent.

    >>> number(Decimal("1613.880")), number(Decimal("1E+3")), number(Decimal(0))
    ('1613.88', '1000', '0')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def addition(terms: Iterable[tuple[str, Decimal]]) -> str:
    """算式: every term when they are few; when they are many, those that are not 0.

    >>> addition([("新收", Decimal(8)), ("上年结转", Decimal(0))])
    '新收8 + 上年结转0 = 8'
    >>> addition([("总计", Decimal(7))])
    '总计7'
    """
    every = list(terms)
    shown = every if len(every) <= 4 else [term for term in every if term[1]] or every[:1]
    text = " + ".join(f"{name}{number(value)}" for name, value in shown)
    return text if len(every) == 1 else f"{text} = {number(sum((value for _, value in every), Decimal(0)))}"
