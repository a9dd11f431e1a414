"""文件的变动. Amended, repealed, declared lapsed, extended, expired: each written once, and the public mark follows."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import InformationItem, NormativeDocument
from gongkai.duties.catalogue.normative.models import ENDING, ChangeKind, DocumentChange, LibraryEntry
from gongkai.duties.catalogue.normative.publishing import send
from gongkai.registers.actions import lock, require_keeper

DECLARED = (ChangeKind.AMENDED, ChangeKind.REPEALED, ChangeKind.DECLARED_LAPSED)
_LONGEST = 200
_DAY = timedelta(days=1)


def declare(
    document: NormativeDocument,
    *,
    kind: str,
    effective_on: date,
    by_document: NormativeDocument | None = None,
    by_text: str = "",
    reason: str = "",
    by: Person,
) -> DocumentChange:
    """登记变动 that a document of the library, or one from elsewhere, made to this one."""
    require_keeper(by, document.agency, document.section)
    by_text, reason = _short(by_text, "依据文件"), _short(reason, "理由")
    if kind not in DECLARED:
        raise Refusal("请选择修改、废止或者宣布失效。")
    if not by_document and not by_text:
        raise Refusal("请写明依据：选择库中的文件，或者填写库外文件的名称和文号。")
    if by_document and by_document.agency_id != document.agency_id:
        raise Refusal("没有这个文件，请从列表中选择。")
    if by_document and by_document.issued_on < document.issued_on:
        raise Refusal(f"{by_document}印发在前，不能修改、废止印发在后的{document}。请核对。")
    return change(
        document,
        kind=kind,
        effective_on=effective_on,
        by_document=by_document,
        by_text=by_text,
        reason=reason,
        by=by,
    )


def extend(document: NormativeDocument, *, until: date, reason: str, by: Person) -> DocumentChange:
    """延长有效期, before it has run out: a document that has lapsed is issued anew."""
    require_keeper(by, document.agency, document.section)
    reason = _short(reason, "理由")
    if not reason:
        raise Refusal("请写明延长的依据和理由，例如评估结论、会议决定。")
    if document.lapses_on is None:
        raise Refusal("这个文件没有定有效期，不需要延长。")
    if until <= document.lapses_on:
        raise Refusal(f"延长以后应当晚于现在的有效期（{document.lapses_on}）。请核对。")
    return change(
        document,
        kind=ChangeKind.EXTENDED,
        effective_on=timezone.localdate(),
        until=until,
        reason=reason,
        by=by,
    )


def change(
    document: NormativeDocument,
    *,
    kind: str,
    effective_on: date,
    by: Person | None,
    by_document: NormativeDocument | None = None,
    by_item: InformationItem | None = None,
    by_text: str = "",
    reason: str = "",
    until: date | None = None,
) -> DocumentChange:
    """The change itself: the register's days, the line of the chain, the audit, the public mark, in one transaction."""
    with transaction.atomic():
        document = lock(document)
        _require_standing(document, kind, effective_on)
        _set_days(document, kind, effective_on, by_document=by_document, reason=reason, until=until)
        made = DocumentChange.objects.create(
            agency=document.agency,
            document=document,
            kind=kind,
            effective_on=effective_on,
            by_document=by_document,
            by_item=by_item,
            by_text=by_text,
            reason=reason,
            until=until,
            by=by,
        )
        LibraryEntry.objects.get_or_create(document=document, defaults={"agency": document.agency})
        entry = record(
            f"normative.document.{kind}",
            by=by,
            subject=document,
            reason=reason,
            detail={
                "on": effective_on.isoformat(),
                "by_document": by_document.public_id if by_document else "",
            },
        )
        send(document, today=timezone.localdate(), sequence=entry.sequence)
    return made


def expire(*, today: date) -> int:
    """有效期届满: what has passed its last day gets its line, by the system, and the public side hears of every mark that
    the day has changed. How many have lapsed."""
    passed = NormativeDocument.objects.standing().filter(
        Q(repealed_on__isnull=True) | Q(repealed_on__gt=F("lapses_on")),
        ceased_on__lte=today,
        lapses_on__lt=today,
    )
    lapsed = list(passed.exclude(changes__kind__in=ENDING).order_by("pk"))
    for document in lapsed:
        if document.lapses_on:
            change(document, kind=ChangeKind.EXPIRED, effective_on=document.lapses_on + _DAY, by=None)
    for entry in LibraryEntry.objects.filter(is_public=True).select_related("document").order_by("pk"):
        with transaction.atomic():
            send(entry.document, today=today)
    return len(lapsed)


def _require_standing(document: NormativeDocument, kind: str, effective_on: date) -> None:
    if document.voided_at:
        raise Refusal(f"{document}在台账中已经作废，不能登记变动。")
    if ended := document.changes.filter(kind__in=ENDING).first():  # type: ignore[attr-defined]
        raise Refusal(f"{document}已于{ended.effective_on}{ended.get_kind_display()}，不再登记变动。")
    if kind == ChangeKind.EXPIRED:
        return
    if document.ceased_on and document.ceased_on <= effective_on:
        raise Refusal(
            f"{document}自{document.ceased_on}起已经不再施行，这一天以后不能再{ChangeKind(kind).label}。"
        )
    if effective_on < document.issued_on:
        raise Refusal(f"生效日期早于{document}的印发日期，请核对。")


def _set_days(
    document: NormativeDocument,
    kind: str,
    effective_on: date,
    *,
    by_document: NormativeDocument | None,
    reason: str,
    until: date | None,
) -> None:
    """What table two counts from: the register's own columns."""
    if kind == ChangeKind.REPEALED:
        document.repealed_on = effective_on
        document.repeal_reason = reason or (f"由{by_document}废止"[:_LONGEST] if by_document else "")
        document.replaced_by = by_document
    elif kind == ChangeKind.DECLARED_LAPSED:
        document.lapses_on = effective_on - _DAY
    elif kind == ChangeKind.EXTENDED:
        document.lapses_on = until
    document.derive()
    document.save()


def _short(text: str, label: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) > _LONGEST:
        raise Refusal(f"“{label}”最多{_LONGEST}字，现在{len(text)}字，请缩短。")
    return text
