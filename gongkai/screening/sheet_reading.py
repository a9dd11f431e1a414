"""读一张工作表. Its cells row by row as a reader sees them, and each that is not seen, with the reason."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.book import Book, Sheet
from gongkai.screening.cell_looks import Look, Unseen
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.painting import paintings
from gongkai.screening.sheet_cells import Cell, Grid, Range, Row, letters_of, range_of

_COLOUR_ADVICE = "文字颜色与底色相同，程序不能判断是否有意。请在表格中改成看得见的颜色，或者删去。"
_SIZE_ADVICE = "文字小到看不见，请在表格中改成看得见的字号，或者删去。"
_FAR_ADVICE = "离其他内容很远，打开表格时看不到。请核对是否应当公开，不应当公开的在表格中删去。"
_FROZEN_ADVICE = "冻结窗格时这些行列已经滚到窗口以外，打开表格看不到。请取消冻结窗格，核对后重新保存。"
_DEFAULT_ADVICE = "工作表设为“默认不显示行”，不同的程序显示不同。请取消隐藏全部行，核对后重新保存。"
_PUSHED_ADVICE = "文字前面有很多空行或者空格，把它推到了看不见的地方。请删去空行、空格，或者删去文字。"
_PUSHED = re.compile(r"(?:\n[ \t\r\u3000\u00a0]{0,9}){20}(?=\S)|[ \t\u3000\u00a0]{100}(?=\S)")
_LONG = 30
_FAR_ROWS = 200
_FAR_COLUMNS = 30
_MOST_FAR = 50  # cells told of what is far away
_PALE_TABLES = tuple(f"TableStyleLight{n}" for n in (*range(1, 8), *range(15, 22)))


class Reading:
    """一张工作表的内容. ``lines`` is what is seen; ``unseen`` the cells that are to be emptied."""

    def __init__(self, book: Book, sheet: Sheet, *, elements: bool = False) -> None:
        self.lines: list[str] = []
        self.hidden: list[Hidden] = []
        self.unseen: list[etree._Element] = []
        self._book, self._place = book, f"工作表“{sheet.name}”"
        self._elements = elements
        root = book.package.tree(sheet.part)
        self._grid = Grid(root)
        self._paintings = paintings(root, book.looks)
        self._shaded = list(_shaded(book, sheet))
        self._in_columns: dict[int, list[str]] = {}
        self._positions: list[tuple[int, int, str]] = []  # row, last column with a value, where
        self._columns: dict[int, str] = {}
        self._by_default: list[str] = []
        for row in self._grid.rows():
            self._read(row)
        self._tell_of_the_whole(root)

    def _read(self, row: Row) -> None:
        said: list[str] = []
        book, columns = self._book, self._grid.hidden_columns
        covered = self._grid.covered(row.number)
        last = 0
        for cell in row.cells:
            value = book.value(cell.element, cell.kind)
            if not value:
                continue
            if row.hidden or cell.column in columns:
                if not row.hidden:
                    self._in_columns.setdefault(cell.column, []).append(value)
                self._take(cell)
            elif covered and any(each.covers(cell.column, row.number) for each in covered):
                self._tell(Trace.HIDDEN_CELL, f"{self._where(cell, row)}（在合并的单元格下面）", value)
                self._take(cell)
                continue
            elif self._is_shown(cell, row, value):
                last = cell.column
                self._columns.setdefault(last, self._where(cell, row))
            else:
                self._take(cell)
                continue
            if row.hidden or cell.column not in columns:
                said.append(value + book.format_words(cell.style))
        if not said:
            return
        if row.hidden:
            self._tell(Trace.HIDDEN_ROW, f"{self._place}第{row.number}行", "\t".join(said))
            return
        self.lines.append("\t".join(said))
        self._positions.append((row.number, last, self.lines[-1]))
        if self._grid.rows_are_hidden and row.default:
            self._by_default.append(self.lines[-1])

    def _is_shown(self, cell: Cell, row: Row, value: str) -> bool:
        """Tells of what is there and not seen; only what its format hides is not shown at all."""
        book = self._book
        look = book.looks.look(cell.style)
        if not book.looks.is_plain(cell.style):
            why = look.hides(cell.kind, value)
            if why is Unseen.FORMAT:
                self._tell(Trace.HIDDEN_CELL, self._where(cell, row), value)
                return False
            if why is Unseen.SIZE:
                self._tell_of_letters(cell, row, value, _SIZE_ADVICE)
            elif why is Unseen.COLOUR and not self._may_be_read(look, cell, row):
                self._tell_of_letters(cell, row, value, _COLOUR_ADVICE)
        if (cell.kind == "s" and book.runs) or cell.kind == "inlineStr":
            words = look.hidden_runs(book.runs_of(cell.element, cell.kind))
            if words.strip() and not self._is_shaded(look, cell, row):
                self._tell_of_letters(cell, row, words, _COLOUR_ADVICE)
        if len(value) > _LONG and (pushed := _PUSHED.search(value)):
            words, where = value[pushed.end() :], self._where(cell, row)
            self.hidden.append(
                Hidden(Trace.HIDDEN_TEXT, where, words, cleanable=False, advice=_PUSHED_ADVICE)
            )
        for each in self._paintings:
            each.take(cell, row.number, value, look)
        return True

    def _may_be_read(self, look: Look, cell: Cell, row: Row) -> bool:
        """Pieces with letters of their own are judged one by one."""
        return self._is_shaded(look, cell, row) or bool(self._book.runs_of(cell.element, cell.kind))

    def _is_shaded(self, look: Look, cell: Cell, row: Row) -> bool:
        """In a table with a dark style the style, not the cell, says what is behind."""
        return not look.filled and any(each.holds(cell.column, row.number) for each in self._shaded)

    def _where(self, cell: Cell, row: Row) -> str:
        return f"{self._place}单元格{cell.element.get('r') or letters_of(cell.column) + str(row.number)}"

    def _take(self, cell: Cell) -> None:
        if self._elements:
            self.unseen.append(cell.element)

    def _tell(self, trace: Trace, place: str, words: str) -> None:
        self.hidden.append(Hidden(trace, place, words))

    def _tell_of_letters(self, cell: Cell, row: Row, words: str, advice: str) -> None:
        where = self._where(cell, row)
        self.hidden.append(Hidden(Trace.WHITE_TEXT, where, words, cleanable=False, advice=advice))

    def _tell_of_the_whole(self, root: etree._Element) -> None:
        for column, said in sorted(self._in_columns.items()):
            self._tell(Trace.HIDDEN_COLUMN, f"{self._place}{letters_of(column)}列", "\n".join(said))
        for each in self._paintings:
            if each.words:
                place = f"{self._place}条件格式{each.refs[:60]}"
                words, advice = "\n".join(each.words), _COLOUR_ADVICE
                self.hidden.append(Hidden(Trace.WHITE_TEXT, place, words, cleanable=False, advice=advice))
        if self._by_default:
            words = "\n".join(self._by_default)
            place = f"{self._place}没有写明高度的行"
            self.hidden.append(
                Hidden(Trace.HIDDEN_ROW, place, words, cleanable=False, advice=_DEFAULT_ADVICE)
            )
        self.hidden += self._far_away()
        self.hidden += self._out_of_the_window(root)

    def _far_away(self) -> Iterator[Hidden]:
        """What stands beyond a wide gap, when most stands before it."""
        rows = self._positions
        before = 0
        for place, (row, _, _) in enumerate(rows):
            if row - before > _FAR_ROWS and place > 0 and len(rows) - place <= max(place // 4, 1):
                words = "\n".join(line for *_, line in rows[place : place + _MOST_FAR])
                where = f"{self._place}第{row}行起"
                yield Hidden(Trace.HIDDEN_CELL, where, words, cleanable=False, advice=_FAR_ADVICE)
                break
            before = row
        columns = sorted(self._columns)
        for place, column in enumerate(columns):
            if place and column - columns[place - 1] > _FAR_COLUMNS:
                words = "\n".join(line for _, last, line in rows if last >= column)
                where = f"{self._place}{letters_of(column)}列起"
                yield Hidden(Trace.HIDDEN_CELL, where, words, cleanable=False, advice=_FAR_ADVICE)
                break

    def _out_of_the_window(self, root: etree._Element) -> Iterator[Hidden]:
        """Rows above the first one that a frozen window shows: nobody can scroll there."""
        for view in root.iter("{*}sheetView"):
            corner = range_of(view.get("topLeftCell") or "")
            pane = view.find("{*}pane")
            if corner is None or pane is None or not (pane.get("state") or "").startswith("frozen"):
                continue
            top = corner.top if pane.get("ySplit") else 1
            left = corner.left if pane.get("xSplit") else 1
            lines = [line for row, last, line in self._positions if row < top or 0 < last < left]
            if lines:
                words, where = "\n".join(lines), f"{self._place}冻结窗格以外"
                yield Hidden(Trace.HIDDEN_ROW, where, words, cleanable=False, advice=_FROZEN_ADVICE)


def _shaded(book: Book, sheet: Sheet) -> Iterator[Range]:
    """The heads of tables whose style paints them, and whole tables of the dark styles."""
    for each in book.package.relationships(sheet.part):
        if each.kind != "table" or each.target not in book.package.parts:
            continue
        root = book.package.tree(each.target)
        style = root.find("{*}tableStyleInfo")
        name = (style.get("name") or "") if style is not None else ""
        whole = range_of(root.get("ref") or "")
        if whole is None or not name or name in _PALE_TABLES:
            continue
        if name.startswith("TableStyleDark"):
            yield whole
            continue
        yield Range(whole.left, whole.top, whole.right, whole.top)
        if root.get("totalsRowCount", "0") != "0":
            yield Range(whole.left, whole.bottom, whole.right, whole.bottom)
