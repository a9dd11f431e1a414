"""登记征集和调查."""

from datetime import date

from gongkai.agencies.models import Person, Section
from gongkai.duties.participation.models import CallForComments, Survey
from gongkai.registers.actions import enter


def register_survey(
    *,
    by: Person,
    title: str,
    opened_on: date,
    closed_on: date | None = None,
    received_count: int = 0,
    outcome_published_on: date | None = None,
    address: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Survey:
    """登记网上调查."""
    survey = Survey(
        title=title,
        opened_on=opened_on,
        closed_on=closed_on,
        received_count=received_count,
        outcome_published_on=outcome_published_on,
        address=address,
        section=section,
        remark=remark,
    )
    return enter(survey, by=by)


def register_call_for_comments(
    *,
    by: Person,
    title: str,
    opened_on: date,
    closed_on: date | None = None,
    draft_kind: str = CallForComments.Draft.OTHER,
    received_count: int = 0,
    adopted_count: int = 0,
    outcome_published_on: date | None = None,
    short_reason: str = "",
    address: str = "",
    section: Section | None = None,
    remark: str = "",
) -> CallForComments:
    """登记意见征集."""
    call = CallForComments(
        title=title,
        opened_on=opened_on,
        closed_on=closed_on,
        draft_kind=draft_kind,
        received_count=received_count,
        adopted_count=adopted_count,
        outcome_published_on=outcome_published_on,
        short_reason=short_reason,
        address=address,
        section=section,
        remark=remark,
    )
    return enter(call, by=by)
