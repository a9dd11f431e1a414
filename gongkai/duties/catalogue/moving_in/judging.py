"""核对. What of a source would be moved in, what is here already and what cannot be, by the state of things now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.models import Column, InformationItem
from gongkai.duties.catalogue.moving_in.models import Batch, Entry

LEAVE_OUT = "-"  # what a column of the source is mapped to whose items are not wanted
_AT_ONCE = 500  # values in one IN list
Standing = Entry.Standing
Key = tuple[str, date | None, int | None]


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
    known = _known(batch.agency, [entry.title for entry in readable])
    first_at: dict[Key, str] = {}
    changed = False
    for entry in readable:
        standing, reason = _standing(entry, batch, open_columns, known, first_at)
        changed |= (entry.standing, entry.reason) != (standing, reason)
        entry.standing, entry.reason = standing, reason
    return changed


def _standing(
    entry: Entry,
    batch: Batch,
    open_columns: Mapping[str, Column],
    known: Mapping[Key, str],
    first_at: dict[Key, str],
) -> tuple[str, str]:
    mapped = batch.mapping.get(entry.source_column)
    if mapped is None:
        return Standing.NEW, "来源栏目还没有对应的栏目"
    if mapped == LEAVE_OUT:
        return Standing.REFUSED, f"来源栏目“{entry.source_column}”选择不迁入"
    column = open_columns.get(mapped)
    if column is None:
        return Standing.REFUSED, "对应的栏目已经关闭，请重新对应"
    key = (entry.title, date.fromisoformat(entry.content["values"]["published_on"]), column.pk)
    if earlier := first_at.get(key):
        return Standing.REFUSED, f"与{earlier}重复：标题、原发布日期、栏目都相同"[:300]
    first_at[key] = entry.place
    if state := known.get(key):
        return Standing.SAME, f"系统里已有这一条（{state}）"
    return Standing.NEW, ""


def _known(agency: Agency, titles: Sequence[str]) -> dict[Key, str]:
    """What is here already, with its state; a draft that was given up is not."""
    found: dict[Key, str] = {}
    for start in range(0, len(titles), _AT_ONCE):
        items = InformationItem.objects.standing().filter(
            agency=agency, title__in=set(titles[start : start + _AT_ONCE])
        )
        for item in items.exclude(state="draft", versions__stage="abandoned").only(
            "title", "published_on", "main_column", "state"
        ):
            found[item.title, item.published_on, item.main_column_id] = item.get_state_display()
    return found
