"""登记复议和诉讼."""

from datetime import date

from gongkai.agencies.models import Person, Section
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies.models import LegalOfficeCase, Litigation, Reconsideration
from gongkai.registers.actions import enter


def register_reconsideration(
    *,
    by: Person,
    case_number: str,
    accepted_on: date | None = None,
    applied_on: date | None = None,
    decided_on: date | None = None,
    result: str = "",
    body: str = "",
    procedure: str = "",
    matter: str = "",
    application: Application | None = None,
    section: Section | None = None,
    remark: str = "",
) -> Reconsideration:
    """登记行政复议."""
    case = Reconsideration(
        case_number=case_number,
        accepted_on=accepted_on,
        applied_on=applied_on,
        decided_on=decided_on,
        result=result,
        body=body,
        procedure=procedure,
        matter=matter,
        application=application,
        section=section,
        remark=remark,
    )
    return enter(case, by=by)


def register_litigation(
    *,
    by: Person,
    case_number: str,
    kind: str,
    accepted_on: date | None = None,
    applied_on: date | None = None,
    decided_on: date | None = None,
    result: str = "",
    court: str = "",
    instance: str = "",
    matter: str = "",
    only_as_reconsideration_body: bool = False,
    application: Application | None = None,
    reconsideration: Reconsideration | None = None,
    section: Section | None = None,
    remark: str = "",
) -> Litigation:
    """登记行政诉讼."""
    case = Litigation(
        case_number=case_number,
        kind=kind,
        accepted_on=accepted_on,
        applied_on=applied_on,
        decided_on=decided_on,
        result=result,
        court=court,
        instance=instance,
        matter=matter,
        only_as_reconsideration_body=only_as_reconsideration_body,
        application=application,
        reconsideration=reconsideration,
        section=section,
        remark=remark,
    )
    return enter(case, by=by)


def register_legal_office_case(
    *,
    by: Person,
    case_number: str,
    kind: str,
    accepted_on: date,
    decided_on: date | None = None,
    result: str = "",
    section: Section | None = None,
    remark: str = "",
) -> LegalOfficeCase:
    """登记法制机构的案件."""
    case = LegalOfficeCase(
        case_number=case_number,
        kind=kind,
        accepted_on=accepted_on,
        decided_on=decided_on,
        result=result,
        section=section,
        remark=remark,
    )
    return enter(case, by=by)
