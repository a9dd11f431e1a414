"""后台事项. What the worker does for some items of a batch: their columns first, then all of them in one transaction."""

from collections.abc import Mapping
from typing import Any

from gongkai.duties.catalogue.content import hashes_of
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.tasks import put_columns, sent_item
from gongkai.portal import tasks as portal


def release(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The public side's answer for each version that went out, and a reason for each that did not."""
    asked = Version.objects.filter(public_id__in=payload["versions"])
    found = {version.public_id: version for version in asked.select_related("item", "main_column", "agency")}
    hashes = hashes_of(list(found.values()))
    refused = {
        public_id: "没有发布：内容与审查、签发时不一致"
        for public_id, version in found.items()
        if hashes[version.pk] != version.content_hash
    }
    going = [found[each] for each in payload["versions"] if each in found and each not in refused]
    put_columns(going)
    answers = {}
    told = portal.put_many([sent_item(version, sequence=payload["sequence"]) for version in going])
    for version, answer in zip(going, told, strict=True):
        if isinstance(answer, str):
            refused[version.public_id] = answer
        else:
            answers[version.public_id] = answer
    return {"answers": answers, "refused": refused}
