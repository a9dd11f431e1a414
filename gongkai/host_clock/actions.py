"""看钟和确认. The worker looks; what it finds is on the audit chain. A person confirms the time, with how it was checked."""

import logging

from django.db import transaction

from gongkai.audit.models import Entry
from gongkai.audit.record import Actor, record
from gongkai.host_clock.judging import TOLERANCE, Finding, judge
from gongkai.host_clock.models import Doubt, HostClock
from gongkai.host_clock.reading import Reading, read

log = logging.getLogger(__name__)


@transaction.atomic
def look(name: str, now: Reading) -> bool:
    """Whether the time of this host is to be believed now. Said once, when that changes."""
    _, is_new = HostClock.objects.get_or_create(name=name, defaults={"newest": now.at})
    row = HostClock.objects.select_for_update().get(name=name)
    known = None if is_new else Reading(row.newest, row.boot, row.ran_for)
    # What was stored while the clock ran ahead is no measure of it when it has been put right.
    last = None if row.doubt == Doubt.JUMPED else Entry.objects.order_by("-sequence").first()
    finding = judge(known, now, stored=last.at if last else None)
    if finding is None:
        row.newest, row.boot, row.ran_for = max(row.newest, now.at), now.boot, now.ran_for
        if row.doubt:
            row.doubt = ""
            log.warning("host clock of %s is in order again", name)
            record(
                "host_clock.restored", by=None, subject=row, detail={"host": name, "seen": now.at.isoformat()}
            )
    elif row.doubt != finding.doubt:
        _take_note(row, finding)
        if is_new:
            row.newest = finding.expected
    row.save()
    return not row.doubt


def _take_note(row: HostClock, finding: Finding) -> None:
    shift = round((finding.seen - finding.expected).total_seconds())
    log.error("host clock of %s is not to be believed: %s by %s s", row.name, finding.doubt, shift)
    detail = {
        "host": row.name,
        "expected": finding.expected.isoformat(),
        "seen": finding.seen.isoformat(),
        "seconds": shift,
    }
    entry = record(f"host_clock.{finding.doubt}", by=None, subject=row, detail=detail)
    row.doubt, row.found = finding.doubt, finding.doubt
    row.expected, row.seen, row.after = finding.expected, finding.seen, entry.sequence


@transaction.atomic
def confirm(*, by: Actor, reason: str) -> bool:
    """确认时间无误: from now on the time of every host counts as it stands. False when there was nothing to confirm."""
    here = read()
    now = here.at
    hosts = list(HostClock.objects.select_for_update().order_by("pk"))
    if not any(each.found or each.newest > now + TOLERANCE for each in hosts):
        return False
    detail = {"hosts": [each.name for each in hosts], "confirmed": now.isoformat()}
    record("host_clock.confirmed", by=by, subject=hosts[0], reason=reason, detail=detail)
    for each in hosts:
        each.newest, each.doubt, each.found = now, "", ""
        # Of another machine only its own worker can tell how long it has been running by now.
        each.boot, each.ran_for = (here.boot, here.ran_for) if each.boot == here.boot else ("", 0)
        each.save()
    return True
