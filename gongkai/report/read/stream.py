"""没有表格线的文字. Labels and figures that follow each other line by line, with or without marks between cells."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gongkai.report.read import labels
from gongkai.report.read.figures import looks_like_value, tidy
from gongkai.report.read.gathered import Gathered, Slot
from gongkai.report.read.labels import APPLICANT_COLUMNS, REMEDY_COLUMN_KEYS, REMEDY_GROUP_KEYS, plain
from gongkai.report.read.tables import REMEDY_CELLS
from gongkai.rules.annual_report_2021 import tables as form_2021

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHORT_LABEL = 60
_REMEDY_GROUPS = tuple(labels.REMEDY_GROUPS)
_WHOLE_HEADS = "".join(column.label for column in form_2021.REMEDY_COLUMNS)
_CUT_HEADS = "".join(column.label[:2] for column in form_2021.REMEDY_COLUMNS)


@dataclass(slots=True)
class Run:
    """一段标签和它后面的格. ``slots`` holds "" for a cell known to be empty."""

    label: str
    slots: list[str] = field(default_factory=list)
    first: int = 0  # the line its label begins on
    last: int = 0  # the line its last cell stands on


@dataclass(slots=True)
class StreamReader:
    """逐段读. ``lines`` are those between two headings; what is no part of the table stays prose."""

    gathered: Gathered
    where: str = ""
    group: str = ""
    heads: list[str] = field(default_factory=list)
    all_heads: list[str] = field(default_factory=list)
    column_order: tuple[str, ...] | None = APPLICANT_COLUMNS
    row_printed: bool = False
    by_line: bool = False  # 表四 has a line for each group, under one set of heads
    usual_spare: int | None = None  # as met in an earlier table of the document

    def read(self, lines: Sequence[str], *, where: str, at_end: bool = False) -> list[str]:
        """Take the table out of the lines and give back the prose around it. ``at_end``: nothing follows them."""
        start = next((i for i, line in enumerate(lines) if opens_table(line, where)), None)
        if start is None:
            return [line for line in lines if line.strip(" |")]
        self.where, self.group = where, ""
        runs, has_slots = _runs(lines[start:], is_row=self._row_named)
        runs = self._with_heads_joined(runs)
        tail = self._tail(runs, start, at_end=at_end)
        spare = self._spare(runs) if has_slots else 0
        for index, run in enumerate(runs):
            following = runs[index + 1].label if index + 1 < len(runs) else ""
            if spare > 0 and index + 1 == len(runs) and self._lacks_a_mark(run, spare):
                run.slots.append("")  # no row follows whose first mark would stand behind the last cell
            self._run(run, following, spare=spare, has_slots=has_slots)
        if where == "remedies" and self.row_printed and "remedies" not in self.gathered.tables:
            self._refuse_remedies("文字中的表四没有数字，可能已丢失")
        if self.all_heads:
            self.gathered.saw_columns("proactive", self.all_heads)
        before = [line for line in lines[:start] if line.strip(" |")]
        return before + [line for line in lines[tail:] if line.strip(" |")]

    def _with_heads_joined(self, runs: list[Run]) -> list[Run]:
        """Heads and groups have no figures: empty pieces behind them belong to merged cells."""
        joined: list[Run] = []
        label, first = "", 0
        began = self.where != "applications"
        for run in runs:
            key = self._row_named(run.label)
            is_row = bool(key) and (began or key != "total")
            if any(run.slots) or is_row:
                began = began or bool(key)
                whole = f"{label}\n{run.label}" if label else run.label
                joined.append(Run(whole, run.slots, first if label else run.first, run.last))
                label = ""
            else:
                first = first if label else run.first
                label = f"{label}\n{run.label}" if label else run.label
        if label:
            joined.append(Run(label, [], first, runs[-1].last))
        return joined

    def _row_named(self, label: str) -> str:
        if self.where == "proactive":
            return _proactive_ending(label)
        if self.where == "applications":
            return labels.ending_row(label, group=_group_in(label) or self.group)[0]
        return ""

    def _tail(self, runs: list[Run], start: int, *, at_end: bool) -> int:
        """The first line behind the table: a last label that is a sentence is prose."""
        last = runs[-1]
        if last.slots:
            return start + last.last + 1
        is_begun = at_end and any(row.startswith(plain(last.label)[-8:]) for row in labels.known_rows())
        named = bool(self._row_named(last.label)) or self._means_row(last.label)
        if named and not at_end:
            return start + last.last + 1
        runs.pop()
        if named or is_begun or _is_fragment(last.label):
            return start + last.last + 1
        return start + last.first

    def _means_row(self, label: str) -> bool:
        return bool(
            labels.proactive_row(label) or labels.remedy_group(label) or opens_table(label, self.where)
        )

    def _spare(self, runs: Sequence[Run]) -> int:
        """How many empty pieces a row leaves behind its last cell, by the rows whose first cells are all filled."""
        met = Counter(
            len(run.slots) - wanted
            for run in runs
            if (wanted := self._wanted(run)) > 1 and len(run.slots) >= wanted and all(run.slots[:wanted])
        )
        if met:
            self.usual_spare = met.most_common(1)[0][0]
        return self.usual_spare or 0

    def _lacks_a_mark(self, run: Run, spare: int) -> bool:
        if self.where == "proactive" and not self._wanted(run):
            return bool(run.slots) and not any(run.slots)
        return len(run.slots) + 1 == self._wanted(run) + spare

    def _wanted(self, run: Run) -> int:
        """How many cells the row has in the form, 0 for what is no row."""
        if self.where == "applications" and self._row_named(run.label):
            return len(APPLICANT_COLUMNS)
        if self.where == "proactive" and _proactive_ending(run.label) in ("rules", "normative_documents"):
            return 3
        return (
            len(REMEDY_CELLS) if self.where == "remedies" and len(run.slots) > len(REMEDY_CELLS) // 2 else 0
        )

    def _run(self, run: Run, following: str, *, spare: int, has_slots: bool) -> None:
        if self.where == "proactive":
            self._proactive(run, spare=spare, has_slots=has_slots)
        elif self.where == "applications":
            self._application(run, following, spare=spare, has_slots=has_slots)
        elif self.where == "remedies":
            self._remedies(run, spare=spare, has_slots=has_slots)

    # 表二 ----------------------------------------------------------------------------------

    def _proactive(self, run: Run, *, spare: int, has_slots: bool) -> None:
        heads = _heads_in(run.label)
        if heads:
            self.heads = [key for key, _ in heads]
            self.all_heads += [printed for _, printed in heads]
            self.gathered.heads.update(self.heads)
        for missed in _rows_without_figures(run.label):
            self._proactive_row(missed, [], spare=spare, has_slots=has_slots)
        key = _proactive_ending(run.label)
        if key:
            self._proactive_row(key, run.slots, spare=spare, has_slots=has_slots)

    def _proactive_row(self, key: str, slots: list[str], *, spare: int, has_slots: bool) -> None:
        older = bool(self.gathered.heads & labels.HEADS_2019)
        usual = (labels.PROACTIVE_COLUMNS_2019 if older else labels.PROACTIVE_COLUMNS_2021).get(
            key, ("decisions",)
        )
        columns = list(usual) if set(self.heads) < set(usual) else self.heads
        self.gathered.saw_row("proactive", _printed_proactive(key), key)
        self._put("proactive", key, columns, slots, spare=spare, has_slots=has_slots)

    # 表三 ----------------------------------------------------------------------------------

    def _application(self, run: Run, following: str, *, spare: int, has_slots: bool) -> None:
        self.group = _group_in(run.label) or self.group
        key, before = labels.ending_row(run.label, group=self.group)
        if "勾稽关系" in plain(run.label) or "自然人" in plain(run.label):
            self._applicant_heads(run.label)
        for missed in _application_rows_without_figures(before):
            if missed == key:
                continue  # the label is printed twice
            self.gathered.saw_row("applications", _official_label(missed), missed)
            self.gathered.refuse(
                "applications", missed, APPLICANT_COLUMNS, "文字中这一行后面没有数字，可能已丢失"
            )
        if not key:
            if run.slots and any(run.slots) and len(run.slots) >= 3:
                self.gathered.put_unnamed("applications", run.label, [Slot(slot) for slot in run.slots])
            return
        self.gathered.saw_row("applications", _unbroken(_label_of(run.label, before), key), key)
        if self.column_order is None:
            self.gathered.refuse(
                "applications", key, APPLICANT_COLUMNS, "表头的列与格式不同，不能确定各列的含义"
            )
            return
        if not has_slots and _took_the_next_number(run.slots, following):
            why = "这一行末尾的数字可能是下一行的序号，不能确定各格"
            self.gathered.refuse("applications", key, APPLICANT_COLUMNS, why)
            return
        self._put("applications", key, self.column_order, run.slots, spare=spare, has_slots=has_slots)

    def _applicant_heads(self, label: str) -> None:
        """Heads come in the order of reading: 自然人, 法人或其他组织, 总计, then the five kinds."""
        words = plain(label)
        end = words.find("一本年新收")
        words = words[: end if end >= 0 else len(words)]
        words = words[words.find("申请人情况") :] if "申请人情况" in words else words
        found = _in_order(words, (*labels.APPLICANT_HEADS, labels.ORGANISATIONS_HEAD))
        keys = [labels.APPLICANT_HEADS.get(each, "organisations") for each in found]
        printed = {labels.APPLICANT_HEADS[each]: each for each in found if each in labels.APPLICANT_HEADS}
        kinds = [key for key in keys if key in APPLICANT_COLUMNS[1:6]]
        if len(printed) != len(APPLICANT_COLUMNS) or len(kinds) != len(APPLICANT_COLUMNS) - 2:
            return
        order: tuple[str, ...] = APPLICANT_COLUMNS
        if "organisations" in keys:
            upper = [key for key in keys if key in ("natural_person", "organisations", "total")]
            if upper != ["natural_person", "total", "organisations"]:
                order = tuple(each for key in upper for each in (kinds if key == "organisations" else [key]))
            else:
                order = ("natural_person", *kinds, "total")
        else:
            order = tuple(keys)
        self.column_order = order if sorted(order) == sorted(APPLICANT_COLUMNS) else None
        self.gathered.saw_columns("applications", [printed[key] for key in order])

    # 表四 ----------------------------------------------------------------------------------

    def _remedies(self, run: Run, *, spare: int, has_slots: bool) -> None:
        words = plain(run.label)
        if not self.row_printed and ("行政复议" in words or "复议后起诉" in words):
            self.row_printed = True
            for printed in _in_order(words, tuple(labels.REMEDY_GROUPS)):
                self.gathered.saw_row("remedies", printed, labels.REMEDY_GROUPS[printed])
            heads = _in_order(words, tuple(labels.REMEDY_HEADS))
            if len(heads) == len(REMEDY_CELLS):
                self.gathered.saw_columns("remedies", heads)
        if not run.slots:
            return
        if not any(run.slots) and len(run.slots) < len(REMEDY_CELLS):
            return
        words = _with_heads_completed(words)
        heads_read = [labels.REMEDY_HEADS[head] for head in _in_order(words, tuple(labels.REMEDY_HEADS))]
        usual = list(REMEDY_COLUMN_KEYS)
        if self._some_remedies(run, heads_read, spare=spare, has_slots=has_slots):
            return
        blocks = [heads_read[start : start + 5] for start in range(0, len(heads_read), 5)]
        groups = [labels.REMEDY_GROUPS[each] for each in _in_order(words, tuple(labels.REMEDY_GROUPS))]
        if (heads_read and any(block != usual for block in blocks)) or (
            groups and groups != list(REMEDY_GROUP_KEYS)
        ):
            self._refuse_remedies("表头的列与格式不同，不能确定各列的含义")
            return
        slots = run.slots
        if spare and len(slots) > len(REMEDY_CELLS) and not slots[0]:  # the mark that begins the row
            slots = (
                slots[1 : len(REMEDY_CELLS) + 1] + [""] * spare
                if not any(slots[len(REMEDY_CELLS) + 1 :])
                else slots
            )
        fitted = _fit(slots, len(REMEDY_CELLS), spare=spare, has_slots=has_slots)
        if fitted is None:
            self._refuse_remedies(_miscounted(run.slots, len(REMEDY_CELLS)))
            return
        size = len(REMEDY_COLUMN_KEYS)
        for index, group in enumerate(REMEDY_GROUP_KEYS):
            cells = [Slot(text) for text in fitted[index * size : (index + 1) * size]]
            self.gathered.put("remedies", group, REMEDY_COLUMN_KEYS, cells)

    def _some_remedies(self, run: Run, heads: list[str], *, spare: int, has_slots: bool) -> bool:
        """A table of its own for 行政复议 or for 行政诉讼, or a line for each group under five heads."""
        groups = [labels.REMEDY_GROUPS[each] for each in _in_order(plain(run.label), _REMEDY_GROUPS)]
        size = len(REMEDY_COLUMN_KEYS)
        if heads:
            self.by_line = heads == list(REMEDY_COLUMN_KEYS) and run.label.rstrip().endswith(_REMEDY_GROUPS)
        elif not self.by_line:
            return False
        if not 0 < len(groups) < len(REMEDY_GROUP_KEYS) or (
            heads and heads != list(REMEDY_COLUMN_KEYS) * len(groups)
        ):
            return False
        fitted = _fit(run.slots, size * len(groups), spare=spare, has_slots=has_slots)
        for index, group in enumerate(groups):
            if fitted is None:
                self.gathered.refuse("remedies", group, REMEDY_COLUMN_KEYS, _miscounted(run.slots, size))
            else:
                cells = [Slot(text) for text in fitted[index * size : (index + 1) * size]]
                self.gathered.put("remedies", group, REMEDY_COLUMN_KEYS, cells)
        return True

    def _refuse_remedies(self, why: str) -> None:
        for group in REMEDY_GROUP_KEYS:
            self.gathered.refuse("remedies", group, REMEDY_COLUMN_KEYS, why)

    def _put(
        self, table: str, row: str, columns: Sequence[str], slots: list[str], *, spare: int, has_slots: bool
    ) -> None:
        fitted = _fit(slots, len(columns), spare=spare, has_slots=has_slots)
        if fitted is None:
            self.gathered.refuse(table, row, columns, _miscounted(slots, len(columns)))
        else:
            self.gathered.put(table, row, columns, [Slot(text) for text in fitted])


def _with_heads_completed(words: str) -> str:
    """The official heads where each has lost what stood on its second line: 结果、结果、其他、尚未、总计."""
    rest = re.sub("|".join(sorted((*_REMEDY_GROUPS, labels.SUITS_HEAD), key=len, reverse=True)), "", words)
    return words.replace(_CUT_HEADS, _WHOLE_HEADS) if rest == 3 * _CUT_HEADS else words


def _group_in(label: str) -> str:
    words = plain(label)
    return next((group for group in reversed(labels.GROUP_WORDS) if group in words), "")


def _is_fragment(label: str) -> bool:
    """Too short for a sentence, or ended in the middle of a label."""
    return len(plain(label)) <= 12 and not label.rstrip().endswith(("。", "；", "：", ":"))


def opens_table(line: str, where: str) -> bool:
    """Whether a table begins with this line."""
    words = plain(line)
    if any(words.startswith(opening) for opening in labels.TABLE_OPENINGS) and len(words) <= _SHORT_LABEL:
        return True
    if where == "remedies":
        return words in ("行政复议", "行政复议行政诉讼", "结果维持") or words.startswith("行政复议结果维持")
    return where == "proactive" and words == "规章"


def _runs(lines: Sequence[str], *, is_row: Callable[[str], str]) -> tuple[list[Run], bool]:
    """Labels with the figures behind them, and whether empty cells are marked."""
    piped = sum("|" in line for line in lines) * 3 >= len(lines)
    runs: list[Run] = [Run("")]
    for label, value, number in _pieces(lines, piped=piped):
        last = runs[-1]
        if value is not None:
            last.slots.append(value)
        elif last.slots and (any(last.slots) or len(last.slots) > 1 or is_row(last.label)):
            runs.append(Run(label, [], number, number))
        else:
            last.slots.clear()
            last.label += ("\n" if last.label else "") + label
        runs[-1].last = number
    return runs, piped


def _pieces(lines: Sequence[str], *, piped: bool) -> list[tuple[str, str | None, int]]:
    """(label, None, line) or ("", figure, line), in order."""
    pieces: list[tuple[str, str | None, int]] = []
    if piped:
        parts: list[tuple[str, int]] = []
        text, first = "", 0
        for number, line in enumerate(lines):
            for index, part in enumerate(line.split("|")):
                if index:
                    parts.append((text, first))
                    text, first = "", number
                if not text:
                    first = number
                text += ("\n" if text and index == 0 else "") + part
        if text.strip():
            parts.append((text, first))
        for part, number in parts:
            pieces += [(text, value, number) for text, value in _cells_between(part)]
        return pieces
    for number, line in enumerate(lines):
        words = line.split()
        cut = len(words)
        while cut and looks_like_value(words[cut - 1]):
            cut -= 1
        if cut:
            pieces.append((" ".join(words[:cut]), None, number))
        pieces += [("", word, number) for word in words[cut:]]
    return pieces


def _cells_between(part: str) -> list[tuple[str, str | None]]:
    """What stands between two marks: one cell, or the end of one row and the beginning of the next."""
    value = tidy(part)
    if not value or looks_like_value(value) or _spaced_figure(value):
        return [("", value)]
    first, _, rest = part.strip().partition("\n")
    if rest.strip() and looks_like_value(tidy(first)):
        return [("", tidy(first)), *_cells_between(rest)]
    before, _, last = part.strip().rpartition("\n")
    if before.strip() and looks_like_value(tidy(last)):
        return [*_cells_between(before), ("", tidy(last))]
    return [(part, None)]


def _spaced_figure(value: str) -> bool:
    return not _CHINESE.search(value) and bool(re.fullmatch(r"[\d０-９][\d０-９ ,.]*", value))


def _fit(slots: Sequence[str], wanted: int, *, spare: int, has_slots: bool) -> list[str] | None:
    """The cells of one row, None when it cannot be known which is missing."""
    if len(slots) < wanted:
        return None
    rest = slots[wanted:]
    if any(rest):
        return None
    if all(slots[:wanted]):
        return list(slots[:wanted])
    certain = has_slots and (len(rest) == spare or (wanted == 1 and len(slots) > spare))
    return list(slots[:wanted]) if certain else None


def _miscounted(slots: Sequence[str], wanted: int) -> str:
    filled = sum(bool(slot) for slot in slots)
    return f"这一行读到{filled}个数，应为{wanted}个，不能确定哪一格对应哪一列"


def _took_the_next_number(slots: Sequence[str], following: str) -> bool:
    """Whether the last figure may be the number of the next label, printed apart from it."""
    if not slots or not following:
        return False
    words = plain(following)
    key, before = labels.ending_row(following)
    if not key or before.endswith(tuple("0123456789")):
        return False
    official = _official_label(key)
    number = labels.arabic_number(official)
    return number is not None and words == labels.core(official) and slots[-1] == str(number)


def _in_order(words: str, known: tuple[str, ...]) -> list[str]:
    """Which of the known words stand in the text, in order, the longest at each place."""
    pattern = "|".join(re.escape(each) for each in sorted(known, key=len, reverse=True))
    return re.findall(pattern, words)


def _heads_in(label: str) -> list[tuple[str, str]]:
    """The heads of 表二 in a run of labels: (key, as printed). A line may break in the middle of one."""
    whole = {
        labels.proactive_head(piece): tidy(piece).replace(" ", "")
        for piece in re.split(r"\n(?!单位|万元|[（(])", label)
    }
    found = ((labels.PROACTIVE_HEADS[each], each) for each in _in_order(plain(label), _PROACTIVE_HEADS))
    return [(key, whole.get(key, printed)) for key, printed in found]


_PROACTIVE_HEADS = tuple(labels.PROACTIVE_HEADS)
_PROACTIVE_LABELS = tuple(sorted(labels.PROACTIVE_ROWS, key=len, reverse=True))


def _proactive_ending(label: str) -> str:
    words = plain(label)
    return next((labels.PROACTIVE_ROWS[each] for each in _PROACTIVE_LABELS if words.endswith(each)), "")


def _rows_without_figures(label: str) -> list[str]:
    """Rows of 表二 named in the middle of a run: nothing stood behind them."""
    found = [labels.PROACTIVE_ROWS[each] for each in _in_order(plain(label), _PROACTIVE_LABELS)]
    return found[:-1] if found and _proactive_ending(label) == found[-1] else found


def _printed_proactive(key: str) -> str:
    return next(words for words, meaning in labels.PROACTIVE_ROWS.items() if meaning == key)


def _application_rows_without_figures(before: str) -> list[str]:
    """Rows of 表三 named before the last one in a run: nothing stood behind them."""
    official = {labels.core(row.label): row.key for row in form_2021.APPLICATION_ROWS if len(row.label) > 5}
    return [official[each] for each in _in_order(before, tuple(official))]


def _official_label(key: str, *, otherwise: str = "") -> str:
    return next((row.label for row in form_2021.APPLICATION_ROWS if row.key == key), otherwise)


def _unbroken(label: str, key: str) -> str:
    """A long label that lines have cut, as the form prints it."""
    official = _official_label(key, otherwise=label)
    begun = len(plain(label)) >= 6 and plain(official).startswith(plain(label))
    long = key in ("granted_in_part", "other_not_corrected", "other_fee_unpaid")
    return official if begun or (long and plain(official)[:10] == plain(label)[:10]) else label


def _label_of(run: str, before: str) -> str:
    """The part of a run that is the row's own label, as printed, with its number."""
    seen = 0
    start = 0
    while start < len(run) and seen < len(before):
        seen += len(plain(run[start]))
        start += 1
    number = re.search(r"[（(]?[一二三四五六七八九\d]{1,2}[)）]?[、.．\s]*$", run[:start])
    return run[number.start() if number else start :].strip()
