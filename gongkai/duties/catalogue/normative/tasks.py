"""后台事项. What the worker does for the library: tell the public side of a document; once a day, what has ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.duties.catalogue.normative.actions import expire as mark_what_has_run_out
from gongkai.duties.catalogue.normative.models import LibraryEntry
from gongkai.duties.catalogue.normative.publishing import payload
from gongkai.outbox.actions import enqueue
from gongkai.outbox.queries import newest
from gongkai.portal import tasks as portal
from gongkai.portal.release import Receipt


def release(given: Mapping[str, Any]) -> Receipt:
    """As the library has it at this moment; what is not to be in it any more is taken down."""
    entry = LibraryEntry.objects.select_related("agency", "document__item").get(
        document__public_id=given["document"]
    )
    said = payload(entry, today=timezone.localdate(), version=given["sequence"])
    if said is None:
        return portal.withdraw_document({"key": given["document"], "version": given["sequence"]})
    return portal.put_document(said.as_json())


def arrange(today: date) -> None:
    """Once a day, as soon as the day has begun: what ran out yesterday is marked today. Twice does no harm."""
    last = newest("normative.expire")
    if last is None or timezone.localtime(last.created_at).date() < today:
        with transaction.atomic():
            enqueue("normative.expire", {})


def expire(given: Mapping[str, Any]) -> None:
    """As of the day on which it is done: a worker that stood still for a week catches up."""
    mark_what_has_run_out(today=timezone.localdate())
