"""登记许可、处罚、强制、收费. Publication and withdrawal days are kept with each decision."""

from datetime import date
from decimal import Decimal

from gongkai.agencies.models import Person, Section
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Licence, Penalty
from gongkai.registers.actions import enter


def register_licence(
    *,
    by: Person,
    number: str,
    name: str,
    decided_on: date,
    counterpart: str,
    counterpart_code: str = "",
    is_natural_person: bool = False,
    approval_kind: str = Licence.Approval.ORDINARY,
    content: str = "",
    basis: str = "",
    deciding_agency: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    published_on: date | None = None,
    revoked_on: date | None = None,
    withdrawn_on: date | None = None,
    withdrawal_reason: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Licence:
    """登记行政许可决定."""
    licence = Licence(
        number=number,
        name=name,
        decided_on=decided_on,
        counterpart=counterpart,
        counterpart_code=counterpart_code,
        is_natural_person=is_natural_person,
        approval_kind=approval_kind,
        content=content,
        basis=basis,
        deciding_agency=deciding_agency,
        valid_from=valid_from,
        valid_until=valid_until,
        published_on=published_on,
        revoked_on=revoked_on,
        withdrawn_on=withdrawn_on,
        withdrawal_reason=withdrawal_reason,
        section=section,
        remark=remark,
    )
    return enter(licence, by=by)


def register_penalty(
    *,
    by: Person,
    number: str,
    name: str,
    decided_on: date,
    counterpart: str,
    counterpart_code: str = "",
    is_natural_person: bool = False,
    cause: str = "",
    penalty_kind: str = "",
    fine: Decimal | None = None,
    has_social_influence: bool = True,
    content: str = "",
    basis: str = "",
    deciding_agency: str = "",
    published_on: date | None = None,
    revoked_on: date | None = None,
    withdrawn_on: date | None = None,
    withdrawal_reason: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Penalty:
    """登记行政处罚决定."""
    penalty = Penalty(
        number=number,
        name=name,
        decided_on=decided_on,
        counterpart=counterpart,
        counterpart_code=counterpart_code,
        is_natural_person=is_natural_person,
        cause=cause,
        penalty_kind=penalty_kind,
        fine=fine,
        has_social_influence=has_social_influence,
        content=content,
        basis=basis,
        deciding_agency=deciding_agency,
        published_on=published_on,
        revoked_on=revoked_on,
        withdrawn_on=withdrawn_on,
        withdrawal_reason=withdrawal_reason,
        section=section,
        remark=remark,
    )
    return enter(penalty, by=by)


def register_compulsion(
    *,
    by: Person,
    number: str,
    name: str,
    decided_on: date,
    counterpart: str,
    counterpart_code: str = "",
    is_natural_person: bool = False,
    measure: str = Compulsion.Measure.MEASURE,
    content: str = "",
    basis: str = "",
    deciding_agency: str = "",
    published_on: date | None = None,
    revoked_on: date | None = None,
    withdrawn_on: date | None = None,
    withdrawal_reason: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Compulsion:
    """登记行政强制决定."""
    compulsion = Compulsion(
        number=number,
        name=name,
        decided_on=decided_on,
        counterpart=counterpart,
        counterpart_code=counterpart_code,
        is_natural_person=is_natural_person,
        measure=measure,
        content=content,
        basis=basis,
        deciding_agency=deciding_agency,
        published_on=published_on,
        revoked_on=revoked_on,
        withdrawn_on=withdrawn_on,
        withdrawal_reason=withdrawal_reason,
        section=section,
        remark=remark,
    )
    return enter(compulsion, by=by)


def register_charge(
    *,
    by: Person,
    item: str,
    collected_on: date,
    amount: Decimal,
    voucher_number: str = "",
    basis: str = "",
    standard: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Charge:
    """登记行政事业性收费, in yuan."""
    charge = Charge(
        item=item,
        collected_on=collected_on,
        amount=amount,
        voucher_number=voucher_number,
        basis=basis,
        standard=standard,
        section=section,
        remark=remark,
    )
    return enter(charge, by=by)
