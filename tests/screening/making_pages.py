"""PDF files and pictures made for the tests: clean ones, and ones with one thing hidden in them."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from weasyprint import HTML

from tests.screening.making_office import BODY, TITLE, jpeg

STYLE = "<style>@page{size:A4} body{font-family:'Noto Sans CJK SC'} .at{position:absolute;left:0}</style>"


@cache
def pdf_bytes(inside: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in (TITLE, *BODY))
    return HTML(string=f"<html lang=zh>{STYLE}<body>{body}{inside}</body></html>").write_pdf()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _annotation(pdf: pikepdf.Pdf, **keys: object) -> None:
    annotation = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[100, 100, 200, 120], **keys)
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([annotation])


def pdf_info(key: str) -> Callable[[str], bytes]:
    return lambda word: changed(pdf_bytes(), lambda pdf: pdf.docinfo.__setitem__(key, word))


def pdf_xmp(word: str) -> bytes:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>'
        f"<rdf:li>{word}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return changed(pdf_bytes(), lambda pdf: setattr(pdf.Root, "Metadata", pdf.make_stream(packet.encode())))


def pdf_note(kind: str) -> Callable[[str], bytes]:
    return lambda word: changed(
        pdf_bytes(), lambda pdf: _annotation(pdf, Subtype=pikepdf.Name("/" + kind), Contents=word)
    )


def pdf_attachment(word: str) -> bytes:
    return changed(pdf_bytes(), lambda pdf: pdf.attachments.__setitem__("底稿.txt", word.encode()))


def pdf_script(word: str) -> bytes:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{word}')")
    return changed(pdf_bytes(), lambda pdf: setattr(pdf.Root, "OpenAction", action))


def pdf_named_script(word: str) -> bytes:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=word)
    names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", action]))
    return changed(pdf_bytes(), lambda pdf: setattr(pdf.Root, "Names", names))


def pdf_hidden_field(word: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        _annotation(pdf, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="a", V=word, F=2)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.pages[0].obj.Annots[0]])

    return changed(pdf_bytes(), change)


def pdf_private(word: str) -> bytes:
    return changed(
        pdf_bytes(),
        lambda pdf: setattr(pdf.Root, "PieceInfo", pikepdf.Dictionary(App=pikepdf.Dictionary(Private=word))),
    )


def pdf_layer(word: str) -> bytes:
    """A layer that is off: its words are in the page, no reader shows them."""

    def change(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=word))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group], Order=[]))
        page = pdf.pages[0]
        page.obj.Resources.Properties = pikepdf.Dictionary(MC0=group)
        page.contents_add(b"/OC /MC0 BDC 0 0 0 rg 300 300 50 50 re f EMC")

    return changed(pdf_bytes(), change)


def pdf_earlier(word: str) -> bytes:
    """Saved by appending: the first version with the word, the second without."""
    first = pdf_bytes(f"<p>{word}</p>")
    with pikepdf.open(io.BytesIO(first)) as old, pikepdf.open(io.BytesIO(pdf_bytes())) as new:
        page = old.pages[0].obj
        number, size = page.Contents.objgen[0], int(old.trailer.Size)
        stream = zlib.compress(new.pages[0].obj.Contents.read_bytes())
        root = old.Root.objgen[0]
    at = first.rfind(b"startxref") + 9
    previous = int(first[at:].split()[0])
    body = (
        f"{number} 0 obj\n<</Length {len(stream)}/Filter/FlateDecode>>\nstream\n".encode()
        + stream
        + b"\nendstream\nendobj\n"
    )
    table = len(first) + len(body)
    xref = f"xref\n{number} 1\n{len(first):010} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\nstartxref\n{table}\n%%EOF\n"
    return first + body + xref.encode()


def pdf_black_box(word: str) -> bytes:
    return pdf_bytes(
        f'<p>{word}</p><div class=at style="background:#000;top:0;width:100%;height:600px"></div>'
    )


def pdf_white_box(word: str) -> bytes:
    return pdf_bytes(
        f'<p style="margin-top:300px">{word}</p><div class=at style="background:#fff;top:250px;width:100%;height:300px"></div>'
    )


def pdf_white_text(word: str) -> bytes:
    return pdf_bytes(f'<p style="color:#fff">{word}</p>')


def pdf_off_page(word: str) -> bytes:
    return pdf_bytes(f'<div class=at style="top:200px;left:2000px;width:400px">{word}</div>')


def pdf_invisible(word: str) -> bytes:
    """Text in rendering mode 3."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        data = page.obj.Contents.read_bytes()
        at = data.rfind(b"BT")
        page.obj.Contents = pdf.make_stream(data[: at + 2] + b" 3 Tr " + data[at + 2 :])

    return changed(pdf_bytes(f"<div>{word}</div>"), change)


def pdf_picture_on_top(word: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    import base64

    source = base64.b64encode(out.getvalue()).decode()
    return pdf_bytes(
        f'<p style="margin-top:300px">{word}</p><img class=at style="top:250px;width:600px;height:300px" src="data:image/png;base64,{source}">'
    )


def pdf_photo(word: str) -> bytes:
    import base64

    source = base64.b64encode(jpeg(comment=word.encode())).decode()
    return pdf_bytes(f'<img style="width:60px" src="data:image/jpeg;base64,{source}">')


def pdf_trailing(word: str) -> bytes:
    return pdf_bytes() + b"\n" + word.encode() * 4


def pdf_cut_at_the_edge(*beyond: str, next_page: bool) -> bytes:
    """A wide drawing: what is beyond the right edge of the first page stands on the second one."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    words = [("TOTAL", 300), *((word, 640 + 90 * at) for at, word in enumerate(beyond))]
    for shift in (0, 595) if next_page else (0,):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        drawn = "".join(f"BT /F 12 Tf {at - shift} 400 Td ({word}) Tj ET\n" for word, at in words)
        page.obj.Contents = pdf.make_stream(drawn.encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def pdf_with_a_lone_number() -> bytes:
    """The length of a stream as an object of its own, as LibreOffice writes it."""
    content = b"BT /F 12 Tf 72 700 Td (WORDS) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        b"<</Length 5 0 R>>stream\n" + content + b"\nendstream",
        b"%d" % len(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n%btrailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def scanned_pdf() -> bytes:
    import base64

    out = io.BytesIO()
    Image.linear_gradient("L").resize((600, 800)).save(out, "PNG")
    source = base64.b64encode(out.getvalue()).decode()
    page = f"<html><style>@page{{size:A4;margin:0}}img{{width:210mm;height:290mm}}</style><img src='data:image/png;base64,{source}'></html>"
    return HTML(string=page).write_pdf()


# --- pictures -----------------------------------------------------------------------------------------------------


def exif(tag: int, word: str, *, place: bool = False) -> bytes:
    made = Image.Exif()
    made[tag] = word.encode()
    if place:
        made.get_ifd(0x8825)[1] = "N"
        made.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)
    return made.tobytes()


def jpeg_exif(tag: int) -> Callable[[str], bytes]:
    return lambda word: jpeg(exif=exif(tag, word))


def jpeg_place(word: str) -> bytes:
    return jpeg(exif=exif(0x013B, word, place=True))


def jpeg_comment(word: str) -> bytes:
    return jpeg(comment=word.encode())


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_segment(marker: int, head: bytes) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        plain = jpeg()
        return plain[:2] + _segment(marker, head + word.encode()) + plain[2:]

    return make


def jpeg_trailing(word: str) -> bytes:
    return jpeg() + word.encode()


def png_bytes(**saved: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((160, 120)).convert("RGB").save(out, "PNG", **saved)
    return out.getvalue()


def png_text(kind: str) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        info = PngInfo()
        if kind == "iTXt":
            info.add_itxt("Author", word)
        else:
            info.add_text("Author", word, zip=kind == "zTXt")
        return png_bytes(pnginfo=info)

    return make


def png_chunk(kind: bytes) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        plain, content = png_bytes(), word.encode()
        chunk = (
            struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", zlib.crc32(kind + content))
        )
        return plain[:33] + chunk + plain[33:]

    return make


def png_exif(word: str) -> bytes:
    return png_bytes(exif=exif(0x013B, word))


def png_trailing(word: str) -> bytes:
    return png_bytes() + word.encode()
