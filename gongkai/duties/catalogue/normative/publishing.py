"""文件库送到公众侧. What the public library says of a document, and sending it when that has changed."""

import hashlib
import json
from dataclasses import asdict
from datetime import date

from gongkai.audit.record import record
from gongkai.duties.catalogue.models import NormativeDocument, Validity
from gongkai.duties.catalogue.normative.models import ChangeKind, DocumentChange, LibraryEntry
from gongkai.outbox.actions import enqueue
from gongkai.portal.payloads import ChangeReference, DocumentPayload

_OF_THE_ITEM = {
    "not_yet": Validity.IN_FORCE,
    "in_force": Validity.IN_FORCE,
    "amended": Validity.AMENDED,
    "lapsed": Validity.LAPSED,
    "repealed": Validity.REPEALED,
}


def validity_on(document: NormativeDocument, day: date) -> str:
    """有效性 on a day, as the public library has it. Repeal prevails over lapse: somebody decided it."""
    if document.repealed_on and document.repealed_on <= day:
        return "repealed"
    if document.lapses_on and document.lapses_on < day:
        return "lapsed"
    if document.in_force_from and document.in_force_from > day:
        return "not_yet"
    amended = any(
        change.kind == ChangeKind.AMENDED and change.effective_on <= day
        for change in document.changes.all()  # type: ignore[attr-defined]
    )
    return "amended" if amended else "in_force"


def payload(entry: LibraryEntry, *, today: date, version: int) -> DocumentPayload | None:
    """What the public library says; None for a document that is not to be in it (withdrawn, voided, not yet shown)."""
    document = entry.document
    item = document.item
    if not entry.is_public or document.voided_at or (item and not item.live):
        return None
    return DocumentPayload(
        version=version,
        key=document.public_id,
        kind=document.get_kind_display(),
        title=document.title,
        document_number=document.document_number,
        registered_number=entry.registered_number,
        issued_by=(item.issued_by if item else "") or entry.agency.name,
        issued_on=document.issued_on.isoformat(),
        in_force_from=_written(document.in_force_from),
        lapses_on=_written(document.lapses_on),
        ceased_on=_written(document.ceased_on),
        validity=validity_on(document, today),
        item=item.public_id if item else "",
        changes=tuple(_change(each) for each in _changes(document)),
    )


def send(document: NormativeDocument, *, today: date, sequence: int = 0) -> bool:
    """Tell the public side in this transaction's outbox, if it would hear something new. True when it will.

    ``sequence`` is the audit entry of the act that changed the document; without an act, as when a day has passed,
    the telling itself is recorded.
    """
    entry = LibraryEntry.objects.select_related("agency", "document__item").filter(document=document).first()
    if entry is None:
        return False
    said = _digest(payload(entry, today=today, version=0))
    if said == entry.sent:
        return False
    LibraryEntry.objects.filter(pk=entry.pk).update(sent=said)
    sequence = sequence or record("normative.document.told", by=None, subject=document).sequence
    enqueue("normative.release", {"document": document.public_id, "sequence": sequence})
    _mark_item(entry, today=today)
    return True


def _mark_item(entry: LibraryEntry, *, today: date) -> None:
    """有效性 of the text on the desk, as on its public page."""
    item = entry.document.item
    if item and item.live:
        mark = _OF_THE_ITEM[validity_on(entry.document, today)]
        type(item).objects.filter(pk=item.pk).exclude(validity=mark).update(validity=mark)


def _changes(document: NormativeDocument) -> list[DocumentChange]:
    found = document.changes.select_related("by_document__item", "by_document__library", "by_item")  # type: ignore[attr-defined]
    return list(found)


def _change(change: DocumentChange) -> ChangeReference:
    """By what, as far as that is public itself."""
    words, on = change.get_kind_display(), change.effective_on.isoformat()
    item = change.by_item or (change.by_document.item if change.by_document else None)
    if item is not None:
        if not item.live:
            return ChangeReference(words, on)
        return ChangeReference(words, on, item.public_id, item.title, item.document_number)
    library = getattr(change.by_document, "library", None)
    if change.by_document and library and library.is_public and not change.by_document.voided_at:
        return ChangeReference(words, on, "", change.by_document.title, change.by_document.document_number)
    return ChangeReference(words, on, "", change.by_text)


def _digest(said: DocumentPayload | None) -> str:
    """What was said, without the number of its sending; "" for nothing."""
    if said is None:
        return ""
    return hashlib.sha256(json.dumps(asdict(said), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
