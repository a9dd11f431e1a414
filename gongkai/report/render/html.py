"""HTML. The report as a page of its own, or as a fragment for the portal and the desk.

The fragment holds no style and no script (the portal's policy is 'self'); its look is ``report.css``, which the page of its
own carries inside. Every figure names its place (``data-place``) and its state (``data-state``).
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from gongkai.report.grid import Grid, GridCell
from gongkai.report.model import Report
from gongkai.report.render.parts import is_subheading, layout

TEMPLATES = Path(__file__).parent / "templates"
STYLE = TEMPLATES / "report.css"

CellLink = Callable[[str, str, str], str | None]


def render(report: Report) -> bytes:
    """The report as one file that opens and prints anywhere."""
    return page(report).encode()


def page(report: Report) -> str:
    """整页."""
    return (
        environment()
        .get_template("page.html")
        .render(
            title=layout(report).title,
            style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704  our own file
            body=Markup(fragment(report)),  # noqa: S704  escaped by its template
        )
    )


def fragment(
    report: Report, *, cell_link: CellLink | None = None, prefix: str = "report", level: int = 1
) -> str:
    """报告正文, to stand in another page.

    ``cell_link(table, row, column)`` may give the address that a figure opens; ``prefix`` keeps ids apart when a page shows
    two reports; ``level`` is the level of the title's heading.
    """
    return (
        environment()
        .get_template("report.html")
        .render(
            layout=layout(report),
            prefix=prefix,
            level=level,
            draw=_drawer(prefix, cell_link),
            is_subheading=is_subheading,
        )
    )


def table(grid: Grid, *, cell_link: CellLink | None = None, prefix: str = "report") -> str:
    """一张表, alone."""
    template = environment().get_template("table.html")
    return template.render(grid=grid, prefix=prefix, draw=_drawer(prefix, cell_link))


def _drawer(prefix: str, cell_link: CellLink | None) -> Callable[[GridCell], Markup]:
    """How a cell is written. In Python and not in the template: 300 cells a report make the difference felt."""

    def draw(cell: GridCell) -> Markup:
        over = " ".join(f"{prefix}-{name}" for name in cell.headers)
        attributes = "".join(
            f' {name}="{escape(value)}"'
            for name, value in (
                ("scope", cell.scope),
                ("id", f"{prefix}-{cell.name}" if cell.is_head else ""),
                ("data-place", "/".join(cell.key or ())),
                ("data-state", cell.state or ""),
                ("headers", over),
                ("rowspan", cell.rowspan if cell.rowspan > 1 else ""),
                ("colspan", cell.colspan if cell.colspan > 1 else ""),
                ("class", _class(cell)),
            )
            if value
        )
        text, address = escape(cell.text), _address(cell, cell_link)
        if address:
            text = Markup('<a href="{}">{}</a>').format(address, cell.text)
        tag = "th" if cell.is_head else "td"
        return Markup(f"<{tag}{attributes}>{text}</{tag}>")  # noqa: S704  each part is escaped above

    return draw


def _class(cell: GridCell) -> str:
    if cell.is_head:
        return "gk-left" if cell.is_left else ""
    return "" if cell.key else "gk-note"


def _address(cell: GridCell, cell_link: CellLink | None) -> str | None:
    """The address for a cell; only http, https and addresses on the same site are taken."""
    address = cell_link(*cell.key) if cell_link and cell.key and cell.text else None
    if address is None or address.startswith(("/", "#", "?", "http://", "https://")):
        return address
    raise ValueError(f"单元格的链接地址不是网址：{address}")


@cache
def environment() -> Environment:
    """模板环境, with escaping on for everything."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
