"""成文. A year's cells and text as the one Report object that is checked, shown and rendered."""

from collections.abc import Mapping
from decimal import Decimal

from gongkai.agencies.models import Agency
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.writing import fill, shown
from gongkai.registers.figures import Cell as CellKey
from gongkai.registers.figures import Number
from gongkai.report.model import Cell, Form, Heading, PrintedRow, Report
from gongkai.rules.annual_report_2021 import narrative
from gongkai.rules.annual_report_2021.tables import (
    APPLICANT_COLUMNS,
    APPLICATION_ROWS,
    PROACTIVE_ROWS,
    REMEDY_COLUMNS,
    SECTIONS,
)


def compose(compiled: Compiled, text: Mapping[str, str]) -> Report:
    """The report as it would be published from today's records."""
    filled = {key: fill(words, compiled.values) for key, words in text.items()}
    return build(compiled.agency, compiled.year, cells=compiled.cells, sections=filled)


def build(
    agency: Agency, year: int, *, cells: Mapping[CellKey, Number], sections: Mapping[str, str]
) -> Report:
    """One Report in the form of 2021."""
    tables: dict[str, dict[str, dict[str, Cell]]] = {}
    for (table, row, column), value in cells.items():
        tables.setdefault(table, {}).setdefault(row, {})[column] = Cell.number(Decimal(value), shown(value))
    return Report(
        form=Form.FORM_2021,
        agency=agency.name,
        year=year,
        title=narrative.title(agency.name, year),
        preamble=_preamble(agency, year),
        headings=tuple(
            Heading(part.heading, part.key, number) for number, part in enumerate(SECTIONS, start=1)
        ),
        sections={part.key: sections.get(part.key, "").strip() for part in SECTIONS},
        tables=tables,
        printed_rows=_printed_rows(),
        printed_columns={
            "applications": tuple(column.label for column in APPLICANT_COLUMNS),
            "remedies": tuple(column.label for column in REMEDY_COLUMNS) * 3,
        },
        source_format="ledger",
    )


def _preamble(agency: Agency, year: int) -> str:
    contact = "，".join(
        f"{label}：{value}"
        for label, value in (
            ("地址", agency.address),
            ("邮政编码", agency.postcode),
            ("电话", agency.telephone),
            ("电子邮箱", agency.email),
        )
        if value
    )
    site = f"本报告可在{agency.site_name}（{agency.site_domain}）查阅、下载。" if agency.site_domain else ""
    asked = f"如对本报告有疑问，请与{agency.name}联系" + (f"（{contact}）" if contact else "") + "。"
    return (
        f"本报告根据《中华人民共和国政府信息公开条例》第五十条编制，所列数据的统计期限为{year}年1月1日至12月31日。"
        f"{site}{asked}"
    )


def _printed_rows() -> tuple[PrintedRow, ...]:
    proactive = (PrintedRow("proactive", row.label, row.key) for row in PROACTIVE_ROWS)
    applications = (PrintedRow("applications", row.label, row.key) for row in APPLICATION_ROWS)
    return (*proactive, *applications)
