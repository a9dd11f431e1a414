"""内容摘要. One hash over everything the public would read of a version: any change of it voids the reviews (PUB-02)."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.guide.models import GuideSheet
from gongkai.duties.catalogue.interpretation import content as interpretation
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan, Interprets
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.leaders.models import Profile
from gongkai.duties.catalogue.models import Attachment, Content, Version
from gongkai.duties.catalogue.normative import content as normative
from gongkai.duties.catalogue.normative.models import Sheet

_AT_ONCE = 500  # values in one IN list
# Everything a reader, a search, a feed or a file name could show; the columns decide where it appears.
FIELDS = tuple(field.name for field in Content._meta.local_fields if field.name != "main_column")


def hash_of(version: Version) -> str:
    """SHA-256 over the canonical JSON of the text, the columns and the manifest of the attachments."""
    return _hash(manifest(version))


def hashes_of(versions: Sequence[Version]) -> dict[int, str]:
    """The same of many by their primary keys, with what stands beside them asked for once."""
    prefetch_related_objects(list(versions), "attachments", "other_columns")
    more = with_more([version.pk for version in versions])
    return {
        version.pk: hash_of(version) if version.pk in more else _hash(_own(version)) for version in versions
    }


def with_more(versions: Sequence[int]) -> set[int]:
    """Of these versions those that have more to review than their own text: a plan, links, a sheet of any kind."""
    found: set[int] = set()
    for start in range(0, len(versions), _AT_ONCE):
        some = versions[start : start + _AT_ONCE]
        for model in (InterpretationPlan, Interprets, Sheet, Profile, GuideSheet):
            found.update(model._default_manager.filter(version__in=some).values_list("version", flat=True))
    return found


def manifest(version: Version) -> dict[str, Any]:
    """What the hash is over, readable: kept with the audit of a release."""
    return {
        **_own(version),
        **interpretation.manifest(version),
        **normative.manifest(version),
        **leaders.manifest(version),
        **guide.manifest(version),
    }


def _hash(told: dict[str, Any]) -> str:
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def _own(version: Version) -> dict[str, Any]:
    return {
        **{name: _plain(getattr(version, name)) for name in FIELDS},
        "change_note": version.change_note,
        "main_column": version.main_column.public_id if version.main_column else "",
        "other_columns": sorted(column.public_id for column in version.other_columns.all()),
        "attachments": [
            [file.position, file.name, file.media_type, file.sha256] for file in attachments(version)
        ],
        **_public_before(version),
    }


def attachments(version: Version) -> list[Attachment]:
    return sorted(version.attachments.all(), key=lambda file: (file.position, file.pk))


def _public_before(version: Version) -> dict[str, str]:
    """原发布日期 of an item moved in: the public reads it too."""
    day = version.item.public_before
    return {"public_before": day.isoformat()} if day else {}


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
