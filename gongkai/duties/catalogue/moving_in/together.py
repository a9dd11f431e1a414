"""随批办理的. What of a batch still goes on together, as it is now; what has changed or is handled by itself leaves it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.duties.catalogue.actions.drafting import to_drafting
from gongkai.duties.catalogue.concerns import Concern, concerns
from gongkai.duties.catalogue.content import hashes_of
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.moving_in.digests import digest_of_all
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.wording import queries as wording

_AT_ONCE = 200  # rows in one statement
_IN_ONE_LIST = 500
Stage = Version.Stage
Standing = Entry.Standing


@dataclass(frozen=True, slots=True)
class Moving:
    """随批的一条: the entry of the source and the version that it became."""

    entry: Entry
    version: Version


def in_batch(batch: Batch) -> list[Moving]:
    """Everything that goes on together, kept from others, with what the gate asks for. Inside a transaction."""
    entries = list(batch.entries.filter(standing=Standing.IN_BATCH).defer("content").order_by("position"))
    pks = [entry.version_id for entry in entries if entry.version_id]
    found: dict[int, Version] = {}
    for start in range(0, len(pks), _IN_ONE_LIST):
        some = Version.objects.select_for_update(of=("self",)).select_related(
            "item", "main_column", "section"
        )
        for version in some.filter(pk__in=pks[start : start + _IN_ONE_LIST]).prefetch_related(
            "attachments", "answers"
        ):
            version.agency = version.item.agency = batch.agency
            found[version.pk] = version
    return [Moving(entry, found[entry.version_id]) for entry in entries if entry.version_id]


def digest_of(going: Iterable[Moving]) -> str:
    """What a reviewer sees: one digest over the content hashes of all that go on together."""
    return digest_of_all(each.version.content_hash for each in going)


def digest_of_stored(batch: Batch) -> str:
    """The same, for a page that only shows it."""
    going = batch.entries.filter(standing=Standing.IN_BATCH)
    return digest_of_all(going.values_list("version__content_hash", flat=True))


def changed(going: Sequence[Moving], stage: str) -> dict[int, str]:
    """Of these the entries that are no longer what was reviewed, with the reason."""
    hashes = hashes_of([each.version for each in going])
    found = {}
    for each in going:
        version = each.version
        if version.stage != stage:
            found[each.entry.pk] = f"这一条已经另行办理（{version.get_stage_display()}），原来的审查不再算"
        elif hashes[version.pk] != version.content_hash:
            found[each.entry.pk] = "送审以后内容有改动，原来的审查作废"
    return found


def concerns_of(going: Sequence[Moving]) -> dict[int, tuple[Concern, ...]]:
    """发布前检查 of each version by its primary key; the agency's word list is asked for once."""
    if not going:
        return {}
    own = wording.of(going[0].version.agency)
    return {each.version.pk: concerns(each.version, wordings=own) for each in going}


def leave_out(going: Sequence[Moving], reasons: Mapping[int, str]) -> list[Moving]:
    """单独办理 for those with a reason, as drafts again; the others are given back."""
    leaving = [each for each in going if each.entry.pk in reasons]
    for each in leaving:
        set_aside(each, reasons[each.entry.pk])
    keep_standings([each.entry for each in leaving])
    return [each for each in going if each.entry.pk not in reasons]


def save_all(going: Sequence[Moving], **values: Any) -> None:
    """The same values for every version, here and in the database."""
    for each in going:
        for name, value in values.items():
            setattr(each.version, name, value)
    pks = [each.version.pk for each in going]
    for start in range(0, len(pks), _IN_ONE_LIST):
        Version.objects.filter(pk__in=pks[start : start + _IN_ONE_LIST]).update(**values)


def set_aside(each: Moving, reason: str) -> None:
    """移出: a draft again, which goes the whole way of its own; its entry is the caller's to keep."""
    each.entry.standing, each.entry.reason = Standing.SET_ASIDE, reason[:300]
    each.version.with_batch = False
    if each.version.stage in Version.CLOSED:
        each.version.save(update_fields=["with_batch"])
    else:
        to_drafting(each.version)


def keep_standings(entries: Sequence[Entry]) -> None:
    Entry.objects.bulk_update(entries, ["standing", "reason"], batch_size=_AT_ONCE)


def close_if_done(batch: Batch) -> None:
    """已办结 when nothing goes on together any more."""
    if not batch.entries.filter(standing=Standing.IN_BATCH).exists():
        batch.state = Batch.State.RELEASED
        batch.save(update_fields=["state"])
