"""查阅遮盖材料. Those of the person's agency; who keeps the registers of one section sees those of its cases."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import sealed_file
from gongkai.duties.applications.redaction.lifecycle import KEEPERS, REVIEWERS
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.redaction import files
from gongkai.redaction.box import Page
from gongkai.redaction.finding import Hit, Reading, uncovered

Stage = RedactionJob.Stage
SEEN_BY = (*KEEPERS, *REVIEWERS)


@dataclass(frozen=True, slots=True)
class Output:
    """遮盖好的文件, for the letter and the file of the case. ``sha256`` is its name among the desk's files."""

    title: str
    sha256: str
    pages: int
    boxes: int


def jobs(person: Person, *, on: date) -> QuerySet[RedactionJob]:
    found = RedactionJob.objects.filter(agency=person.agency).select_related(
        "agency", "application__agency", "application__section", "author", "maker", "reviewer"
    )
    if person.section_id and not powers_of(person, on=on).intersection(REVIEWERS):
        found = found.filter(
            Q(application__section__isnull=True) | Q(application__section_id=person.section_id)
        )
    return found


def outputs(application: Application) -> list[Output]:
    """成品: those that a second person agreed to."""
    agreed = RedactionJob.objects.filter(application=application, stage=Stage.AGREED).order_by("pk")
    return [Output(job.title, job.output_file, len(job.pages), len(job.boxes)) for job in agreed]


def reading_of(job: RedactionJob) -> Reading:
    return files.read(sealed_file.read(job), len(job.pages))


def pages_of(job: RedactionJob) -> list[Page]:
    return [Page(number, *page) for number, page in enumerate(job.pages, 1)]


def words_of(job: RedactionJob) -> list[str]:
    """查找过的词."""
    told = job.unseal("words")
    return [str(word) for word in json.loads(told)] if told else []


def left_open(job: RedactionJob, reading: Reading) -> tuple[Hit, ...]:
    """查找到的、识别出的，还没有遮盖的."""
    hits = (*reading.find(words_of(job)), *(hit for hit in reading.detect() if hit.sure))
    found = uncovered(hits, [box.area for box in job.marks()])
    return tuple(sorted(found, key=lambda hit: (hit.areas[0].page, hit.areas[0].top, hit.areas[0].left)))


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等这个人复核的，和退回来、没有制成的."""
    powers = powers_of(person, on=today)
    due = Q(pk__in=())
    if powers.intersection(REVIEWERS):
        due |= Q(stage=Stage.REVIEW) & ~Q(author=person) & ~Q(maker=person)
    if powers.intersection(KEEPERS):
        due |= Q(stage=Stage.MARKING, author=person) & (~Q(opinion="") | ~Q(failure=""))
    for job in jobs(person, on=today).filter(due).order_by("pk"):
        words = "复核遮盖" if job.stage == Stage.REVIEW else "修改遮盖"
        url = reverse("redaction:job", args=[job.public_id])
        yield ToDo("遮盖", f"{job.application}的材料　{words}", url, due_on=job.application.due_on)
