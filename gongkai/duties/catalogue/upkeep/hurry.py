"""突击发布. The signs of hurried filling, column by column, from what was entered when and which dates it bears."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep import queries
from gongkai.duties.catalogue.upkeep.queries import Days
from gongkai.rules.site_indicators_2019 import hurried_filling
from gongkai.rules.site_indicators_2019.hurried_filling import Hurried

LOOK_BACK = timedelta(days=365)  # what one day is compared with


def signs(
    agency: Agency, columns: Sequence[Column], counts: Days, *, first: date, last: date
) -> Mapping[int, list[Hurried]]:
    """The signs of each column between two days; ``counts`` begin a year earlier, to compare with."""
    if not columns:
        return {}
    kept_since = min(column.recorded_at for column in columns)
    of_all, of_column = queries.notice_times(agency, since=first)
    spans = [
        (notice, notice + timedelta(days=hurried_filling.DAYS_AFTER_A_NOTICE))
        for notice in (*of_all, *(at for times in of_column.values() for at in times))
    ]
    entered = queries.entry_times(agency, spans, kept_since=kept_since)
    claimed = queries.dates_before_entry(agency, since=first, kept_since=kept_since)
    found: dict[int, list[Hurried]] = {}
    for column in columns:
        notices = [*of_all, *of_column.get(column.pk, ())]
        each = (
            *hurried_filling.after_a_notice(entered.get(column.pk, ()), notices),
            *hurried_filling.one_date(counts.get(column.pk, {}), opened_on=column.opened_on),
            *hurried_filling.dated_before(
                claimed.get(column.pk, ()), taken_over_from=timezone.localdate(column.recorded_at)
            ),
        )
        if within := [sign for sign in each if first <= sign.on <= last]:
            found[column.pk] = sorted(within, key=lambda sign: sign.on)
    return found
