"""卷内材料. Everything of a case that is a document, in the order of the file: as it was handed in, found and sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.utils import timezone

from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.intake.opening import unsealed
from gongkai.duties.applications.letters.keeping import kept, sha256
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.virus_checks.queries import infected, require_scanned

_LEFT_OUT = "申请人提交的这个文件查出病毒，原件加密封存在系统中，没有入卷。\n".encode()
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Paper:
    """一份材料. ``title`` tells its kind and bears nobody's name: it stands in the index beside the sealed file. Listed
    without being opened; ``key`` finds it again."""

    key: str
    title: str
    on: date | None
    opened: Callable[[], bytes]
    ending: str
    goes: bool = False  # 到期销毁: it is copied nowhere, or a copy would outlive it (PII-06)

    @cached_property
    def content(self) -> bytes:
        return self.opened()

    @property
    def line(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "on": self.on.isoformat() if self.on else "",
            "sha256": sha256(self.content),
            "size": len(self.content),
            "ending": self.ending,
        }


def papers(case: Application) -> Iterator[Paper]:
    """To open one raises what the stores raise when its file is missing or damaged: a bundle with a hole is no bundle."""
    yield from _handed_in(case)
    yield from _on_paper(case)
    yield from _letters(case)
    yield from _redacted(case)


def _handed_in(case: Application) -> Iterator[Paper]:
    for file in ApplicationFile.objects.filter(application=case).select_related("received"):
        if not desk_files().has(file.sha256):
            continue  # disposed of by rule; the record of that is bound instead
        title = f"申请人提交的{file.get_role_display()}（第{file.position + 1}个文件）"
        if infected([file.sha256]):  # a bundle must not carry it on; that it was there is kept
            yield Paper("", f"{title}（查出病毒，封存，不入卷）", case.received_on, lambda: _LEFT_OUT, "txt")
            continue
        ending = _ENDINGS.get(file.media_type, "bin")
        goes = file.role == ApplicationFile.Role.IDENTITY
        yield Paper(file.public_id, title, case.received_on, partial(_scanned, file), ending, goes)


def _on_paper(case: Application) -> Iterator[Paper]:
    for paper in ReceivedPaper.objects.filter(application=case, taken_out_at__isnull=True):
        if not desk_files().has(paper.stored_as):
            continue  # disposed of by rule
        title = f"收到的纸质材料：{paper.get_kind_display()}"
        if infected([paper.stored_as]):
            yield Paper("", f"{title}（查出病毒，封存，不入卷）", case.received_on, lambda: _LEFT_OUT, "txt")
            continue
        ending = _ENDINGS[paper.media_type]
        goes = paper.kind == ReceivedPaper.Kind.IDENTITY
        yield Paper(paper.public_id, title, case.received_on, partial(_clean_scan, paper), ending, goes)


def _clean_scan(paper: ReceivedPaper) -> bytes:
    require_scanned(paper.stored_as, what=f"收到的{paper.get_kind_display()}")
    return kept(paper, "file")


def _letters(case: Application) -> Iterator[Paper]:
    for letter in Letter.objects.filter(application=case).exclude(issued_pdf="").order_by("issued_on", "pk"):
        mark = "（已作废）" if letter.voided_at else ""
        title = f"{letter.get_kind_display()} {letter.number}{mark}"
        opened = partial(kept, letter, "issued_pdf")
        yield Paper(letter.public_id, title, letter.issued_on, opened, "pdf")
        for taken in Delivery.objects.filter(letter=letter, collected_at__isnull=False).order_by("attempt"):
            yield _collected(letter, taken)
        for delivery in Delivery.objects.filter(letter=letter).exclude(proof="").order_by("attempt"):
            ending = delivery.proof_name.rpartition(".")[2].lower()[:4] or "bin"
            on = delivery.delivered_on or delivery.sent_on
            opened = partial(kept, delivery, "proof")
            yield Paper(delivery.public_id, f"{letter.number}的送达凭证", on, opened, ending)


def _collected(letter: Letter, delivery: Delivery) -> Paper:
    """门户领取的凭证: what both sides noted, in words."""
    lines = [
        f"{letter.get_kind_display()} {letter.number}",
        "送达方式：在本机关网站凭查询码和证件号码后四位领取",
        f"放到网站上的时间：{timezone.localtime(delivery.offered_at):%Y-%m-%d %H:%M:%S}",
        f"领取时间：{timezone.localtime(delivery.collected_at):%Y-%m-%d %H:%M:%S}",
        f"文件摘要（SHA-256）：{letter.pdf_sha256}",
    ]
    said = "\n".join(lines).encode()
    return Paper("", f"{letter.number}的领取记录", delivery.delivered_on, lambda: said, "txt")


def _redacted(case: Application) -> Iterator[Paper]:
    agreed = RedactionJob.objects.filter(application=case, stage=RedactionJob.Stage.AGREED)
    for job in agreed.order_by("pk"):
        on = timezone.localdate(job.reviewed_at) if job.reviewed_at else None
        opened = partial(desk_files().read, job.output_file)
        yield Paper(job.public_id, "遮盖后提供的材料", on, opened, "pdf")


def _scanned(file: ApplicationFile) -> bytes:
    require_scanned(file.sha256, what="申请人提交的文件")
    return unsealed(file)
