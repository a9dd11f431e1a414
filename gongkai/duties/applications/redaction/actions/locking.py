"""办理一步之前. The power, the row locked, the step open; and the words people write."""

from django.utils import timezone

from gongkai.agencies.access import Refusal, Refused, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.redaction import lifecycle
from gongkai.duties.applications.redaction.lifecycle import KEEPERS
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.registers.actions import require_keeper

LONGEST_WORDS = 300


def locked(job: RedactionJob, name: str, *, by: Person) -> RedactionJob:
    """The job as it is now, for this step; within the caller's transaction."""
    step = lifecycle.STEPS[name]
    require_any(step.powers, by=by, job=job)
    if step.powers == KEEPERS:
        require_keeper(by, job.agency, job.application.section)
    held = RedactionJob.objects.select_for_update(of=("self",)).select_related(
        "agency", "application__section"
    )
    job = held.get(pk=job.pk)
    lifecycle.require(job, name)
    return job


def require_any(powers: tuple[Power, ...], *, by: Person, job: RedactionJob) -> None:
    """One of the powers is enough."""
    answers = [may(by, power, job.agency, on=timezone.localdate()) for power in powers]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    if len(refused) == len(answers):
        raise Refusal(refused[0].reason)


def reason_of(text: str, to_do: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not text:
        raise Refusal(f"不能{to_do}：没有写理由。请填写。")
    if len(text) > LONGEST_WORDS:
        raise Refusal(f"理由最多{LONGEST_WORDS}字，现在{len(text)}字，请缩短。")
    return text
