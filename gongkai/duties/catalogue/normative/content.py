"""随稿审查的文件要素. What a normative document in draft says of its days and of other documents (PUB-02)."""

from typing import Any

from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.normative.models import IntendedChange, Sheet

WRITTEN = ("kind", "registered_number", "in_force_from", "lapses_on", "term_reason")


def sheet_of(version: Version) -> Sheet | None:
    return Sheet.objects.filter(version=version).first()


def manifest(version: Version) -> dict[str, Any]:
    """The sheet of a version; nothing for a version without one."""
    sheet = sheet_of(version)
    if sheet is None:
        return {}
    changes = sheet.changes.order_by("document__public_id").select_related("document")
    return {
        "normative_sheet": {
            **{name: _plain(getattr(sheet, name)) for name in WRITTEN},
            "changes": [
                [change.document.public_id, change.kind, _plain(change.effective_on)] for change in changes
            ],
        }
    }


def copy(before: Version, version: Version) -> None:
    """A further version has the same sheet; what the first release did to other documents is not done again."""
    if sheet := sheet_of(before):
        Sheet.objects.create(
            agency=version.agency, version=version, **{name: getattr(sheet, name) for name in WRITTEN}
        )


def intended(version: Version) -> list[IntendedChange]:
    sheet = sheet_of(version)
    return list(sheet.changes.select_related("document")) if sheet else []


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
