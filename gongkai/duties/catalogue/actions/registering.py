"""登记信息目录. Columns, items taken over from elsewhere, normative documents, topics and editions of the guide."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import (
    Attribute,
    Column,
    GuideEdition,
    InformationItem,
    NormativeDocument,
    SpecialTopic,
)
from gongkai.registers.actions import enter, require_keeper

OPENERS = (Power.MANAGE_COLUMNS, Power.KEEP_REGISTERS)


def open_column(
    *,
    by: Person,
    name: str,
    parent: Column | None = None,
    column_class: str = "",
    owner_section: Section | None = None,
    position: int = 0,
    opened_on: date | None = None,
) -> Column:
    """开设栏目, by whoever manages columns, or keeps the registers of the section that answers for it."""
    if not may(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate()):
        require_keeper(by, by.agency, owner_section)
    column = Column(
        agency=by.agency,
        name=name.strip(),
        parent=parent,
        column_class=column_class,
        owner_section=owner_section,
        position=position,
        opened_on=opened_on,
    )
    if not column.name:
        raise Refusal("请填写栏目名称。")
    try:
        with transaction.atomic():
            column.save(force_insert=True)
            record("catalogue.column.opened", by=by, subject=column)
    except IntegrityError:
        raise Refusal(f"不能开设：已有栏目“{column.name}”。请换一个名称。") from None
    return column


def register_item(
    *,
    by: Person,
    title: str,
    published_on: date,
    main_column: Column,
    dated_on: date | None = None,
    index_number: str = "",
    document_number: str = "",
    issued_by: str = "",
    genre: str = "",
    subject: str = "",
    article_20_duty: str = "",
    address: str = "",
    imported_from: str = "",
    section: Section | None = None,
    remark: str = "",
) -> InformationItem:
    """登记一条已经在别处公开的信息: to be found and counted, not to be served by the portal."""
    item = InformationItem(
        title=title,
        published_on=published_on,
        main_column=main_column,
        dated_on=dated_on,
        index_number=index_number,
        document_number=document_number,
        issued_by=issued_by,
        genre=genre,
        subject=subject,
        article_20_duty=article_20_duty,
        address=address,
        imported_from=imported_from,
        attribute=Attribute.PROACTIVE,
        section=section,
        remark=remark,
    )
    return enter(item, by=by)


def register_normative_document(
    *,
    by: Person,
    title: str,
    document_number: str,
    issued_on: date,
    kind: str = NormativeDocument.Kind.NORMATIVE,
    in_force_from: date | None = None,
    lapses_on: date | None = None,
    repealed_on: date | None = None,
    repeal_reason: str = "",
    legality_review: str = "",
    legality_reviewed_on: date | None = None,
    published_on: date | None = None,
    interpreted_on: date | None = None,
    not_interpreted_because: str = "",
    section: Section | None = None,
    remark: str = "",
) -> NormativeDocument:
    """登记规章、规范性文件."""
    document = NormativeDocument(
        title=title,
        document_number=document_number,
        kind=kind,
        issued_on=issued_on,
        in_force_from=in_force_from,
        lapses_on=lapses_on,
        repealed_on=repealed_on,
        repeal_reason=repeal_reason,
        legality_review=legality_review,
        legality_reviewed_on=legality_reviewed_on,
        published_on=published_on,
        interpreted_on=interpreted_on,
        not_interpreted_because=not_interpreted_because,
        section=section,
        remark=remark,
    )
    return enter(document, by=by)


def open_topic(
    *,
    by: Person,
    title: str,
    opened_on: date,
    closed_on: date | None = None,
    address: str = "",
    section: Section | None = None,
    remark: str = "",
) -> SpecialTopic:
    """登记专题."""
    topic = SpecialTopic(
        title=title, opened_on=opened_on, closed_on=closed_on, address=address, section=section, remark=remark
    )
    return enter(topic, by=by)


def publish_guide(
    *,
    by: Person,
    edition: str,
    published_on: date,
    review_by: date | None = None,
    section: Section | None = None,
    remark: str = "",
) -> GuideEdition:
    """登记公开指南的新版."""
    guide = GuideEdition(
        edition=edition, published_on=published_on, review_by=review_by, section=section, remark=remark
    )
    return enter(guide, by=by)
