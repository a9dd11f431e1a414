"""后台事项. What the worker does for the library: tell the public side of a document; once a day, what has ended."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.duties.catalogue.normative.models import LibraryEntry
from gongkai.duties.catalogue.normative.publishing import payload
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
