"""卷内材料. Everything of a case that is a document, in the order of the file: as it was handed in, found and sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.letters.keeping import kept, sha256
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.portal.intake.sealing import cell
from gongkai.sealing.unboxing import open_box

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Paper:
    """一份材料. ``title`` tells its kind and bears nobody's name: it stands in the index beside the sealed file."""

    title: str
    on: date | None
    content: bytes
    ending: str

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
    """Raises what the stores raise when a file is missing or damaged: a bundle with a hole is no bundle."""
    yield from _handed_in(case)
    yield from _letters(case)
    yield from _redacted(case)


def _handed_in(case: Application) -> Iterator[Paper]:
    for file in ApplicationFile.objects.filter(application=case).select_related("received"):
        if not desk_files().has(file.sha256):
            continue  # disposed of by rule; the index of an earlier bundle still names it
        place = cell(file.received.submission, f"file-{file.position}")
        content = open_box(settings.KEYS_FOLDER, desk_files().read(file.sha256), bound_to=place)
        title = f"申请人提交的{file.get_role_display()}（第{file.position + 1}个文件）"
        yield Paper(title, case.received_on, content, _ENDINGS.get(file.media_type, "bin"))


def _letters(case: Application) -> Iterator[Paper]:
    for letter in Letter.objects.filter(application=case).exclude(issued_pdf="").order_by("issued_on", "pk"):
        mark = "（已作废）" if letter.voided_at else ""
        title = f"{letter.get_kind_display()} {letter.number}{mark}"
        yield Paper(title, letter.issued_on, kept(letter, "issued_pdf"), "pdf")
        for delivery in Delivery.objects.filter(letter=letter).exclude(proof="").order_by("attempt"):
            ending = delivery.proof_name.rpartition(".")[2].lower()[:4] or "bin"
            proof = kept(delivery, "proof")
            yield Paper(
                f"{letter.number}的送达凭证", delivery.delivered_on or delivery.sent_on, proof, ending
            )


def _redacted(case: Application) -> Iterator[Paper]:
    agreed = RedactionJob.objects.filter(application=case, stage=RedactionJob.Stage.AGREED)
    for job in agreed.order_by("pk"):
        content = desk_files().read(job.output_file)
        yield Paper("遮盖后提供的材料", job.reviewed_at.date() if job.reviewed_at else None, content, "pdf")
