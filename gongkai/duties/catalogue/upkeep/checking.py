"""夜间检查. What is wrong with columns and duties today, kept as findings that close by themselves when it is mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.access import holders, powers_of
from gongkai.agencies.mail import write_to
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep import duty_list, hurry, queries
from gongkai.duties.catalogue.upkeep.clocks import Clock, Standing, clocks
from gongkai.duties.catalogue.upkeep.models import Assignment, Check, Finding
from gongkai.outbox.actions import enqueue

Kind = Finding.Kind
_HURRY_STANDS = timedelta(days=30)  # a sign of hurry is shown so long; nothing mends it but time
_LONGEST = 300
_OF_COLUMN = {Standing.OVERDUE: Kind.COLUMN_OVERDUE, Standing.EMPTY: Kind.COLUMN_EMPTY}
_OF_DUTY = {
    duty_list.Standing.GAP: Kind.DUTY_GAP,
    duty_list.Standing.EMPTY: Kind.DUTY_EMPTY,
    duty_list.Standing.OVERDUE: Kind.DUTY_OVERDUE,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """今天的一处问题."""

    kind: Kind
    since: date
    text: str
    column: Column | None = None
    duty: str = ""

    @property
    def key(self) -> tuple[str, int | None, str]:
        return self.kind.value, self.column.pk if self.column else None, self.duty


def arrange(today: date) -> int:
    """安排当天的检查, once a day for each agency that has columns; how many were arranged."""
    arranged = 0
    for agency in checked().exclude(pk__in=Check.objects.filter(checked_on=today).values("agency")):
        with transaction.atomic():
            check, is_new = Check.objects.get_or_create(agency=agency, checked_on=today)
            if is_new:
                enqueue("upkeep.check", {"check": check.public_id})
                arranged += 1
    return arranged


def checked() -> QuerySet[Agency]:
    """要检查的机关: those that stand and have columns."""
    return Agency.objects.filter(ended_on__isnull=True, pk__in=Column.objects.values("agency"))


def check(public_id: str) -> Check:
    """检查一个机关: done twice, the second time finds nothing new."""
    with transaction.atomic():
        done = _locked(public_id)
        if not done.done_at:
            _look(done)
    return done


def check_now(agency: Agency) -> tuple[int, int]:
    """现在检查, at the operator's word, also when the night's check is done; how many are new, how many are mended."""
    with transaction.atomic():
        known, _ = Check.objects.get_or_create(agency=agency, checked_on=timezone.localdate())
        return _look(_locked(known.public_id))


def _locked(public_id: str) -> Check:
    return Check.objects.select_for_update(of=("self",)).select_related("agency").get(public_id=public_id)


def _look(done: Check) -> tuple[int, int]:
    new, closed = _reconcile(done.agency, list(faults(done.agency, today=timezone.localdate())))
    _remind(done.agency, new)
    done.done_at, done.opened, done.closed = timezone.now(), done.opened + len(new), done.closed + closed
    done.save(update_fields=["done_at", "opened", "closed"])
    counts = {"opened": len(new), "closed": closed}
    record("upkeep.check.done", by=None, subject=done, detail=counts)
    return len(new), closed


def faults(agency: Agency, *, today: date) -> Iterator[Fault]:
    """今天的全部问题."""
    found = list(queries.columns(agency, closed_after=today))
    for clock in clocks(found, today=today):
        if kind := _OF_COLUMN.get(clock.standing):
            yield Fault(kind, _late_since(clock, today), _words(clock), column=clock.column)
    first = today - _HURRY_STANDS
    counts = queries.days(agency, first=first - hurry.LOOK_BACK, last=today)
    by_pk = {column.pk: column for column in found}
    for pk, signs in hurry.signs(agency, found, counts, first=first, last=today).items():
        text = "；".join(sign.text for sign in signs)[:_LONGEST]
        yield Fault(Kind.COLUMN_HURRIED, signs[0].on, text, column=by_pk[pk])
    for line in duty_list.lines(agency, today=today):
        if kind := _OF_DUTY.get(line.standing):
            since = line.due_on + timedelta(days=1) if line.due_on else today
            yield Fault(kind, since, line.why[:_LONGEST], duty=line.duty.key)


def keepers(column: Column) -> list[Person]:
    """谁来办: the column's owner; without one the drafters of its section; without them whoever manages columns."""
    today = timezone.localdate()
    if column.owner and column.owner.is_active:
        return [column.owner]
    drafters = holders(Power.DRAFT_ITEMS, column.agency, on=today)
    in_section = list(drafters.filter(section=column.owner_section_id)) if column.owner_section_id else []
    return in_section or list(holders(Power.MANAGE_COLUMNS, column.agency, on=today))


def kept_by(person: Person) -> Q:
    """这个人该办的栏目, the other way round, for lists."""
    mine = Q(owner=person)
    if person.section_id and Power.DRAFT_ITEMS in powers_of(person, on=timezone.localdate()):
        mine |= Q(owner_section=person.section_id) & (Q(owner__isnull=True) | Q(owner__is_active=False))
    return mine


def _reconcile(agency: Agency, today: list[Fault]) -> tuple[list[Finding], int]:
    """Open what is new, close what is gone, say anew what has changed."""
    standing = {(each.kind, each.column_id, each.duty): each for each in queries.open_findings(agency)}
    keys, new = {fault.key for fault in today}, []
    for fault in today:
        known = standing.get(fault.key)
        if known is None:
            new.append(
                Finding.objects.create(
                    agency=agency,
                    kind=fault.kind,
                    column=fault.column,
                    duty=fault.duty,
                    since=fault.since,
                    text=fault.text,
                )
            )
        elif known.text != fault.text:
            known.text = fault.text
            known.save(update_fields=["text"])
    gone = [finding.pk for key, finding in standing.items() if key not in keys]
    Finding.objects.filter(pk__in=gone).update(closed_at=timezone.now())
    return new, len(gone)


def _remind(agency: Agency, new: list[Finding]) -> None:
    """提醒: one letter a person for all that is new; a sign of hurry asks nothing more of its keeper.

    Only what a letter was written about has a 提醒时间: without a mail server, or an address, there is none.
    """
    letters: dict[Person, list[Finding]] = {}
    handed_down = queries.assignments(agency)
    for finding in new:
        if finding.kind == Kind.COLUMN_HURRIED:
            continue
        for person in _addressees(finding, handed_down, agency):
            letters.setdefault(person, []).append(finding)
    reminded: set[int] = set()
    for person, findings in letters.items():
        lines = "\n".join(f"{each.get_kind_display()}：{each.about}。{each.text}" for each in findings)
        is_written = write_to(
            person,
            subject=f"公开提醒：{len(findings)}处需要办理",
            text=f"{person.name}：\n\n夜间检查发现下列事项由您办理：\n\n{lines}\n\n请登录工作台办理，改好后自动销号。\n",
        )
        if is_written:
            reminded |= {finding.pk for finding in findings}
    Finding.objects.filter(pk__in=reminded).update(reminded_at=timezone.now())


def _addressees(finding: Finding, handed_down: Mapping[str, Assignment], agency: Agency) -> list[Person]:
    if finding.column:
        return keepers(finding.column)
    assignment = handed_down.get(finding.duty)
    if assignment and assignment.owner and finding.kind != Kind.DUTY_GAP:
        return [assignment.owner]
    return list(holders(Power.MANAGE_COLUMNS, agency, on=timezone.localdate()))


def _late_since(clock: Clock, today: date) -> date:
    return clock.due.day + timedelta(days=1) if clock.due and clock.due.overdue_on(today) else today


def _words(clock: Clock) -> str:
    if clock.standing is Standing.EMPTY:
        return "从来没有发布过信息" + (f"；{clock.due.explanation.conclusion}" if clock.due else "")
    return str(clock.due.explanation) if clock.due else clock.words
