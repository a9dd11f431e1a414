"""复核、退回、撤回、取用."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.redaction.actions.locking import locked, reason_of, require_any
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.queries import SEEN_BY
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files

Stage = RedactionJob.Stage
_UNREADABLE = "成品已丢失或者损坏，不能使用。请撤回后重新制作，并告知系统管理员核查。"


def agree(job: RedactionJob, *, having_seen: str, by: Person) -> RedactionJob:
    """复核通过: by somebody who neither uploaded, nor covered, nor made it; for exactly these bytes."""
    with transaction.atomic():
        job = locked(job, "agree", by=by)
        _require_another(job, by)
        if having_seen != job.output_file:
            raise Refusal("不能复核：成品在您打开之后重新制作过。请刷新页面，看过新的成品再复核。")
        _require_kept(job)
        if not job.proof or job.proof["findings"]:
            raise Refusal("不能复核：成品没有通过检查。请退回重新制作。")
        job.stage, job.reviewer, job.reviewed_hash = Stage.AGREED, by, job.output_file
        job.reviewed_at = timezone.now()
        job.save(update_fields=["stage", "reviewer", "reviewed_hash", "reviewed_at"])
        record("redaction.agreed", by=by, subject=job, detail={"hash": job.output_file})
    return job


def send_back(job: RedactionJob, *, opinion: str, by: Person) -> RedactionJob:
    """退回: back to the boxes, with the reason."""
    opinion = reason_of(opinion, "退回")
    with transaction.atomic():
        job = locked(job, "return", by=by)
        _require_another(job, by)
        _withdraw_output(job)
        job.opinion = opinion
        job.save()
        record("redaction.returned", by=by, subject=job, reason=opinion)
    return job


def take_back(job: RedactionJob, *, reason: str, by: Person) -> RedactionJob:
    """撤回: what was made no longer counts."""
    reason = reason_of(reason, "撤回")
    with transaction.atomic():
        job = locked(job, "take_back", by=by)
        _withdraw_output(job)
        job.save()
        record("redaction.taken_back", by=by, subject=job, reason=reason)
    return job


def hand_out(job: RedactionJob, *, by: Person) -> bytes:
    """取用成品. The bytes are the reviewed ones, or there are none."""
    with transaction.atomic():
        require_any(SEEN_BY, by=by, job=job)
        job = RedactionJob.objects.select_related("agency").get(pk=job.pk)
        if job.stage != Stage.AGREED or job.output_file != job.reviewed_hash:
            raise Refusal("不能取用：成品还没有复核通过。请先由另一位有审核职权的人复核。")
        try:
            content = desk_files().read(job.output_file)
        except (FileMissing, FileDamaged):
            raise Refusal(_UNREADABLE) from None
        record("redaction.handed_out", by=by, subject=job, detail={"hash": job.output_file})
    return content


def _require_another(job: RedactionJob, by: Person) -> None:
    if by.pk in (job.author_id, job.maker_id) or by.public_id in job.drawers():
        raise Refusal(
            "不能复核：您上传、画框或者制作过这份材料，应由另一个人复核。请转给另一位有审核职权的人。"
        )


def _require_kept(job: RedactionJob) -> None:
    try:
        desk_files().check(job.output_file)
    except (FileMissing, FileDamaged):
        raise Refusal(_UNREADABLE) from None


def _withdraw_output(job: RedactionJob) -> None:
    job.stage, job.output_file, job.proof, job.made_at = Stage.MARKING, "", None, None
    job.reviewer, job.reviewed_hash, job.reviewed_at = None, "", None
