"""栏目和职责的查询. Items by column, by day and by duty as aggregates; what an agency has handed down and what stands open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.duties.catalogue.models import Attribute, Column, InformationItem, Version
from gongkai.duties.catalogue.upkeep.models import Assignment, Check, Finding, Notice
from gongkai.registers.models import Records
from gongkai.rules.site_indicators_2019 import hurried_filling

State = InformationItem.State
PUBLIC = (State.REGISTERED, State.PUBLISHED)
_OTHER = InformationItem.other_columns.through
_TAKING_OVER = timedelta(days=hurried_filling.TAKING_OVER_DAYS)

Days = Mapping[int, Mapping[date, int]]  # by column: how many items on which day


def items(agency: Agency) -> Records:
    """已经公开的信息: those of this system and those registered from elsewhere; none that was withdrawn or voided."""
    found: Records = InformationItem.objects.standing().filter(
        agency=agency, state__in=PUBLIC, attribute=Attribute.PROACTIVE, published_on__isnull=False
    )
    return found


def columns(agency: Agency, *, closed_after: date) -> QuerySet[Column]:
    """本机关的栏目 that were not closed by that day, each with the day of its newest item (``newest_on``)."""
    main = items(agency).filter(main_column=OuterRef("pk")).order_by("-published_on", "-pk")
    other = (
        _OTHER.objects.filter(
            column=OuterRef("pk"),
            informationitem__voided_at__isnull=True,
            informationitem__state__in=PUBLIC,
            informationitem__attribute=Attribute.PROACTIVE,
        )
        .order_by("-informationitem__published_on")
        .values("informationitem__published_on")
    )
    return (
        Column.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=closed_after), agency=agency)
        .select_related("owner_section", "owner")
        .annotate(newest_main=Subquery(main.values("published_on")[:1]), newest_other=Subquery(other[:1]))
        .order_by("position", "pk")
    )


def column(person: Person, public_id: str) -> Column:
    """One column of the person's agency; another's answers as if it were not there (ACL-02)."""
    found: Column = get_object_or_404(
        Column.objects.select_related("owner_section", "owner", "parent"),
        agency=person.agency_id,
        public_id=public_id,
    )
    return found


def days(agency: Agency, *, first: date, last: date) -> Days:
    """各栏目每天的条数: two queries, a row for each column and day."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    main = items(agency).filter(published_on__range=(first, last)).order_by()
    for column_id, day, count in main.values_list("main_column", "published_on").annotate(Count("pk")):
        found[column_id][day] = count
    other = _OTHER.objects.filter(
        column__agency=agency,
        informationitem__voided_at__isnull=True,
        informationitem__state__in=PUBLIC,
        informationitem__attribute=Attribute.PROACTIVE,
        informationitem__published_on__range=(first, last),
    )
    rows = other.values_list("column", "informationitem__published_on").annotate(Count("pk"))
    for column_id, day, count in rows:
        found[column_id][day] = found[column_id].get(day, 0) + count
    return found


def newest_before(agency: Agency, day: date) -> Mapping[int, date]:
    """各栏目在那一天以前最后一次更新."""
    main = (
        items(agency)
        .filter(main_column=OuterRef("pk"), published_on__lt=day)
        .order_by("-published_on", "-pk")
    )
    rows = Column.objects.filter(agency=agency).annotate(newest=Subquery(main.values("published_on")[:1]))
    return {pk: newest for pk, newest in rows.values_list("pk", "newest") if newest}


@dataclass(frozen=True, slots=True)
class DutyCount:
    """一项职责的条数和最近一条的日期."""

    count: int | None
    newest_on: date | None
    elsewhere: int = 0  # of them, registered as published elsewhere: readers do not find them on our portal


def by_duty(agency: Agency) -> Mapping[str, DutyCount]:
    """各项法定公开内容的条数, in one query."""
    rows = items(agency).exclude(article_20_duty="").order_by()
    counted = rows.values_list("article_20_duty").annotate(
        count=Count("pk"),
        newest=Max("published_on"),
        elsewhere=Count("pk", filter=Q(state=State.REGISTERED)),
    )
    return {duty: DutyCount(*told) for duty, *told in counted}


def assignments(agency: Agency) -> Mapping[str, Assignment]:
    """现在的落实情况, by duty, each with the day of its newest item (``newest_on``)."""
    newest = (
        items(agency)
        .exclude(article_20_duty="")
        .filter(article_20_duty=OuterRef("duty"))
        .order_by("-published_on", "-pk")
    )
    standing = Assignment.objects.filter(agency=agency, ended_at__isnull=True).annotate(
        newest_on=Subquery(newest.values("published_on")[:1])
    )
    related = standing.select_related("section", "owner", "reviewer", "column")
    return {each.duty: each for each in related}


def history(agency: Agency, duty: str) -> QuerySet[Assignment]:
    """一项职责历次的落实, newest first."""
    found = Assignment.objects.filter(agency=agency, duty=duty).order_by("-pk")
    return found.select_related("section", "owner", "reviewer", "column", "by", "ended_by")


def notices(agency: Agency) -> QuerySet[Notice]:
    return Notice.objects.filter(agency=agency).select_related("by").order_by("-noticed_on", "-pk")


def notice_times(agency: Agency, *, since: date) -> tuple[list[datetime], Mapping[int, list[datetime]]]:
    """通知和提醒: those that went to the whole agency, and this system's own findings of one column, which are on the desk of
    whoever keeps it from then on, with or without a letter."""
    here = timezone.get_current_timezone()
    standing = notices(agency).filter(voided_at__isnull=True, noticed_on__gte=since)
    of_all = [
        datetime.combine(day, datetime.min.time(), tzinfo=here)
        for day in standing.values_list("noticed_on", flat=True)
    ]
    reminders: dict[int, list[datetime]] = defaultdict(list)
    begun = datetime.combine(since, datetime.min.time(), tzinfo=here)
    told = Finding.objects.filter(agency=agency, column__isnull=False, recorded_at__gte=begun)
    for column_id, at in told.exclude(kind=Finding.Kind.COLUMN_HURRIED).values_list("column", "recorded_at"):
        reminders[column_id].append(timezone.localtime(at))
    return of_all, reminders


def entry_times(
    agency: Agency, spans: Iterable[tuple[datetime, datetime]], *, kept_since: datetime
) -> Mapping[int, list[datetime]]:
    """各栏目的入库时间 within these spans: of release where we published it, of entry where it was registered.

    What is registered in a column's first days here is being taken over, and is nobody's hurry; ``kept_since`` is when the
    first of them began, so that a great ledger taken over then is not even read.
    """
    found: dict[int, set[tuple[int, datetime]]] = defaultdict(set)
    for first, last in spans:
        registered = items(agency).filter(
            state=State.REGISTERED,
            recorded_at__range=(first, last),
            recorded_at__gt=kept_since + _TAKING_OVER,
        )
        rows = registered.values_list("pk", "main_column", "recorded_at", "main_column__recorded_at")
        for pk, column_id, at, its_column_since in rows.iterator():
            if column_id and at > its_column_since + _TAKING_OVER:
                found[column_id].add((pk, timezone.localtime(at)))
        released = Version.objects.filter(
            number=1,
            released_at__range=(first, last),
            item__in=items(agency).filter(
                state=State.PUBLISHED,
                published_on__range=(timezone.localdate(first), timezone.localdate(last)),
            ),
        )
        for pk, column_id, at in released.values_list("item", "item__main_column", "released_at"):
            found[column_id].add((pk, timezone.localtime(at)))
    return {column_id: [at for _, at in sorted(entries)] for column_id, entries in found.items()}


def dates_before_entry(
    agency: Agency, *, since: date, kept_since: datetime
) -> Mapping[int, list[tuple[date, date]]]:
    """日期早于入库的: the date an item claims and the day it was entered, where they lie far apart.

    What is registered claims the day it was published; what we publish ourselves bears the server's day, and claims
    at most the date of the document.
    """
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for claimed, state in (("published_on", State.REGISTERED), ("dated_on", State.PUBLISHED)):
        late = items(agency).filter(
            _entered_long_after(claimed, since=since),
            state=state,
            recorded_at__gt=kept_since + _TAKING_OVER,
        )
        for column_id, dated, at in late.values_list("main_column", claimed, "recorded_at"):
            found[column_id].append((dated, timezone.localdate(at)))
    return found


def _entered_long_after(claimed: str, *, since: date) -> Q:
    """Month of entry by month of entry, a date well before its end: plain comparisons that a scan does fast.

    A few too many are found; whoever counts them compares day by day.
    """
    here, long_after = timezone.get_current_timezone(), timedelta(days=hurried_filling.ENTERED_LATE_DAYS)
    condition, first = Q(pk__in=()), since.replace(day=1)
    while first <= timezone.localdate():
        last = (first + timedelta(days=31)).replace(day=1)
        entered = [datetime.combine(day, datetime.min.time(), tzinfo=here) for day in (first, last)]
        condition |= Q(
            recorded_at__gte=entered[0],
            recorded_at__lt=entered[1],
            **{f"{claimed}__lt": last - long_after},
        )
        first = last
    return condition


def findings(agency: Agency) -> QuerySet[Finding]:
    return Finding.objects.filter(agency=agency).select_related("column")


def open_findings(agency: Agency) -> QuerySet[Finding]:
    return findings(agency).filter(closed_at__isnull=True)


def last_check(agency: Agency) -> Check | None:
    return Check.objects.filter(agency=agency, done_at__isnull=False).order_by("-checked_on").first()
