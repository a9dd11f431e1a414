"""登记安全评估、运维单位检查、培训."""

from datetime import date

from gongkai.agencies.models import Person, Section
from gongkai.duties.oversight.models import OperatorCheck, SecurityAssessment, TrainingSession
from gongkai.registers.actions import enter


def register_assessment(
    *,
    by: Person,
    title: str,
    assessed_on: date,
    kind: str = SecurityAssessment.Kind.VULNERABILITY_SCAN,
    assessed_by: str = "",
    conclusion: str = "",
    put_right_on: date | None = None,
    section: Section | None = None,
    remark: str = "",
) -> SecurityAssessment:
    """登记安全评估."""
    assessment = SecurityAssessment(
        title=title,
        assessed_on=assessed_on,
        kind=kind,
        assessed_by=assessed_by,
        conclusion=conclusion,
        put_right_on=put_right_on,
        section=section,
        remark=remark,
    )
    return enter(assessment, by=by)


def register_operator_check(
    *,
    by: Person,
    operator: str,
    checked_on: date,
    matter: str,
    conclusion: str = "",
    section: Section | None = None,
    remark: str = "",
) -> OperatorCheck:
    """登记对运维单位的检查."""
    check = OperatorCheck(
        operator=operator,
        checked_on=checked_on,
        matter=matter,
        conclusion=conclusion,
        section=section,
        remark=remark,
    )
    return enter(check, by=by)


def register_training(
    *,
    by: Person,
    title: str,
    held_on: date,
    attended_count: int = 0,
    hours: int = 0,
    section: Section | None = None,
    remark: str = "",
) -> TrainingSession:
    """登记培训."""
    training = TrainingSession(
        title=title,
        held_on=held_on,
        attended_count=attended_count,
        hours=hours,
        section=section,
        remark=remark,
    )
    return enter(training, by=by)
