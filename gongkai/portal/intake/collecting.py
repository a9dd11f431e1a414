"""门户领取. The worker puts here what was sealed to one receipt code; whoever has the code takes it; the desk is told when.

Nothing of it is readable on this side: the key follows from the code and the second item, and neither is kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.gateways.files import FileDamaged, FileMissing, intake_files
from gongkai.portal.intake.accepting import Found
from gongkai.portal.intake.models import Offer, OfferedFile, SubmissionStatus
from gongkai.sealing.boxes import open_with, seal_box
from gongkai.sealing.suite import CannotOpen


class OfferRefused(Exception):
    """不能提供领取: nobody handed that in here."""


class OfferReceipt(TypedDict):
    """回执."""

    offered_at: str


@dataclass(frozen=True, slots=True)
class ToCollect:
    """一个供领取的文件."""

    title: str
    name: str
    media_type: str
    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """目录的一行, as it is shown to whoever has the code."""

    offer: str
    position: int
    title: str
    size: int
    offered_at: datetime
    collected_at: datetime | None


def put_offer(
    offer: str, *, submission: str, key: bytes, files: Sequence[ToCollect], suite: str
) -> OfferReceipt:
    """提供领取, in one public transaction; the same offer again changes nothing and gives the first time."""
    known = Offer.objects.filter(public_id=offer).first()
    if known is None:
        alias, now = public_database(), timezone.now()
        if not SubmissionStatus.objects.filter(public_id=submission).exists():
            raise OfferRefused(f"公众侧没有编号为{submission}的提交")
        index = [
            {"title": file.title, "name": file.name, "media_type": file.media_type, "size": file.size}
            for file in files
        ]
        sealed = seal_box(
            key, json.dumps(index, ensure_ascii=False).encode(), bound_to=_cell(offer, "index"), suite=suite
        )
        stored = [
            intake_files().put(
                seal_box(key, file.content, bound_to=_cell(offer, f"file-{position}"), suite=suite)
            )
            for position, file in enumerate(files)
        ]
        with transaction.atomic(using=alias):
            known = Offer.objects.create(
                public_id=offer, submission=submission, sealed=sealed, offered_at=now
            )
            OfferedFile.objects.bulk_create(
                OfferedFile(offer=known, position=position, sha256=name)
                for position, name in enumerate(stored)
            )
            record(
                "intake.offer.released",
                by=None,
                subject=f"offer:{offer}",
                detail={"submission": submission, "files": stored},
                using=alias,
            )
    return OfferReceipt(offered_at=known.offered_at.isoformat())


def withdraw_offer(offer: str) -> None:
    """撤回: the row goes; the sealed files follow with the next sweep."""
    alias = public_database()
    with transaction.atomic(using=alias):
        if Offer.objects.filter(public_id=offer).delete()[0]:
            record("intake.offer.withdrawn", by=None, subject=f"offer:{offer}", using=alias)


def offered(found: Found) -> list[Line]:
    """能领取的, newest first. What does not open with this code is not shown."""
    lines = []
    for offer in Offer.objects.filter(submission=found.submission).order_by("-pk"):
        try:
            index = json.loads(_opened(found, bytes(offer.sealed), offer.public_id, "index"))
        except CannotOpen:
            continue
        lines += [
            Line(offer.public_id, place, each["title"], each["size"], offer.offered_at, offer.collected_at)
            for place, each in enumerate(index)
        ]
    return lines


def collect(found: Found, *, offer: str, position: int) -> ToCollect | None:
    """领取一个文件. The first taking of any of an offer is the moment of collection."""
    row = (
        OfferedFile.objects.filter(
            offer__public_id=offer, offer__submission=found.submission, position=position
        )
        .select_related("offer")
        .first()
    )
    if row is None:
        return None
    try:
        said = json.loads(_opened(found, bytes(row.offer.sealed), offer, "index"))[position]
        content = _opened(found, intake_files().read(row.sha256), offer, f"file-{position}")
    except (CannotOpen, FileMissing, FileDamaged):
        return None
    alias = public_database()
    with transaction.atomic(using=alias):
        first = Offer.objects.filter(pk=row.offer_id, collected_at__isnull=True)
        if first.update(collected_at=timezone.now()):
            record("intake.offer.collected", by=None, subject=f"offer:{offer}", using=alias)
    return ToCollect(said["title"], said["name"], said["media_type"], said["size"], content)


def collected() -> list[Offer]:
    """领取了、还没有告知工作人员侧的."""
    return list(Offer.objects.filter(collected_at__isnull=False, told_at__isnull=True).order_by("pk")[:100])


def note_told(offer: Offer) -> None:
    """工作人员侧已经知道."""
    Offer.objects.filter(pk=offer.pk).update(told_at=timezone.now())


def _opened(found: Found, box: bytes, offer: str, part: str) -> bytes:
    return open_with(found.secret, box, bound_to=_cell(offer, part))


def _cell(offer: str, part: str) -> bytes:
    """Where a sealed text belongs: it opens nowhere else (CRY-02)."""
    return f"intake_offer.{part}:{offer}".encode()
