"""Word files and workbooks with shapes and pictures over their words, as Word, WPS and LibreOffice write them."""

import io
import re
from collections.abc import Callable

from docx.oxml import parse_xml
from PIL import Image, ImageDraw

from tests.screening import making_office as office
from tests.screening import ordinary

_SPACES = (
    f'{office.W} xmlns:r="{office.RELATIONSHIPS}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"'
)
_KINDS = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_EMU = 12_700
_ID = "rIdC1"
Maker = Callable[[str], bytes]


def solid(colour: str, more: str = "") -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}">{more}</a:srgbClr></a:solidFill>'


def scheme(colour: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


BLACK, WHITE = solid("000000"), solid("FFFFFF")
# What Word and WPS give a shape that nobody gave a colour.
BY_STYLE = (
    '<wps:style><a:lnRef idx="2"><a:schemeClr val="accent1"/></a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef>'
    '<a:effectRef idx="0"><a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></wps:style>'
)


def shape(
    fill: str = BLACK, *, form: str = "rect", at: tuple[float, float, float, float] = (0, 0, 99, 99), words: str = "", style: str = ""
) -> str:
    """``at``: left, top, width, height in points, for shapes in a group."""
    left, top, width, height = (round(each * _EMU) for each in at)
    box = f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></wps:txbx>" if words else ""
    return (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}</wps:spPr>{style}{box}<wps:bodyPr/></wps:wsp>'
    )


def picture(more: str = "") -> str:
    return (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{_ID}">{more}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    )


def group(*shapes: str, size: tuple[float, float] = (200, 60)) -> str:
    width, height = (round(each * _EMU) for each in size)
    ends = f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/>'
    return f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{ends}</a:xfrm></wpg:grpSpPr>{''.join(shapes)}</wpg:wgp>"


def canvas(*shapes: str) -> str:
    return f"<wpc:wpc><wpc:bg/><wpc:whole/>{''.join(shapes)}</wpc:wpc>"


def floating(
    inside: str,
    *,
    at: tuple[float, float] = (-4, 0),
    size: tuple[float, float] = (200, 18),
    of: tuple[str, str] = ("column", "paragraph"),
    behind: int = 0,
    wrap: str = "wrapNone",
    old: str = "",
) -> str:
    """A run with a drawing at this place, in points; with the form for old programs Word adds."""
    x, y, width, height = (round(each * _EMU) for each in (*at, *size))
    kind = "picture" if "<pic:pic" in inside[:9] else ""
    uri = (
        "http://schemas.openxmlformats.org/drawingml/2006/picture"
        if kind
        else _KINDS + {"<wps": "Shape", "<wpg": "Group", "<wpc": "Canvas"}[inside[:4]]
    )
    drawing = (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="{behind}" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{of[0]}"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{of[1]}"><wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:{wrap}/><wp:docPr id="2" name="矩形 1"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )
    old = old or old_shape(style=f"margin-left:{at[0]}pt;margin-top:{at[1]}pt;width:{size[0]}pt;height:{size[1]}pt")
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def old_shape(
    name: str = "rect", *, style: str = "margin-left:-4pt;margin-top:0;width:200pt;height:18pt", marks: str = 'fillcolor="black"', more: str = ""
) -> str:
    return f'<w:pict><v:{name} id="矩形 2" style="position:absolute;{style};z-index:251659264" {marks}>{more}</v:{name}></w:pict>'


def body(*paragraphs: str, image: bytes = b"", before: str = "", section: str = "") -> bytes:
    """The usual document with these paragraphs after its first."""

    def fill(made) -> None:
        first = made.paragraphs[1]._p
        for xml in reversed(paragraphs):
            first.addnext(parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {_SPACES}", xml)))
        if before:
            first.append(parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {_SPACES}", before)))

    data = office.docx_bytes(fill)
    if not image:
        return data
    ending = "png" if image.startswith(b"\x89PNG") else "jpeg"
    rels, target = "word/_rels/document.xml.rels", f"media/image9.{ending}"
    return office.with_relationship(data, rels, "image", target, parts={f"word/{target}": image}, id_=_ID)


def line(words: str = "", run: str = "", marks: str = "") -> str:
    said = f"<w:r><w:t>{words}</w:t></w:r>" if words else ""
    return f"<w:p><w:pPr>{marks}</w:pPr>{run}{said}</w:p>"


def over(run: str, image: bytes = b"") -> Maker:
    """The drawing in front of the word, in its paragraph."""
    return lambda word: body(line(word, run), image=image)


def png(opaque: bool) -> bytes:
    """A photograph, or a seal on a clear ground."""
    made = Image.new("RGBA", (120, 120), (255, 255, 255, 255 if opaque else 0))
    ImageDraw.Draw(made).ellipse((4, 4, 116, 116), outline=(220, 0, 0, 255), width=8)
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


# --- workbooks ----------------------------------------------------------------------------------------------------


def over_cells(word: str, *shapes: str, links=(), more: dict[str, str] | None = None) -> bytes:
    """The word in A3, with these anchors over the sheet."""
    return ordinary.drawing("".join(shapes), links=links, more=more, data=ordinary.rows().replace("示例市教育局", word))
