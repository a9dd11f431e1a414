"""位置的说法. Where a finding is, in words."""

from gongkai.report.model import Form, Place
from gongkai.rules.annual_report_2021.cross_checks.judgement import CellPlace, FormYear
from gongkai.rules.annual_report_2021.cross_checks.wording import TABLES, place_name
from gongkai.rules.annual_report_2021.tables import SECTIONS

FORMS = {
    Form.FORM_2021: "2021年格式",
    Form.FORM_2019: "2019年格式",
    Form.FREE: "没有使用官方格式",
    Form.BLANK: "空白格式",
    Form.NOT_A_REPORT: "不是年度报告",
}
_LONGEST_QUOTE = 40


def describe(place: Place, form: Form) -> str:
    """表三“予以公开”行“自然人”列, or the part and the words in it; "" when the place says nothing.

    >>> describe(Place("applications", "granted", "total"), Form.FORM_2021)
    '表三“予以公开”行“总计”列'
    >>> describe(Place(section="problems", quote="无"), Form.FORM_2021)
    '第五部分“无”'
    """
    if place.table in TABLES:
        year = FormYear.FORM_2019 if form is Form.FORM_2019 else FormYear.FORM_2021
        try:
            return place_name(CellPlace(place.table, place.row, place.column), year)
        except StopIteration:  # a row or column that this form does not have
            return TABLES[place.table]
    part = next((f"第{title.ordinal}部分" for title in SECTIONS if title.key == place.section), "")
    quote = " ".join(place.quote.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE] + "…"
    return part + (f"“{quote}”" if quote else "")
