"""年报数据：检查和整改."""

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.duties.inspection.models import Fault
from gongkai.registers.figures import Figure, within
from gongkai.rules.annual_report_2021.counting import last_day


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数. Put right counts by the day of putting right, whenever the fault was found."""
    faults = Fault.objects.standing().filter(agency=agency)
    still_open = Q(put_right_on__isnull=True) | Q(put_right_on__gt=last_day(year))
    return {
        "faults.found": Figure("发现问题", "处", faults.filter(within("found_on", year))),
        "faults.put_right": Figure("整改问题", "处", faults.filter(within("put_right_on", year))),
        "faults.open": Figure("尚未整改问题", "处", faults.filter(still_open, found_on__lte=last_day(year))),
    }
