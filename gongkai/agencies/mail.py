"""给人写信. What one of the office's people is told by mail; written in the business transaction, sent by the worker.

The waiting row names the person and not his address: an address that changes meanwhile is the right one, and none stands in
the outbox.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from gongkai.agencies.models import Person
from gongkai.gateways import mail
from gongkai.outbox.actions import enqueue


def write_to(person: Person, *, subject: str, text: str) -> bool:
    """写信. Nothing is written when mail is off, or when the person has no address or is no longer active."""
    if not mail.is_on() or not person.email or not person.is_active:
        return False
    payload = {
        "person": person.public_id,
        "subject": subject,
        "text": text,
        "key": secrets.token_hex(16),
    }
    enqueue("mail.send", payload)
    return True


def deliver(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """发出, by the worker."""
    person = Person.objects.filter(public_id=payload["person"], is_active=True).exclude(email="").first()
    if person is None or not mail.is_on():
        return {"sent": False}
    letter = mail.Letter(person.email, payload["subject"], payload["text"], payload["key"])
    mail.send(letter)
    return {"sent": True}
