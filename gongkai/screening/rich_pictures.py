"""放在单元格里的图片. Excel keeps them in a list that values of cells lead to; one that no cell in sight leads to is hidden.

A cell names a piece of metadata, that a rich value, that a place in the list of pictures. Where this way cannot be
followed nothing is said: the pictures are counted for a person to look at as all others are.
"""

import io
import posixpath
from collections.abc import Iterator

from lxml import etree
from PIL import Image

from gongkai.screening import pictures
from gongkai.screening.book import MAIN, Book, id_of
from gongkai.screening.cell_pictures import NOT_SHOWN, cells_in_sight
from gongkai.screening.inspection import CannotInspect, Hidden, Trace

_PICTURE_KEY = "_rvRel:LocalImageIdentifier"
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_ADVICE = "图片存在文件里，没有单元格显示它，不能自动去掉。请在表格中取消隐藏，删去图片后重新保存。"


def hidden(book: Book) -> Iterator[Hidden]:
    for _, _, target in _unshown(book):
        cleanable = posixpath.splitext(target)[1].lower() in _FORMATS
        advice = "" if cleanable else _ADVICE
        yield Hidden(
            Trace.EMBEDDED, NOT_SHOWN, posixpath.basename(target), cleanable=cleanable, advice=advice
        )


def clean(book: Book) -> None:
    """A dot stands in its place: the others are found by their places in the list."""
    for part, id_, target in list(_unshown(book)):
        ending = posixpath.splitext(target)[1].lower()
        if ending in _FORMATS:
            dot = f"xl/media/dot{ending}"
            book.package.put(dot, _dot(_FORMATS[ending]))
            book.package.lead(part, id_, dot)


def _dot(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(out, kind)
    return out.getvalue()


def _unshown(book: Book) -> Iterator[tuple[str, str, str]]:
    """The part that lists it, its id there, and the picture."""
    parts = _parts(book)
    if parts is None:
        return
    listing, *others = parts
    ids = [id_of(each) for each in book.package.tree(listing)]
    targets = {each.id: each.target for each in book.package.relationships(listing) if not each.external}
    try:
        shown = {ids[place] for place in _places(book, *others)}
    except (LookupError, ValueError):
        return
    seen = {targets.get(id_) for id_ in shown}
    for id_ in ids:
        target = targets.get(id_, "")
        if target in book.package.parts and target not in seen and not _is_a_dot(book, target):
            yield listing, id_, target


def _is_a_dot(book: Book, target: str) -> bool:
    try:
        return pictures.size_of(book.package.parts[target]) == (1, 1)
    except CannotInspect:
        return False


def _parts(book: Book) -> list[str] | None:
    kinds = ("richValueRel", "sheetMetadata", "rdRichValue", "rdRichValueStructure")
    found = [book.package.related(kind, MAIN) for kind in kinds]
    return [each[0] for each in found] if all(found) else None


def _places(book: Book, metadata: str, values: str, structures: str) -> Iterator[int]:
    """The places in the list that cells in sight lead to."""
    package = book.package
    pieces = list(_pieces(package.tree(metadata)))
    keys = [[key.get("n") for key in each] for each in package.tree(structures)]
    rows = list(package.tree(values))
    for cell in cells_in_sight(book):
        named = cell.get("vm")
        if not named or (piece := pieces[int(named) - 1]) is None:
            continue
        names = keys[int(rows[piece].get("s") or 0)]
        if _PICTURE_KEY in names:
            yield int(rows[piece][names.index(_PICTURE_KEY)].text or "")


def _pieces(root: etree._Element) -> Iterator[int | None]:
    """For each piece of metadata of values the rich value, None where it is something else."""
    types = [each.get("name") or "" for each in root.iterfind("{*}metadataTypes/{*}metadataType")]
    blocks = {
        each.get("name") or "": [next(block.iter("{*}rvb"), None) for block in each.iterchildren("{*}bk")]
        for each in root.iterchildren("{*}futureMetadata")
    }
    for block in root.iterfind("{*}valueMetadata/{*}bk"):
        record = block.find("{*}rc")
        if record is None:
            yield None
            continue
        known = blocks.get(types[int(record.get("t") or 1) - 1], [])
        place = int(record.get("v") or 0)
        value = known[place] if place < len(known) else None
        yield int(value.get("i") or 0) if value is not None else None
