"""PDF文件. What a PDF holds beside its pages: properties, notes, attachments, layers, scripts, earlier versions."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree

from gongkai.screening import archive, pdf_layers, pdf_objects, pictures
from gongkai.screening.inspection import CannotInspect, Hidden, Trace, is_repeated
from gongkai.screening.package import local
from gongkai.screening.pdf_values import drop, words_in
from gongkai.screening.unseen import PLACE

MOST_PAGES = 2_000
MOST_OBJECTS = 500_000
_BROKEN = "PDF不完整或者已损坏，无法打开，请重新生成。"
_PROPERTIES = {
    "/Author": "作者",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
    "/Company": "单位",
}
_HARMLESS = frozenset({"/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped", "/AAPL:Keywords"})
_HARMLESS_XMP = frozenset(
    {
        "Producer",
        "CreatorTool",
        "CreateDate",
        "ModifyDate",
        "MetadataDate",
        "format",
        "part",
        "conformance",
        "rev",
    }
    | {"DocumentID", "InstanceID", "Trapped", "amd", "corr", "language", "RenditionClass", "VersionID"}
)
_REMARKS = frozenset(
    {
        "/Text",
        "/Popup",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
        "/Caret",
        "/FileAttachment",
        "/Sound",
    }
    | {"/Movie", "/Screen", "/RichMedia", "/3D", "/Redact", "/Ink", "/Projection"}
)
_HIDDEN_FLAGS = 0b100010  # Hidden, NoView
_SCRIPTS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Sound",
        "/Movie",
    }
)
_ROOT_KEYS = (
    *(
        "/Metadata",
        "/PieceInfo",
        "/AA",
        "/AF",
        "/Collection",
        "/SpiderInfo",
        "/Threads",
        "/Legal",
        "/Perms",
        "/DSS",
        "/Extensions",
    ),
    *("/Requirements", "/URI"),
)
_PAGE_KEYS = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/Thumb", "/LastModified", "/B")


def opened(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise CannotInspect("PDF已加密，请取消密码后重新提供。") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise CannotInspect(_BROKEN) from None
    if pages > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
        raise CannotInspect(f"PDF超过{MOST_PAGES}页或者内容过于复杂，请分成几个文件。")
    if pages == 0:
        raise CannotInspect("PDF没有页面，请重新生成。")
    return pdf


def traces(data: bytes, text: str) -> tuple[list[Hidden], str]:
    """All but what stands on the pages themselves; and what a screen reader says of the pictures."""
    with opened(data) as pdf:
        try:
            objects = pdf_objects.Objects(pdf)
            told = [
                *_properties(pdf, text),
                *_xmp(pdf, text),
                *_attachments(pdf),
                *_scripts(pdf),
                *_annotations(pdf),
                *pdf_layers.traces(pdf),
                *_pictures(pdf),
                *_private(pdf),
            ]
            spoken = "\n".join(objects.spoken())
            known = "\n".join([text, spoken, *(f"{each.place}\n{each.content}" for each in told)])
            return [*told, *objects.traces(known), *objects.not_drawn()], spoken
        except (pikepdf.PdfError, RecursionError):
            raise CannotInspect(_BROKEN) from None


def cleaned(data: bytes, text: str) -> bytes:
    """The pages as they are seen, written anew: nothing that no page needs survives. ``text`` is what they say."""
    with opened(data) as pdf:
        pdf_layers.clean(pdf)
        for page in pdf.pages:
            _without_remarks(page)
        if "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages):
            pdf.flatten_annotations("screen")
        for page in pdf.pages:
            drop(page.obj, _PAGE_KEYS)
            _without_actions(page)
        drop(pdf.Root, (*_ROOT_KEYS, "/AcroForm", "/OCProperties"))
        if _is_script(pdf.Root.get("/OpenAction")):
            del pdf.Root["/OpenAction"]
        names = pdf.Root.get("/Names")
        if isinstance(names, pikepdf.Dictionary):
            drop(names, tuple(key for key in map(str, names) if key != "/Dests"))
        _without_object_traces(pdf)
        pdf_objects.clean(pdf, text)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
        return out.getvalue()


def _properties(pdf: pikepdf.Pdf, text: str) -> Iterator[Hidden]:
    info = pdf.trailer.get("/Info")
    for key, value in info.items() if isinstance(info, pikepdf.Dictionary) else ():
        said = words_in(value)
        if said.strip() and (key not in _HARMLESS or PLACE.search(said)) and not is_repeated(said, text):
            yield Hidden(Trace.METADATA, _PROPERTIES.get(key, f"自定义属性{key[1:]}"), said)


def _xmp(pdf: pikepdf.Pdf, text: str) -> Iterator[Hidden]:
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return
    try:
        root = archive.tree(
            re.sub(rb"<\?xpacket[^>]*\?>", b"", metadata.read_bytes()).strip(b" \n\r\t\x00\xef\xbb\xbf")
        )
    except (CannotInspect, pikepdf.PdfError):
        yield Hidden(Trace.METADATA, "XMP")
        return
    for element in root.iter(etree.Element):
        if local(element) in ("li", "Alt", "Seq", "Bag") and any(
            local(up) in _HARMLESS_XMP for up in element.iterancestors()
        ):
            continue
        said = [(local(element), (element.text or "").strip())]
        said += [(etree.QName(name).localname, str(value)) for name, value in element.attrib.items()]
        for name, value in said:
            if (
                name in ("about", "lang", "parseType", "xmptk", *_HARMLESS_XMP)
                or not value
                or is_repeated(value, text)
            ):
                continue
            yield Hidden(Trace.METADATA, f"XMP {_xmp_name(element, name)}", value)


def _xmp_name(element: etree._Element, name: str) -> str:
    if name != "li":
        return name
    return next(
        (local(up) for up in element.iterancestors() if local(up) not in ("li", "Alt", "Seq", "Bag")), name
    )


def _attachments(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for name, spec in pdf.attachments.items():
        try:
            words = spec.get_file().read_bytes()[:4096].decode("utf-8", "ignore")
        except (pikepdf.PdfError, KeyError, ValueError):
            words = ""
        yield Hidden(Trace.EMBEDDED, f"附件{name}", words)
    if "/AF" in pdf.Root and not len(pdf.attachments):
        yield Hidden(Trace.EMBEDDED, "关联文件")


def _scripts(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield Hidden(Trace.SCRIPT, "打开文件时运行的脚本", _script_words(names.JavaScript))
    if _is_script(pdf.Root.get("/OpenAction")):
        yield Hidden(Trace.SCRIPT, "打开文件时的动作", _script_words(pdf.Root.OpenAction))
    if "/AA" in pdf.Root:
        yield Hidden(Trace.SCRIPT, "文件的自动动作", _script_words(pdf.Root.AA))
    for number, page in enumerate(pdf.pages, 1):
        if "/AA" in page.obj:
            yield Hidden(Trace.SCRIPT, f"第{number}页的自动动作", _script_words(page.obj.AA))


def _is_script(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _SCRIPTS


def _script_words(value: Any, depth: int = 0) -> str:
    if depth > 6:
        return ""
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes()[:2000].decode("latin-1")
    if isinstance(value, pikepdf.Dictionary):
        return " ".join(
            _script_words(each, depth + 1) for key, each in value.items() if key != "/Parent"
        ).strip()
    if isinstance(value, pikepdf.Array):
        return " ".join(_script_words(each, depth + 1) for each in value).strip()
    return str(value) if isinstance(value, pikepdf.String) else ""


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for number, page in enumerate(pdf.pages, 1):
        for annotation in _of_page(page):
            kind, hidden = str(annotation.get("/Subtype", "")), int(annotation.get("/F", 0)) & _HIDDEN_FLAGS
            words = "；".join(
                filter(None, (words_in(annotation.get(key)) for key in ("/Contents", "/T", "/V")))
            )
            if kind == "/Widget":
                if hidden:
                    yield Hidden(Trace.FORM_FIELD, f"第{number}页", words)
            elif kind != "/Link":
                yield Hidden(Trace.ANNOTATION, f"第{number}页", words)
            if "/AA" in annotation or _is_script(annotation.get("/A")):
                yield Hidden(
                    Trace.SCRIPT,
                    f"第{number}页",
                    _script_words(annotation.get("/AA")) or _script_words(annotation.get("/A")),
                )
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form:
            yield Hidden(Trace.FORM_FIELD, "XFA表单", _script_words(form.XFA))
        for field in form.get("/Fields", pikepdf.Array()):
            if (
                isinstance(field, pikepdf.Dictionary)
                and "/Kids" not in field
                and "/Rect" not in field
                and "/V" in field
            ):
                yield Hidden(
                    Trace.FORM_FIELD,
                    "不在页面上的表单域",
                    f"{words_in(field.get('/T'))}；{words_in(field.get('/V'))}",
                )


def _of_page(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return []
    return [each for each in annotations if isinstance(each, pikepdf.Dictionary)]


def _pictures(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for stream in _jpegs(pdf):
        try:
            yield from pictures.look_into(stream.read_raw_bytes(), "PDF中的图片")
        except CannotInspect:
            continue  # whatever it is, no picture of it is shown either


def _jpegs(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image:
            kinds = each.get("/Filter")
            if kinds == pikepdf.Name.DCTDecode or (
                isinstance(kinds, pikepdf.Array) and list(kinds) == [pikepdf.Name.DCTDecode]
            ):
                yield each


def _private(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    """Data that a program keeps for itself, such as the whole drawing."""
    for kind in ("/Templates", "/Pages"):
        if kind in pdf.Root.get("/Names", pikepdf.Dictionary()):
            yield Hidden(Trace.CUSTOM_DATA, "不显示的模板页")
    if "/PieceInfo" in pdf.Root:
        yield Hidden(Trace.CUSTOM_DATA, "程序的私有数据", _script_words(pdf.Root.PieceInfo)[:2000])
    for number, page in enumerate(pdf.pages, 1):
        if "/PieceInfo" in page.obj:
            yield Hidden(
                Trace.CUSTOM_DATA, f"第{number}页的私有数据", _script_words(page.obj.PieceInfo)[:2000]
            )
        if "/Thumb" in page.obj:
            yield Hidden(Trace.THUMBNAIL, f"第{number}页")


def _without_remarks(page: pikepdf.Page) -> None:
    """What people wrote about the page goes; what belongs to it (stamps, filled fields, text boxes) is kept to be merged in."""
    if "/Annots" not in page.obj:
        return
    kept = [
        each
        for each in _of_page(page)
        if str(each.get("/Subtype", "")) not in _REMARKS and not int(each.get("/F", 0)) & _HIDDEN_FLAGS
    ]
    page.obj.Annots = pikepdf.Array(kept)


def _without_actions(page: pikepdf.Page) -> None:
    kept = []
    for annotation in _of_page(page):
        if str(annotation.get("/Subtype", "")) != "/Link" or _is_script(annotation.get("/A")):
            continue
        drop(annotation, ("/AA", "/T", "/M", "/NM"))
        kept.append(annotation)
    if kept:
        page.obj.Annots = pikepdf.Array(kept)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _without_object_traces(pdf: pikepdf.Pdf) -> None:
    for stream in list(_jpegs(pdf)):
        try:
            stream.write(
                pictures.without_traces(stream.read_raw_bytes()),
                filter=pikepdf.Name.DCTDecode,
                decode_parms=_parameters(stream),
            )
        except CannotInspect:
            continue
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            drop(each, ("/PieceInfo", "/LastModified", "/OPI", "/Metadata"))


def _parameters(stream: pikepdf.Stream) -> pikepdf.Dictionary | pikepdf.Array | None:
    found = stream.get("/DecodeParms")
    return found if isinstance(found, pikepdf.Dictionary | pikepdf.Array) else None
