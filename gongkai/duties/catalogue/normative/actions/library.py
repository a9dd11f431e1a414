"""文件库的办理. The number and term of a document, and listing documents that were published elsewhere."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import NormativeDocument
from gongkai.duties.catalogue.normative.models import LibraryEntry
from gongkai.duties.catalogue.normative.publishing import send
from gongkai.registers.actions import require_keeper
from gongkai.screening.found import Level
from gongkai.screening.text import look


def save_entry(
    document: NormativeDocument, *, registered_number: str, term_reason: str, by: Person
) -> LibraryEntry:
    """登记统一登记号和另定有效期的理由."""
    require_keeper(by, document.agency, document.section)
    registered_number = " ".join(registered_number.split())
    with transaction.atomic():
        entry, _ = LibraryEntry.objects.select_for_update(of=("self",)).get_or_create(
            document=document, defaults={"agency": document.agency}
        )
        entry.registered_number, entry.term_reason = registered_number, term_reason.strip()
        try:
            with transaction.atomic():
                entry.save(update_fields=["registered_number", "term_reason"])
        except IntegrityError:
            raise Refusal(f"统一登记号“{registered_number}”已经给了另一个文件，请核对。") from None
        line = record("normative.entry.saved", by=by, subject=document, reason=entry.term_reason)
        send(document, today=timezone.localdate(), sequence=line.sequence)
    return entry


def show(document: NormativeDocument, *, by: Person) -> LibraryEntry:
    """列入公开的文件库: number, title and days of a document that has been public elsewhere. Its text is not sent."""
    require(by, Power.RELEASE_REPORT, document.agency, on=timezone.localdate())
    if document.voided_at:
        raise Refusal("不能公布：这一条在台账中已经作废。")
    if document.published_on is None:
        raise Refusal(
            f"不能公布：{document}没有公开日期。已经在别处公开的，请在台账中登记公开日期；没有公开的，请从“信息发布”起草公开。"
        )
    if document.item and not document.item.live:
        raise Refusal(f"不能公布：{document}的正文已经撤回。")
    found = [each for each in look(document.title) if each.level in (Level.REFUSE, Level.ANSWER)]
    if found:
        raise Refusal(f"不能公布：名称里有{found[0].what}“{found[0].shown}”。请在台账中更正名称后再公布。")
    with transaction.atomic():
        entry, _ = LibraryEntry.objects.select_for_update(of=("self",)).get_or_create(
            document=document, defaults={"agency": document.agency}
        )
        if entry.is_public:
            raise Refusal(f"{document}已经列入公开的文件库。")
        entry.is_public = True
        entry.save(update_fields=["is_public"])
        line = record("normative.entry.shown", by=by, subject=document)
        send(document, today=timezone.localdate(), sequence=line.sequence)
    return entry


def hide(document: NormativeDocument, *, reason: str, by: Person) -> LibraryEntry:
    """从公开的文件库撤下."""
    require(by, Power.WITHDRAW_ITEMS, document.agency, on=timezone.localdate())
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("请写明撤下的原因。")
    with transaction.atomic():
        entry = LibraryEntry.objects.select_for_update(of=("self",)).filter(document=document).first()
        if entry is None or not entry.is_public:
            raise Refusal(f"{document}不在公开的文件库里，请刷新页面。")
        if document.item and document.item.live:
            raise Refusal("它的正文在公众侧，请到“信息发布”撤回正文，文件库随之撤下。")
        entry.is_public = False
        entry.save(update_fields=["is_public"])
        line = record("normative.entry.hidden", by=by, subject=document, reason=reason)
        send(document, today=timezone.localdate(), sequence=line.sequence)
    return entry
