"""登记问题和整改."""

from datetime import date

from gongkai.agencies.models import Person, Section
from gongkai.duties.inspection.models import Fault
from gongkai.registers.actions import enter


def register_fault(
    *,
    by: Person,
    kind: str,
    found_on: date,
    place: str,
    description: str = "",
    source: str = Fault.Source.OWN,
    put_right_on: date | None = None,
    checked_on: date | None = None,
    measure: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Fault:
    """登记问题."""
    fault = Fault(
        kind=kind,
        found_on=found_on,
        place=place,
        description=description,
        source=source,
        put_right_on=put_right_on,
        checked_on=checked_on,
        measure=measure,
        section=section,
        remark=remark,
    )
    return enter(fault, by=by)
