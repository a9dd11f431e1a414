"""PDF files with one thing in their objects that no page shows, beyond what making_pages hides."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.screening.making_pages import changed, pdf_bytes

Maker = Callable[[str], bytes]


def _annotated(pdf: pikepdf.Pdf, **keys: object) -> None:
    annotation = pdf.make_indirect(
        Dictionary(**{"Type": Name.Annot, "Rect": Array([100, 100, 200, 120]), **keys})
    )
    pdf.pages[0].obj.Annots = Array([annotation])


def _changed(change: Callable[[pikepdf.Pdf, str], None]) -> Maker:
    return lambda word: changed(pdf_bytes(), lambda pdf: change(pdf, word))


def _file(pdf: pikepdf.Pdf, word: str) -> Dictionary:
    return Dictionary(
        Type=Name.Filespec, F="a.txt", EF=Dictionary(F=pdf.make_stream(word.encode(), Type=Name.EmbeddedFile))
    )


def bookmark(word: str) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(word, 0))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@_changed
def page_label(pdf, word):
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(P=word)])


@_changed
def own_key(pdf, word):
    pdf.pages[0].obj["/Memo"] = String(word)


@_changed
def key_of_stream(pdf, word):
    pdf.pages[0].obj.Contents["/Note"] = String(word)


@_changed
def file_of_page(pdf, word):
    pdf.pages[0].obj["/AF"] = Array([pdf.make_indirect(_file(pdf, word))])


@_changed
def file_of_note(pdf, word):
    _annotated(pdf, Subtype=Name.FileAttachment, FS=_file(pdf, word))


@_changed
def template_page(pdf, word):
    page = pdf.make_indirect(
        Dictionary(Type=Name.Template, MediaBox=[0, 0, 99, 99], Contents=pdf.make_stream(word.encode()))
    )
    pdf.Root.Names = Dictionary(Templates=Dictionary(Names=[String("t"), page]))


@_changed
def signer(pdf, word):
    _annotated(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T="s",
        V=Dictionary(Type=Name.Sig, Name=word, Contents=String("x")),
    )
    pdf.Root.AcroForm = Dictionary(Fields=[pdf.pages[0].obj.Annots[0]])


@_changed
def value_not_drawn(pdf, word):
    _annotated(pdf, Subtype=Name.Widget, FT=Name.Tx, T="s", V=word)
    pdf.Root.AcroForm = Dictionary(Fields=[pdf.pages[0].obj.Annots[0]])


@_changed
def note_of_link(pdf, word):
    _annotated(
        pdf, Subtype=Name.Link, Contents=word, A=Dictionary(S=Name.URI, URI="https://www.example.gov.cn/")
    )


@_changed
def inside_link(pdf, word):
    _annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"http://192.168.3.4/{word}")))


@_changed
def off_on_screen(pdf, word):
    """A layer that a viewer turns off by its own word about its use."""
    group = pdf.make_indirect(
        Dictionary(Type=Name.OCG, Name=word, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    )
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(Order=[group]))
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=group)
    pdf.pages[0].contents_add(b"/OC /MC0 BDC 0 0 0 rg 300 300 50 50 re f EMC")


@_changed
def not_drawn(pdf, word):
    form = pdf.make_stream(
        f"BT ({word}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fm9=form)


def nowhere(word: str) -> bytes:
    """A page's drawing to which nothing leads any more: saved by appending an empty change of the catalogue."""
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.Root.Stray = pdf.make_stream(f"BT ({word}) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return _cut(out.getvalue())


def _cut(data: bytes) -> bytes:
    """The reference becomes a number of the same length."""
    at = data.index(b"/Stray ") + 7
    end = data.index(b" R", at) + 2
    return data[:at] + b"0".ljust(end - at) + data[end:]


def remark(word: str) -> bytes:
    return pdf_bytes().replace(b"%%EOF", f"% {word}\n%%EOF".encode())


def _drawn(before: str, after: str) -> Maker:
    """Letters of a page, with what surrounds them."""

    def change(pdf: pikepdf.Pdf, word: str) -> None:
        resources = pdf.pages[0].obj.Resources
        resources.Font.Helv = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        resources.ExtGState = Dictionary(G0=Dictionary(ca=0))
        pdf.pages[0].contents_add(f"q {before} BT /Helv 12 Tf 300 300 Td ({word}) Tj ET {after} Q".encode())

    return _changed(change)


transparent = _drawn("/G0 gs", "")
outside_clip = _drawn("0 0 10 10 re W n", "")
under_line = _drawn("", "14 w 290 304 m 500 304 l S")
alike = _drawn("1 0 0 rg 290 290 200 40 re f", "")


def under_square(word: str) -> bytes:
    """Covered by a black square that somebody drew on the page as a remark."""

    def change(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 g 0 0 300 40 re f", Subtype=Name.Form, BBox=[0, 0, 300, 40])
        _annotated(pdf, Subtype=Name.Square, Rect=Array([280, 520, 580, 560]), AP=Dictionary(N=look))

    return changed(_drawn("", "")(word), change)
