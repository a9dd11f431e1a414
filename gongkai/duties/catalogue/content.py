"""内容摘要. One hash over everything the public would read of a version: any change of it voids the reviews (PUB-02)."""

import hashlib
import json
from typing import Any

from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.interpretation import content as interpretation
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.models import Attachment, Content, Version
from gongkai.duties.catalogue.normative import content as normative

# Everything a reader, a search, a feed or a file name could show; the columns decide where it appears.
FIELDS = tuple(field.name for field in Content._meta.local_fields if field.name != "main_column")


def hash_of(version: Version) -> str:
    """SHA-256 over the canonical JSON of the text, the columns and the manifest of the attachments."""
    return hashlib.sha256(
        json.dumps(manifest(version), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def manifest(version: Version) -> dict[str, Any]:
    """What the hash is over, readable: kept with the audit of a release."""
    return {
        **{name: _plain(getattr(version, name)) for name in FIELDS},
        "change_note": version.change_note,
        "main_column": version.main_column.public_id if version.main_column else "",
        "other_columns": sorted(version.other_columns.values_list("public_id", flat=True)),
        "attachments": [
            [file.position, file.name, file.media_type, file.sha256] for file in attachments(version)
        ],
        **interpretation.manifest(version),
        **normative.manifest(version),
        **leaders.manifest(version),
        **guide.manifest(version),
    }


def attachments(version: Version) -> list[Attachment]:
    return list(version.attachments.order_by("position", "pk"))


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
