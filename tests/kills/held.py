"""还在不在. Everything that was confirmed, held against rows, files, audit lines and chains; and whether anything is half."""

import json
import sys
from collections import Counter

from django.conf import settings

from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.duties.applications.archive.models import Bundle
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.intake.models import ApplicationFile, PullFailure, ReceivedSubmission
from gongkai.duties.applications.letters.keeping import sha256, unsealed
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.gateways.files import desk_files
from gongkai.outbox.actions import try_again
from gongkai.outbox.models import OutboxItem
from gongkai.portal.intake.accepting import look_up
from gongkai.portal.intake.models import Offer, Submission, SubmissionStatus
from gongkai.portal.intake.sealing import cell
from gongkai.sealing.unboxing import open_box
from tests.kills.published import of_files, of_publishing


def waiting() -> int:
    """What the worker has still to do."""
    return (
        Submission.objects.filter(acknowledged_at=None).count()
        + PullFailure.objects.count()
        + OutboxItem.objects.filter(status=OutboxItem.Status.WAITING).count()
        + Offer.objects.filter(collected_at__isnull=False, told_at__isnull=True).count()
    )


def tried_again() -> int:
    """What a whole row of killed workers left on the shelf, put back to work as the system administrator does; how many."""
    shelved = list(OutboxItem.objects.filter(status=OutboxItem.Status.SHELVED))
    return sum(try_again(item, by=None) for item in shelved)


def held(history: list[list[str]]) -> dict[str, object]:
    told: dict[str, list[list[str]]] = {}
    for kind, *rest in history:
        told.setdefault(kind, []).append(rest)
    return {**_of_the_portal(told), **_of_the_desk(told), **of_publishing(told), **of_files(), **_of_both()}


def _of_the_portal(told: dict[str, list[list[str]]]) -> dict[str, object]:
    lines = _subjects("public", "intake.submission.accepted")
    copies = {request.application_id: request for request in RightsRequest.objects.all()}
    asked = _subjects("public", "intake.rights.accepted")
    statuses = set(SubmissionStatus.objects.values_list("public_id", flat=True))
    lost, case_of = [], {}
    for code, second in told["application"]:
        found = look_up(code, second)
        received = found and ReceivedSubmission.objects.filter(submission=found.submission).first()
        if received is None:
            lost.append(code)
        else:
            case_of[code] = received.application_id
    offers = {offer.public_id: offer for offer in Offer.objects.all()}
    return {
        "applications lost": lost,
        "applications twice": len(told["application"]) - len(set(case_of.values())),
        "taken in": len(statuses),
        "audit lines of taking in": len(lines),
        "lines and rows differ": len(set(lines) ^ {f"submission:{each}" for each in statuses}),
        "received": ReceivedSubmission.objects.count(),
        "received of nothing": ReceivedSubmission.objects.exclude(submission__in=statuses).count(),
        "files": ApplicationFile.objects.count(),
        "files that do not open": [f.pk for f in _files() if not _opens(f)],
        "copies lost": [code for code, _ in told.get("copy", []) if case_of.get(code) not in copies],
        "copies twice": RightsRequest.objects.count() - len(copies),
        "lines of copies": len(asked) - RightsRequest.objects.count(),
        "collections lost": [
            offer
            for (offer,) in told.get("collected", [])
            if offer not in offers or not offers[offer].collected_at or not offers[offer].told_at
        ],
    }


def _of_the_desk(told: dict[str, list[list[str]]]) -> dict[str, object]:
    entered = _subjects("default", "applications.application.entered")
    closed = _subjects("default", "applications.application.closed")
    cases = {case.public_id: case for case in Application.objects.filter(channel="in_person")}
    papers = {(paper.application.public_id, paper.digest): paper for paper in _papers()}
    return {
        "entries lost": [case for (case,) in told["entered"] if case not in cases],
        "entered twice": _more_than_once(entered),
        "entries without a line": sorted(set(cases) - {each.partition(":")[2] for each in entered}),
        "lines of no entry": len(entered) - Application.objects.count(),
        "without its first event": Application.objects.exclude(events__kind="received").count(),
        "scans lost": [key for key in map(tuple, told["scan"]) if key not in papers],
        "scans that do not open": [key for key, paper in papers.items() if not _is_whole(paper)],
        "lines of scans": len(_subjects("default", "application_counter.paper_added")) - len(papers),
        "closings lost": [case for (case,) in told["closed"] if cases[case].status != "closed"],
        "closed twice": _more_than_once(closed),
        "lines of closings": len(closed) - ApplicationEvent.objects.filter(kind="closed").count(),
        "columns that drifted": [case for case in cases if drift(cases[case], calendar())],
        **_of_bundles(told),
        "exports without a line": max(0, len(told.get("exported", [])) - len(_exports())),
    }


def _of_bundles(told: dict[str, list[list[str]]]) -> dict[str, object]:
    bundles = {each.public_id: each for each in Bundle.objects.select_related("application")}
    bound = {each.application.public_id for each in bundles.values()}
    made, taken = _subjects("default", "application_archive.made"), told.get("taken out", [])
    digests = {each.application.public_id: each.digest for each in bundles.values()}
    return {
        "bundles lost": [case for (case,) in told.get("bundle", []) if case not in bound],
        "bundles not made": [each for each, bundle in bundles.items() if bundle.state != "made"],
        "bundles made twice": _more_than_once(made),
        "lines of bundles": len(made) - len(bundles),
        "bundles that do not open": [key for key, each in bundles.items() if not _is_as_bound(each)],
        "taken out otherwise": [case for case, _, digest in taken if digests.get(case) != digest],
        "takings out without a line": max(
            0, len(taken) - len(_subjects("default", "application_archive.read"))
        ),
    }


def _of_both() -> dict[str, object]:
    numbers = sorted(int(each.register_number.split("〕")[1][:-1]) for each in Application.objects.all())
    return {
        "numbers without a gap": numbers == list(range(1, len(numbers) + 1)),
        "on the shelf": OutboxItem.objects.filter(status=OutboxItem.Status.SHELVED).count(),
        "chains hold": [prove(alias).holds for alias in ("default", "public")],
    }


def _subjects(alias: str, action: str) -> list[str]:
    return list(Entry.objects.using(alias).filter(action=action).values_list("subject", flat=True))


def _more_than_once(subjects: list[str]) -> list[str]:
    return [subject for subject, times in Counter(subjects).items() if times > 1]


def _files():
    return ApplicationFile.objects.select_related("received")


def _opens(file: ApplicationFile) -> bool:
    place = cell(file.received.submission, f"file-{file.position}")
    box = desk_files().read(file.sha256)
    return open_box(settings.KEYS_FOLDER, box, bound_to=place).startswith(b"\xff\xd8\xff")


def _exports() -> list[str]:
    return _subjects("default", "applications.application.exported")


def _is_as_bound(bundle: Bundle) -> bool:
    return sha256(unsealed(bundle, "file")) == bundle.digest


def _papers():
    return ReceivedPaper.objects.select_related("application")


def _is_whole(paper: ReceivedPaper) -> bool:
    return sha256(unsealed(paper, "file")) == paper.digest


def say(answer: object) -> None:
    json.dump(answer, sys.stdout, ensure_ascii=False)
