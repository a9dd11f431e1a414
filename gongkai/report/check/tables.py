"""三张表. The cross-checks of the rules over a report's cells, and what its printed rows, columns and tables lack."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination
from gongkai.report.check.findings import CannotJudge, Finding, Level
from gongkai.report.check.wording import Wording, compare
from gongkai.report.model import CellState, Form, NoteKind, Place, PrintedRow, Report
from gongkai.report.places import describe
from gongkai.report.read.labels import applicant_head, application_row, core, plain
from gongkai.rules.annual_report_2021 import cross_checks
from gongkai.rules.annual_report_2021.cross_checks.wording import TABLES
from gongkai.rules.annual_report_2021.tables import (
    APPLICANT_COLUMNS,
    APPLICATION_ROWS,
    OTHER_AS_ONE_ROW,
    REMEDY_GROUPS,
)

Outcome = Iterator[Finding | CannotJudge]
_LABELS = {row.key: row.label for row in (*APPLICATION_ROWS, OTHER_AS_ONE_ROW)}
_LONGEST_LABEL = 60  # characters; what is longer was several cells
_ORDER = tuple(row.key for row in APPLICATION_ROWS)
_COLUMN_LABELS = {column.key: column.label for column in APPLICANT_COLUMNS}


def _form_year(report: Report | None) -> cross_checks.FormYear:
    older = report is not None and report.form is Form.FORM_2019
    return cross_checks.FormYear.FORM_2019 if older else cross_checks.FormYear.FORM_2021


def judge_figures(examination: Examination, *, reorganised: bool) -> Outcome:
    """T2, T3, T4 and X-01 to X-04: every cross-check over the figures that are there."""
    evidence = cross_checks.Evidence(
        this_year=examination.report,
        form=_form_year(examination.report),
        year=examination.year,
        agency=examination.designation,
        last_year=examination.last_year,
        last_year_form=_form_year(examination.last_year),
        last_year_first_edition=examination.last_year_first_edition,
        reorganised=reorganised,
        ledger=examination.ledger,
    )
    for check in cross_checks.CHECKS:
        if check.table and not examination.report.tables.get(check.table):
            continue  # the missing table is a finding of its own
        for judgement in check.judge(evidence):
            if isinstance(judgement, cross_checks.Finding):
                yield _as_finding(judgement)
            elif isinstance(judgement, cross_checks.CannotJudge) and _would_apply(evidence, check.id):
                yield CannotJudge(judgement.rule, _as_place(judgement.place), judgement.why)


# Rules that say something only when one of these cells holds more than 0.
_SPEAKS_OF = {
    "T2-09": (("proactive", "rules", "in_force"), ("proactive", "normative_documents", "in_force")),
    "T2-10": (("proactive", "rules", "issued"), ("proactive", "normative_documents", "issued")),
    "T2-12": tuple(("proactive", row, "decisions") for row in ("licence", "penalty", "compulsion")),
    "T2-13": (("proactive", "charges", "amount_10k_yuan"),),
    "T3-10": (("applications", "carried_out", "total"),),
    "T3-13": (("applications", "granted_in_part", "total"),),
    "T3-14": (("applications", "other_fee_unpaid", "total"),),
    "T3-16": tuple(
        ("applications", row, "total") for row in ("unavailable_still_unclear", "other_not_corrected")
    ),
    "T4-08": (("remedies", "suit_after_reconsideration", "total"),),
    "T4-09": tuple(("remedies", group.key, "total") for group in REMEDY_GROUPS),
    "T4-10": (("remedies", "reconsideration", "total"),),
}


def _would_apply(evidence: cross_checks.Evidence, rule: str) -> bool:
    """Whether a rule that could not judge would have had something to judge."""
    if rule == "X-03":
        return evidence.reorganised
    if rule == "X-04":
        return evidence.last_year_first_edition is not None
    cells = [evidence.this_year.cell(*place) for place in _SPEAKS_OF.get(rule, ())]
    return not cells or any(cell.value != 0 for cell in cells if cell.state != CellState.ABSENT)


def _as_finding(judgement: cross_checks.Finding) -> Finding:
    return RULES[judgement.rule].finding(
        _as_place(judgement.place),
        judgement.message,
        left=judgement.left,
        right=judgement.right,
        level=judgement.level,
        further=tuple(map(_as_place, judgement.further)),
    )


def _as_place(place: cross_checks.CellPlace) -> Place:
    return Place(table=place.table, row=place.row, column=place.column)


# 缺表 --------------------------------------------------------------------------------------


def judge_missing_tables(examination: Examination) -> Outcome:
    """T2-06, T3-04, T4-04: a part without its table. A picture or a script in its place is that finding instead."""
    hidden = {
        note.place.table or note.place.section
        for note in examination.report.notes
        if note.kind in {NoteKind.TABLE_IS_PICTURE, NoteKind.TABLE_BY_SCRIPT}
    }
    unread = {
        each.place.table: each.why
        for each in examination.report.unreadable
        if each.place.table and not (each.place.row or each.place.quote)
    }
    for rule, table in (("T2-06", "proactive"), ("T3-04", "applications"), ("T4-04", "remedies")):
        headed = any(heading.section == table for heading in examination.report.headings)
        cells = [cell for key, _, _, cell in examination.report.cells() if key == table]
        numbers = any(cell.state is not CellState.ABSENT for cell in cells)
        if rule == "T2-06":
            numbers = any(cell.state is CellState.NUMBER for cell in cells)
        if numbers or not headed or table in hidden or hidden & {""}:
            continue
        unsure = [cell for cell in cells if cell.state is CellState.UNREADABLE]
        if unsure and len(unsure) == len([cell for cell in cells if cell.state is not CellState.ABSENT]):
            yield RULES[rule].cannot_judge(Place(table=table), f"{TABLES[table]}没有一格能够确认。")
        elif table in unread:
            yield RULES[rule].cannot_judge(Place(table=table), f"{unread[table]}。")
        elif not examination.is_complete(table):
            why = f"文件在这一部分截断，不能判断有没有{TABLES[table]}。"
            yield RULES[rule].cannot_judge(Place(table=table), why)
        elif rule == "T2-06":
            message = "第二部分没有表二，或者表中没有一格数字。"
            yield RULES[rule].finding(Place(table=table), message)
        else:
            message = f"有这一部分的标题，却没有{TABLES[table]}；没有发生的也应当列表填0。"
            yield RULES[rule].finding(Place(table=table), message)


# 行、列 ------------------------------------------------------------------------------------


def judge_rows(examination: Examination) -> Outcome:
    """T3-08: renamed, missing and moved rows of 表三."""
    rows = [row for row in examination.report.printed_rows if row.table == "applications"]
    if any(not row.row and applicant_head(row.label) for row in rows):
        why = "申请人的列名印在了行名的位置，表三的行列可能对调，或者失去了分格。"
        yield RULES["T3-08"].cannot_judge(Place(table="applications"), why)
        return
    traditional = any(note.kind is NoteKind.TRADITIONAL_CHARACTERS for note in examination.report.notes)
    if not traditional:
        for row in rows:
            yield from _judge_label(row)
    keys = [row.row for row in rows if row.row]
    yield from _judge_order(keys)
    words = plain(examination.report.sections.get("applications", ""))
    lost = {row.key for row in APPLICATION_ROWS if len(core(row.label)) > 5 and core(row.label) in words}
    hidden = any(
        each.place.table == "applications" and each.place.row for each in examination.report.unreadable
    )
    yield from _judge_gaps(keys, renamed=sum(not row.row for row in rows), lost=lost, hidden=hidden)


def _judge_label(row: PrintedRow) -> Outcome:
    rule = RULES["T3-08"]
    place = Place(table="applications", row=row.row)
    if not row.row and (
        not core(row.label) or len(row.label) > _LONGEST_LABEL or re.search(r"\d{3}|\d\s*$", row.label)
    ):
        yield rule.cannot_judge(place, "表三有一处几格的字连在一起，不能判断行名。")
        return
    if not row.row:
        message = f"表三有一行“{row.label}”，不是官方格式中的行，该行没有参加核对。"
        yield rule.finding(Place(table="applications", quote=row.label), message, left=row.label)
        return
    official = _LABELS.get(row.row)
    if official is None or application_row(row.label, group="其他处理", strict=True) == row.row:
        return
    wording = compare(row.label, official)
    message = f"表三行名印作“{row.label}”，官方格式为“{official}”，"
    if wording is Wording.MISPRINTED:
        yield rule.finding(
            place, message + "疑有漏字或多字。", left=row.label, right=official, level=Level.INFORMATION
        )
    elif wording is Wording.OTHER:
        yield rule.finding(place, message + "请按官方格式改正。", left=row.label, right=official)


def _judge_order(keys: list[str]) -> Outcome:
    order = {key: position for position, key in enumerate(_ORDER)} | {
        "other": _ORDER.index("other_not_corrected")
    }
    known = [key for key in keys if key in order]
    for before, after in pairwise(known):
        if order[after] < order[before]:
            message = f"表三“{_LABELS[after]}”一行排在“{_LABELS[before]}”之后，与官方格式的次序不同。"
            yield RULES["T3-08"].finding(
                Place(table="applications", row=after), message, left=_LABELS[after], right=_LABELS[before]
            )
            return  # the first moved row is the cause of what follows


def _judge_gaps(keys: list[str], *, renamed: int, lost: set[str], hidden: bool) -> Outcome:
    """Rows left out. As many unknown rows as missing ones are renamed rows, and already told.

    ``hidden``: other rows have lost their figures, and a short label (总计, 其他) may have gone with them.
    ``lost``: rows whose labels stand in the words around the table: they are there, only not read as rows.
    """
    printed = set(keys)
    if not printed:
        return
    expected = [key for key in _ORDER if not (key.startswith("other_") and "other" in printed)]
    last = max((expected.index(key) for key in printed if key in expected), default=-1)
    missing = [key for key in expected[:last] if key not in printed]
    unread = [key for key in missing if key in lost or (hidden and len(core(_LABELS[key])) <= 4)]
    if unread:
        why = f"表三有{len(unread)}行没有读成表格的行，如“{_LABELS[unread[0]]}”，不能判断各行是否齐全。"
        yield RULES["T3-08"].cannot_judge(Place(table="applications", row=unread[0]), why)
    elif missing and len(missing) > renamed:
        names = "、".join(f"“{_LABELS[key]}”" for key in missing[:4])
        message = f"表三缺少{len(missing)}行：{names}{'等' if len(missing) > 4 else ''}。"
        places = tuple(Place(table="applications", row=key) for key in missing)
        yield RULES["T3-08"].finding(
            places[0], message, left=Decimal(len(missing)), right=Decimal(0), further=places[1:]
        )
    elif not missing and last < len(expected) - 1:
        why = f"表三只读到“{_LABELS[expected[last]]}”为止，后面的行不能判断。"
        yield RULES["T3-08"].cannot_judge(Place(table="applications", row=expected[last + 1]), why)


_HEADS_LOST = 3  # columns; a table that really lacks so many is hardly this form


def judge_columns(examination: Examination) -> Outcome:
    """T3-09: the six applicant columns and the total, in the official order."""
    heads = [h for h in examination.report.printed_columns.get("applications", ()) if not _is_group_head(h)]
    if not heads:
        return
    keys = [applicant_head(head) or _misprinted_head(head) for head in heads]
    rule, place = RULES["T3-09"], Place(table="applications")
    official = list(_COLUMN_LABELS)
    unknown = [head for head, key in zip(heads, keys, strict=True) if not key]
    if unknown:
        message = f"表三列名“{'”“'.join(unknown)}”不是官方格式的列名。"
        yield rule.finding(place, message, left="、".join(heads), right="、".join(_COLUMN_LABELS.values()))
    elif keys != official:
        missing = [_COLUMN_LABELS[key] for key in official if key not in keys]
        if len(missing) >= _HEADS_LOST and examination.report.source_format == "text":
            yield rule.cannot_judge(
                place, f"文字中没有读到{'、'.join(missing)}，可能在转成文字时断开或者丢失。"
            )
            return
        what = f"缺少{'、'.join(missing)}列" if missing else "次序与官方格式不同"
        message = f"表三的列印作{'、'.join(heads)}，{what}。"
        yield rule.finding(place, message, left="、".join(heads), right="、".join(_COLUMN_LABELS.values()))


def _is_group_head(head: str) -> bool:
    return "申请人情况" in head or "法人或其他" in head or "勾稽" in head


def _misprinted_head(head: str) -> str:
    near = [key for key, label in _COLUMN_LABELS.items() if compare(head, label) is not Wording.OTHER]
    return near[0] if len(near) == 1 else ""


# 读法 --------------------------------------------------------------------------------------


def judge_readings(examination: Examination) -> Outcome:
    """T3-19 and T3-20, as far as the reader noticed them."""
    for note in examination.report.notes:
        name = describe(note.place, examination.report.form) or "表中一格"
        if note.kind is NoteKind.READINGS_DIFFER:
            message = f"{name}用两种方法读出的数不同（{note.text}），请对照原文。"
            yield RULES["T3-20"].finding(note.place, message, left=note.text)
        elif note.kind is NoteKind.DIGITS_JOINED and note.place.table == "applications":
            cell = examination.report.cell(note.place.table, note.place.row, note.place.column)
            if cell.state is CellState.NUMBER:
                message = f"{name}印作“{note.text}”，中间有空格，已按{cell.value}读取，请对照原文。"
                yield RULES["T3-19"].finding(note.place, message, left=note.text, right=cell.value)
