"""样例报告. One invented report of each form, the same on every run, for tests that look at exact things."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.report.model import Cell, Form, Report
from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from tests.report.documents import official_columns, official_headings, official_rows

AGENCY = "示例市国防动员办公室"
PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》规定，编制本报告。报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    "如对本报告有疑问，请与示例市国防动员办公室联系，地址：示例市人民路1号，电话：0000-00000000。"
)
OVERVIEW = (
    "（一）主动公开\n全年通过门户网站主动公开各类政府信息1203条，解读政策46件。\n"
    "（二）依申请公开\n坚持依法办理，及时答复。\n（三）政府信息管理\n健全发布审查制度。\n"
    "（四）平台建设\n办好网站专栏。\n（五）监督保障\n组织业务培训2次，考核结果良好，社会评议满意，没有责任追究情形。"
)


def report_2021(agency: str = AGENCY) -> Report:
    """A report in which everything agrees: three applications from people, one from a company."""
    person = {"received": 3, "carried_in": 0, "granted": 2, "withheld_internal_affairs": 1, "total": 3}
    company = {"received": 1, "carried_in": 1, "unavailable_not_held": 1, "total": 1, "carried_out": 1}
    applications = {}
    for row in form_2021.APPLICATION_ROWS:
        figures = {"natural_person": person.get(row.key, 0), "company": company.get(row.key, 0)}
        cells = {c.key: Cell.number(figures.get(c.key, 0)) for c in form_2021.APPLICANT_COLUMNS}
        applications[row.key] = {**cells, "total": Cell.number(sum(figures.values()))}
    return Report(
        form=Form.FORM_2021,
        agency=agency,
        year=2023,
        title=f"{agency}2023年政府信息公开工作年度报告",
        preamble=PREAMBLE.replace(AGENCY, agency),
        headings=official_headings(),
        sections={
            "overview": OVERVIEW,
            "proactive": "",
            "applications": "",
            "remedies": "",
            "problems": "一是政策解读的形式还不够丰富；二是业务培训的针对性有待提高。下一步将完善制度。",
            "other": "本年度未收取信息处理费。",
        },
        tables={
            "proactive": _proactive({"normative_documents": (2, 1, 9), "charges": (Decimal("35.6"),)}),
            "applications": applications,
            "remedies": _remedies({"reconsideration": (1, 0, 0, 0, 1)}),
        },
        printed_rows=official_rows(),
        printed_columns=official_columns(),
    )


def report_2019() -> Report:
    """The same office under the older form."""
    proactive = {
        row.key: {column.key: Cell.number(index) for index, column in enumerate(row.columns)}
        for row in form_2019.PROACTIVE_ROWS
    }
    applications = {
        row.key: {column.key: Cell.number(0) for column in form_2021.APPLICANT_COLUMNS}
        for row in form_2019.APPLICATION_ROWS
    }
    return replace(
        report_2021(),
        form=Form.FORM_2019,
        year=2020,
        title=f"{AGENCY}2020年政府信息公开工作年度报告",
        preamble="",
        tables={"proactive": proactive, "applications": applications, "remedies": _remedies({})},
    )


def with_cells(report: Report, changed: Mapping[tuple[str, str, str], Cell]) -> Report:
    """The report with some cells replaced."""
    tables = {
        table: {row: dict(columns) for row, columns in rows.items()} for table, rows in report.tables.items()
    }
    for (table, row, column), cell in changed.items():
        tables[table][row][column] = cell
    return replace(report, tables=tables)


def _proactive(figures: Mapping[str, tuple[int | Decimal, ...]]) -> dict[str, dict[str, Cell]]:
    return {
        row.key: {
            column.key: Cell.number(value)
            for column, value in zip(row.columns, figures.get(row.key, (0,) * len(row.columns)), strict=True)
        }
        for row in form_2021.PROACTIVE_ROWS
    }


def _remedies(figures: Mapping[str, tuple[int, ...]]) -> dict[str, dict[str, Cell]]:
    return {
        group.key: {
            column.key: Cell.number(value)
            for column, value in zip(form_2021.REMEDY_COLUMNS, figures.get(group.key, (0,) * 5), strict=True)
        }
        for group in form_2021.REMEDY_GROUPS
    }
