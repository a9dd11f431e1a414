"""对账. What the source said against what is kept: counts, hashes, and every difference with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.moving_in.digests import COMPARED, canonical, digest_of, digest_of_all, received
from gongkai.duties.catalogue.moving_in.models import Batch, Entry

_AT_ONCE = 500  # entries in memory at a time


@dataclass(frozen=True, slots=True)
class Difference:
    """一处不一致: at which place, of which title, in which fields."""

    place: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """对账结果. ``digest`` is that of the source, ``received_digest`` that of the records as they are now."""

    source: int
    received: int
    equal: int
    digest: str
    received_digest: str
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return self.source == self.received == self.equal and self.digest == self.received_digest


def reconcile(batch: Batch) -> Reconciliation:
    """Read every item of the batch back from the database and compare it with what was read of the source."""
    sent: list[str] = []
    kept: list[str] = []
    differences: list[Difference] = []
    for entry, version in _pairs(batch):
        sent.append(entry.digest)
        if version is None:
            differences.append(Difference(entry.place, entry.title, "没有收到"))
            continue
        found = received(version, column=_column_of(entry, version, batch))
        kept.append(digest_of(found))
        if kept[-1] != entry.digest:
            differences.append(Difference(entry.place, entry.title, _told(entry, found)))
    received_count = len(kept)
    return Reconciliation(
        source=len(sent),
        received=received_count,
        equal=received_count - sum(each.what != "没有收到" for each in differences),
        digest=digest_of_all(sent),
        received_digest=digest_of_all(kept),
        differences=tuple(differences),
    )


def _pairs(batch: Batch) -> Iterator[tuple[Entry, Version | None]]:
    entries = batch.entries.filter(standing__in=(Entry.Standing.NEW, *Entry.MOVED)).order_by("position")
    last = 0
    while some := list(entries.filter(position__gt=last)[:_AT_ONCE]):
        last = some[-1].position
        versions = Version.objects.select_related("item", "main_column").prefetch_related("attachments")
        found = versions.in_bulk([entry.version_id for entry in some if entry.version_id])
        for entry in some:
            yield entry, found.get(entry.version_id) if entry.version_id else None


def _column_of(entry: Entry, version: Version, batch: Batch) -> str:
    """The source's name of the column, where the version stands in the one it was mapped to."""
    column = version.main_column
    if column and batch.mapping.get(entry.source_column) == column.public_id:
        return str(entry.content["values"]["column"])
    return column.name if column else ""


def _told(entry: Entry, found: dict[str, object]) -> str:
    sent = canonical(entry.content["values"], entry.content["files"])
    if digest_of(sent) != entry.digest:
        return "读到的内容在保存以后被改动"
    names = [label for name, label in COMPARED.items() if sent[name] != found[name]]
    return f"{'、'.join(names)}不一致"
