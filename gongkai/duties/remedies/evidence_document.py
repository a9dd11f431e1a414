"""证据目录的文档. The list as DOCX in the look of official documents, by the same parts as the report's."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from gongkai.duties.remedies.models import CaseFile, Evidence
from gongkai.report.render import docx_parts as parts
from gongkai.rules.explanation import day_text

HEADS = ("编号", "证据名称", "证明目的", "页数", "来源", "备注")
_WIDTHS = (700, 2300, 2700, 700, 1500, 944)  # twentieths of a point; the type area is 8844 wide
_EPOCH = (1980, 1, 1, 0, 0, 0)  # zip's first day: files in a document carry no date of their own


def rows(evidence: Sequence[Evidence]) -> list[tuple[str, ...]]:
    """目录的各行, as on the screen and on paper."""
    return [
        (
            str(number),
            each.title,
            each.purpose,
            str(each.pages or ""),
            each.get_source_display(),
            "电子文件" if each.stored_as else "",
        )
        for number, each in enumerate(evidence, start=1)
    ]


def document(file: CaseFile, evidence: Sequence[Evidence], *, on: date) -> bytes:
    """证据目录."""
    agency, entry = file.agency.name, file.entry
    body = entry.body if file.track == "reconsideration" else entry.court  # type: ignore[union-attr]
    pages = sum(each.pages or 0 for each in evidence)
    content = "".join(
        (
            _paragraph("证据目录", "Title"),
            _paragraph(f"案号：{entry.case_number}"),
            _paragraph(f"提交人：{agency}"),
            _paragraph(f"受理机关：{body}") if body else "",
            _table(rows(evidence)),
            _paragraph("", "AfterTable"),
            _paragraph(f"共{len(evidence)}份{f'，{pages}页' if pages else ''}。"),
            _paragraph(f"{agency}（盖章）"),
            _paragraph(day_text(on)),
        )
    )
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/document.xml": parts.document(content),
        "word/styles.xml": parts.STYLES,
        "word/settings.xml": parts.SETTINGS,
        "word/footer_odd.xml": parts.footer(align="right"),
        "word/footer_even.xml": parts.footer(align="left"),
        "docProps/core.xml": parts.properties(title="证据目录", author=agency),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _paragraph(text: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _table(lines: list[tuple[str, ...]]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    made = [_row(HEADS, is_head=True), *(_row(line) for line in lines)]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="证据目录"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(made)}</w:tbl>"
    )


def _row(cells: tuple[str, ...], *, is_head: bool = False) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{"TableLabel" if place in (1, 2) and not is_head else "TableCell"}"/></w:pPr>'
        f"{_run(text)}</w:p></w:tc>"
        for place, (text, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{made}</w:tr>"
