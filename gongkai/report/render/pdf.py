"""PDF. The HTML of the report laid out as an official document, tagged (PDF/UA-1) so that it can be heard as well as seen.

``GONGKAI_FONTS`` may name a folder of an office's own licensed faces (仿宋_GB2312, 方正小标宋简体 …); without it the free
faces of the machine stand in.
"""

import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from gongkai.report.grid import grids
from gongkai.report.model import Report
from gongkai.report.render import CannotRender
from gongkai.report.render.fitting import TABLE_TYPE, type_size
from gongkai.report.render.fonts import faces, font_files
from gongkai.report.render.html import TEMPLATES, environment, fragment
from gongkai.report.render.parts import layout

FONTS_FOLDER = "GONGKAI_FONTS"
WITHOUT_PANGO = (
    "本机没有Pango，不能生成PDF，其他格式不受影响；请安装系统软件包libpango-1.0-0和libpangoft2-1.0-0后再试。"
)

_PREFIX = "report"
_CLOSER = """
.gk-table-applications { font-size: 8pt; line-height: 1.1; margin: 3pt 0; }
.gk-table-applications th, .gk-table-applications td { padding: .75pt 2pt; }
"""


def render(report: Report) -> bytes:
    """The report as PDF/UA-1."""
    pdf: bytes = laid_out(report).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def laid_out(report: Report) -> Any:
    """The pages before they are written: a document of WeasyPrint. Part three takes one page, closer set if need be."""
    document = _laid_out(report)
    if _takes_one_page(document):
        return document
    closer = _laid_out(report, closer=True)
    return closer if _takes_one_page(closer) else document


def typeset(html: str) -> bytes:
    """Any page in the official look, written as PDF/UA-1: letters are typeset like the report."""
    folder = os.environ.get(FONTS_FOLDER, "")
    pdf: bytes = (
        _weasyprint().HTML(string=html, url_fetcher=_fetcher()(folder)).write_pdf(pdf_variant="pdf/ua-1")
    )
    return pdf


@dataclass(frozen=True, slots=True)
class Attached:
    """附在文件里的材料. ``name`` keeps to plain letters: older readers know no others."""

    name: str
    title: str
    content: bytes


def archived(html: str, papers: Iterable[Attached]) -> bytes:
    """A page in the official look with its papers attached, as PDF/A-3b (ISO 19005-3), to be kept."""
    weasyprint, folder = _weasyprint(), os.environ.get(FONTS_FOLDER, "")
    attachments = [
        weasyprint.Attachment(
            string=each.content, name=each.name, description=each.title, relationship="Source"
        )
        for each in papers
    ]
    document = weasyprint.HTML(string=html, url_fetcher=_fetcher()(folder))
    with warnings.catch_warnings():
        # The library leaves its colour profile open, to be collected.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3b", attachments=attachments)
    return pdf


def official_style() -> str:
    """The style sheet of official documents, with an office's own faces."""
    return (TEMPLATES / "official.css").read_text(encoding="utf-8") + faces(os.environ.get(FONTS_FOLDER, ""))


def _takes_one_page(document: Any) -> bool:
    """Whether the heading of 表三's part, the table's head and its last row stand together."""
    wanted = (f"{_PREFIX}-heading-applications", f"{_PREFIX}-applicants", f"{_PREFIX}-end-applications")
    holding = {
        number for number, page in enumerate(document.pages) if any(name in page.anchors for name in wanted)
    }
    return len(holding) <= 1


def _laid_out(report: Report, *, closer: bool = False) -> Any:
    weasyprint = _weasyprint()
    folder = os.environ.get(FONTS_FOLDER, "")
    style = (TEMPLATES / "official.css").read_text(encoding="utf-8") + faces(folder) + _measures(report)
    if closer:
        style += _CLOSER
    page = environment().get_template("page.html")
    html = page.render(
        title=layout(report).title,
        style=Markup(style),  # noqa: S704  our own file, names of fonts and keys of the form
        body=Markup(fragment(report, prefix=_PREFIX)),  # noqa: S704  escaped by its template
    )
    return weasyprint.HTML(string=html, url_fetcher=_fetcher()(folder)).render()


def _measures(report: Report) -> str:
    """Widths of the columns, and smaller type for figures too wide for theirs: a figure that wraps reads as two."""
    rules = []
    for grid in grids(report):
        for number, width in enumerate(grid.widths, start=1):
            rules.append(f".gk-table-{grid.table} .gk-col-{number} {{ width: {width:.2f}mm; }}")
        for _, column, cell in grid.placed():
            size = type_size(grid, cell, column=column)
            if cell.key and size < TABLE_TYPE[grid.table]:
                rules.append(f'td[data-place="{"/".join(cell.key)}"] {{ font-size: {size}pt; }}')
    return "\n".join(rules)


@cache
def _weasyprint() -> Any:
    """WeasyPrint, which needs Pango from the system."""
    try:
        import weasyprint
    except OSError:
        raise CannotRender(WITHOUT_PANGO) from None
    return weasyprint


@cache
def _fetcher() -> Any:
    """The class that lets a page load the faces in the folder and nothing else: no network, no other file."""
    from weasyprint.urls import URLFetcher

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        def __init__(self, folder: str) -> None:
            super().__init__(allowed_protocols=("file",), allow_redirects=False)
            self.allowed = {path.as_uri() for path in font_files(Path(folder))} if folder else set()

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in self.allowed:
                raise ValueError("版式中不得引用外部资源")
            return super().fetch(url, headers)

    return FontsOnly
