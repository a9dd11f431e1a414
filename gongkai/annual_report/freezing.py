"""定稿. What an edition said and which records it counted, kept so that it can be proved and compared (L-08, N4)."""

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable

from gongkai.annual_report.cells import CELL_BY_LABEL, cell_key, cell_label
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.models import Edition, FrozenFigure
from gongkai.annual_report.writing import labels
from gongkai.gateways.files import desk_files
from gongkai.portal.payloads import FileReference, ReportPayload
from gongkai.registers.figures import Number
from gongkai.report.json_form import from_json, to_json
from gongkai.report.render import Format, render
from gongkai.report.render.html import fragment


def freeze(edition: Edition, compiled: Compiled) -> None:
    """Write the document, its digest, and every figure with its records."""
    edition.document = to_json(compose(compiled, edition.narrative))
    edition.digest = digest_of(edition.document)
    edition.figures.all().delete()
    FrozenFigure.objects.bulk_create([*_cells(edition, compiled), *_named(edition, compiled)])


def make_files(edition: Edition) -> None:
    """各格式文件 of a frozen edition, once: what was made stays, so that a repeated release names the same files."""
    if not edition.files:
        report = from_json(edition.document)
        edition.files = {form.value: desk_files().put(render(report, to=form)) for form in Format}
        edition.save(update_fields=["files"])


def payload(edition: Edition) -> ReportPayload:
    """What is sent to the public side: nothing but the frozen document and its files."""
    report = from_json(edition.document)
    stem = f"{report.title}（第{edition.number}版）" if edition.number > 1 else report.title
    return ReportPayload(
        version=edition.number,
        agency=edition.agency.public_id,
        agency_name=report.agency,
        year=edition.report.year,
        edition=edition.number,
        title=report.title,
        digest=edition.digest,
        html=fragment(report),  # its title is the page's own heading
        figures=edition.document or {},
        correction_note=edition.reason,
        files=tuple(
            FileReference(edition.files[form.value], f"{stem}.{form.value}", form.media_type)
            for form in Format
        ),
    )


def digest_of(document: object) -> str:
    """摘要值 of a document: SHA-256 over its JSON in one fixed spelling."""
    words = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def pack(keys: Iterable[int]) -> bytes:
    """Primary keys, sorted and compressed: a hundred thousand take a few ten kilobytes.

    >>> unpack(pack([3, 1, 2]))
    (1, 2, 3)
    """
    return zlib.compress(_written(keys))


def unpack(packed: bytes | memoryview) -> tuple[int, ...]:
    return tuple(json.loads(zlib.decompress(packed)))


def _written(keys: Iterable[int]) -> bytes:
    return json.dumps(sorted(keys)).encode()


def _cells(edition: Edition, compiled: Compiled) -> Iterable[FrozenFigure]:
    for cell, value in compiled.cells.items():
        # An empty cell has no records; asking for them 200 times would be 200 queries for nothing.
        keys = compiled.keys(cell) if value else ()
        yield _figure(edition, cell_key(cell), cell_label(cell), "", value, keys)


def _named(edition: Edition, compiled: Compiled) -> Iterable[FrozenFigure]:
    used = {label for text in edition.narrative.values() for label in labels(text)}
    for label in sorted(used - CELL_BY_LABEL.keys()):
        figure, value = compiled.figures[label], compiled.values[label]
        keys = tuple(figure.records.values_list("pk", flat=True)) if value else ()
        yield _figure(edition, label, label, figure.unit, value, keys)


def _figure(
    edition: Edition, key: str, label: str, unit: str, value: Number, keys: Collection[int]
) -> FrozenFigure:
    written = _written(keys)
    return FrozenFigure(
        edition=edition,
        key=key,
        label=label,
        unit=unit,
        value=value,
        records=zlib.compress(written),
        records_digest=hashlib.sha256(written).hexdigest(),
    )
