"""后台事项. What the worker does for an item: release it with the columns it stands in; release it at its time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongkai.duties.catalogue.actions import releasing
from gongkai.duties.catalogue.content import attachments, hash_of
from gongkai.duties.catalogue.disclosure_column import part_of
from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.interpretation.queries import explained
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.models import Column, Version
from gongkai.duties.catalogue.public_text import public_text
from gongkai.portal import tasks as portal
from gongkai.portal.old_addresses import old_path
from gongkai.portal.payloads import ColumnPayload, FileReference, ItemPayload


def release(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """One version, or a document and its interpretations in one public transaction. The first one's receipt names the
    others' beside it."""
    sent = [payload, *payload.get("beside", ())]
    versions = [_sent(each["version"]) for each in sent]
    for version in versions:
        if (
            hash_of(version) != version.content_hash
        ):  # no later attempt would help: it goes back to its author
            return {"refused": f"{version}的内容与审查、签发时不一致"}
    put_columns(versions)
    items = [
        sent_item(version, sequence=each["sequence"]) for version, each in zip(versions, sent, strict=True)
    ]
    first, *beside = portal.put_together(items)
    return {**first, "beside": beside} if beside else first


def put_column(payload: Mapping[str, Any]) -> None:
    """栏目的改动: a column that readers see, as it is now, those above it first."""
    for column in _path(Column.objects.get(public_id=payload["column"])):
        portal.put_column(_column_payload(column).as_json())


def put_columns(versions: Iterable[Version]) -> None:
    """Every column in which one of these stands, before anything is said to stand there."""
    columns = {column.pk: column for version in versions for column in _columns(version)}
    for column in columns.values():
        portal.put_column(_column_payload(column).as_json())
    for part in filter(None, map(part_of, versions)):
        portal.put_column(part.as_json())


def sent_item(version: Version, *, sequence: int) -> dict[str, Any]:
    """What is sent of a version."""
    return item_payload(version, sequence=sequence).as_json()


def _sent(public_id: str) -> Version:
    return Version.objects.select_related("item", "main_column", "agency").get(public_id=public_id)


def publish_scheduled(payload: Mapping[str, Any]) -> None:
    releasing.publish_scheduled(payload)


def _columns(version: Version) -> Iterator[Column]:
    """Every column the item stands in, those above it first."""
    for column in (version.main_column, *version.other_columns.all()):
        yield from _path(column)


def _path(column: Column | None) -> list[Column]:
    return [*_path(column.parent), column] if column else []


def _other_columns(version: Version) -> tuple[str, ...]:
    """Those that were chosen, and the part of the disclosure column that its kind belongs to."""
    part = part_of(version)
    chosen = (column.public_id for column in version.other_columns.all())
    return (*chosen, part.slug) if part else tuple(chosen)


def _column_payload(column: Column) -> ColumnPayload:
    return ColumnPayload(
        version=column.version,
        slug=column.public_id,
        name=column.name,
        column_type=column.get_column_class_display() or column.name,
        description=f"{column.agency.name}{column.name}",
        keywords=f"{column.name},{column.agency.name}",
        parent=column.parent.public_id if column.parent else "",
        position=column.position,
    )


def item_payload(version: Version, *, sequence: int) -> ItemPayload:
    """A version in the words and the form of the public side."""
    item, column = version.item, version.main_column
    subject = " / ".join(filter(None, (version.subject, version.subject_detail)))
    return ItemPayload(
        version=sequence,  # of the audit entry: later than every version sent before
        key=item.public_id,
        index_number=item.index_number,
        title=version.title,
        html=public_text(version),
        issued_by=version.issued_by,
        column=column.public_id if column else "",
        other_columns=_other_columns(version),
        kind=version.get_kind_display(),
        document_number=version.document_number,
        co_issued_by=version.co_issued_by,
        dated_on=version.dated_on.isoformat() if version.dated_on else "",
        genre=version.genre,
        subject=subject,
        keywords=version.keywords,
        description=version.summary,
        duty=version.article_20_duty,
        validity=version.get_validity_display(),
        change_note=version.change_note,
        files=tuple(
            FileReference(
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                text=file.text,
                old_path=old_path(file.address) if file.address else "",
            )
            for file in attachments(version)
        ),
        leader=leaders.reference(version),
        guide=guide.reference(version),
        interprets=tuple(document.public_id for document in explained(version)),
        old_path=old_path(item.address) if item.imported_from else "",
        published_before=item.public_before.isoformat() if item.public_before else "",
    )
