"""后台事项. One letter by mail: its PDF to one address, and nothing of it in the subject or the outbox."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.models import Delivery
from gongkai.gateways import mail


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
