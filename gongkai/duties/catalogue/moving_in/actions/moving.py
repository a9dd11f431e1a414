"""迁入. Map the columns, move everything in at once or give it up."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions.drafting import require_drafter
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.links.actions import ask_about
from gongkai.duties.catalogue.models import Attachment, InformationItem, Version
from gongkai.duties.catalogue.moving_in import drafts, judging
from gongkai.duties.catalogue.moving_in.actions.previewing import counts
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.gateways.files import desk_files

_AT_ONCE = 200  # rows in one INSERT
_IN_ONE_LIST = 500
Standing = Entry.Standing
State = Batch.State


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
        Entry.objects.bulk_update(entries, judging.JUDGED, batch_size=_AT_ONCE)
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
        batch.state, batch.by, batch.moved_in_at = State.MOVED_IN, by, timezone.now()
        batch.digest, batch.received_digest = found.digest, found.received_digest
        batch.moved_in = found.received
        batch.save()
        detail = {"moved_in": found.received, "equal": found.equal, "digest": found.received_digest}
        record("moving_in.batch.moved_in", by=by, subject=batch, detail={"file": batch.file_digest, **detail})
    return batch


def own(batch: Batch, *states: str, by: Person) -> Batch:
    """The batch as it stands now, kept from others, for a drafter of the section that brought it."""
    fresh = Batch.objects.select_for_update(of=("self",)).select_related("agency", "section").get(pk=batch.pk)
    require_drafter(by, fresh.agency, fresh.section)
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
        Entry.objects.bulk_update(entries, judging.JUDGED, batch_size=_AT_ONCE)
    return True


def _write(batch: Batch, entries: Sequence[Entry], *, by: Person) -> list[Version]:
    columns = judging.columns(batch.agency)
    registered = _registered(entries)
    versions, attached = [], []
    for entry in entries:
        column = columns[batch.mapping[entry.source_column]]
        known = registered.get(entry.item_id) if entry.item_id else None
        version = drafts.draft(entry, batch, column, registered=known, by=by)
        attached += drafts.attachments(entry, version)
        entry.item, entry.version, entry.standing = version.item, version, Standing.IN_BATCH
        entry.reason = ""
        versions.append(version)
    new = [version.item for version in versions if not version.item.pk]
    InformationItem.objects.bulk_create(new, batch_size=_AT_ONCE)
    InformationItem.objects.bulk_update(
        registered.values(), ["address", "imported_from"], batch_size=_AT_ONCE
    )
    Version.objects.bulk_create(versions, batch_size=_AT_ONCE)
    Attachment.objects.bulk_create(attached, batch_size=_AT_ONCE)
    Entry.objects.bulk_update(entries, ["item", "version", "standing", "reason"], batch_size=_AT_ONCE)
    return versions


def _registered(entries: Sequence[Entry]) -> dict[int, InformationItem]:
    """What the register holds of these already, kept from others: it becomes the item, and is counted once."""
    pks = [entry.item_id for entry in entries if entry.item_id]
    found: dict[int, InformationItem] = {}
    for start in range(0, len(pks), _IN_ONE_LIST):
        items = InformationItem.objects.select_for_update().filter(pk__in=pks[start : start + _IN_ONE_LIST])
        found |= {item.pk: item for item in items}
    return found


def _forget(hashes: set[str]) -> None:
    """Bytes of what was given up go, unless an attachment or another batch that waits names them."""
    names = sorted(hashes)
    for start in range(0, len(names), _IN_ONE_LIST):
        some = names[start : start + _IN_ONE_LIST]
        hashes.difference_update(
            Attachment.objects.filter(sha256__in=some).values_list("sha256", flat=True),
            Attachment.objects.filter(original__in=some).values_list("original", flat=True),
        )
    if hashes:
        waiting = Entry.objects.filter(batch__state=State.PREVIEWED).values_list("content", flat=True)
        for content in waiting.iterator():
            hashes.difference_update(file["sha256"] for file in content.get("files", ()))
    for sha256 in hashes:
        desk_files().remove(sha256)
