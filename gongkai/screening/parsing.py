"""检查和清理一份文件. What the child process does with the bytes; ``files`` is the way in."""

from gongkai.screening import ofd, office, pdf, pdf_pages, pictures, slides, word, workbook
from gongkai.screening.inspection import CannotInspect, Cleaned, Hidden, Inspection, Kind
from gongkai.screening.kinds import kind_of
from gongkai.screening.package import Package
from gongkai.screening.pdf_versions import earlier_versions

_ROOMS = {Kind.DOCX: word, Kind.XLSX: workbook, Kind.PPTX: slides}
_PICTURE_FOR_A_PERSON = "图片上的文字请人工查看。"
_OPAQUE_FOR_A_PERSON = "旧版WPS或者Office格式不能检查看不见的内容。请另存为docx、xlsx或者PDF后重新上传。"
_OFD_FOR_A_PERSON = "OFD文件的图片、签章和版式请人工查看。"
_MOST_CONTENT = 100_000  # characters of one hidden thing; the rest tells nothing more to the officer
_MOST_HIDDEN = 2_000
_DIRTY = "清理后仍有看不见的内容，没有采用清理的结果。请在原程序中处理后重新上传。"


def inspect(name: str, data: bytes) -> Inspection:
    """Raises CannotInspect for what may not be taken."""
    kind = kind_of(name, data)
    text, hidden, for_a_person, scanned = _looked_into(kind, data)
    shortened = [
        Hidden(each.trace, each.place, each.content[:_MOST_CONTENT], each.cleanable, each.advice)
        for each in hidden[:_MOST_HIDDEN]
    ]
    return Inspection(name, kind, "", text, tuple(shortened), for_a_person, scanned)


def clean(name: str, data: bytes) -> Cleaned:
    """Raises CannotInspect; what is returned was inspected again and holds nothing that could be removed."""
    before = inspect(name, data)
    if before.kind in (None, Kind.OFD, Kind.OPAQUE):
        raise CannotInspect(before.for_a_person[0] if before.for_a_person else _DIRTY)
    result = _without_traces(before.kind, data, before.text)
    after = inspect(name, result)
    if after.cleanable:
        raise CannotInspect(_DIRTY)
    return Cleaned(result, before.cleanable, after.hidden)


def _looked_into(kind: Kind, data: bytes) -> tuple[str, list[Hidden], tuple[str, ...], tuple[int, ...]]:
    if kind in _ROOMS:
        package = Package(data)
        text, hidden = _ROOMS[kind].inspect(package)
        return text, hidden, office.for_a_person(package), ()
    if kind is Kind.PDF:
        pages = pdf_pages.read(data)
        told, spoken = pdf.traces(data, pages.text)
        text = "\n".join(filter(None, (pages.text, spoken)))
        hidden = [*told, *earlier_versions(data, text), *pages.hidden]
        listed = "、".join(map(str, pages.scanned[:20]))
        for_a_person = [f"第{listed}页是图片，页上的文字和密级标志请人工查看。"] if pages.scanned else []
        for_a_person += office.to_listen_to(spoken.splitlines())
        return text, hidden, tuple(for_a_person), pages.scanned
    if kind in (Kind.JPEG, Kind.PNG):
        pictures.size_of(data)
        return "", pictures.look_into(data, "图片"), (_PICTURE_FOR_A_PERSON,), ()
    if kind is Kind.OFD:
        text, hidden = ofd.inspect(data)
        return text, hidden, (_OFD_FOR_A_PERSON,), ()
    return "", [], (_OPAQUE_FOR_A_PERSON,), ()


def _without_traces(kind: Kind, data: bytes, text: str) -> bytes:
    if kind is Kind.PDF:
        return pdf.cleaned(data, text)
    if kind in (Kind.JPEG, Kind.PNG):
        return pictures.redrawn(data)
    package = Package(data)
    _ROOMS[kind].clean(package)
    return package.data()
