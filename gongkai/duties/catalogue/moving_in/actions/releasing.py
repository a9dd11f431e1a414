"""成批发布. The gate is asked once more of every item; the worker carries them out some at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue import release_gate
from gongkai.duties.catalogue.actions.drafting import to_drafting
from gongkai.duties.catalogue.content import FIELDS
from gongkai.duties.catalogue.models import InformationItem, Review, Version
from gongkai.duties.catalogue.moving_in.actions.moving import own
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.together import (
    Moving,
    changed,
    close_if_done,
    digest_of,
    in_batch,
    leave_out,
)
from gongkai.outbox.actions import enqueue

AT_ONCE = 50  # items in one task of the worker and one public transaction
_ROWS = 200
_IN_ONE_LIST = 500
Stage = Version.Stage
State = Batch.State
Standing = Entry.Standing


def release(batch: Batch, *, by: Person) -> Batch:
    """发布 the batch. The oldest go first, so that the newest of them stand first where readers search."""
    with transaction.atomic():
        batch = own(batch, State.SIGNED, by=by)
        signed = in_batch(batch)
        going = leave_out(signed, _in_the_way(signed))
        if not going:
            raise Refusal("这一批里没有可以发布的信息：都已经另行办理，或者发布前检查没有通过。")
        going.sort(key=lambda each: (each.version.item.published_on or date.min, each.entry.position))
        versions = [each.version for each in going]
        for version in versions:
            version.stage = Stage.RELEASING
        Version.objects.bulk_update(versions, ["stage"], batch_size=_ROWS)
        batch.state = State.RELEASING
        batch.save(update_fields=["state"])
        detail = {"items": len(going), "digest": digest_of(going)}
        # Every audit entry is later than the last, so its number serves as the version of all that is sent.
        sequence = record("moving_in.batch.released", by=by, subject=batch, detail=detail).sequence
        for start in range(0, len(versions), AT_ONCE):
            sent = [version.public_id for version in versions[start : start + AT_ONCE]]
            enqueue("moving_in.release", {"batch": batch.public_id, "versions": sent, "sequence": sequence})
    return batch


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """发布完成, for each of one task's items: what the public side answered, or why it was not sent."""
    if receipt is None:
        return
    answers = dict(receipt["answers"])
    batch = Batch.objects.select_for_update(of=("self",)).get(public_id=payload["batch"])
    versions = list(
        Version.objects.select_for_update(of=("self",))
        .select_related("item")
        .filter(public_id__in=payload["versions"], stage=Stage.RELEASING)
    )
    entries = {
        entry.version_id: entry for entry in batch.entries.filter(version__in=versions).defer("content")
    }
    public = []
    for version in versions:
        answer = answers.get(version.public_id)
        if answer and not answer["withdrawn"]:
            _make_live(version, answer)
            version.item.save(update_fields=_OF_ITEM)
            entries[version.pk].standing = Standing.RELEASED
            public.append(version)
        else:
            to_drafting(version)
            entries[version.pk].standing = Standing.SET_ASIDE
            entries[version.pk].reason = "没有发布：内容与审查、签发时不一致，或者已经撤回"
    Version.objects.bulk_update(public, ["stage", "released_at", "receipt"], batch_size=_ROWS)
    Entry.objects.bulk_update(list(entries.values()), ["standing", "reason"])
    close_if_done(batch)
    detail = {"items": len(public), "not_released": len(versions) - len(public)}
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
    """Why an item may not go: changed, not reviewed on these bytes, or no longer passing what every draft must."""
    found = changed(signed, Stage.SIGNED)
    reviewed = _reviewed([each.version for each in signed])
    for each in signed:
        if each.entry.pk in found:
            continue
        if each.version.pk not in reviewed:
            found[each.entry.pk] = "没有对这些内容的保密审查和签发"
        elif objections := release_gate.objections(release_gate.before_review(each.version)):
            found[each.entry.pk] = objections[0]
    return found


def _reviewed(versions: Sequence[Version]) -> set[int]:
    """Versions whose confidentiality review and sign-off stand on exactly their content, by others than the author."""
    by_key = {version.pk: version for version in versions}
    passed: dict[int, set[str]] = {}
    pks = list(by_key)
    for start in range(0, len(pks), _IN_ONE_LIST):
        some = pks[start : start + _IN_ONE_LIST]
        for review in Review.objects.filter(version__in=some, conclusion=Review.Conclusion.PASSED):
            if _stands(review, by_key[review.version_id]):
                passed.setdefault(review.version_id, set()).add(review.step)
    both = {Stage.CONFIDENTIALITY_REVIEW.value, Stage.SIGN_OFF.value}
    return {pk for pk, steps in passed.items() if both <= steps}


def _stands(review: Review, version: Version) -> bool:
    """Given since the last submission, on these bytes, by another person, and on each attachment (PUB-02)."""
    if version.submitted_at is None or review.recorded_at < version.submitted_at:
        return False
    if review.content_hash != version.content_hash or review.by_id == version.author_id:
        return False
    if review.step != Stage.CONFIDENTIALITY_REVIEW:
        return True
    concluded = {file["sha256"] for file in review.files if file["conclusion"] == "passed"}
    return all(file.sha256 in concluded for file in version.attachments.all())
