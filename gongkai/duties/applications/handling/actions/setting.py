"""设定内部期限. The office's own, stricter than the law, never looser."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.handling.models import InternalPeriod
from gongkai.duties.applications.handling.queries import days_before
from gongkai.rules.regulations_2019.internal_periods import Stage, refuse_days_before


def set_internal_periods(given: Mapping[Stage, int], *, by: Person) -> Mapping[Stage, int]:
    """设定内部期限. Earlier choices stay readable; what is unchanged is not written again."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=by.agency_id)
        standing = days_before(by.agency)
        wanted = {**standing, **given}
        if refusal := refuse_days_before(wanted):
            raise Refusal(str(refusal))
        changed = {stage: days for stage, days in wanted.items() if standing[stage] != days}
        if not changed:
            raise Refusal("没有改动，没有保存。")
        for stage, days in changed.items():
            InternalPeriod.objects.create(agency=by.agency, stage=stage.value, days_before=days, by=by)
        record(
            "handling.internal_periods_set",
            by=by,
            subject=by.agency,
            detail={stage.value: days for stage, days in changed.items()},
        )
    return wanted
