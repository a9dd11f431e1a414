"""迁入. Map the columns, move everything in at once or give it up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions.drafting import require_drafter
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.links.actions import ask_about
from gongkai.duties.catalogue.models import Attachment, Column, InformationItem, ItemKind, Version
from gongkai.duties.catalogue.moving_in import judging
from gongkai.duties.catalogue.moving_in.actions.previewing import counts
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.gateways.files import desk_files

_AT_ONCE = 200  # rows in one INSERT
Standing = Entry.Standing
State = Batch.State
_KINDS = {
    "news": ItemKind.NEWS,
    "notices": ItemKind.NOTICE,
    "interpretations": ItemKind.INTERPRETATION,
}
_TAKEN = (
    "title",
    "body",
    "document_number",
    "issued_by",
    "co_issued_by",
    "subject",
    "genre",
    "keywords",
    "summary",
    "article_20_duty",
)
_OF_FILE = ("sha256", "name", "media_type", "size", "text", "hidden", "for_a_person")


def map_columns(batch: Batch, *, mapping: Mapping[str, str], by: Person) -> Batch:
    """栏目对应: to which of our columns each column of the source goes, or that it is left out."""
    with transaction.atomic():
        batch = own(batch, State.PREVIEWED, by=by)
        known = judging.columns(batch.agency)
        if any(public_id != judging.LEAVE_OUT and public_id not in known for public_id in mapping.values()):
            raise Refusal("没有这个栏目，或者栏目已经关闭。请从列表中选择。")
        batch.mapping = dict(mapping)
        batch.save(update_fields=["mapping"])
        entries = list(batch.entries.order_by("position"))
        judging.judge(batch, entries)
        Entry.objects.bulk_update(entries, ["standing", "reason"], batch_size=_AT_ONCE)
        record("moving_in.batch.mapped", by=by, subject=batch, detail=counts(entries, batch))
    return batch


def discard(batch: Batch, *, by: Person) -> Batch:
    """放弃: what was read goes, the batch stays as a note that it was tried."""
    with transaction.atomic():
        batch = own(batch, State.PREVIEWED, by=by)
        entries = batch.entries.all()
        hashes = {file["sha256"] for entry in entries for file in entry.content.get("files", ())}
        entries.delete()
        batch.state = State.DISCARDED
        batch.save(update_fields=["state"])
        record("moving_in.batch.discarded", by=by, subject=batch)
        transaction.on_commit(lambda: _forget(hashes))
    return batch


def move_in(batch: Batch, *, by: Person) -> Batch:
    """确认迁入: every new item with its first version and its attachments, in one transaction, and read back at once."""
    if _changed_since(batch, by=by):
        raise Refusal("系统里的信息或者栏目在预览以后有了变化，没有迁入。已经重新核对，请看过结果再确认。")
    with transaction.atomic():
        batch = own(batch, State.PREVIEWED, by=by)
        entries = list(batch.entries.filter(standing=Standing.NEW).order_by("position"))
        if not entries:
            raise Refusal("没有要迁入的信息，不需要确认。")
        if names := judging.unmapped(batch, entries):
            raise Refusal(f"还有{len(names)}个来源栏目没有对应的栏目：{'、'.join(names[:5])}。请先对应。")
        versions = _write(batch, entries, by=by)
        addresses = [link for version in versions for link in links.outside_links(version)]
        ask_about(addresses, agency=batch.agency)
        found = reconcile(batch)
        batch.state, batch.moved_in_at = State.MOVED_IN, timezone.now()
        batch.digest, batch.received_digest = found.digest, found.received_digest
        batch.moved_in = found.received
        batch.save()
        detail = {"moved_in": found.received, "equal": found.equal, "digest": found.received_digest}
        record("moving_in.batch.moved_in", by=by, subject=batch, detail={"file": batch.file_digest, **detail})
    return batch


def own(batch: Batch, *states: str, by: Person) -> Batch:
    """The batch as it stands now, kept from others, for the person who brought it."""
    fresh = Batch.objects.select_for_update(of=("self",)).select_related("agency", "section").get(pk=batch.pk)
    require_drafter(by, fresh.agency, fresh.section)
    if fresh.by_id != by.pk:
        raise Refusal(f"这一批由{fresh.by.name}迁入，请由本人办理。")
    require_state(fresh, *states)
    return fresh


def require_state(batch: Batch, *states: str) -> None:
    if batch.state not in states:
        raise Refusal(f"这一批现在是“{batch.get_state_display()}”，不能这样办理。请刷新页面。")


def _changed_since(batch: Batch, *, by: Person) -> bool:
    """Judge anew before anything is written, and keep what came out of it when it is different."""
    with transaction.atomic():
        batch = own(batch, State.PREVIEWED, by=by)
        entries = list(batch.entries.order_by("position"))
        if not judging.judge(batch, entries):
            return False
        Entry.objects.bulk_update(entries, ["standing", "reason"], batch_size=_AT_ONCE)
    return True


def _write(batch: Batch, entries: list[Entry], *, by: Person) -> list[Version]:
    columns = judging.columns(batch.agency)
    items, versions, attached = [], [], []
    for entry in entries:
        values = entry.content["values"]
        column = columns[batch.mapping[entry.source_column]]
        item = InformationItem(
            agency=batch.agency,
            state=InformationItem.State.DRAFT,
            title=values["title"],
            kind=_kind(column, values),
            main_column=column,
            section=batch.section,
            recorded_by=by,
            published_on=date.fromisoformat(values["published_on"]),
            address=values["address"],
            imported_from=batch.name,
        )
        version = Version(
            agency=batch.agency,
            item=item,
            kind=item.kind,
            main_column=column,
            section=batch.section,
            author=by,
            dated_on=date.fromisoformat(values["dated_on"]) if values["dated_on"] else None,
            **{name: values[name] for name in _TAKEN},
        )
        entry.item, entry.version, entry.standing = item, version, Standing.IN_BATCH
        items.append(item)
        versions.append(version)
        attached += [_attachment(version, file, at) for at, file in enumerate(entry.content["files"])]
    InformationItem.objects.bulk_create(items, batch_size=_AT_ONCE)
    Version.objects.bulk_create(versions, batch_size=_AT_ONCE)
    Attachment.objects.bulk_create(attached, batch_size=_AT_ONCE)
    Entry.objects.bulk_update(entries, ["item", "version", "standing"], batch_size=_AT_ONCE)
    return versions


def _attachment(version: Version, file: Mapping[str, Any], position: int) -> Attachment:
    return Attachment(
        agency=version.agency,
        version=version,
        position=position,
        **{name: file[name] for name in _OF_FILE},
    )


def _kind(column: Column, values: Mapping[str, str]) -> str:
    """信息种类 by the class of the column; a policy document is one that has its number and date."""
    if column.column_class == "policy_documents" and values["document_number"] and values["dated_on"]:
        return ItemKind.POLICY
    return _KINDS.get(column.column_class, ItemKind.OTHER)


def _forget(hashes: set[str]) -> None:
    """Bytes of what was given up go, unless an attachment or another batch names them."""
    for sha256 in hashes:
        named = Attachment.objects.filter(sha256=sha256).exists()
        if not named and not Entry.objects.filter(content__icontains=sha256).exists():
            desk_files().remove(sha256)
