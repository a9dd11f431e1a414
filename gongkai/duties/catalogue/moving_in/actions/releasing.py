"""成批发布. The gate is asked once more of every item; the worker carries them out some at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue import release_gate
from gongkai.duties.catalogue.content import FIELDS, hashes_of
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.duties.catalogue.moving_in.actions.moving import own
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.together import (
    Moving,
    changed,
    close_if_done,
    concerns_of,
    digest_of,
    in_batch,
    keep_standings,
    leave_out,
    save_all,
    set_aside,
)
from gongkai.outbox.actions import enqueue

AT_ONCE = 50  # items in one task of the worker and one public transaction
_ROWS = 200
Stage = Version.Stage
State = Batch.State
Standing = Entry.Standing


def release(batch: Batch, *, by: Person) -> Batch:
    """发布 the batch. The oldest go first, so that the newest of them stand first where readers search."""
    with transaction.atomic():
        batch = own(batch, State.SIGNED, by=by)
        signed = in_batch(batch)
        going = leave_out(signed, _in_the_way(signed))
        going.sort(key=lambda each: (each.version.item.published_on or date.min, each.entry.position))
        save_all(going, stage=Stage.RELEASING)
        batch.state = State.RELEASING if going else State.RELEASED
        batch.save(update_fields=["state"])
        detail = {"items": len(going), "set_aside": len(signed) - len(going), "digest": digest_of(going)}
        # Every audit entry is later than the last, so its number serves as the version of all that is sent.
        sequence = record("moving_in.batch.released", by=by, subject=batch, detail=detail).sequence
        for start in range(0, len(going), AT_ONCE):
            sent = [each.version.public_id for each in going[start : start + AT_ONCE]]
            enqueue("moving_in.release", {"batch": batch.public_id, "versions": sent, "sequence": sequence})
    return batch


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """发布完成, for each of one task's items: what the public side answered, or why it was not sent. Called by the
    worker, in the transaction that marks the row done."""
    if receipt is None:
        return
    answers, refused = dict(receipt["answers"]), dict(receipt["refused"])
    batch = Batch.objects.select_for_update(of=("self",)).get(public_id=payload["batch"])
    sent = Version.objects.select_for_update(of=("self",)).select_related("item")
    versions = {
        version.pk: version
        for version in sent.filter(public_id__in=payload["versions"], stage=Stage.RELEASING)
    }
    going = [
        Moving(entry, versions[entry.version_id])
        for entry in batch.entries.filter(version__in=versions).defer("content")
        if entry.version_id
    ]
    for each in going:
        answer = answers.get(each.version.public_id)
        if answer and not answer["withdrawn"]:
            _make_live(each.version, answer)
            each.version.item.save(update_fields=_OF_ITEM)
            each.entry.standing = Standing.RELEASED
        else:
            set_aside(each, refused.get(each.version.public_id, "没有发布：这条信息已经撤回"))
    public = [each.version for each in going if each.entry.standing == Standing.RELEASED]
    Version.objects.bulk_update(public, ["stage", "released_at", "receipt"], batch_size=_ROWS)
    keep_standings([each.entry for each in going])
    close_if_done(batch)
    detail = {"items": len(public), "not_released": len(going) - len(public)}
    record("moving_in.batch.published", by=None, subject=batch, detail=detail)


_OF_ITEM = (*FIELDS, "main_column", "state", "live", "content_hash", "reviewed_hash", "author", "reviewer")


def _make_live(version: Version, receipt: Mapping[str, Any]) -> None:
    """The item shows on the desk what is public now. Its day stays the one on which it was public first."""
    version.receipt = dict(receipt)
    version.released_at = datetime.fromisoformat(receipt["released_at"])
    version.stage = Stage.PUBLISHED
    item = version.item
    for name in FIELDS:
        setattr(item, name, getattr(version, name))
    item.main_column_id = version.main_column_id
    item.state, item.live = InformationItem.State.PUBLISHED, True
    item.content_hash = item.reviewed_hash = version.content_hash
    item.author_id, item.reviewer_id = version.author_id, version.reviewer_id


def _in_the_way(signed: Sequence[Moving]) -> dict[int, str]:
    """Why an item may not go: changed since it was signed, or the gate objects to it."""
    found = changed(signed, Stage.SIGNED)
    versions = [each.version for each in signed]
    hashes = hashes_of(versions)
    prefetch_related_objects(versions, "reviews")
    concerns = concerns_of(signed)
    for each in signed:
        if each.entry.pk not in found:
            pk = each.version.pk
            asked = release_gate.requirements(each.version, content=hashes[pk], found=concerns[pk])
            if objections := release_gate.objections(asked):
                found[each.entry.pk] = objections[0]
    return found
