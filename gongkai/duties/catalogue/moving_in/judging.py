"""核对. What of a source would be moved in, what is here already and what cannot be, by the state of things now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.models import Column, InformationItem, Version
from gongkai.duties.catalogue.moving_in.models import Batch, Entry

LEAVE_OUT = "-"  # what a column of the source is mapped to whose items are not wanted
JUDGED = ("standing", "reason", "item")  # what ``judge`` sets
_AT_ONCE = 500  # values in one IN list
Standing = Entry.Standing
Key = tuple[str, date | None, int | None]
_Value = TypeVar("_Value", str, int)


@dataclass(slots=True)
class _Known:
    """已有的: what is in the records, and what of this source was seen before in it."""

    by_key: dict[Key, InformationItem] = field(default_factory=dict)
    by_address: dict[str, InformationItem] = field(default_factory=dict)
    on_their_way: set[int] = field(default_factory=set)  # registered ones with a version under way
    first_at: dict[Key | str, str] = field(default_factory=dict)


def columns(agency: Agency) -> dict[str, Column]:
    """栏目 that take items, by public id."""
    return {each.public_id: each for each in Column.objects.filter(agency=agency, closed_on__isnull=True)}


def mapping_for(names: Iterable[str], agency: Agency) -> dict[str, str]:
    """栏目对应 by equal names, as a beginning."""
    by_name = {each.name: each.public_id for each in columns(agency).values()}
    return {name: by_name[name] for name in sorted(set(names)) if name in by_name}


def unmapped(batch: Batch, entries: Iterable[Entry]) -> list[str]:
    """来源栏目 nobody has said anything of yet."""
    names = {entry.source_column for entry in entries if entry.digest}
    return sorted(name for name in names if name not in batch.mapping)


def judge(batch: Batch, entries: Sequence[Entry]) -> bool:
    """Give each entry that could be read its standing; whether any has changed. Saves nothing."""
    open_columns = columns(batch.agency)
    readable = [entry for entry in entries if entry.digest]
    known = _known(batch.agency, readable)
    changed = False
    for entry in readable:
        before = entry.standing, entry.reason, entry.item_id
        entry.item = None
        entry.standing, entry.reason = _standing(entry, batch, open_columns, known)
        changed |= (entry.standing, entry.reason, entry.item_id) != before
    return changed


def _standing(
    entry: Entry, batch: Batch, open_columns: Mapping[str, Column], known: _Known
) -> tuple[str, str]:
    mapped = batch.mapping.get(entry.source_column)
    if mapped is None:
        return Standing.NEW, "来源栏目还没有对应的栏目"
    if mapped == LEAVE_OUT:
        return Standing.REFUSED, f"来源栏目“{entry.source_column}”选择不迁入"
    column = open_columns.get(mapped)
    if column is None:
        return Standing.REFUSED, "对应的栏目已经关闭，请重新对应"
    key, address = (entry.title, entry.published_on, column.pk), entry.content["values"]["address"]
    if earlier := known.first_at.get(key):
        return Standing.REFUSED, f"与{earlier}重复：标题、原发布日期、栏目都相同"[:300]
    if address and (earlier := known.first_at.get(address)):
        return Standing.REFUSED, f"与{earlier}重复：原网址相同"[:300]
    known.first_at[key] = known.first_at[address] = entry.place
    if item := known.by_key.get(key):
        if item.state != InformationItem.State.REGISTERED or item.pk in known.on_their_way:
            return Standing.SAME, f"系统里已有这一条（{item.get_state_display()}）"
        entry.item = item
        return Standing.NEW, "台账里已经登记，迁入后仍是这一条，不重复计数"
    if item := known.by_address.get(address):
        return Standing.REFUSED, f"原网址与系统里的《{item.title[:100]}》相同，标题、日期或者栏目不同，请核对"
    return Standing.NEW, ""


def _known(agency: Agency, entries: Sequence[Entry]) -> _Known:
    """What is here already; a draft that was given up is not."""
    known = _Known()
    addresses = [address for entry in entries if (address := entry.content["values"]["address"])]
    standing = InformationItem.objects.standing().filter(agency=agency)
    given_up = standing.filter(state="draft", versions__stage="abandoned").values("pk")
    items = standing.exclude(pk__in=given_up).defer("body")
    for some in _parts([entry.title for entry in entries]):
        for item in items.filter(title__in=some):
            known.by_key[item.title, item.published_on, item.main_column_id] = item
    for some in _parts(addresses):
        known.by_address |= {item.address: item for item in items.filter(address__in=some)}
    registered = [item.pk for item in known.by_key.values() if item.state == InformationItem.State.REGISTERED]
    for numbers in _parts(registered):
        on_their_way = Version.objects.filter(item__in=numbers).exclude(stage=Version.Stage.ABANDONED)
        known.on_their_way.update(on_their_way.values_list("item", flat=True))
    return known


def _parts(values: Sequence[_Value]) -> Iterator[set[_Value]]:
    for start in range(0, len(values), _AT_ONCE):
        yield set(values[start : start + _AT_ONCE])
