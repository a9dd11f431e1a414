"""入库. What follows from the release of an item: its document stands in the library, others are changed by it."""

from datetime import date

from django.utils import timezone

from gongkai.audit.record import record
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.queries import explained, planned
from gongkai.duties.catalogue.models import InformationItem, ItemKind, NormativeDocument, Version
from gongkai.duties.catalogue.normative.actions.changes import change
from gongkai.duties.catalogue.normative.content import intended, sheet_of
from gongkai.duties.catalogue.normative.models import (
    ENDING,
    ChangeKind,
    CleanUpEntry,
    CleanUpRound,
    DocumentChange,
    IntendedChange,
    LibraryEntry,
    Sheet,
)
from gongkai.duties.catalogue.normative.publishing import send
from gongkai.duties.catalogue.normative.queries import of_number

_LONGEST = 200
_ENDS = {
    CleanUpEntry.Conclusion.REPEAL.value: ChangeKind.REPEALED,
    CleanUpEntry.Conclusion.LAPSE.value: ChangeKind.DECLARED_LAPSED,
}


def follow_release(version: Version) -> None:
    """公开以后. Called once the public side has answered, in the same transaction as the version's being published."""
    sheet = sheet_of(version)
    if version.kind == ItemKind.NORMATIVE and sheet:
        file(version, sheet)
    if version.kind == ItemKind.INTERPRETATION:
        for item in explained(version):
            _note_interpretation(item, on=_released_on(version))
    publish_results(version.item, on=_released_on(version))


def follow_withdrawal(item: InformationItem) -> None:
    """撤回以后: the public side has dropped the document itself; what named it there is told anew."""
    LibraryEntry.objects.filter(document__item=item).update(sent="")
    named = NormativeDocument.objects.standing().filter(changes__by_item=item)
    named |= NormativeDocument.objects.standing().filter(changes__by_document__item=item)
    for document in named.distinct():
        send(document, today=timezone.localdate())


def publish_results(item: InformationItem, *, on: date) -> None:
    """结果已公布: repeals and lapses take effect with the list that the public can read."""
    round_ = CleanUpRound.objects.select_for_update(of=("self",)).filter(result=item).first()
    if round_ is None or round_.state != CleanUpRound.State.CONCLUDED:
        return
    round_.state = CleanUpRound.State.PUBLISHED
    round_.save(update_fields=["state"])
    record("normative.clean_up.published", by=None, subject=round_, detail={"item": item.public_id})
    for entry in round_.entries.filter(conclusion__in=_ENDS).select_related("document"):
        document = entry.document
        ended = document.changes.filter(kind__in=ENDING).exists()
        if ended or document.voided_at or (document.ceased_on and document.ceased_on <= on):
            continue  # it ended by itself while the list was being reviewed
        change(
            document,
            kind=_ENDS[entry.conclusion],
            effective_on=on,
            by_item=item,
            reason=entry.reason,
            by=item.author,
        )


def file(version: Version, sheet: Sheet) -> NormativeDocument:
    """入库 of a document that is public now: the record there is of it, or a new one; then what it does to others."""
    document = _document_of(version)
    is_new = document.pk is None
    document.title, document.document_number = version.title, version.document_number
    document.kind, document.issued_on = sheet.kind, version.dated_on or _released_on(version)
    document.in_force_from, document.section = sheet.in_force_from, version.section
    if is_new or not document.changes.exclude(kind=ChangeKind.AMENDED).exists():
        document.lapses_on = sheet.lapses_on
    document.item, document.published_on = version.item, document.published_on or _released_on(version)
    document.legality_review = NormativeDocument.LegalityReview.PASSED
    document.legality_reviewed_on = _legality_reviewed_on(version) or document.legality_reviewed_on
    _set_interpretation(document, version)
    document.derive()
    document.save()
    LibraryEntry.objects.update_or_create(
        document=document,
        defaults={
            "agency": version.agency,
            "registered_number": sheet.registered_number,
            "term_reason": sheet.term_reason,
            "is_public": True,
        },
    )
    entry = record(
        "normative.document.filed", by=None, subject=document, detail={"version": version.public_id}
    )
    for each in intended(version):
        _carry_out(each, document=document, sheet=sheet)
    send(document, today=timezone.localdate(), sequence=entry.sequence)
    return document


def _carry_out(each: IntendedChange, *, document: NormativeDocument, sheet: Sheet) -> None:
    """What was reviewed is done once. A document that ended on its own since the release was decided is left as it is."""
    changed = each.document
    done = DocumentChange.objects.filter(document=changed, by_document=document, kind=each.kind)
    if done.exists() or changed.changes.filter(kind__in=ENDING).exists() or changed.voided_at:
        return
    on = each.effective_on or sheet.in_force_from
    if changed.ceased_on and changed.ceased_on <= on:
        return
    change(
        changed,
        kind=each.kind,
        effective_on=max(on, changed.issued_on),
        by_document=document,
        by_item=document.item,
        by=document.item.author if document.item else None,
    )


def _document_of(version: Version) -> NormativeDocument:
    """The record of this item, or the one with its number that was registered by hand, or a new one."""
    own: NormativeDocument | None = (
        NormativeDocument.objects.standing().filter(agency=version.agency, item=version.item).first()
    )
    registered = own or of_number(version.agency, version.document_number)
    return registered or NormativeDocument(agency=version.agency, recorded_by=version.author)


def _set_interpretation(document: NormativeDocument, version: Version) -> None:
    plan = plan_of(version)
    if plan and plan.is_exempt:
        document.not_interpreted_because, document.interpreted_on = plan.exempt_because[:_LONGEST], None
        return
    days = [item.published_on for item in planned(version) if item.live and item.published_on]
    if days:
        document.interpreted_on, document.not_interpreted_because = document.interpreted_on or min(days), ""


def _note_interpretation(item: InformationItem, *, on: date) -> None:
    """解读日期 of the register, by which table two's text is checked."""
    documents = NormativeDocument.objects.standing().filter(item=item, interpreted_on__isnull=True)
    documents.update(interpreted_on=on, not_interpreted_because="")


def _legality_reviewed_on(version: Version) -> date | None:
    passed = version.reviews.filter(step=Version.Stage.LEGALITY_REVIEW, conclusion="passed").last()
    return timezone.localtime(passed.recorded_at).date() if passed else None


def _released_on(version: Version) -> date:
    return timezone.localtime(version.released_at).date()
