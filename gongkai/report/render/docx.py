"""DOCX. The report as a Word or WPS document in the look of official documents, with real headings and merged cells.

Written part by part as OOXML: exact, in a few milliseconds, and the same bytes for the same report, so that a frozen
edition keeps its digest. The faces are named as offices have them; gongkai does not ship them.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from gongkai.report.grid import Grid, GridCell
from gongkai.report.model import Report
from gongkai.report.render import docx_parts as parts
from gongkai.report.render.fitting import TABLE_TYPE, type_size
from gongkai.report.render.parts import Part, is_subheading, layout

_EPOCH = (1980, 1, 1, 0, 0, 0)  # zip's first day: files in a document carry no date of their own
_TWIPS_PER_MM = 1440 / 25.4
_ALONE_ON_ITS_PAGE = "applications"


def render(report: Report) -> bytes:
    """The report as DOCX."""
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/document.xml": _document(report),
        "word/styles.xml": parts.STYLES,
        "word/settings.xml": parts.SETTINGS,
        "word/footer_odd.xml": parts.footer(align="right"),
        "word/footer_even.xml": parts.footer(align="left"),
        "docProps/core.xml": parts.properties(title=layout(report).title, author=report.agency),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _document(report: Report) -> str:
    whole = layout(report)
    blocks = [_title(whole.title_lines), *(_paragraph(each) for each in whole.preamble)]
    previous = ""
    for part in whole.parts:
        blocks += _part(part, starts_page=_ALONE_ON_ITS_PAGE in (_page_key(part), previous))
        previous = _page_key(part)
    return parts.document("".join(blocks))


def _page_key(part: Part) -> str:
    """Only a part with its table needs a page of its own."""
    return part.grid.table if part.grid else ""


def _part(part: Part, *, starts_page: bool) -> Iterator[str]:
    if part.heading:
        page = "<w:pageBreakBefore/>" if starts_page else ""
        yield _paragraph(part.heading, style="Heading1", before=page)
    for text in part.paragraphs:
        yield _paragraph(text, style="Heading2" if is_subheading(text) else "Normal")
    if part.grid:
        yield _table(part.grid)
        yield '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'


def _title(lines: tuple[str, ...]) -> str:
    runs = "<w:r><w:br/></w:r>".join(_run(line) for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{runs}</w:p>'


def _paragraph(text: str, *, style: str = "Normal", before: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}</w:pPr>{_run(text)}</w:p>'


def _run(text: str, *, size: float | None = None) -> str:
    look = f'<w:rPr><w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr>' if size else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _table(grid: Grid) -> str:
    lines: list[list[tuple[int, str]]] = [[] for _ in grid.rows]
    for row, column, cell in grid.placed():
        lines[row].append((column, _cell(grid, cell, column=column)))
        for below in range(row + 1, row + cell.rowspan):
            lines[below].append((column, _cell(grid, cell, column=column, continues=True)))
    heads = len(grid.head)
    rows = "".join(
        _row("".join(text for _, text in sorted(line, key=lambda each: each[0])), is_head=index < heads)
        for index, line in enumerate(lines)
    )
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="{_twips(sum(grid.widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{escape(grid.number + "　" + grid.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: str, *, is_head: bool) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def _cell(grid: Grid, cell: GridCell, *, column: int, continues: bool = False) -> str:
    merge = f'<w:vMerge w:val="{"continue" if continues else "restart"}"/>' if cell.rowspan > 1 else ""
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    size = type_size(grid, cell, column=column)
    style = "TableLabel" if cell.is_left else "TableCell"
    look = "" if size == TABLE_TYPE["applications"] else f'<w:rPr><w:sz w:val="{size * 2:.0f}"/></w:rPr>'
    run = "" if continues else _run(cell.text, size=size if look else None)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(grid.width_of(column, cell.colspan))}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{run}</w:p></w:tc>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
