"""后台事项. One letter by mail or to the portal: nothing of it in the subject or the outbox, nothing plain on the way."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways import mail
from gongkai.gateways.files import desk_files
from gongkai.portal.intake import collecting
from gongkai.portal.intake.collecting import ToCollect

_PDF = "application/pdf"


def send(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """发出, by the worker; a second time it bears the same name."""
    delivery = Delivery.objects.select_related("letter__agency").get(public_id=payload["delivery"])
    if delivery.state != Delivery.State.WAITING:
        return {"sent": False}
    office = delivery.letter.agency
    mail.send(
        mail.Letter(
            to=delivery.unseal("address"),
            subject=f"{office.name}政府信息公开文书",
            text=f"{office.name}的一件政府信息公开文书见附件。如有疑问，请与本机关联系：{office.telephone}。",
            key=payload["key"],
            attachments=(mail.Attachment("wenshu.pdf", kept(delivery.letter, "issued_pdf")),),
        )
    )
    return {"sent": True, "on": timezone.localdate().isoformat()}


def offer(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """放到门户上供领取, sealed to the key of this one receipt code; a second time it is the same offer."""
    delivery = Delivery.objects.select_related("letter__application").get(public_id=payload["delivery"])
    if delivery.state != Delivery.State.WAITING:
        return {}
    received = ReceivedSubmission.objects.get(application=delivery.letter.application)
    return collecting.put_offer(
        delivery.public_id,
        submission=received.submission,
        key=bytes.fromhex(received.collection_key),
        files=list(to_collect(delivery.letter)),
        suite=settings.SUITE,
    )


def withdraw_offer(payload: Mapping[str, Any]) -> None:
    """撤回供领取的文书."""
    collecting.withdraw_offer(payload["delivery"])


def to_collect(letter: Letter) -> Iterator[ToCollect]:
    """领取什么: the letter as it was signed, and with a reply what two people agreed to give out after covering."""
    content = kept(letter, "issued_pdf")
    title = f"{letter.get_kind_display()} {letter.number}"
    yield ToCollect(title, f"{letter.number}.pdf", _PDF, len(content), content)
    if letter.kind == "reply":
        agreed = RedactionJob.objects.filter(application=letter.application, stage=RedactionJob.Stage.AGREED)
        for number, job in enumerate(agreed.order_by("pk"), 1):
            content = desk_files().read(job.output_file)
            yield ToCollect(f"提供的材料{number}", f"提供的材料{number}.pdf", _PDF, len(content), content)
