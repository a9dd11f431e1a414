"""制作成品. Asked for on the desk, done by the worker: painted, rebuilt, opened again and searched, or nothing."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.redaction import sealed_file
from gongkai.duties.applications.redaction.actions.locking import locked
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.queries import left_open, pages_of, reading_of, words_of
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files
from gongkai.outbox.actions import enqueue
from gongkai.redaction import files
from gongkai.redaction.box import require_sound
from gongkai.redaction.painting import RESOLUTIONS
from gongkai.screening.inspection import CannotInspect

Stage = RedactionJob.Stage
_LONGEST = 300
_MOST_TOLD = 5
_NOT_READ = "原件已丢失或者损坏，不能使用。请系统管理员核查文件存放，或者重新上传。"


def make(job: RedactionJob, *, resolution: int, by: Person, left_open_reason: str = "") -> RedactionJob:
    """制作. What was looked for or detected and stays open needs a reason."""
    if resolution not in RESOLUTIONS:
        raise Refusal("没有这种分辨率，请从列表中选择。")
    left_open_reason = " ".join(left_open_reason.split())[:_LONGEST]
    with transaction.atomic():
        job = locked(job, "make", by=by)
        try:
            require_sound(job.marks(), pages_of(job))
            open_still = left_open(job, reading_of(job))
        except CannotInspect as refusal:
            raise Refusal(str(refusal)) from None
        except (FileMissing, FileDamaged):
            raise Refusal(_NOT_READ) from None
        if open_still and not left_open_reason:
            places = "、".join(
                f"第{hit.areas[0].page}页{_named(hit.what, job)}" for hit in open_still[:_MOST_TOLD]
            )
            raise Refusal(
                f"不能制作：还有{len(open_still)}处没有遮盖（{places}）。请遮盖，或者写明不遮盖的理由。"
            )
        job.stage, job.maker, job.resolution = Stage.MAKING, by, resolution
        job.left_open, job.left_open_reason = len(open_still), left_open_reason if open_still else ""
        job.run += 1
        job.failure = job.opinion = ""
        job.save(
            update_fields=[
                "stage",
                "maker",
                "resolution",
                "left_open",
                "left_open_reason",
                "run",
                "failure",
                "opinion",
            ]
        )
        enqueue("redaction.make", {"job": job.public_id, "run": job.run})
        detail = {"boxes": len(job.boxes), "left_open": job.left_open, "run": job.run}
        record("redaction.asked_for", by=by, subject=job, reason=job.left_open_reason, detail=detail)
    return job


def carry_out(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The worker's part: nothing is written to the register here; what came of it is the receipt."""
    job = RedactionJob.objects.get(public_id=payload["job"])
    if job.stage != Stage.MAKING or job.run != payload["run"]:
        return {}
    try:
        source = sealed_file.read(job)
        output, proof = files.redact(source, job.marks(), words_of(job), job.resolution)
    except files.Leaks as leaks:
        return {"failure": str(leaks)[:_LONGEST], "findings": list(leaks.proof.findings)}
    except (CannotInspect, Refusal) as refusal:
        return {"failure": str(refusal)[:_LONGEST]}
    except (FileMissing, FileDamaged):
        return {"failure": _NOT_READ}
    return {"output": desk_files().put(output), "proof": asdict(proof)}


def finish(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """制成，或者没有制成; in the worker's transaction."""
    job = RedactionJob.objects.select_for_update(of=("self",)).get(public_id=payload["job"])
    if job.stage != Stage.MAKING or job.run != payload["run"] or not receipt:
        return
    if "output" not in receipt:
        job.stage, job.failure = Stage.MARKING, receipt["failure"]
        job.save(update_fields=["stage", "failure"])
        record("redaction.not_made", by=None, subject=job, detail={"run": job.run})
        return
    job.stage, job.output_file, job.proof = Stage.REVIEW, receipt["output"], dict(receipt["proof"])
    job.made_at = timezone.now()
    job.reviewer = None
    job.reviewed_hash, job.reviewed_at = "", None
    job.save(
        update_fields=[
            "stage",
            "output_file",
            "proof",
            "made_at",
            "reviewer",
            "reviewed_hash",
            "reviewed_at",
        ]
    )
    record("redaction.made", by=None, subject=job, detail={"run": job.run, "hash": job.output_file})


def _named(what: str, job: RedactionJob) -> str:
    """What was looked for is told by what it is, not by what it says."""
    return "查找过的词" if what in words_of(job) else what
