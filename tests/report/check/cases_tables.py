"""表的案例. For each rule over the tables and the years: a report that it finds fault with, and one just short of that."""

from dataclasses import replace
from decimal import Decimal

from gongkai.report.model import Cell, Form, Note, NoteKind, Place, PrintedRow, Report
from gongkai.rules.annual_report_2021.cross_checks import Ledger
from tests.report.check.case import Case
from tests.report.check.office import (
    AGENCY,
    sound_report,
    with_cells,
    with_note,
    with_row,
    without_table,
)

APPLICATIONS, REMEDIES, PROACTIVE = "applications", "remedies", "proactive"
SOUND = sound_report()


def _last_year(report: Report | None = None) -> Report:
    """The year before, with which the sound report agrees: 2 cases left over, 8 documents in force."""
    before = sound_report(
        2022, overview="上年的总体情况另有写法。", problems="上年的问题是栏目更新不及时，已经改正。"
    )
    before = with_row(report or before, "carried_out", persons=2)
    before = with_row(before, "received", persons=9, companies=1)
    return with_cells(before, {(PROACTIVE, "normative_documents", "in_force"): 8})


LAST_YEAR = _last_year()


def _cell(row: str, column: str, cell: Cell | int | Decimal, table: str = APPLICATIONS) -> Report:
    return with_cells(SOUND, {(table, row, column): cell})


def _without_cases(report: Report) -> Report:
    for row in report.tables[APPLICATIONS]:
        report = with_row(report, row)
    return report


def _columns_exchanged(report: Report) -> Report:
    """自然人 and 总计 printed in each other's place."""
    cells = {}
    for row, columns in report.tables[APPLICATIONS].items():
        cells[(APPLICATIONS, row, "natural_person")] = columns["total"]
        cells[(APPLICATIONS, row, "total")] = columns["natural_person"]
    return with_cells(report, cells)


def _relabelled(row: str, label: str) -> Report:
    rows = tuple(
        PrintedRow(r.table, label, r.row) if r.table == APPLICATIONS and r.row == row else r
        for r in SOUND.printed_rows
    )
    return replace(SOUND, printed_rows=rows)


def _heads(*heads: str) -> Report:
    return replace(SOUND, printed_columns={**SOUND.printed_columns, APPLICATIONS: heads})


def _remedies(group: str, **results: int) -> Report:
    cells = {
        (REMEDIES, group, column): results.get(column, 0)
        for column in ("upheld", "rectified", "other", "pending", "total")
    }
    return with_cells(SOUND, cells)


_OFFICIAL_HEADS = SOUND.printed_columns[APPLICATIONS]
_CHILD = replace(sound_report(), agency="示例市甲局")
_TWO_CHILDREN = with_cells(
    SOUND,
    {key: Decimal(2) * SOUND.cell(*key).value for key in ((t, r, c) for t, r, c, _ in SOUND.cells())},  # type: ignore[operator, misc]
)
_OTHER_CHILD = replace(_CHILD, agency="示例市乙局")
_OLD_NAME = replace(LAST_YEAR, agency="示例市人民防空办公室")
_NEW_NAME = replace(
    SOUND, agency="示例市国防动员办公室", title="示例市国防动员办公室2023年政府信息公开工作年度报告"
)

CASES: dict[str, tuple[Case, Case]] = {
    "T3-01": (Case(with_row(SOUND, "received", persons=7, companies=2)), Case(SOUND)),
    "T3-02": (Case(with_row(SOUND, "granted", persons=5, companies=1)), Case(SOUND)),
    "T3-03": (Case(_cell("granted", "total", 6)), Case(SOUND)),
    "T3-04": (
        Case(without_table(SOUND, APPLICATIONS)),
        Case(
            with_note(
                without_table(SOUND, APPLICATIONS), Note(NoteKind.TABLE_IS_PICTURE, Place(APPLICATIONS))
            )
        ),
    ),
    "T3-05": (Case(_cell("granted", "research", Cell.mark("/"))), Case(_cell("granted", "research", 0))),
    "T3-06": (
        Case(_cell("granted", "company", Cell.blank())),
        Case(_cell("granted", "research", Cell.blank())),
    ),
    "T3-07": (
        Case(_cell("granted", "research", Decimal("1.5"))),
        Case(_cell("granted", "research", Cell.mark("/"))),
    ),
    "T3-08": (
        Case(_relabelled("withheld_state_secret", "1.属于工作秘密")),
        Case(_relabelled("withheld_by_law", "2.其他法律法规禁止公开")),
    ),
    "T3-09": (
        Case(_heads("自然人", "科研机构", "商业企业", *_OFFICIAL_HEADS[3:])),
        Case(_heads(*_OFFICIAL_HEADS[:3], "社会组织", *_OFFICIAL_HEADS[4:])),
    ),
    "T3-10": (
        Case(SOUND, given={"ledger": Ledger(carried_out_past_limit=1)}),
        Case(SOUND, given={"ledger": Ledger(carried_out_past_limit=0)}),
    ),
    "T3-11": (
        Case(with_row(with_row(SOUND, "carried_out", companies=11), "carried_in", persons=2, companies=10)),
        Case(with_row(with_row(SOUND, "carried_out", companies=8), "carried_in", persons=2, companies=7)),
    ),
    "T3-12": (Case(SOUND, with_row(LAST_YEAR, "carried_out")), Case(SOUND, LAST_YEAR)),
    "T3-13": (
        Case(SOUND, given={"ledger": Ledger(counted_twice=1)}),
        Case(SOUND, given={"ledger": Ledger(counted_twice=0)}),
    ),
    "T3-14": (
        Case(with_row(SOUND, "other_fee_unpaid", persons=1), given={"ledger": Ledger(fee_notices=0)}),
        Case(with_row(SOUND, "other_fee_unpaid", persons=1), given={"ledger": Ledger(fee_notices=1)}),
    ),
    "T3-16": (
        Case(
            with_row(SOUND, "other_not_corrected", persons=1), given={"ledger": Ledger(correction_notices=0)}
        ),
        Case(
            with_row(SOUND, "other_not_corrected", persons=1), given={"ledger": Ledger(correction_notices=1)}
        ),
    ),
    "T3-17": (Case(SOUND, sound_report(2022)), Case(SOUND, LAST_YEAR)),
    "T3-18": (Case(_columns_exchanged(SOUND)), Case(SOUND)),
    "T3-19": (
        Case(_cell("granted", "total", Cell.unreadable("0 5"))),
        Case(_cell("granted", "total", Cell.unreadable("0 6"))),
    ),
    "T3-20": (
        Case(
            with_note(SOUND, Note(NoteKind.READINGS_DIFFER, Place(APPLICATIONS, "granted", "total"), "5、6"))
        ),
        Case(
            with_note(SOUND, Note(NoteKind.FULL_WIDTH_DIGITS, Place(APPLICATIONS, "granted", "total"), "５"))
        ),
    ),
    "T4-01": (
        Case(_remedies("reconsideration", upheld=1, total=2)),
        Case(_remedies("reconsideration", upheld=2, total=2)),
    ),
    "T4-02": (Case(_remedies("direct_suit", pending=1)), Case(_remedies("direct_suit", pending=1, total=1))),
    "T4-03": (
        Case(_remedies("suit_after_reconsideration", other=1)),
        Case(_remedies("suit_after_reconsideration", other=1, total=1)),
    ),
    "T4-04": (
        Case(without_table(SOUND, REMEDIES)),
        Case(with_note(without_table(SOUND, REMEDIES), Note(NoteKind.TABLE_BY_SCRIPT, Place(REMEDIES)))),
    ),
    "T4-05": (
        Case(_cell("direct_suit", "other", Cell.blank(), REMEDIES)),
        Case(_cell("direct_suit", "other", 0, REMEDIES)),
    ),
    "T4-06": (
        Case(_cell("direct_suit", "other", -1, REMEDIES)),
        Case(_cell("direct_suit", "other", 1, REMEDIES)),
    ),
    "T4-07": (
        Case(SOUND, LAST_YEAR, {"ledger": Ledger(pending_last_year_lost=1)}),
        Case(SOUND, LAST_YEAR, {"ledger": Ledger(pending_last_year_lost=0)}),
    ),
    "T4-08": (
        Case(_remedies("suit_after_reconsideration", upheld=5, total=5), LAST_YEAR),
        Case(_remedies("suit_after_reconsideration", upheld=4, total=4), LAST_YEAR),
    ),
    "T4-09": (Case(_without_cases(SOUND), _without_cases(LAST_YEAR)), Case(_without_cases(SOUND), LAST_YEAR)),
    "T4-10": (
        Case(_remedies("reconsideration", rectified=2, total=2), LAST_YEAR),
        Case(_remedies("reconsideration", upheld=1, rectified=2, total=3), LAST_YEAR),
    ),
    "T4-11": (
        Case(
            _no_remedies := with_cells(
                SOUND, {(REMEDIES, g, c): 0 for g, columns in SOUND.tables[REMEDIES].items() for c in columns}
            ),
            given={"ledger": Ledger(remedy_cases=1)},
        ),
        Case(_no_remedies, given={"ledger": Ledger(remedy_cases=0)}),
    ),
    "T2-01": (
        Case(_cell("licence", "decisions", -1, PROACTIVE)),
        Case(_cell("licence", "decisions", 0, PROACTIVE)),
    ),
    "T2-02": (
        Case(_cell("licence", "decisions", Decimal("1.5"), PROACTIVE)),
        Case(_cell("charges", "amount_10k_yuan", Decimal("1.5"), PROACTIVE)),
    ),
    "T2-03": (
        Case(_cell("licence", "decisions", Cell.mark("若干"), PROACTIVE)),
        Case(_cell("licence", "decisions", Cell.mark("/"), PROACTIVE)),
    ),
    "T2-04": (
        Case(_cell("charges", "amount_10k_yuan", Decimal("-0.5"), PROACTIVE)),
        Case(_cell("charges", "amount_10k_yuan", Decimal("0.5"), PROACTIVE)),
    ),
    "T2-05": (
        Case(_cell("rules", "issued", Cell.mark("不适用"), PROACTIVE)),
        Case(_cell("rules", "issued", 0, PROACTIVE)),
    ),
    "T2-06": (Case(without_table(SOUND, PROACTIVE)), Case(SOUND)),
    "T2-07": (
        Case(_cell("normative_documents", "in_force", 10, PROACTIVE), LAST_YEAR),
        Case(SOUND, LAST_YEAR),
    ),
    "T2-08": (
        Case(_cell("normative_documents", "repealed", 11, PROACTIVE), LAST_YEAR),
        Case(_cell("normative_documents", "repealed", 10, PROACTIVE), LAST_YEAR),
    ),
    "T2-09": (
        Case(SOUND, given={"ledger": Ledger(in_force={"normative_documents": 8})}),
        Case(SOUND, given={"ledger": Ledger(in_force={"normative_documents": 9})}),
    ),
    "T2-10": (
        Case(SOUND, given={"ledger": Ledger(issued={"normative_documents": 3})}),
        Case(SOUND, given={"ledger": Ledger(issued={"normative_documents": 2})}),
    ),
    "T2-11": (
        Case(_cell("rules", "in_force", 6, PROACTIVE)),
        Case(replace(_cell("rules", "in_force", 6, PROACTIVE), agency="示例省人民政府", title="")),
    ),
    "T2-12": (
        Case(SOUND, given={"ledger": Ledger(decisions={"licence": 51})}),
        Case(SOUND, given={"ledger": Ledger(decisions={"licence": 50})}),
    ),
    "T2-13": (
        Case(_cell("charges", "amount_10k_yuan", 12500, PROACTIVE), LAST_YEAR),
        Case(_cell("charges", "amount_10k_yuan", 12499, PROACTIVE), LAST_YEAR),
    ),
    "T2-14": (
        Case(replace(SOUND, form=Form.FORM_2019)),
        Case(replace(SOUND, form=Form.FORM_2019, year=2020)),
    ),
    "X-01": (Case(SOUND, with_row(LAST_YEAR, "carried_out", persons=3)), Case(SOUND, LAST_YEAR)),
    "X-02": (Case(SOUND, with_row(LAST_YEAR, "carried_out", persons=1, companies=1)), Case(SOUND, LAST_YEAR)),
    "X-03": (
        Case(_NEW_NAME, with_row(_OLD_NAME, "carried_out", persons=3)),
        Case(_NEW_NAME, _OLD_NAME),
    ),
    "X-04": (
        Case(SOUND, with_row(LAST_YEAR, "carried_out", persons=1), {"last_year_first_edition": LAST_YEAR}),
        Case(SOUND, LAST_YEAR, {"last_year_first_edition": with_row(LAST_YEAR, "carried_out", persons=1)}),
    ),
    "X-05": (
        Case(SOUND, given={"set_of": [_CHILD, _OTHER_CHILD]}),
        Case(
            _TWO_CHILDREN,
            given={"set_of": [_CHILD, _OTHER_CHILD], "expected_children": ["示例市甲局", "示例市乙局"]},
        ),
    ),
    "X-06": (
        Case(SOUND, given={"set_of": [_CHILD, replace(_CHILD, agency=AGENCY)]}),
        Case(SOUND, given={"set_of": [_CHILD, _OTHER_CHILD]}),
    ),
    "X-07": (Case(SOUND, sound_report(2022)), Case(SOUND, LAST_YEAR)),
    "X-08": (
        Case(SOUND, sound_report(2022), {"year_before_last": sound_report(2021)}),
        Case(
            SOUND,
            sound_report(2022),
            {"year_before_last": with_row(sound_report(2021), "received", persons=9)},
        ),
    ),
    "X-09": (
        Case(SOUND, given={"other_editions": {"PDF附件": _cell("granted", "total", 6)}}),
        Case(SOUND, given={"other_editions": {"PDF附件": SOUND}}),
    ),
}
