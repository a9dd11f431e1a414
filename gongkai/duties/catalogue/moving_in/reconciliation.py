"""对账. What the source said against what is kept: counts, hashes, and every difference with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.moving_in.digests import COMPARED, canonical, digest_of, digest_of_all, received
from gongkai.duties.catalogue.moving_in.models import Batch, Entry

_AT_ONCE = 500  # entries in memory at a time
_NOT_RECEIVED = "没有收到"


@dataclass(frozen=True, slots=True)
class Line:
    """一条的对账: where it stood in the source, its digest there and in the records, and in what the two differ."""

    place: str
    title: str
    column: str
    published_on: date | None
    address: str
    standing: str
    digest: str
    received_digest: str  # "" when nothing was received
    difference: str  # "" when the two agree


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """对账结果. ``digest`` is that of the source, ``received_digest`` that of the records as they are now."""

    source: int
    received: int
    equal: int
    digest: str
    received_digest: str
    differences: tuple[Line, ...]

    @property
    def holds(self) -> bool:
        return self.source == self.received == self.equal and self.digest == self.received_digest


def reconcile(batch: Batch) -> Reconciliation:
    """Read every item of the batch back from the database and compare it with what was read of the source."""
    sent: list[str] = []
    kept: list[str] = []
    differences: list[Line] = []
    for line in lines(batch):
        sent.append(line.digest)
        if line.received_digest:
            kept.append(line.received_digest)
        if line.difference:
            differences.append(line)
    return Reconciliation(
        source=len(sent),
        received=len(kept),
        equal=len(sent) - len(differences),
        digest=digest_of_all(sent),
        received_digest=digest_of_all(kept),
        differences=tuple(differences),
    )


def lines(batch: Batch) -> Iterator[Line]:
    """逐条, in the order of the source; some at a time."""
    for entry, version in _pairs(batch):
        address = str(entry.content["values"]["address"])
        found = (
            received(version, column=_column_of(entry, version, batch), with_address=bool(address))
            if version
            else None
        )
        digest = digest_of(found) if found else ""
        yield Line(
            place=entry.place,
            title=entry.title,
            column=entry.source_column,
            published_on=entry.published_on,
            address=address,
            standing=entry.get_standing_display(),
            digest=entry.digest,
            received_digest=digest,
            difference="" if digest == entry.digest else _told(entry, found),
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


def _told(entry: Entry, found: dict[str, object] | None) -> str:
    if found is None:
        return _NOT_RECEIVED
    sent = canonical(entry.content["values"], entry.content["files"])
    if digest_of(sent) != entry.digest:
        return "读到的内容在保存以后被改动"
    names = [label for name, label in COMPARED.items() if sent[name] != found[name]]
    return f"{'、'.join(names)}不一致"
