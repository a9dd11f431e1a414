"""PDF files made for the tests of redaction: turned, cropped, scaled, scanned, with forms, locked, damaged."""

import io
from collections.abc import Callable, Sequence

import pikepdf
from PIL import Image, ImageDraw
from weasyprint import HTML

A4 = (595, 842)
PERSON = "张示例"
IDENTITY = "11010519491231002X"  # the specimen number of GB 11643
MOBILE = "13800138000"
CARD = "6222021234567890128"
MAIL = "shili@example.com"
SECRET, NEIGHBOUR = "Secret13800138000", "Neighbour"


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf, **how)


def chinese(body: str, style: str = "") -> bytes:
    page = f"<style>@page{{size:A4}} body{{font:12pt/24pt 'Noto Sans CJK SC'}} {style}</style>"
    return HTML(string=f"<html lang=zh>{page}<body>{body}</body></html>").write_pdf()


def page(
    *,
    lines: Sequence[tuple[float, float, str]],
    turn: int = 0,
    origin: tuple[float, float] = (0, 0),
    size: tuple[float, float] = (400, 300),
    crop: tuple[float, float, float, float] | None = None,
    scale: float = 1.0,
    angle: int = 0,
) -> bytes:
    """One page with words at places in its own measure, from its lower left corner; everything drawn ``scale`` times as large."""
    pdf = pikepdf.new()
    made = pdf.add_blank_page()
    left, low = origin
    made.obj.MediaBox = pikepdf.Array([left, low, left + size[0], low + size[1]])
    if crop:
        made.obj.CropBox = pikepdf.Array([left + crop[0], low + crop[1], left + crop[2], low + crop[3]])
    if turn:
        made.obj.Rotate = turn
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    made.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle]
    drawn = "".join(
        f"BT /F 12 Tf {cosine} {sine} {-sine} {cosine} {(left + x) / scale:.4f} {(low + y) / scale:.4f} Tm ({words}) Tj ET\n"
        for x, y, words in lines
    )
    made.obj.Contents = pdf.make_stream(f"q {scale} 0 0 {scale} 0 0 cm\n{drawn}Q".encode())
    return saved(pdf)


def scan(words: str = "SCANNED", *, seed: int = 0) -> bytes:
    """A page that is one picture."""
    picture = Image.new("L", (826, 1169), 250)
    ImageDraw.Draw(picture).text((100, 100), words, fill=20, font_size=40)
    for at in range(0, 826 * 1169, 97):
        picture.putpixel((at % 826, at // 826), (at * 7 + seed) % 256)
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=90)
    pdf = pikepdf.new()
    made = pdf.add_blank_page(page_size=A4)
    image = pdf.make_stream(packed.getvalue())
    for key, value in {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": 826,
        "/Height": 1169,
        "/ColorSpace": pikepdf.Name.DeviceGray,
        "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode,
    }.items():
        image[key] = value
    made.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(S=image))
    made.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /S Do Q")
    return saved(pdf)


def form(value: str, *, appearance: bool = False) -> bytes:
    """A filled field; its appearance is in the file, or left to the reader."""
    pdf = pikepdf.open(io.BytesIO(page(lines=[(40, 250, NEIGHBOUR)])))
    font = pdf.pages[0].obj.Resources.Font.F
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="name",
            V=value,
            Rect=[50, 100, 350, 130],
            DA="/Helv 12 Tf 0 g",
            F=4,
        )
    )
    if appearance:
        drawn = pdf.make_stream(f"/Tx BMC q BT /Helv 12 Tf 0 g 4 9 Td ({value}) Tj ET Q EMC".encode())
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawn.BBox = pikepdf.Array([0, 0, 300, 30])
        drawn.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        field.AP = pikepdf.Dictionary(N=drawn)
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=[field],
        NeedAppearances=not appearance,
        DA="/Helv 12 Tf 0 g",
        DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font)),
    )
    return saved(pdf)


def locked() -> bytes:
    return changed(
        page(lines=[(40, 250, NEIGHBOUR)]),
        lambda pdf: None,
        encryption=pikepdf.Encryption(owner="owner", user="user"),
    )


def dynamic_form() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = True

    return changed(page(lines=[(40, 250, "Please wait")]), change)


def many(count: int) -> bytes:
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(100, 100))
    return saved(pdf)
