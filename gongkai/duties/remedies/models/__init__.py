"""复议诉讼保存什么. The register's entries, the case files behind them, evidence lists and lessons."""

from gongkai.duties.remedies.models.case_files import CaseEvent, CaseFile, ProposedCorrection, Reminder
from gongkai.duties.remedies.models.entries import (
    NOT_ACCEPTED,
    RESULTS,
    STANDING,
    LegalOfficeCase,
    Litigation,
    Reconsideration,
    Remedy,
)
from gongkai.duties.remedies.models.evidence import Evidence
from gongkai.duties.remedies.models.lessons import Lesson

__all__ = [
    "NOT_ACCEPTED",
    "RESULTS",
    "STANDING",
    "CaseEvent",
    "CaseFile",
    "Evidence",
    "LegalOfficeCase",
    "Lesson",
    "Litigation",
    "ProposedCorrection",
    "Reconsideration",
    "Remedy",
    "Reminder",
]
