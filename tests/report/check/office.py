"""一份没有问题的报告. The report of an invented office, in which everything agrees, and ways to spoil it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.report.model import Cell, Form, Heading, Note, Report
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS, cell_keys
from tests.report.documents import official_columns, official_headings, official_rows

AGENCY = "示例市水务局"
PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》编制本报告。所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    "如有疑问，请与示例市水务局办公室联系（地址：示例市示范路1号，电话：0123-1234567）。"
)
OVERVIEW = """（一）主动公开。全年主动公开政府信息120条（工作动态70条，通知公告30条，其他信息20条）。
（二）依申请公开。2023年，新收政府信息公开申请8件，上年结转2件，答复9件，结转下年度1件。发生行政复议2件、行政诉讼1件。
（三）政府信息管理。落实先审后发，逐件做好保密审查。
（四）平台建设。维护门户网站专栏3个。
（五）监督保障。开展业务培训2次，工作考核结果为良好。"""
PROBLEMS = "一是政策解读的形式还不够丰富，二是业务培训不够经常。下一步将改进解读方式，按季度开展培训。"
OTHER = "本年度没有收取信息处理费。无其他需要报告的事项。"

# row → (自然人, 商业企业); the other kinds are 0.
APPLICATIONS = {
    "received": (6, 2),
    "carried_in": (2, 0),
    "granted": (4, 1),
    "granted_in_part": (1, 0),
    "unavailable_not_held": (2, 0),
    "other_remaining": (1, 0),
    "total": (8, 1),
    "carried_out": (0, 1),
}
REMEDIES = {
    ("reconsideration", "upheld"): 1,
    ("reconsideration", "rectified"): 1,
    ("reconsideration", "total"): 2,
    ("direct_suit", "upheld"): 1,
    ("direct_suit", "total"): 1,
}
PROACTIVE: dict[tuple[str, str], int | Decimal] = {
    ("normative_documents", "issued"): 2,
    ("normative_documents", "repealed"): 1,
    ("normative_documents", "in_force"): 9,
    ("licence", "decisions"): 50,
    ("penalty", "decisions"): 4,
    ("charges", "amount_10k_yuan"): Decimal("12.5"),
}
Tables = dict[str, dict[str, dict[str, Cell]]]


def sound_report(year: int = 2023, /, **prose: str) -> Report:
    """没有问题的报告; ``prose`` replaces parts by key."""
    sections = {
        "overview": OVERVIEW,
        "proactive": "",
        "applications": "",
        "remedies": "",
        "problems": PROBLEMS,
        "other": OTHER,
    }
    return Report(
        form=Form.FORM_2021,
        agency=AGENCY,
        year=year,
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        preamble=prose.pop("preamble", PREAMBLE.replace("2023", str(year))),
        headings=official_headings(),
        sections={**sections, **prose},
        tables=_tables(),
        printed_rows=official_rows(),
        printed_columns=official_columns(),
        source_format="text",
    )


def _tables() -> Tables:
    tables: Tables = {}
    for table, row, column in cell_keys():
        tables.setdefault(table, {}).setdefault(row, {})[column] = Cell.number(_figure(table, row, column))
    return tables


def _figure(table: str, row: str, column: str) -> int | Decimal:
    if table == "proactive":
        return PROACTIVE.get((row, column), 0)
    if table == "remedies":
        return REMEDIES.get((row, column), 0)
    persons, companies = APPLICATIONS.get(row, (0, 0))
    return {"natural_person": persons, "company": companies, "total": persons + companies}.get(column, 0)


def with_cells(report: Report, cells: Mapping[tuple[str, str, str], Cell | int | Decimal]) -> Report:
    """The report with some cells replaced."""
    tables = {t: {r: dict(columns) for r, columns in rows.items()} for t, rows in report.tables.items()}
    for (table, row, column), cell in cells.items():
        new = cell if isinstance(cell, Cell) else Cell.number(cell)
        tables.setdefault(table, {}).setdefault(row, {})[column] = new
    return replace(report, tables=tables)


def with_row(report: Report, row: str, *, persons: int = 0, companies: int = 0) -> Report:
    """The report with one row of 表三 replaced, its total included."""
    figures = dict.fromkeys((column.key for column in APPLICANT_COLUMNS), 0)
    figures |= {"natural_person": persons, "company": companies, "total": persons + companies}
    return with_cells(report, {("applications", row, column): figure for column, figure in figures.items()})


def without_table(report: Report, table: str) -> Report:
    return replace(
        report,
        tables={key: rows for key, rows in report.tables.items() if key != table},
        printed_rows=tuple(row for row in report.printed_rows if row.table != table),
    )


def without_heading(report: Report, section: str) -> Report:
    return replace(
        report,
        headings=tuple(heading for heading in report.headings if heading.section != section),
        sections={key: text for key, text in report.sections.items() if key != section},
    )


def with_heading(report: Report, section: str, printed: str, ordinal: int | None = None) -> Report:
    """The report with the heading of one part printed otherwise."""
    due = {heading.section: heading.ordinal for heading in report.headings}[section]
    new = Heading(printed, section, due if ordinal is None else ordinal)
    return replace(
        report, headings=tuple(new if heading.section == section else heading for heading in report.headings)
    )


def with_note(report: Report, note: Note) -> Report:
    return replace(report, notes=(*report.notes, note))
