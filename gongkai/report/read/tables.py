"""表格变成单元格. Rows of own cells, whatever made them, read by their labels and by the heads above them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.report.model import Cell, CellState, Place, Unreadable
from gongkai.report.read import labels
from gongkai.report.read.document import Box, Table
from gongkai.report.read.figures import looks_like_value, tidy
from gongkai.report.read.gathered import Gathered, Slot
from gongkai.report.read.labels import APPLICANT_COLUMNS, REMEDY_COLUMN_KEYS, REMEDY_GROUP_KEYS, core, plain
from gongkai.rules.annual_report_2021 import tables as form_2021

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
CUT_BY_PAGE = "这一行被分页分成两半，不能确定各格的数字"
REMEDY_CELLS = tuple((group, column) for group in REMEDY_GROUP_KEYS for column in REMEDY_COLUMN_KEYS)

LABELS_ABOVE = {row.key: bool(row.part) + bool(row.group) for row in form_2021.APPLICATION_ROWS}


@dataclass(frozen=True, slots=True)
class Head:
    """表头的一格: what it means, as printed, and the columns of the grid it stands over."""

    key: str
    printed: str
    left: int
    width: int = 1


@dataclass(slots=True)
class GridReader:
    """逐行读表. The tables of a document follow each other, as a page cut may fall anywhere."""

    gathered: Gathered
    where: str = ""
    group: str = ""
    proactive_heads: list[Head] = field(default_factory=list)
    all_proactive_heads: list[str] = field(default_factory=list)
    applicant_heads: list[Head] = field(default_factory=list)
    organisations: Head | None = None
    remedy_groups: list[Head] = field(default_factory=list)
    remedy_heads: list[Head] = field(default_factory=list)
    remedies_placed: bool = False  # the heads have had their figures; another table brings its own
    last_row: str = ""
    waiting: tuple[str, tuple[Box, ...]] | None = None
    begins_table: bool = False  # a page may have cut the row above

    def read(self, tables: Iterable[Table]) -> None:
        """Read all tables of the document."""
        for table in tables:
            self.begins_table = True
            if self.remedies_placed:
                self.remedy_groups, self.remedy_heads, self.remedies_placed = [], [], False
            left_blank = self._left_blank()
            for row in table.rows:
                if any(tidy(box.text) for box in row):
                    self._row(row)
                    if self.begins_table and left_blank:
                        self._doubt_if_blank(left_blank)
                    self.begins_table = False
                elif row:
                    self._blank_row(row)
        self._finish()

    def _left_blank(self) -> str:
        """The row of 表三 before this table, when it alone is blank and is not the form's last: a page may have cut it."""
        rows = self.gathered.tables.get("applications", {})
        if (
            self.where != "applications"
            or self.last_row in ("", "carried_out")
            or not _is_blank(rows, self.last_row)
        ):
            return ""
        return "" if all(_is_blank(rows, row) for row in rows) else self.last_row

    def _doubt_if_blank(self, row: str) -> None:
        """The next page has not given the figures either: they may have been lost between the two."""
        if _is_blank(self.gathered.tables["applications"], row):
            self.gathered.doubt("applications", row, APPLICANT_COLUMNS, CUT_BY_PAGE)

    def _row(self, row: tuple[Box, ...]) -> None:
        if (
            self._opens_block(row)
            or self._proactive_heads(row)
            or self._remedy_heads(row)
            or self._applicant_heads(row)
        ):
            return
        if self._proactive(row) or self._remedies_by_row(row) or self._applications(row):
            return
        if self.where == "remedies":
            self._remedies(row)

    def _blank_row(self, row: tuple[Box, ...]) -> None:
        """A row of empty cells is the figures of 表四 left blank; elsewhere it says nothing."""
        known = self.gathered.tables.get("remedies")  # Word ends a table with an empty row of no height
        if self.where != "remedies" or not self.remedy_heads:
            return
        if len(row) == len(REMEDY_CELLS) and not known:
            self._remedies(row)
        elif not self.remedies_placed:
            self._some_remedies(row)

    # 表二 ----------------------------------------------------------------------------------

    def _opens_block(self, row: tuple[Box, ...]) -> bool:
        if any(plain(box.text).startswith("第二十条第") and len(plain(box.text)) <= 12 for box in row):
            self.where = "proactive"
            self.proactive_heads = []
            return True
        return False

    def _proactive_heads(self, row: tuple[Box, ...]) -> bool:
        heads = _distinct(Head(labels.proactive_head(b.text), b.text, b.left, b.colspan) for b in row)
        if not heads and not any(plain(box.text) == "信息内容" for box in row):
            return False
        if self.where not in ("", "proactive") and not any(plain(box.text) == "信息内容" for box in row):
            return False
        self.where = "proactive"
        self.proactive_heads = heads
        self.all_proactive_heads += [head.printed for head in heads]
        self.gathered.heads.update(head.key for head in heads)
        return True

    def _proactive(self, row: tuple[Box, ...]) -> bool:
        if self.where not in ("", "proactive"):
            return False
        index = next((i for i, box in enumerate(row[:3]) if tidy(box.text)), 0)
        key = labels.proactive_row(row[index].text)
        if not key or (
            self.where == "" and not any(looks_like_value(tidy(b.text)) for b in row[index + 1 :])
        ):
            return False
        self.where = "proactive"
        values = row[index + 1 :]
        columns = self._columns_of(key, len(values))
        self.gathered.saw_row("proactive", row[index].text, key)
        slots = _fitted(values, len(columns)) or self._under_heads(values, self.proactive_heads)
        if slots is None:
            self.gathered.refuse("proactive", key, columns, _miscounted(len(values), len(columns)))
        else:
            self.gathered.put("proactive", key, columns, slots)
        return True

    def _columns_of(self, row: str, count: int) -> list[str]:
        """By the heads; where one of them is unknown, by the form, when the row has as many cells as the form's."""
        printed, usual = [head.key for head in self.proactive_heads], list(self._usual_columns(row))
        one_unknown = 0 < len(printed) < len(usual) == count and set(printed) < set(usual)
        return usual if one_unknown or not printed else printed

    def _usual_columns(self, row: str) -> tuple[str, ...]:
        """The columns of the row when a page cut has taken its heads away."""
        older = bool(self.gathered.heads & labels.HEADS_2019) or row in ("other_services", "procurement")
        known = labels.PROACTIVE_COLUMNS_2019 if older else labels.PROACTIVE_COLUMNS_2021
        return known.get(row, ("decisions",))

    def _under_heads(self, values: Sequence[Box], heads: Sequence[Head]) -> list[Slot] | None:
        """The boxes that begin exactly under each head, when nothing of weight stands elsewhere."""
        found = [next((box for box in values if box.left == head.left), None) for head in heads]
        chosen = [box for box in found if box is not None]
        others = [box for box in values if box not in chosen and tidy(box.text)]
        if (
            not heads
            or len({head.left for head in heads}) != len(chosen)
            or len(chosen) != len(heads)
            or others
        ):
            return None
        return [_slot(box) for box in chosen]

    # 表三 ----------------------------------------------------------------------------------

    def _applicant_heads(self, row: tuple[Box, ...]) -> bool:
        words = [plain(box.text) for box in row]
        opens = any("勾稽关系" in each or each == "申请人情况" for each in words)
        heads = [Head(labels.applicant_head(b.text), b.text, b.left, b.colspan) for b in row]
        known = [head for head in heads if head.key]
        organisations = next(
            (Head("", b.text, b.left, b.colspan) for b in row if labels.ORGANISATIONS_HEAD in plain(b.text)),
            None,
        )
        has_figures = sum(looks_like_value(tidy(box.text)) for box in row) >= 3
        continues = self.where == "applications" and not self.last_row and bool(known)
        if has_figures or not (opens or organisations or len(known) >= 3 or continues):
            return False
        self.where = "applications"
        self.organisations = self.organisations or organisations
        for head in known:
            if all(head.key != each.key for each in self.applicant_heads):
                self.applicant_heads.append(head)
        return True

    def _applications(self, row: tuple[Box, ...]) -> bool:
        leaf, key = self._leaf(row)
        if leaf is None:
            return self._unmatched(row)
        if self.where != "applications" and key in ("total", "other_remaining", "other"):
            return False
        values = row[leaf + 1 :]
        if not values:
            return self._label_alone(key, row[leaf].text)
        self.where = "applications"
        if self.waiting is not None and not _filled(values) and (self.begins_table or self.waiting[0]):
            self._place_halves(key, row[leaf].text)
            return True
        self._settle_waiting()
        self._place_row(key, row[leaf].text, values)
        return True

    def _place_halves(self, key: str, label: str) -> None:
        """A row cut by a page: its figures stand above, its label or the end of it here."""
        first, values = self.waiting or ("", ())
        self.waiting = None
        if not first or labels.application_row(first + label, group=self.group) == key:
            self._place_row(key, first + label, values)
        else:
            self.gathered.saw_row("applications", first + label, key)
            self.gathered.refuse(
                "applications", key, APPLICANT_COLUMNS, "这一行被分页分成两半，不能确定数字属于哪一行"
            )

    def _leaf(self, row: tuple[Box, ...]) -> tuple[int | None, str]:
        """The label next to the figures, and its row. Labels one level up set the group."""
        leaf, key = None, ""
        for index, box in enumerate(row[: max(len(row) - 6, 1)]):
            if not _CHINESE.search(box.text) or looks_like_value(tidy(box.text)):
                continue
            words = core(box.text)
            if words in labels.GROUP_WORDS and words not in ("予以公开", "部分公开"):
                self.group = words
            found = labels.application_row(box.text, group=self.group)
            if found:
                leaf, key = index, found
        return leaf, key

    def _label_alone(self, key: str, label: str) -> bool:
        """A heading within the table, or a row whose figures are not beside it."""
        if core(label) in labels.GROUP_WORDS:
            return True
        if self.where == "applications" and all(printed.row != key for printed in self.gathered.printed_rows):
            self.gathered.saw_row("applications", label, key)
            self.gathered.unreadable.append(
                Unreadable(Place("applications", key), "这一行后面没有数字，可能已丢失")
            )
        return False

    def _place_row(self, key: str, label: str, values: tuple[Box, ...]) -> None:
        self.gathered.saw_row("applications", label, key)
        self.last_row = key
        order = column_order(self.applicant_heads, self.organisations)
        if order is None:
            self.gathered.refuse(
                "applications", key, APPLICANT_COLUMNS, "表头的列与格式不同，不能确定各列的含义"
            )
            return
        slots = (
            (self._beside_label(values) if len(values) != len(order) else None)
            or _fitted_at_end(values, len(order))
            or self._one_too_many(values)
            or self._behind_spare_labels(key, values)
            or _all_in_a_row(values, len(order))
        )
        if slots is None:
            self.gathered.refuse("applications", key, APPLICANT_COLUMNS, _miscounted(len(values), len(order)))
        else:
            self.gathered.put("applications", key, order, slots)

    def _beside_label(self, values: tuple[Box, ...]) -> list[Slot] | None:
        """The boxes under the seven heads, when the first head stands right behind the label: others are spare."""
        heads = sorted(self.applicant_heads, key=lambda head: head.left)
        if len(heads) != len(APPLICANT_COLUMNS) or values[0].left != heads[0].left:
            return None
        return self._under_heads(values, heads)

    def _behind_spare_labels(self, key: str, values: tuple[Box, ...]) -> list[Slot] | None:
        """The boxes under the seven heads behind empty ones. An empty last one may mean that the row has moved,

        unless the label stands where the form has it.
        """
        heads = sorted(self.applicant_heads, key=lambda head: head.left)
        slots = self._under_heads(values, heads) if len(heads) == len(APPLICANT_COLUMNS) else None
        if not slots or tidy(slots[-1].text) or not any(tidy(slot.text) for slot in slots):
            return slots
        end = values[-1].left + values[-1].colspan
        stands_right = values[0].left == LABELS_ABOVE.get(key, 0) + 1 and end == heads[-1].left + 1
        return slots if stands_right else None

    def _one_too_many(self, values: tuple[Box, ...]) -> list[Slot] | None:
        """A column without a head between the seven: its figure must be nothing."""
        heads = sorted(self.applicant_heads, key=lambda head: head.left)
        if len(heads) != len(APPLICANT_COLUMNS) or heads[-1].left - heads[0].left + 1 != len(values):
            return None
        if [head.key for head in heads] != list(APPLICANT_COLUMNS):
            return None
        chosen = {head.left - heads[0].left for head in heads}
        extra = [tidy(box.text) for index, box in enumerate(values) if index not in chosen]
        if any(text not in ("", "0") for text in extra):
            return None
        return [_slot(values[index]) for index in sorted(chosen)]

    def _unmatched(self, row: tuple[Box, ...]) -> bool:
        """A label that means nothing alone: the other half of one cut by a page, or a row of its own."""
        if self.where != "applications" or (not self.last_row and not self.applicant_heads):
            return False
        index = max((i for i, box in enumerate(row[: max(len(row) - 6, 1)]) if _is_label(box)), default=-1)
        label, values = (row[index].text if index >= 0 else ""), row[index + 1 :]
        is_group = core(label) in labels.GROUP_WORDS or labels.begins_table_row(plain(label))
        if is_group and core(label) in labels.GROUP_WORDS:
            self.group = core(label)
        label = "" if is_group else label
        if self._second_half(label, values):
            return True
        if _filled(values) or (label and self.waiting is None):
            self._settle_waiting()
            self.waiting = (label, values)
        return True

    def _second_half(self, label: str, values: tuple[Box, ...]) -> bool:
        """Join this row to the one above when their labels make one."""
        if self.waiting is not None and label:
            first, earlier = self.waiting
            key = labels.application_row(first + label, group=self.group)
            if key and not (_filled(values) and _filled(earlier)):
                self.waiting = None
                self._place_row(key, first + label, values if _filled(values) else earlier)
                return True
        if not self.last_row or self.waiting is not None:
            return False
        official = {wording.words for wording in labels.APPLICATION_WORDINGS if wording.key == self.last_row}
        ends = any(words.endswith(plain(label)) and len(plain(label)) < len(words) for words in official)
        if not ends:
            return False
        if label:
            self.gathered.add_to_label(label)
        if not _filled(values):
            return bool(label)
        return (self.begins_table or bool(label)) and self._add_figures(values)

    def _add_figures(self, values: tuple[Box, ...]) -> bool:
        """The figures of the row above, whose own cells were empty where the page cut it."""
        known = self.gathered.tables.get("applications", {})
        if any(cell.state is not CellState.BLANK for cell in known.get(self.last_row, {}).values()):
            return self.begins_table and self._add_halves(values)
        known.pop(self.last_row, None)
        printed = self.gathered.printed_rows.pop()
        self._place_row(self.last_row, printed.label, values)
        return True

    def _add_halves(self, values: tuple[Box, ...]) -> bool:
        """A row whose cells a page has cut: what stands above and below in one cell may be one number or not."""
        above = self.gathered.tables["applications"][self.last_row]
        order = column_order(self.applicant_heads, self.organisations)
        below = _fitted_at_end(values, len(above)) if order is not None else None
        if order is None or below is None:
            self.gathered.doubt("applications", self.last_row, tuple(above), CUT_BY_PAGE)
            return True
        cut = [column for column, slot in zip(order, below, strict=True) if tidy(slot.text)]
        blank = [column for column in cut if above[column].state is CellState.BLANK]
        if cut == blank and not any(
            above[column].state is CellState.BLANK for column in above if column not in cut
        ):
            slots = [slot for slot in below if tidy(slot.text)]
            for column in blank:
                del above[column]
            self.gathered.put("applications", self.last_row, blank, slots)
        else:
            self.gathered.doubt("applications", self.last_row, tuple(cut), CUT_BY_PAGE)
        return True

    def _settle_waiting(self) -> None:
        if self.waiting is not None:
            label, values = self.waiting
            self.waiting = None
            if _filled(values):
                self.gathered.put_unnamed("applications", label, [_slot(box) for box in values])

    # 表四 ----------------------------------------------------------------------------------

    def _remedy_heads(self, row: tuple[Box, ...]) -> bool:
        groups = [Head(labels.remedy_group(b.text), b.text, b.left, b.colspan) for b in row]
        groups = [head for head in groups if head.key]
        alone = bool(groups) and not self.remedy_heads and sum(bool(tidy(box.text)) for box in row) == 1
        heads = [Head(labels.remedy_head(b.text), b.text, b.left, b.colspan) for b in row]
        heads = [head for head in heads if head.key]
        has_figures = sum(looks_like_value(tidy(box.text)) for box in row) >= 3
        suits = any(plain(box.text) == labels.SUITS_HEAD for box in row)
        if has_figures or not (
            suits or alone or len(groups) >= 2 or len([h for h in heads if h.key != "total"]) >= 3
        ):
            return False
        self._settle_waiting()
        self.where = "remedies"
        self.remedy_groups = _distinct([*self.remedy_groups, *groups])
        lefts = {head.left for head in self.remedy_heads}
        self.remedy_heads += [head for head in heads if head.left not in lefts]
        return True

    def _remedies_by_row(self, row: tuple[Box, ...]) -> bool:
        """A table with one line for each group: 行政复议 | 1 | 0 | 0 | 0 | 1."""
        if self.where != "remedies":
            return False
        index = max((i for i, box in enumerate(row[:3]) if labels.remedy_group(box.text)), default=None)
        if index is None or len(row) - index - 1 != len(REMEDY_COLUMN_KEYS):
            return False
        heads = sorted(self.remedy_heads, key=lambda head: head.left)
        if [head.key for head in heads] != list(REMEDY_COLUMN_KEYS):
            return False
        key = labels.remedy_group(row[index].text)
        self.gathered.saw_row("remedies", row[index].text, key)
        self.gathered.saw_columns("remedies", [head.printed for head in heads])
        self.gathered.put("remedies", key, REMEDY_COLUMN_KEYS, [_slot(box) for box in row[index + 1 :]])
        return True

    def _remedies(self, row: tuple[Box, ...]) -> None:
        values = row[1:] if len(row) == len(REMEDY_CELLS) + 1 and _is_label(row[0]) else row
        if self._some_remedies(values):
            return
        if len(values) < len(REMEDY_CELLS) // 2 or any(_is_label(box) for box in values):
            return
        order = remedy_order(self.remedy_groups, self.remedy_heads)
        self._saw_remedy_heads()
        if order is None:
            self._refuse_remedies("表头的列与格式不同，不能确定各列的含义")
            return
        slots = _fitted(values, len(order))
        if slots is None and len(self.remedy_heads) == len(order):
            slots = self._under_heads(values, sorted(self.remedy_heads, key=lambda head: head.left))
        if slots is None:
            self._refuse_remedies(_miscounted(len(values), len(order)))
            return
        for group in REMEDY_GROUP_KEYS:
            places = [index for index, cell in enumerate(order) if cell[0] == group]
            self.gathered.put("remedies", group, [order[i][1] for i in places], [slots[i] for i in places])

    def _some_remedies(self, values: tuple[Box, ...]) -> bool:
        """A table of its own for 行政复议 or for 行政诉讼: five figures for each group it names."""
        size = len(REMEDY_COLUMN_KEYS)
        groups = sorted(self.remedy_groups, key=lambda head: head.left)
        heads = sorted(self.remedy_heads, key=lambda head: head.left)
        if len(groups) >= len(REMEDY_GROUP_KEYS) or not len(values) == len(heads) == size * len(groups) > 0:
            return False
        blocks = [tuple(head.key for head in heads[at : at + size]) for at in range(0, len(heads), size)]
        if any(block != REMEDY_COLUMN_KEYS for block in blocks) or any(_is_label(box) for box in values):
            return False
        for index, group in enumerate(groups):
            self.gathered.saw_row("remedies", group.printed, group.key)
            cells = [_slot(box) for box in values[index * size : (index + 1) * size]]
            self.gathered.put("remedies", group.key, REMEDY_COLUMN_KEYS, cells)
        self.gathered.saw_columns("remedies", [head.printed for head in heads])
        self.remedies_placed = True
        return True

    def _refuse_remedies(self, why: str) -> None:
        for group in REMEDY_GROUP_KEYS:
            self.gathered.refuse("remedies", group, REMEDY_COLUMN_KEYS, why)

    def _saw_remedy_heads(self) -> None:
        if any(printed.table == "remedies" for printed in self.gathered.printed_rows):
            return
        for head in sorted(self.remedy_groups, key=lambda head: head.left):
            self.gathered.saw_row("remedies", head.printed, head.key)
        self.gathered.saw_columns(
            "remedies", [h.printed for h in sorted(self.remedy_heads, key=lambda h: h.left)]
        )

    def _finish(self) -> None:
        self._settle_waiting()
        if self.all_proactive_heads:
            self.gathered.saw_columns("proactive", self.all_proactive_heads)
        if self.applicant_heads:
            order = column_order(self.applicant_heads, self.organisations) or ()
            heads = sorted(
                self.applicant_heads,
                key=lambda head: order.index(head.key) if head.key in order and len(order) > 1 else head.left,
            )
            self.gathered.saw_columns("applications", [head.printed for head in heads])
        if self.remedy_heads:
            self._saw_remedy_heads()
        self.gathered.name_the_unnamed(APPLICANT_COLUMNS)


def column_order(heads: Sequence[Head], organisations: Head | None) -> tuple[str, ...] | None:
    """The seven columns as they stand, the official order when the heads do not speak against it.

    Two heads over one column: the page has lost its merged cells, and only the order within each row still counts.
    """
    if len({head.left for head in heads}) < len(heads):
        return _order_without_spans(heads, organisations)
    printed = [head.key for head in sorted(heads, key=lambda head: head.left)]
    if sorted(printed) == sorted(APPLICANT_COLUMNS):
        return tuple(printed)
    places = [APPLICANT_COLUMNS.index(key) for key in printed]
    return APPLICANT_COLUMNS if places == sorted(places) else None


def _order_without_spans(heads: Sequence[Head], organisations: Head | None) -> tuple[str, ...] | None:
    kinds = [head.key for head in heads if head.key in APPLICANT_COLUMNS[1:6]]
    upper = [*(head for head in heads if head.key not in kinds), *([organisations] if organisations else [])]
    if len({head.left for head in upper}) < 3 or len(kinds) != len(APPLICANT_COLUMNS) - 2:
        return None
    inner = {"": kinds}
    ordered = sorted(upper, key=lambda head: head.left)
    return tuple(key for head in ordered for key in inner.get(head.key, [head.key]))


def remedy_order(groups: Sequence[Head], heads: Sequence[Head]) -> tuple[tuple[str, str], ...] | None:
    """The fifteen columns as they stand: (group, result) from left to right."""
    group_keys = [head.key for head in sorted(groups, key=lambda head: head.left)]
    if sorted(group_keys) != sorted(REMEDY_GROUP_KEYS):
        places = [REMEDY_GROUP_KEYS.index(key) for key in group_keys]
        if places != sorted(places):
            return None
        group_keys = list(REMEDY_GROUP_KEYS)
    results = [head.key for head in sorted(heads, key=lambda head: head.left)]
    if len(results) != len(REMEDY_CELLS):
        return tuple((group, column) for group in group_keys for column in REMEDY_COLUMN_KEYS)
    size = len(REMEDY_COLUMN_KEYS)
    blocks = [results[start : start + size] for start in range(0, len(results), size)]
    if any(sorted(block) != sorted(REMEDY_COLUMN_KEYS) for block in blocks):
        return None
    return tuple((group, result) for group, block in zip(group_keys, blocks, strict=True) for result in block)


def _distinct(heads: Iterable[Head]) -> list[Head]:
    found: list[Head] = []
    for head in heads:
        if head.key and all(head.key != each.key for each in found):
            found.append(head)
    return found


def _is_blank(rows: Mapping[str, Mapping[str, Cell]], row: str) -> bool:
    return all(cell.state is CellState.BLANK for cell in rows.get(row, {}).values())


def _filled(values: Iterable[Box]) -> bool:
    return any(tidy(box.text) for box in values)


def _is_label(box: Box) -> bool:
    return bool(_CHINESE.search(box.text)) and not looks_like_value(tidy(box.text))


def _slot(box: Box) -> Slot:
    return Slot(box.text, box.doubtful)


def _fitted(values: Sequence[Box], count: int) -> list[Slot] | None:
    """Exactly ``count`` figures, spare empty cells behind them or one figure in a merged cell allowed."""
    if len(values) == count:
        return [_slot(box) for box in values]
    if len(values) > count and not any(tidy(box.text) for box in values[count:]):
        first = values[:count]
        if all(tidy(box.text) for box in first) or not any(tidy(box.text) for box in first):
            return [_slot(box) for box in first]
    if count == 1 and values:
        filled = [box for box in values if tidy(box.text)]
        if len({tidy(box.text) for box in filled}) == 1:
            return [_slot(filled[0])]
    return None


def _fitted_at_end(values: Sequence[Box], count: int) -> list[Slot] | None:
    """Exactly ``count`` figures, after empty cells that belong to the label."""
    spare = len(values) - count
    if spare < 0 or any(tidy(box.text) for box in values[:spare]):
        return _fitted(values, count)
    rest = values[spare:]
    at_both_ends = bool(tidy(rest[0].text)) and bool(tidy(rest[-1].text))
    certain = spare == 0 or at_both_ends or not any(tidy(box.text) for box in rest)
    return [_slot(box) for box in rest] if certain else None


def _all_in_a_row(values: Sequence[Box], count: int) -> list[Slot] | None:
    """Exactly ``count`` filled boxes side by side, with spare ones before and behind them."""
    filled = [index for index, box in enumerate(values) if tidy(box.text)]
    if len(filled) != count or filled[-1] - filled[0] + 1 != count:
        return None
    return [_slot(values[index]) for index in filled]


def _miscounted(found: int, wanted: int) -> str:
    return f"这一行有{found}格，应为{wanted}格，不能确定哪一格对应哪一列"
