"""后台循环. Does what waits in the outbox, shows that it is alive; anchors every hour, unused accounts, the check of columns
and duties and the reading of every stored file every day. What only the date asks for waits while the host's clock is not to be believed (TIM-05)."""

import logging
import socket
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils import timezone

from gongkai.agencies.actions.sign_in import disable_unused
from gongkai.audit import anchors
from gongkai.config import env
from gongkai.duties.administrative_acts import tasks as administrative_acts
from gongkai.duties.applications.archive import tasks as application_archive
from gongkai.duties.applications.clocks import tasks as application_clocks
from gongkai.duties.applications.handling import tasks as handling
from gongkai.duties.applications.intake.tasks import Rounds
from gongkai.duties.catalogue.leaders import tasks as leaders
from gongkai.duties.catalogue.normative import tasks as normative
from gongkai.duties.catalogue.upkeep import tasks as upkeep
from gongkai.duties.remedies import tasks as remedies
from gongkai.host_clock.tasks import Watch
from gongkai.operations import copy_watch
from gongkai.operations.file_watch import Rounds as FileChecks
from gongkai.outbox.models import WorkerBeat
from gongkai.outbox.worker import run_waiting
from gongkai.virus_checks.tasks import Rounds as VirusChecks

log = logging.getLogger(__name__)

_IDLE = 0.5  # seconds between looks when nothing waits
_BEAT = timedelta(seconds=30)
_ANCHOR = timedelta(hours=1)
_COPY = timedelta(seconds=10)
_DAY = timedelta(days=1)
_LOOK = timedelta(minutes=5)  # between looks at whether the night's check is due


def work(*, until: Callable[[], bool]) -> None:
    """Run until asked to stop. A database that is away is waited for, not died of.

    What waits comes before what is looked after now and then: one that is killed and started again and again gets on.
    """
    beaten = anchored = tidied = looked = copied = timezone.now() - _DAY
    intake, virus_checks, file_checks = Rounds(), VirusChecks(), FileChecks()
    watch = Watch(socket.gethostname())
    marked: date | None = None  # the day for which what has run out and who has left was looked for
    while not until():
        close_old_connections()
        try:
            on_time = watch.go()
            now = timezone.now()
            if _is_due(beaten, now, _BEAT):
                beat()
                beaten = now
            busy = run_waiting(on_time=on_time, until=until) + intake.go(now) + virus_checks.go(now)
            if _is_due(copied, now, _COPY):
                copy_watch.look(now)
                copied = now
            if _is_due(anchored, now, _ANCHOR):
                anchor()
                anchored = now
            if on_time and _is_due(tidied, now, _DAY):
                disable_unused()
                administrative_acts.every_day()
                application_archive.every_day(timezone.localdate())
                tidied = now
            if on_time and _is_due(looked, now, _LOOK):
                upkeep.arrange(now)
                handling.arrange(now)
                application_clocks.arrange(timezone.localdate())
                remedies.remind(now)
                looked = now
            if on_time and marked != (today := timezone.localdate()):
                normative.arrange(today)
                leaders.arrange(today)
                marked = today
            if on_time and not busy:
                file_checks.go(now)
        except DatabaseError as error:
            log.warning("database away: %s", type(error).__name__)
            busy = 0
        if not busy:
            time.sleep(_IDLE)


def _is_due(last: datetime, now: datetime, every: timedelta) -> bool:
    """Also when the clock was set back behind the last time: it would have to come round again first."""
    return abs(now - last) >= every


def beat() -> None:
    WorkerBeat.objects.update_or_create(name=socket.gethostname(), defaults={"at": timezone.now()})


def anchor() -> None:
    """Write the head of each chain to the anchor folder."""
    folder = env.folder(env.ANCHORS, "anchors")
    for alias in ("default", "public"):
        anchors.write(folder, alias)
