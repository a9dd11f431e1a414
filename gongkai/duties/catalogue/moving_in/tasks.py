"""后台事项. What the worker does for some items of a batch: their columns first, then all of them in one transaction."""

from collections.abc import Mapping
from typing import Any

from gongkai.duties.catalogue.content import hashes_of
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.tasks import put_columns, sent_item
from gongkai.portal import tasks as portal


def release(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer for each version that went out; one that is no longer what was signed gets none."""
    found = {
        version.public_id: version
        for version in Version.objects.select_related("item", "main_column", "agency").filter(
            public_id__in=payload["versions"]
        )
    }
    hashes = hashes_of(list(found.values()))
    versions = [
        version
        for public_id in payload["versions"]
        if (version := found.get(public_id)) and hashes[version.pk] == version.content_hash
    ]
    put_columns(versions)
    receipts = portal.put_many([sent_item(version, sequence=payload["sequence"]) for version in versions])
    return {
        "answers": [[version.public_id, receipt] for version, receipt in zip(versions, receipts, strict=True)]
    }
