"""认出报告. From paragraphs and tables to a Report: parts, tables, form, agency and year."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.report.model import CellState, Form, Heading, Note, NoteKind, Place, Report, Unreadable
from gongkai.report.read import identity, labels
from gongkai.report.read.document import Block, Box, CannotRead, Document, Paragraph, Picture, Script, Table
from gongkai.report.read.figures import looks_like_value, tidy
from gongkai.report.read.gathered import Gathered
from gongkai.report.read.headings import Found, find_heading, parted
from gongkai.report.read.labels import plain
from gongkai.report.read.stream import StreamReader, opens_table
from gongkai.report.read.tables import GridReader

TABLE_SECTIONS = ("proactive", "applications", "remedies")
SECTION_ORDER = ("overview", *TABLE_SECTIONS, "problems", "other")
_FOOTER = re.compile(
    r"^(?:上一篇|下一篇|【?打印|【?关闭|扫一扫|分享到|主办单位|主办[:：]|承办[:：]|版权所有|网站地图|相关附件|相关链接|网站标识码|Copyright|©)"
)
_METADATA = re.compile(
    r"^(?:发布时间|发布日期|发布机构|信息来源|来源|作者|浏览|点击|阅读|字号|字体|索\s*引\s*号|文\s*号|生成日期|成文日期|日期|【?字体|打印|\d{4}-\d{2}-\d{2})"
)
_PLACEHOLDER = re.compile(r"[（(]?文字描述.*")
_NOTICE = re.compile(r"(?:通知|函)$|^关于.{0,60}(?:通知|函)|格式》?的通知")
_ADDRESSED = re.compile(r"^[^。]{2,60}[:：]$")
_TEMPLATE = re.compile(r"格式|模板|样表|样式|范本")
_ENDED = ("。", "！", "？", "；", "”", "）", ")", "!", "?", ";", "…", "】", "》")
FIRST_FORM_YEAR = 2019
_WORDS_OF_TABLES = {
    "proactive": (
        "第二十条第一项",
        "第二十条第五项",
        "信息内容",
        "行政规范性文件",
        "现行有效件数",
        "本年收费金额",
    ),
    "applications": ("勾稽关系", "自然人", "商业企业", "结转下年度继续办理", "属于国家秘密", "重复申请"),
    "remedies": ("结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉"),
}
FORM_2021_FROM = 2021
MOST_REPEATED = 4  # parts of the report that may not be met twice


@dataclass(slots=True)
class _Part:
    """一个标题下的内容, in the order of print."""

    heading: Heading | None
    exact: bool = False
    lines: list[str] = field(default_factory=list)
    pictures: int = 0
    scripts: int = 0
    tables: int = 0

    @property
    def section(self) -> str:
        return self.heading.section if self.heading else ""

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.pictures or self.scripts or self.tables)


def recognise(document: Document) -> Report:
    """The report a document holds, or what it is instead."""
    blocks = _unwrapped(document.blocks)
    parts = _meant(_without_contents(_parts(blocks)))
    _require_one_report(parts)
    gathered = Gathered(notes=list(document.notes))
    GridReader(gathered).read(block for block in blocks if isinstance(block, Table))
    prose = _read_streams(parts, gathered)
    front = prose[0]
    title, title_line = identity.find_title(front, fallback=document.title)
    preamble = [
        line for line in front[title_line + 1 :] if not _METADATA.match(line) and plain(line) != "目录"
    ]
    sections = _sections(parts, prose)
    everything = [line for lines in prose for line in lines]
    year = identity.find_year(title, preamble or everything[:12])
    if year is None:
        year = identity.find_year("", everything[:12])
    agency = identity.find_agency(title, preamble, everything[-6:])
    form = _form(parts, gathered, year, title=title, lines=everything)
    if form in (Form.FREE, Form.NOT_A_REPORT):
        gathered = Gathered(notes=list(document.notes))
        if form is Form.FREE:
            sections = (
                {**sections, "overview": _whole(parts, prose)} if "overview" not in sections else sections
            )
    notes = list(gathered.notes)
    unreadable = list(gathered.unreadable)
    if form in (Form.FORM_2021, Form.FORM_2019):
        missing_notes, missing = _missing_tables(parts, gathered)
        notes += missing_notes
        unreadable += missing
        hidden = {each.place.table for each in missing}
        unreadable += _without_cells(sections, {*gathered.tables, *hidden})
    if form is not Form.NOT_A_REPORT and form is not Form.BLANK:
        notes += _cut(parts, gathered, everything, form)
    if sum(labels.is_traditional(line) for line in everything) >= 2 or _traditional_labels(gathered):
        notes.append(Note(NoteKind.TRADITIONAL_CHARACTERS))
    return Report(
        form=form,
        agency="" if form is Form.NOT_A_REPORT else agency,
        year=None if form is Form.NOT_A_REPORT else year,
        title=re.sub(r"\s+", "", title) or (front[0] if form is Form.NOT_A_REPORT and front else ""),
        preamble="\n".join(preamble),
        headings=tuple(part.heading for part in parts if part.heading),
        sections=sections,
        tables=gathered.tables,
        printed_rows=tuple(gathered.printed_rows),
        printed_columns=gathered.printed_columns,
        notes=tuple(notes),
        unreadable=tuple(unreadable),
        source_format=document.source_format,
    )


# 文件的结构 ----------------------------------------------------------------------------------


def _unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Prose that stands in a table's frame becomes paragraphs; rows of the form stay rows."""
    result: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            result.append(block)
            continue
        rows: list[tuple[Box, ...]] = []
        is_form = any(_belongs_to_form(row) for row in block.rows)
        for row in block.rows:
            filled = [box for box in row if tidy(box.text)]
            if filled and (not is_form or (len(filled) == 1 and _is_prose(filled[0].text, row))):
                if rows:
                    result.append(Table(tuple(rows)))
                    rows = []
                result += [
                    Paragraph(line.strip()) for box in filled for line in box.text.split("\n") if line.strip()
                ]
            else:
                rows.append(row)
        if rows:
            result.append(Table(tuple(rows)))
    return result


def _belongs_to_form(row: tuple[Box, ...]) -> bool:
    return (
        any(
            labels.application_row(box.text, strict=True)
            or labels.proactive_row(box.text)
            or labels.proactive_head(box.text)
            or labels.remedy_group(box.text)
            or labels.remedy_head(box.text) not in ("", "total")
            or any(plain(box.text).startswith(opening) for opening in labels.TABLE_OPENINGS)
            for box in row
            if tidy(box.text)
        )
        or sum(looks_like_value(tidy(box.text)) for box in row) >= 7
    )


def _is_prose(text: str, row: tuple[Box, ...]) -> bool:
    if _belongs_to_form((Box(text),)) or looks_like_value(tidy(text)):
        return False
    found = find_heading(text.split("\n")[0])
    return bool(found) or len(row) == 1 or len(plain(text)) > 60


def _parts(blocks: Sequence[Block]) -> list[_Part]:
    parts = [_Part(None)]
    for block in blocks:
        if isinstance(block, Table):
            parts[-1].tables += 1
        elif isinstance(block, Picture):
            parts[-1].pictures += 1
        elif isinstance(block, Script):
            parts[-1].scripts += 1
        else:
            for line in parted(block.text):
                found = find_heading(line)
                if found is None:
                    parts[-1].lines.append(line)
                else:
                    parts.append(_opened(found))
    for index, line in enumerate(parts[-1].lines):
        if _FOOTER.match(line):
            del parts[-1].lines[index:]
            break
    return parts


def _require_one_report(parts: Sequence[_Part]) -> None:
    """Two reports in one file would give each figure twice: nobody can know which was meant."""
    met = Counter(part.section for part in parts if part.exact and not part.is_empty)
    if sum(count > 1 for count in met.values()) >= MOST_REPEATED:
        raise CannotRead("文件中有两份或者更多的报告，不能确定核对哪一份，请拆成每份一个文件。")


def _opened(found: Found) -> _Part:
    return _Part(found.heading, found.exact, [found.rest] if found.rest else [])


def _without_contents(parts: list[_Part]) -> list[_Part]:
    """Leave out a table of contents: headings in a row with nothing under them, met again below."""
    repeated = {plain(part.heading.printed) for part in parts if part.heading and not part.is_empty}
    kept = [
        part
        for index, part in enumerate(parts)
        if not (
            part.heading
            and part.is_empty
            and index + 1 < len(parts)
            and plain(part.heading.printed) in repeated
            and sum(
                bool(p.heading) and plain(p.heading.printed) == plain(part.heading.printed)
                for p in parts
                if p.heading
            )
            > 1
        )
    ]
    return kept


def _meant(parts: list[_Part]) -> list[_Part]:
    """A heading that only resembles a part's title means it when no other heading does, and a table follows."""
    exact = {part.section for part in parts if part.exact}
    taken = set(exact)
    for part in parts:
        if part.heading is None or part.exact or not part.section:
            continue
        holds_table = part.tables or any(opens_table(line, part.section) for line in part.lines)
        due = part.section in ("proactive", "applications") and bool(exact) and not holds_table
        if part.section in taken or due:
            part.heading = Heading(part.heading.printed, "", part.heading.ordinal)
        else:
            taken.add(part.section)
    return parts


# 文字里的表 ----------------------------------------------------------------------------------


def _read_streams(parts: Sequence[_Part], gathered: Gathered) -> list[list[str]]:
    """Read tables printed without table lines; what remains of each part is its prose."""
    prose = []
    spare: int | None = None
    in_tables = set(gathered.tables)
    for part in parts:
        starts = _openings(part, in_tables)
        if not starts:
            prose.append([line for line in part.lines if line.strip(" |")])
            continue
        lines = [line for line in part.lines[: starts[0][0]] if line.strip(" |")]
        for (start, where), (end, _) in zip(starts, [*starts[1:], (len(part.lines), "")], strict=True):
            reader = StreamReader(gathered, usual_spare=spare)
            at_end = part is parts[-1] and end == len(part.lines)
            lines += reader.read(part.lines[start:end], where=where, at_end=at_end)
            spare = reader.usual_spare
            gathered.name_the_unnamed(labels.APPLICANT_COLUMNS)
        prose.append(lines)
    return prose


def _openings(part: _Part, in_tables: set[str]) -> list[tuple[int, str]]:
    """Where the tables begin that no grid has given: (line, table), in order."""
    starts: dict[str, int] = {}
    for index, line in enumerate(part.lines):
        where = _opened_table(line, part.section)
        if where and where not in in_tables and where not in starts:
            starts[where] = index
    return sorted((index, where) for where, index in starts.items())


def _opened_table(line: str, section: str) -> str:
    words = plain(line)
    if len(words) > 60:
        return ""
    if words.startswith(("第二十条第", "信息内容本年")) or words == "信息内容":
        return "proactive"
    if any(
        words.startswith(each)
        for each in ("本列数据的勾稽关系", "勾稽关系", "申请人情况", "一本年新收", "本年新收政府信息公开申请")
    ):
        return "applications"
    if section == "remedies" and opens_table(line, "remedies"):
        return "remedies"
    if section in ("", "proactive", "applications") and words in ("行政复议", "行政复议行政诉讼", "结果维持"):
        return "remedies"
    if section == "proactive" and words == "规章":
        return "proactive"
    return ""


# 各部分的文字 --------------------------------------------------------------------------------


def _sections(parts: Sequence[_Part], prose: Sequence[Sequence[str]]) -> dict[str, str]:
    """The prose of each part, sub-headings included, by key."""
    sections: dict[str, list[str]] = {}
    current = ""
    for part, lines in zip(parts, prose, strict=True):
        if part.heading is None:
            continue
        if part.section:
            current = part.section
            sections.setdefault(current, [])
        elif current:
            sections[current].append(part.heading.printed)
        if current:
            sections[current] += lines
    return {key: "\n".join(lines) for key, lines in sections.items()}


def _whole(parts: Sequence[_Part], prose: Sequence[Sequence[str]]) -> str:
    """All prose of a report without official parts."""
    lines: list[str] = []
    for part, written in zip(parts[1:], prose[1:], strict=True):
        lines += [part.heading.printed] if part.heading else []
        lines += written
    return "\n".join(lines)


# 是什么文件 ----------------------------------------------------------------------------------


def _form(
    parts: Sequence[_Part], gathered: Gathered, year: int | None, *, title: str, lines: Sequence[str]
) -> Form:
    states = [
        cell.state for rows in gathered.tables.values() for cells in rows.values() for cell in cells.values()
    ]
    exact = {part.section for part in parts if part.exact}
    has_figures = any(state in (CellState.NUMBER, CellState.MARK) for state in states)
    if _is_notice(lines) and not has_figures:
        return Form.NOT_A_REPORT
    if (states and not has_figures and _has_no_prose(parts, lines)) or (
        not states and len(exact) >= 3 and _TEMPLATE.search(title)
    ):
        return Form.BLANK
    if states or len(exact & {"proactive", "applications", "remedies", "problems", "other"}) >= 3:
        return _edition(gathered, year)
    text = plain("".join(lines))
    topics = ("主动公开", "依申请", "公开申请", "统计期限", "政策解读", "信息公开条例")
    mentions = "政府信息公开" in text and sum(topic in text for topic in topics) >= 2
    called = "年度报告" in text or "年报" in plain(title) or bool(title)
    return Form.FREE if mentions and called and (year is not None or title) else Form.NOT_A_REPORT


def _edition(gathered: Gathered, year: int | None) -> Form:
    """2019 or 2021, by the heads of 表二, else by the rows of （六）, else by the year."""
    older, newer = gathered.heads & labels.HEADS_2019, gathered.heads & labels.HEADS_2021
    if older or newer:
        return Form.FORM_2019 if len(older) > len(newer) else Form.FORM_2021
    rows = gathered.tables.get("applications", {})
    if "other_not_corrected" in rows or "other_fee_unpaid" in rows:
        return Form.FORM_2021
    return Form.FORM_2019 if year is not None and FIRST_FORM_YEAR <= year < FORM_2021_FROM else Form.FORM_2021


def _is_notice(lines: Sequence[str]) -> bool:
    """A letter that sends the form round: addressed to offices, asking them to fill in."""
    head = [line for line in lines[:15] if len(line) <= 80]
    named = any(_NOTICE.search(plain(line)) for line in head)
    addressed = any(_ADDRESSED.match(line.strip()) for line in lines[:15])
    asks = any(
        words in plain(line)
        for line in lines[:60]
        for words in ("请认真", "请各", "遵照执行", "现印发", "印发给你们", "贯彻落实", "报送")
    )
    return named and (addressed or asks)


def _has_no_prose(parts: Sequence[_Part], lines: Sequence[str]) -> bool:
    body = [line for part in parts[1:] for line in part.lines if not _PLACEHOLDER.fullmatch(line.strip())]
    written = [
        line
        for line in body
        if len(plain(line)) > 20 and not labels.application_row(line) and "勾稽" not in line
    ]
    return not written


# 缺什么 --------------------------------------------------------------------------------------


def _missing_tables(parts: Sequence[_Part], gathered: Gathered) -> tuple[list[Note], list[Unreadable]]:
    """Where a table is due but a picture or a script stands."""
    notes, unreadable = [], []
    current = ""
    obstacles: dict[str, tuple[int, int]] = {}
    for part in parts:
        current = part.section or current
        pictures, scripts = obstacles.get(current, (0, 0))
        obstacles[current] = (pictures + part.pictures, scripts + part.scripts)
    for table in TABLE_SECTIONS:
        pictures, scripts = obstacles.get(table, (0, 0))
        if gathered.tables.get(table) or not (pictures or scripts):
            continue
        kind = NoteKind.TABLE_IS_PICTURE if pictures else NoteKind.TABLE_BY_SCRIPT
        why = "此处的表是图片，无法读出数字" if pictures else "此处的表由网页脚本生成，文件中没有数字"
        notes.append(Note(kind, Place(table=table, section=table)))
        unreadable.append(Unreadable(Place(table=table), why))
    return notes, unreadable


def _without_cells(sections: Mapping[str, str], read: set[str]) -> list[Unreadable]:
    """Tables whose words stand in the prose: their cells were lost on the way, but the table is there."""
    why = "此处的表失去了分格，不能确定数字属于哪一格"
    return [
        Unreadable(Place(table=table), why)
        for table, words in _WORDS_OF_TABLES.items()
        if table not in read
        and (
            sum(each in plain(sections.get(table, "")) for each in words) >= 3
            or any(_is_row_of_figures(line) for line in sections.get(table, "").split("\n"))
        )
    ]


def _is_row_of_figures(line: str) -> bool:
    return sum(looks_like_value(word) for word in line.split()) >= len(labels.APPLICANT_COLUMNS)


def _cut(parts: Sequence[_Part], gathered: Gathered, lines: Sequence[str], form: Form) -> list[Note]:
    """Whether the document ends inside a part: what would follow cannot be judged."""
    last = next((part.section for part in reversed(parts) if part.section), "")
    ending = [line for line in lines if line.strip()][-2:]
    signed = any(identity.is_date(line) for line in ending)
    if signed or last == "other":
        return []
    if form is Form.FREE:
        finished = not ending or ending[-1].rstrip().endswith(_ENDED)
        return [] if finished else [Note(NoteKind.DOCUMENT_CUT, Place(section=last))]
    return [Note(NoteKind.DOCUMENT_CUT, Place(section=last))]


def _traditional_labels(gathered: Gathered) -> bool:
    return sum(labels.is_traditional(row.label) for row in gathered.printed_rows) >= 2
