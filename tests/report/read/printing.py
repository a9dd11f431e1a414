"""把报告印成各种样子. The layouts that real offices publish, faults included, for invented reports."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from gongkai.report.model import CellState, Report
from gongkai.rules.annual_report_2021 import tables as form


@dataclass(frozen=True)
class Printed:
    """一格, as it stands in the form's grid."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    label: bool = True


Rows = list[list[Printed]]


def proactive_rows(report: Report) -> Rows:
    """表二, four columns wide."""
    rows: Rows = []
    block = ""
    for row in form.PROACTIVE_ROWS:
        span = 3 if len(row.columns) == 1 else 1
        if row.block != block:
            block = row.block
            rows.append([Printed(block, 4)])
            rows.append([Printed("信息内容"), *(Printed(column.label, span) for column in row.columns)])
        values = [Printed(text(report, "proactive", row.key, c.key), span, label=False) for c in row.columns]
        rows.append([Printed(row.label), *values])
    return rows


def application_rows(report: Report) -> Rows:
    """表三, ten columns wide under three rows of heads."""
    kinds = [Printed(column.label) for column in form.APPLICANT_COLUMNS[1:6]]
    rows: Rows = [
        [Printed(form.APPLICATIONS_CAPTION, 3, 3), Printed("申请人情况", 7)],
        [Printed("自然人", 1, 2), Printed("法人或其他组织", 5), Printed("总计", 1, 2)],
        kinds,
    ]
    begun: set[str] = set()
    for row in form.APPLICATION_ROWS:
        cells = []
        if row.part and row.part not in begun:
            begun.add(row.part)
            cells.append(Printed(row.part, 1, sum(r.part == row.part for r in form.APPLICATION_ROWS)))
        if row.group and row.group not in begun:
            begun.add(row.group)
            cells.append(Printed(row.group, 1, sum(r.group == row.group for r in form.APPLICATION_ROWS)))
        cells.append(Printed(row.label, 1 if row.group else 2 if row.part else 3))
        cells += [
            Printed(text(report, "applications", row.key, c.key), label=False) for c in form.APPLICANT_COLUMNS
        ]
        rows.append(cells)
    return rows


def remedy_rows(report: Report) -> Rows:
    """表四, fifteen columns under two levels of heads."""
    results = [Printed(column.label) for column in form.REMEDY_COLUMNS]
    cells = [(group.key, column.key) for group in form.REMEDY_GROUPS for column in form.REMEDY_COLUMNS]
    return [
        [Printed("行政复议", 5), Printed("行政诉讼", 10)],
        [*(Printed(r.text, 1, 2) for r in results), Printed("未经复议直接起诉", 5), Printed("复议后起诉", 5)],
        [*results, *results],
        [Printed(text(report, "remedies", *cell), label=False) for cell in cells],
    ]


def text(report: Report, table: str, row: str, column: str) -> str:
    """What is printed in the cell."""
    cell = report.cell(table, row, column)
    return "" if cell.state is CellState.BLANK else cell.text


ROWS: dict[str, Callable[[Report], Rows]] = {
    "proactive": proactive_rows,
    "applications": application_rows,
    "remedies": remedy_rows,
}


def parts(report: Report) -> list[tuple[str, str, Rows]]:
    """(heading, prose, rows of its table)."""
    rows = {key: make(report) for key, make in ROWS.items()}
    return [(h.printed, report.sections.get(h.section, ""), rows.get(h.section, [])) for h in report.headings]


# 网页 --------------------------------------------------------------------------------------


def html_page(report: Report, *, table: Callable[[Rows], str], before: str = "", after: str = "") -> str:
    """A page with a menu above and a footer below, as sites have them."""
    body = [f"<h1>{escape(report.title)}</h1>"]
    body += [f"<p>{escape(line)}</p>" for line in report.preamble.split("\n") if line]
    for heading, prose, rows in parts(report):
        body.append(f"<p><b>{escape(heading)}</b></p>")
        body += [f"<p>　　{escape(line)}</p>" for line in prose.split("\n") if line]
        body.append(table(rows) if rows else "")
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title><style>td{border:1px solid}</style></head><body>'
        '<nav><a href="/">首页</a><a href="/zfxxgk">政府信息公开</a></nav>'
        f'{before}<div class="article">{"".join(body)}</div>{after}'
        "<footer><p>主办单位：示例市人民政府办公室</p></footer></body></html>"
    )


def html_table(rows: Rows) -> str:
    lines = []
    for row in rows:
        cells = "".join(
            f'<td colspan="{c.colspan}" rowspan="{c.rowspan}"><p><span>{escape(c.text)}</span>&nbsp;</p></td>'
            for c in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f'<table border="1"><tbody>{"".join(lines)}</tbody></table>'


def html_lines(rows: Rows) -> str:
    """One cell a line, no table."""
    return "".join(f"<div>{escape(cell.text)}</div>" for row in rows for cell in row)


# 文本 --------------------------------------------------------------------------------------


def text_document(report: Report, table: Callable[[Rows], str]) -> str:
    """Title, prose and tables as plain text."""
    lines = [report.title, *report.preamble.split("\n")]
    for heading, prose, rows in parts(report):
        lines += ["", heading, *prose.split("\n")]
        lines += [table(rows)] if rows else []
    return "\n".join(lines) + "\n"


def expanded(rows: Rows, *, repeat: bool) -> list[list[str]]:
    """The grid with each merged cell's text in its first place, or in every place."""
    grid: dict[tuple[int, int], str] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in grid:
                c += 1
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    grid[r + down, c + across] = cell.text if repeat or (down, across) == (0, 0) else ""
            c += cell.colspan
    width = 1 + max(column for _, column in grid)
    return [[grid.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def tabbed(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in expanded(rows, repeat=False))


def markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in expanded(rows, repeat=False)]
    return "\n".join([lines[0], "|" + " --- |" * lines[0].count("|"), *lines[1:]])


def repeated(rows: Rows) -> str:
    """Merged cells repeated in each place, as some converters write them."""
    return "\n".join("| " + " | ".join(row) + " |" for row in expanded(rows, repeat=True))


def one_a_line(rows: Rows) -> str:
    return "\n".join(cell.text for row in rows for cell in row)


def one_a_line_apart(rows: Rows) -> str:
    """Blank lines between the cells."""
    return "\n\n".join(cell.text for row in rows for cell in row)


def pipe_lines(rows: Rows) -> str:
    """A mark between cells, each on a line of its own."""
    return "\n|\n".join(cell.text for row in rows for cell in row) + "\n|"


def pipe_ends(rows: Rows) -> str:
    """Each row begins with a mark, each cell ends with one."""
    return "\n".join(
        "|\n" + "\n".join(f"{cell.text} |" if cell.text else "|" for cell in row) for row in rows
    )


def spaced(rows: Rows) -> str:
    """A label and its figures on one line, parted by spaces."""
    return "\n".join("  ".join(cell.text for cell in row) for row in rows)


# DOCX --------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_document(report: Report, *, numbering: bool = False) -> bytes:
    """A small DOCX with real merged cells; ``numbering`` leaves 一、 to Word."""
    body = [_paragraph(report.title)] + [_paragraph(line) for line in report.preamble.split("\n") if line]
    for heading, prose, rows in parts(report):
        body.append(
            _paragraph(heading.partition("、")[2], numbered=True) if numbering else _paragraph(heading)
        )
        body += [_paragraph(line) for line in prose.split("\n") if line]
        body.append(_docx_table(rows) if rows else "")
    return docx_of("".join(body), numbering=numbering)


def docx_of(body: str, *, numbering: bool = False) -> bytes:
    """A DOCX around a body of WordprocessingML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
        )
        if numbering:
            archive.writestr(
                "word/numbering.xml",
                f'<w:numbering {_W}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>',
            )
    return buffer.getvalue()


def _paragraph(words: str, *, numbered: bool = False) -> str:
    properties = (
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' if numbered else ""
    )
    return f"<w:p>{properties}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def _docx_table(rows: Rows) -> str:
    pending: dict[tuple[int, int], int] = {}
    lines = []
    for r, row in enumerate(rows):
        column, cells, waiting = 0, [], list(row)
        while waiting or (r, column) in pending:
            if (r, column) in pending:
                span = pending[r, column]
                cells.append(_docx_cell("", span, '<w:vMerge w:val="continue"/>'))
                column += span
                continue
            cell = waiting.pop(0)
            for below in range(r + 1, r + cell.rowspan):
                pending[below, column] = cell.colspan
            cells.append(
                _docx_cell(cell.text, cell.colspan, '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else "")
            )
            column += cell.colspan
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def _docx_cell(words: str, span: int, merge: str) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{_paragraph(words)}</w:tc>'


def changed(report: Report, table: str, row: str, column: str, printed: str) -> str:
    """One cell a line, with one figure printed otherwise; for faults planted by hand."""
    kept = text(report, table, row, column)
    whole = text_document(report, one_a_line)
    label = next(each.label for each in form.APPLICATION_ROWS if each.key == row)
    head, _, tail = whole.partition(label)
    lines = tail.split("\n")
    index = 1 + [c.key for c in form.APPLICANT_COLUMNS].index(column)
    assert table == "applications"
    assert lines[index] == kept
    lines[index : index + 1] = [printed] if printed else []
    return head + label + "\n".join(lines)


Layouts = Sequence[tuple[str, Callable[[Report], bytes]]]

WITH_BORDERS: Layouts = (
    ("html table", lambda r: html_page(r, table=html_table).encode()),
    ("html gbk", lambda r: html_page(r, table=html_table).replace("utf-8", "gb2312").encode("gb18030")),
    (
        "html nested",
        lambda r: html_page(
            r, table=html_table, before="<table><tr><td>菜单</td><td>", after="</td></tr></table>"
        ).encode(),
    ),
    ("docx", docx_document),
    ("docx numbered", lambda r: docx_document(r, numbering=True)),
    ("tabs", lambda r: text_document(r, tabbed).encode()),
    ("markdown", lambda r: text_document(r, markdown).encode()),
    ("repeated", lambda r: text_document(r, repeated).encode()),
    ("pipe ends", lambda r: text_document(r, pipe_ends).encode()),
    ("pipe lines", lambda r: text_document(r, pipe_lines).encode()),
)
WITHOUT_BORDERS: Layouts = (
    ("html lines", lambda r: html_page(r, table=html_lines).encode()),
    ("one a line", lambda r: text_document(r, one_a_line).encode()),
    ("one a line apart", lambda r: text_document(r, one_a_line_apart).encode("gb18030")),
    ("spaced", lambda r: text_document(r, spaced).encode("utf-16")),
)
