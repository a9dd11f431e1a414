"""随机的年度报告. Valid reports of invented offices, for every test that prints a report and reads it back."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gongkai.report.model import Cell, CellState, Form, Heading, PrintedRow, Report
from gongkai.rules.annual_report_2021 import tables as form_2021

AGENCIES = (
    "示例市人民政府",
    "示例市人民政府办公室",
    "示例市国防动员办公室",
    "示例县人民政府",
    "示例区行政审批服务局",
    "示例镇人民政府",
    "示例省水利厅",
)
MARKS = ("/", "—", "-", "不适用", "无")
SENTENCES = (
    "全年通过门户网站主动公开各类政府信息{n}条，解读政策{m}件。",
    "坚持以公开为常态、不公开为例外，及时回应群众关心的问题{n}个。",
    "收到领导信箱来信{n}件，均在规定时间内公开回复。",
    "组织业务培训{m}次，培训工作人员{n}人次。",
    "维护政务专题{m}个，整改错误链接{n}处。",
    "通过新媒体账号发布信息{n}条，与门户网站内容一致。",
)
PROBLEMS = (
    "一是政策解读的形式还不够丰富；二是业务培训的针对性有待提高。",
    "下一步将完善工作制度，加强审核把关，提高公开质量。",
)
OTHER = ("本年度未收取信息处理费。", "全年发出收费通知{m}件，收取信息处理费{n}元。")
ORDINALS = {title.key: index for index, title in enumerate(form_2021.SECTIONS, start=1)}
APPLICANTS = tuple(column.key for column in form_2021.APPLICANT_COLUMNS if column.key != "total")


def official_headings() -> tuple[Heading, ...]:
    """六个部分的标题, as the form prints them."""
    return tuple(Heading(title.heading, title.key, ORDINALS[title.key]) for title in form_2021.SECTIONS)


def official_rows() -> tuple[PrintedRow, ...]:
    """三张表的行, as a reader reports them: the label next to the figures."""
    proactive = tuple(PrintedRow("proactive", row.label, row.key) for row in form_2021.PROACTIVE_ROWS)
    applications = tuple(PrintedRow("applications", row.label, row.key) for row in form_2021.APPLICATION_ROWS)
    remedies = tuple(PrintedRow("remedies", group.label, group.key) for group in form_2021.REMEDY_GROUPS)
    return proactive + applications + remedies


def official_columns() -> dict[str, tuple[str, ...]]:
    """三张表的列. The heads over the figures, from left to right and from top to bottom."""
    blocks: list[str] = []
    seen: set[str] = set()
    for row in form_2021.PROACTIVE_ROWS:
        if row.block not in seen:
            seen.add(row.block)
            blocks += [column.label for column in row.columns]
    remedies = [column.label for _ in form_2021.REMEDY_GROUPS for column in form_2021.REMEDY_COLUMNS]
    applications = tuple(column.label for column in form_2021.APPLICANT_COLUMNS)
    return {"proactive": tuple(blocks), "applications": applications, "remedies": tuple(remedies)}


def counts(*, largest: int = 99_999) -> SearchStrategy[int]:
    """件数: mostly nothing or few, sometimes many, as in real reports."""
    return st.one_of(st.just(0), st.just(0), st.integers(0, 30), st.integers(0, largest))


@st.composite
def prose(draw: DrawFn, sentences: Sequence[str] = SENTENCES, *, paragraphs: int = 3) -> str:
    """一段文字: one to ``paragraphs`` paragraphs, joined as the contract wants."""
    written = []
    for _ in range(draw(st.integers(1, paragraphs))):
        chosen = draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=3))
        written.append("".join(s.format(n=draw(counts()), m=draw(st.integers(1, 40))) for s in chosen))
    return "\n".join(written)


@st.composite
def balanced_applications(draw: DrawFn) -> dict[str, dict[str, int]]:
    """表三的数, agreeing with all cross-checks printed in the form."""
    figures: dict[str, dict[str, int]] = {row.key: {} for row in form_2021.APPLICATION_ROWS}
    for applicant in APPLICANTS:
        outcomes = {row.key: draw(counts()) for row in form_2021.OUTCOME_ROWS}
        total = sum(outcomes.values())
        carried_out = draw(st.integers(0, 40))
        carried_in = draw(st.integers(0, min(40, total + carried_out)))
        column = {
            **outcomes,
            "received": total + carried_out - carried_in,
            "carried_in": carried_in,
            "total": total,
            "carried_out": carried_out,
        }
        for row, figure in column.items():
            figures[row][applicant] = figure
    for columns in figures.values():
        columns["total"] = sum(columns.values())
    return figures


@st.composite
def balanced_remedies(draw: DrawFn) -> dict[str, dict[str, int]]:
    """表四的数, each 总计 being the sum of its four results."""
    figures: dict[str, dict[str, int]] = {}
    for group in form_2021.REMEDY_GROUPS:
        results = {c.key: draw(counts(largest=999)) for c in form_2021.REMEDY_COLUMNS if c.key != "total"}
        figures[group.key] = {**results, "total": sum(results.values())}
    return figures


@st.composite
def proactive_figures(draw: DrawFn) -> dict[str, dict[str, Decimal]]:
    """表二的数; the charges may carry up to four decimals of 万元."""
    amounts = st.decimals(0, 99_999, places=4, allow_nan=False, allow_infinity=False).map(_plain)
    whole = counts().map(Decimal)
    return {
        row.key: {
            c.key: draw(st.one_of(whole, amounts) if row.key == "charges" else whole) for c in row.columns
        }
        for row in form_2021.PROACTIVE_ROWS
    }


@st.composite
def reports(draw: DrawFn, *, faulty_cells: bool = True) -> Report:
    """年度报告 in the form of 2021. With ``faulty_cells`` a few are blank or hold a mark instead of a number."""
    agency = draw(st.sampled_from(AGENCIES))
    year = draw(st.integers(2021, 2026))
    figures: dict[str, dict[str, dict[str, Any]]] = {
        "proactive": draw(proactive_figures()),
        "applications": draw(balanced_applications()),
        "remedies": draw(balanced_remedies()),
    }
    cells = {
        table: {
            row: {column: _number(figure) for column, figure in columns.items()}
            for row, columns in rows.items()
        }
        for table, rows in figures.items()
    }
    if faulty_cells:
        wrong = st.one_of(st.just(Cell.blank()), st.sampled_from(MARKS).map(Cell.mark))
        for table, row, column in draw(st.lists(st.sampled_from(form_2021.cell_keys()), max_size=6)):
            cells[table][row][column] = draw(wrong)
    return Report(
        form=Form.FORM_2021,
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        preamble=draw(st.sampled_from(("", _preamble(agency, year)))),
        headings=official_headings(),
        sections={
            "overview": draw(prose()),
            "proactive": draw(st.sampled_from(("", "主动公开情况见下表。"))),
            "applications": draw(st.sampled_from(("", "收到和处理申请情况见下表。"))),
            "remedies": draw(st.sampled_from(("", "复议和诉讼情况见下表。"))),
            "problems": draw(prose(PROBLEMS, paragraphs=2)),
            "other": draw(prose(OTHER, paragraphs=1)),
        },
        tables=cells,
        printed_rows=official_rows(),
        printed_columns=official_columns(),
        source_format="",
    )


def essence(report: Report) -> dict[str, object]:
    """往返时必须不变的内容: cells, states and headings exactly, prose apart from white space."""
    return {
        "form": report.form,
        "agency": report.agency,
        "year": report.year,
        "title": _no_space(report.title),
        "preamble": _no_space(report.preamble),
        "headings": tuple((_no_space(h.printed), h.section, h.ordinal) for h in report.headings),
        "sections": {key: _no_space(text) for key, text in report.sections.items()},
        "cells": {
            (table, row, column): (cell.state, cell.value, cell.text if cell.state is CellState.MARK else "")
            for table, row, column, cell in report.cells()
        },
        "rows": tuple((row.table, _no_space(row.label), row.row) for row in report.printed_rows),
        "unreadable": report.unreadable,
    }


def _preamble(agency: str, year: int) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》规定，编制本报告。"
        f"报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"如对本报告有疑问，请与{agency}联系。"
    )


def _number(figure: int | Decimal) -> Cell:
    return Cell.number(figure)


def _plain(amount: Decimal) -> Decimal:
    """Without trailing zeros and never in powers of ten: 12.5, not 1.25E+1."""
    return Decimal(format(amount.normalize(), "f"))


def _no_space(text: str) -> str:
    return re.sub(r"\s+", "", text)
