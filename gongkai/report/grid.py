"""表格的网格. Each table of the form as one grid of cells with spans, which every renderer draws.

A row that the document leaves out (all of its cells absent) is left out here too, so that it is absent again when the
rendering is read; a table without a single cell has no grid. Labels are those of the official form, whatever was printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.report.model import Cell, CellState, Form, Report
from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from gongkai.rules.annual_report_2021.tables import ProactiveRow, TableColumn, TableRow

Key = tuple[str, str, str]  # (table, row, column)

UNREADABLE_TEXT = "（无法辨认）"
ABSENT_TEXT = "（缺）"
PAGE_WIDTH = 156.0  # 版心宽 in millimetres, GB/T 9704-2012
_VALUE_COLUMNS = 3  # of 表二, beside the label


@dataclass(frozen=True, slots=True)
class GridCell:
    """网格的一格: a head (``scope`` and ``name`` set), a note in the corner, or the place of a figure (``key`` set)."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""  # col, colgroup, row, rowgroup as HTML means them
    key: Key | None = None
    name: str = ""  # by which ``headers`` of other cells refer to this head
    headers: tuple[str, ...] = ()
    is_left: bool = False
    state: CellState | None = None
    cell: Cell | None = None

    @property
    def is_head(self) -> bool:
        return bool(self.scope)


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表的网格. ``bodies`` are groups of rows that belong together; ``widths`` are millimetres of the type area."""

    table: str
    number: str  # 表二, 表三, 表四
    caption: str
    head: tuple[GridRow, ...]
    bodies: tuple[tuple[GridRow, ...], ...]
    widths: tuple[float, ...]

    @property
    def rows(self) -> tuple[GridRow, ...]:
        return self.head + tuple(row for body in self.bodies for row in body)

    @property
    def column_count(self) -> int:
        return len(self.widths)

    def placed(self) -> Iterator[tuple[int, int, GridCell]]:
        """Each cell with the row and column of its upper left corner; refuses spans that overlap or leave holes."""
        yield from tiled(self.rows, columns=self.column_count)

    def width_of(self, column: int, span: int) -> float:
        return sum(self.widths[column : column + span])


class DoesNotTile(ValueError):
    """跨行跨列的格子有重叠或者空洞."""


def tiled(rows: Sequence[GridRow], *, columns: int) -> Iterator[tuple[int, int, GridCell]]:
    """The cells of ``rows`` with their place.

    >>> [(r, c, cell.text) for r, c, cell in tiled([(GridCell("a", rowspan=2), GridCell("b")), (GridCell("c"),)], columns=2)]
    [(0, 0, 'a'), (0, 1, 'b'), (1, 1, 'c')]
    """
    taken = [[False] * columns for _ in rows]
    found: list[tuple[int, int, GridCell]] = []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while c < columns and taken[r][c]:
                c += 1
            if c + cell.colspan > columns or r + cell.rowspan > len(rows):
                raise DoesNotTile(f"第{r + 1}行的“{cell.text}”超出表格")
            for below in range(r, r + cell.rowspan):
                for right in range(c, c + cell.colspan):
                    if taken[below][right]:
                        raise DoesNotTile(f"第{r + 1}行的“{cell.text}”与别的格重叠")
                    taken[below][right] = True
            found.append((r, c, cell))
            c += cell.colspan
    if not all(all(row) for row in taken):
        raise DoesNotTile("表格中有空洞")
    yield from found


def grids(report: Report) -> tuple[Grid, ...]:
    """The tables that the report has, in the order of the form."""
    made = (proactive_grid(report), applications_grid(report), remedies_grid(report))
    return tuple(grid for grid in made if grid is not None)


def printed(cell: Cell) -> str:
    """格中印出的字. A blank prints nothing, a mark its text; what is not known says so and never looks like a figure."""
    match cell.state:
        case CellState.NUMBER if cell.value is not None:
            return format(cell.value, "f")
        case CellState.MARK:
            return cell.text
        case CellState.UNREADABLE:
            return UNREADABLE_TEXT
        case CellState.ABSENT:
            return ABSENT_TEXT
        case _:
            return ""


def proactive_grid(report: Report) -> Grid | None:
    """表二. A block for each item of article 20, with heads of its own."""
    form = form_2019 if report.form is Form.FORM_2019 else form_2021
    rows = [row for row in form.PROACTIVE_ROWS if _is_present(report, "proactive", row.key)]
    if not rows:
        return None
    blocks: dict[str, list[ProactiveRow]] = {}
    for row in rows:
        blocks.setdefault(row.block, []).append(row)
    bodies = tuple(_proactive_block(report, block, found) for block, found in blocks.items())
    return Grid("proactive", "表二", "主动公开政府信息情况", (), bodies, (48.0, 36.0, 36.0, 36.0))


def _proactive_block(report: Report, block: str, rows: Sequence[ProactiveRow]) -> tuple[GridRow, ...]:
    heads = rows[0].columns
    name = f"proactive-{rows[0].key}"
    spans = _spread(len(heads))
    title = GridCell(block, 1 + _VALUE_COLUMNS, scope="rowgroup", name=name)
    columns = (
        GridCell("信息内容", scope="col", name=f"{name}-content", headers=(name,)),
        *(
            GridCell(head.label, span, scope="col", name=f"{name}-{head.key}", headers=(name,))
            for head, span in zip(heads, spans, strict=True)
        ),
    )
    lines = tuple(
        (
            GridCell(row.label, scope="row", name=f"{name}-row-{row.key}", headers=(name,), is_left=True),
            *(
                _figure(
                    report,
                    ("proactive", row.key, head.key),
                    headers=(name, f"{name}-row-{row.key}", f"{name}-{head.key}"),
                    colspan=span,
                )
                for head, span in zip(heads, spans, strict=True)
            ),
        )
        for row in rows
    )
    return ((title,), columns, *lines)


def _spread(count: int) -> tuple[int, ...]:
    """How many of the three columns each of ``count`` figures takes: the last takes what is left."""
    return (*[1] * (count - 1), _VALUE_COLUMNS - count + 1)


def applications_grid(report: Report) -> Grid | None:
    """表三. Three columns of labels and seven of figures, under a head of three rows."""
    rows = [row for row in _application_rows(report) if _is_present(report, "applications", row.key)]
    if not rows:
        return None
    bodies: list[list[TableRow]] = []
    for row in rows:
        if bodies and bodies[-1][0].part == row.part:
            bodies[-1].append(row)
        else:
            bodies.append([row])
    drawn = tuple(_application_body(report, body) for body in bodies)
    widths = (12.0, 17.0, 43.0, *[12.0] * len(form_2021.APPLICANT_COLUMNS))
    return Grid("applications", "表三", "收到和处理政府信息公开申请情况", _applicant_heads(), drawn, widths)


def _application_rows(report: Report) -> Sequence[TableRow]:
    """The rows of the form, with 其他处理 as one row or as three, as the document has them."""
    as_one = _is_present(report, "applications", "other")
    as_three = any(
        _is_present(report, "applications", row.key)
        for row in form_2021.APPLICATION_ROWS
        if row.key.startswith("other_")
    )
    if not as_one:
        return form_2021.APPLICATION_ROWS
    if not as_three:
        return form_2019.APPLICATION_ROWS
    first = [row.key for row in form_2021.APPLICATION_ROWS].index("other_not_corrected")
    return (
        *form_2021.APPLICATION_ROWS[:first],
        form_2021.OTHER_AS_ONE_ROW,
        *form_2021.APPLICATION_ROWS[first:],
    )


def _applicant_heads() -> tuple[GridRow, ...]:
    columns = form_2021.APPLICANT_COLUMNS
    organisations = [column for column in columns if column.group]
    applicants = GridCell("申请人情况", len(columns), scope="colgroup", name="applicants")
    group = GridCell(
        organisations[0].group,
        len(organisations),
        scope="colgroup",
        name="organisations",
        headers=("applicants",),
    )
    second: list[GridCell] = []
    for column in columns:
        if not column.group:
            second.append(_applicant_head(column, rowspan=2))
        elif group not in second:
            second.append(group)
    third = tuple(_applicant_head(column) for column in organisations)
    return ((GridCell(form_2021.APPLICATIONS_CAPTION, 3, 3), applicants), tuple(second), third)


def _applicant_head(column: TableColumn, *, rowspan: int = 1) -> GridCell:
    above = ("applicants", "organisations") if column.group else ("applicants",)
    return GridCell(
        column.label, rowspan=rowspan, scope="col", name=f"applicants-{column.key}", headers=above
    )


def _application_body(report: Report, rows: Sequence[TableRow]) -> tuple[GridRow, ...]:
    drawn: list[GridRow] = []
    part = rows[0].part
    for index, row in enumerate(rows):
        cells: list[GridCell] = []
        above: list[str] = []
        if part:
            above.append("part-outcomes")
            if index == 0:
                cells.append(
                    GridCell(part, rowspan=len(rows), scope="rowgroup", name="part-outcomes", is_left=True)
                )
        if row.group:
            same = [each for each in rows if each.group == row.group]
            name = f"group-{same[0].key}"
            if row == same[0]:
                cells.append(
                    GridCell(
                        row.group,
                        rowspan=len(same),
                        scope="row",
                        name=name,
                        headers=tuple(above),
                        is_left=True,
                    )
                )
            above.append(name)
        label_span = 3 - bool(part) - bool(row.group)
        name = f"row-{row.key}"
        cells.append(
            GridCell(row.label, label_span, scope="row", name=name, headers=tuple(above), is_left=True)
        )
        for column in form_2021.APPLICANT_COLUMNS:
            over = _applicant_head(column)
            cells.append(
                _figure(
                    report,
                    ("applications", row.key, column.key),
                    headers=(*above, name, *over.headers, over.name),
                )
            )
        drawn.append(tuple(cells))
    return tuple(drawn)


def remedies_grid(report: Report) -> Grid | None:
    """表四. Fifteen columns and one row of figures."""
    groups = form_2021.REMEDY_GROUPS
    if not any(_is_present(report, "remedies", group.key) for group in groups):
        return None
    first: list[GridCell] = []
    second: list[GridCell] = []
    third: list[GridCell] = []
    figures: list[GridCell] = []
    for group in groups:
        above: tuple[str, ...]
        if group.group:
            if not any(cell.name == "suits" for cell in first):
                suits = [each for each in groups if each.group == group.group]
                first.append(
                    GridCell(
                        group.group,
                        len(suits) * len(form_2021.REMEDY_COLUMNS),
                        scope="colgroup",
                        name="suits",
                    )
                )
            second.append(
                GridCell(
                    group.label,
                    len(form_2021.REMEDY_COLUMNS),
                    scope="colgroup",
                    name=f"remedy-{group.key}",
                    headers=("suits",),
                )
            )
            above = ("suits", f"remedy-{group.key}")
        else:
            first.append(
                GridCell(
                    group.label,
                    len(form_2021.REMEDY_COLUMNS),
                    scope="colgroup",
                    name=f"remedy-{group.key}",
                )
            )
            above = (f"remedy-{group.key}",)
        for column in form_2021.REMEDY_COLUMNS:
            name = f"remedy-{group.key}-{column.key}"
            head = GridCell(column.label, scope="col", name=name, headers=above)
            if group.group:
                third.append(head)
            else:
                second.append(replace(head, rowspan=2))
            figures.append(_figure(report, ("remedies", group.key, column.key), headers=(*above, name)))
    return Grid(
        "remedies",
        "表四",
        "政府信息公开行政复议、行政诉讼情况",
        (tuple(first), tuple(second), tuple(third)),
        ((tuple(figures),),),
        (PAGE_WIDTH / len(figures),) * len(figures),
    )


def _figure(report: Report, key: Key, *, headers: tuple[str, ...], colspan: int = 1) -> GridCell:
    cell = report.cell(*key)
    return GridCell(printed(cell), colspan, key=key, headers=headers, state=cell.state, cell=cell)


def _is_present(report: Report, table: str, row: str) -> bool:
    cells = report.tables.get(table, {}).get(row, {})
    return any(cell.state is not CellState.ABSENT for cell in cells.values())
