"""勾稽关系. The cross-checks of an annual report's figures, each with its formula, its needs and its source.

``CHECKS`` holds them in the order of the published list; ``judge_all`` runs them. Rules that look at a document (headings,
labels, prose) stand in the report tool; rules over the single cases of the registers stand with the annual report.
"""

from gongkai.rules.annual_report_2021.cell_states import CellState
from gongkai.rules.annual_report_2021.cross_checks import across_years, table_four, table_three, table_two
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    Agrees,
    CannotJudge,
    CellPlace,
    CellReading,
    CrossCheck,
    Evidence,
    Figures,
    Finding,
    FormYear,
    Judgement,
    Ledger,
    Level,
    Need,
)

CHECKS: tuple[CrossCheck, ...] = (
    *table_two.CHECKS,
    *table_three.CHECKS,
    *table_four.CHECKS,
    *across_years.CHECKS,
)
CHECK_BY_ID = {check.id: check for check in CHECKS}


def judge_all(evidence: Evidence) -> tuple[Judgement, ...]:
    """逐条判断. Every check in the order of the list."""
    return tuple(judgement for check in CHECKS for judgement in check.judge(evidence))


__all__ = [
    "CHECKS",
    "CHECK_BY_ID",
    "Agrees",
    "CannotJudge",
    "CellPlace",
    "CellReading",
    "CellState",
    "CrossCheck",
    "Evidence",
    "Figures",
    "Finding",
    "FormYear",
    "Judgement",
    "Ledger",
    "Level",
    "Need",
    "judge_all",
]
