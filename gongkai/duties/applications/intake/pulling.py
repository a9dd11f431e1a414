"""接收公众侧的提交. The worker's round: take in what waits, acknowledge it, keep the watch. Exactly once as seen from outside.

Open, carry the files, one desk transaction, then the acknowledgement. Whatever line a crash falls on, the next round does
the rest: a file carried twice is the same file, a submission received twice is known by its row.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.duties.applications.intake.models import (
    AvoidedApplications,
    PullFailure,
    ReceivedSubmission,
    Watch,
)
from gongkai.duties.applications.intake.receiving import HandedIn, StoredFile, receive
from gongkai.duties.applications.rights import actions as rights
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.gateways.files import desk_files, intake_files
from gongkai.portal.intake import pulling as portal
from gongkai.portal.intake.models import Submission
from gongkai.portal.intake.sealing import cell
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen
from gongkai.sealing.unboxing import open_box

log = logging.getLogger(__name__)

_AT_ONCE = 50  # taken in before the worker turns to something else
_ASKED_AT_ONCE = 500
_PAUSE = timedelta(seconds=5)  # doubles with each failure, up to
_LONGEST_PAUSE = timedelta(minutes=10)
_OURS = (Refusal, CannotOpen, KeyMissing)  # their words are for people and hold nobody's data


def pull(*, again: bool = False) -> int:
    """接收: how many were taken in. ``again``, once after each start: also those acknowledged that this desk lacks.

    However many come in meanwhile, it ends after a while: the worker has other things to do, and withdrawals to carry out.
    """
    count = sum(_try(submission) for submission in _not_here(portal.acknowledged_lately())) if again else 0
    last = 0
    while count < _AT_ONCE and (batch := portal.waiting(after=last)):
        for submission in batch:
            count += _try(submission)
        last = batch[-1].pk
    return count


def watch() -> Watch:
    """收件情况 as the desk shows it, and the numbers of those who need not apply."""
    waits = portal.how_many_wait()
    kept, _ = Watch.objects.update_or_create(
        pk=1,
        defaults={"looked_at": timezone.now(), "waiting": waits.count, "oldest": waits.oldest},
    )
    for (agency, year), count in portal.avoided().items():
        if whose := Agency.objects.filter(public_id=agency).first():
            AvoidedApplications.objects.update_or_create(agency=whose, year=year, defaults={"count": count})
    return kept


def take_in(submission: Submission) -> bool:
    """接收一份. Whether it was new to the desk."""
    try:
        is_new = _taken(submission)
    except IntegrityError:
        # Another worker was faster with the same one; any other contradiction is raised again.
        if not _known(submission.public_id):
            raise
        is_new = False
    portal.acknowledge(submission)
    return is_new


def _taken(submission: Submission) -> bool:
    if submission.kind == Submission.Kind.RIGHTS:
        content = _plain(submission)["content"]
        return rights.receive(submission.public_id, asked_at=submission.accepted_at, content=content)[1]
    return receive(_opened(submission))[1]


def _known(submission: str) -> bool:
    return bool(_here([submission]))


def _not_here(submissions: Sequence[Submission]) -> Iterator[Submission]:
    for start in range(0, len(submissions), _ASKED_AT_ONCE):
        some = submissions[start : start + _ASKED_AT_ONCE]
        here = _here([submission.public_id for submission in some])
        yield from (submission for submission in some if submission.public_id not in here)


def _here(submissions: Sequence[str]) -> set[str]:
    """Those of them that this desk has."""
    return {
        *ReceivedSubmission.objects.filter(submission__in=submissions).values_list("submission", flat=True),
        *RightsRequest.objects.filter(submission__in=submissions).values_list("submission", flat=True),
    }


def _plain(submission: Submission) -> dict[str, Any]:
    sealed = bytes(submission.sealed)
    plain = open_box(settings.KEYS_FOLDER, sealed, bound_to=cell(submission.public_id, "content"))
    said: dict[str, Any] = json.loads(plain)
    return said


def _opened(submission: Submission) -> HandedIn:
    said = _plain(submission)
    stored = list(submission.files.all())
    files = [
        StoredFile(each["role"], each["name"], each["media_type"], each["size"], row.sha256)
        for each, row in zip(said["files"], stored, strict=True)
    ]
    for row in stored:
        intake_files().carry(row.sha256, to=desk_files())
    return HandedIn(
        submission.public_id,
        submission.agency,
        submission.accepted_at,
        said["content"],
        files,
        said.get("collection_key", ""),
    )


def _try(submission: Submission) -> int:
    """One that cannot be taken in keeps none of the others waiting; it is tried again, later and later."""
    failed = PullFailure.objects.filter(submission=submission.public_id).first()
    # A pause longer than the longest was counted by a clock that ran ahead.
    if failed and timedelta() < failed.try_after - timezone.now() <= _LONGEST_PAUSE:
        return 0
    try:
        is_new = take_in(submission)
    except Exception as error:  # noqa: BLE001 - nothing that goes wrong with one may lose it or stop the rest
        _note(submission.public_id, failed, error)
        return 0
    if failed:
        failed.delete()
    return int(is_new)


def _note(submission: str, failed: PullFailure | None, error: Exception) -> None:
    log.warning("submission %s not taken in: %s", submission, type(error).__name__)
    words = str(error) if isinstance(error, _OURS) else type(error).__name__
    attempts = failed.attempts + 1 if failed else 1
    now: datetime = timezone.now()
    pause = min(_PAUSE * 2 ** min(attempts, 10), _LONGEST_PAUSE)
    with transaction.atomic():
        PullFailure.objects.update_or_create(
            submission=submission,
            defaults={
                "attempts": attempts,
                "failed_at": now,
                "try_after": now + pause,
                "words": words[:200],
            },
        )
