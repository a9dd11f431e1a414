"""上传和画框."""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import sealed_file
from gongkai.duties.applications.redaction.actions.locking import locked, reason_of
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.queries import pages_of, words_of
from gongkai.redaction import files
from gongkai.redaction.box import MOST_BOXES, Area, Origin, lies_on, require_ground, require_on_page
from gongkai.registers.actions import require_keeper
from gongkai.screening.inspection import CannotInspect
from gongkai.virus_checks.actions import look_at, note

_ID_BYTES = 4
MOST_WORDS = 200


def begin(application: Application, *, title: str, name: str, data: bytes, by: Person) -> RedactionJob:
    """上传要遮盖的PDF."""
    require_keeper(by, application.agency, application.section)
    if application.voided_at:
        raise Refusal("不能上传：这件申请已经作废。请核对登记编号。")
    title = " ".join(title.split())
    if not title or len(title) > 200:
        raise Refusal("请填写材料的名称，最多200字，不写个人姓名。")
    scanned = look_at(data, name=name, by=by)
    try:
        pages = files.pages(data, name)
    except CannotInspect as refusal:
        raise Refusal(str(refusal)) from None
    job = RedactionJob(
        agency=application.agency,
        application=application,
        title=title,
        author=by,
        pages=[[round(page.width, 2), round(page.height, 2), page.letters, page.scanned] for page in pages],
    )
    with transaction.atomic():
        sealed_file.keep(job, data)
        job.save(force_insert=True)
        note(job.source_file, scanned, kept_by="redaction")
        record("redaction.begun", by=by, subject=job, detail={"pages": len(pages), "hash": job.source_hash})
    return job


def cover(
    job: RedactionJob,
    areas: Collection[Area],
    *,
    ground: str,
    origin: Origin,
    by: Person,
    what: str = "",
    words: Iterable[str] = (),
) -> RedactionJob:
    """加框. ``words``: what was looked for, kept sealed to be searched again in the finished file."""
    if not areas:
        raise Refusal("没有选中任何一处，请先选择。")
    with transaction.atomic():
        job = locked(job, "mark", by=by)
        if len(job.boxes) + len(areas) > MOST_BOXES:
            raise Refusal(f"不能加框：遮盖框超过{MOST_BOXES}个，请把文件分成几个。")
        pages = pages_of(job)
        try:
            require_ground(ground)
            if origin is not Origin.HAND:
                areas = [
                    each
                    for each in areas
                    if not 1 <= each.page <= len(pages) or lies_on(each, pages[each.page - 1])
                ]
                if not areas:
                    raise Refusal("选中的字在页面以外或者裁掉的地方，成品里没有，不用遮盖。")
            for area in areas:
                require_on_page(area, pages)
        except CannotInspect as refusal:
            raise Refusal(f"不能加框：{refusal}") from None
        for area in areas:
            seen = area.within(pages[area.page - 1].width, pages[area.page - 1].height)
            job.boxes.append(
                {
                    "id": secrets.token_hex(_ID_BYTES),
                    "page": seen.page,
                    "left": round(seen.left, 2),
                    "top": round(seen.top, 2),
                    "right": round(seen.right, 2),
                    "bottom": round(seen.bottom, 2),
                    "ground": ground,
                    "origin": origin.value,
                    "what": what,
                    "by": by.public_id,
                }
            )
        job.boxes.sort(key=lambda box: (box["page"], box["top"], box["left"]))
        _remember(job, words)
        job.failure = ""
        job.save(update_fields=["boxes", "words", "failure"])
        detail = {"boxes": len(areas), "ground": ground, "origin": origin.value}
        record("redaction.covered", by=by, subject=job, detail=detail)
    return job


def uncover(job: RedactionJob, ids: Collection[str], *, by: Person) -> RedactionJob:
    """去框."""
    with transaction.atomic():
        job = locked(job, "mark", by=by)
        taken = [box for box in job.boxes if box["id"] in ids]
        if not taken:
            raise Refusal("没有这个遮盖框，可能已经被别人去掉了。请刷新页面。")
        job.boxes = [box for box in job.boxes if box["id"] not in ids]
        job.save(update_fields=["boxes"])
        origins = dict(Counter(box["origin"] for box in taken))
        record("redaction.uncovered", by=by, subject=job, detail={"boxes": len(taken), "origins": origins})
    return job


def abandon(job: RedactionJob, *, reason: str, by: Person) -> RedactionJob:
    """放弃."""
    reason = reason_of(reason, "放弃")
    with transaction.atomic():
        job = locked(job, "abandon", by=by)
        job.stage = RedactionJob.Stage.ABANDONED
        job.save(update_fields=["stage"])
        record("redaction.abandoned", by=by, subject=job, reason=reason)
    return job


def _remember(job: RedactionJob, words: Iterable[str]) -> None:
    known = words_of(job)
    kept = list(dict.fromkeys([*known, *(word.strip() for word in words if word.strip())]))
    if kept != known:
        job.seal("words", json.dumps(kept[-MOST_WORDS:], ensure_ascii=False))
