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
    fill: str = BLACK,
    *,
    form: str = "rect",
    at: tuple[float, float, float, float] = (0, 0, 99, 99),
    words: str = "",
    style: str = "",
) -> str:
    """``at``: left, top, width, height in points, for shapes in a group."""
    left, top, width, height = (round(each * _EMU) for each in at)
    box = (
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        if words
        else ""
    )
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
    if kind:
        return f"<w:r>{drawing}</w:r>"
    old = old or old_shape(
        style=f"margin-left:{at[0]}pt;margin-top:{at[1]}pt;width:{size[0]}pt;height:{size[1]}pt"
    )
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def old_shape(
    name: str = "rect",
    *,
    style: str = "margin-left:-4pt;margin-top:0;width:200pt;height:18pt",
    marks: str = 'fillcolor="black"',
    more: str = "",
) -> str:
    return f'<w:pict><v:{name} id="矩形 2" style="position:absolute;{style};z-index:251659264" {marks}>{more}</v:{name}></w:pict>'


# WPS gives every shape of the old kind all of this.
OF_WPS = '<v:path/><v:fill on="t" focussize="0,0"/><v:stroke weight="1pt"/><v:imagedata o:title=""/><o:lock v:ext="edit" aspectratio="f"/>'


def _parsed(xml: str):
    return parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {_SPACES}", xml))


def body(*paragraphs: str, image: bytes = b"") -> bytes:
    """The usual document with these paragraphs after its first."""

    def fill(made) -> None:
        first = made.paragraphs[1]._p
        for xml in reversed(paragraphs):
            first.addnext(_parsed(xml))

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


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows]
    grid = '<w:gridCol w:w="2000"/><w:gridCol w:w="3000"/>'
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def in_header(word: str) -> bytes:
    def fill(made) -> None:
        made.sections[0].header.paragraphs[0]._p.getparent().append(_parsed(line(word, floating(shape()))))

    return office.docx_bytes(fill)


def under_box(word: str) -> bytes:
    """A text box, and a black block drawn over it later."""
    box = floating(shape(WHITE, words=word), at=(0, 0), size=(200, 40), wrap="wrapSquare")
    lid = floating(shape(), at=(0, 0), size=(200, 30)).replace("251659264", "251660288")
    return body(line("", box + lid), *[line()] * 4)


_LONG = "为规范示例工作，制定本要点。" * 12
_PAGE = ("page", "page")
_CROWD = line(
    "",
    floating(
        group(shape(WHITE, words="受理", at=(0, 0, 90, 30)), shape(WHITE, at=(0, 40, 90, 20))), size=(200, 90)
    ),
)

# Name, maker; in each the word lies under something.
PLANTED: tuple[tuple[str, Maker], ...] = (
    ("黑色矩形盖住的字", over(floating(shape()))),
    ("默认颜色的图形盖住的字", over(floating(shape("", style=BY_STYLE)))),
    ("主题色的图形盖住的字", over(floating(shape(scheme("tx1"))))),
    ("照片盖住的字", over(floating(picture()), office.jpeg())),
    ("不透明的图片盖住的字", over(floating(picture()), png(opaque=True))),
    ("旧式图形盖住的字", over(f"<w:r>{old_shape(marks='', more=OF_WPS)}</w:r>")),
    ("有字的图形盖住的字", over(floating(shape(WHITE, words="见附件")))),
    ("组合里的图形盖住的字", over(floating(group(shape(at=(0, 0, 200, 20))), size=(200, 60)))),
    ("图形盖住后一段", lambda word: body(line("各科室", floating(shape(), at=(0, 16))), line(word))),
    (
        "图形盖住前一段",
        lambda word: body(line(word), line("", floating(shape(), at=(0, -22), size=(200, 20)))),
    ),
    (
        "单元格里的图形",
        lambda word: body(table((line("姓名"), line(word, floating(shape(), size=(90, 16)))))),
    ),
    (
        "图形盖住表格的一格",
        lambda word: body(
            line("", floating(shape(), at=(100, 14), size=(140, 60))),
            table((line("姓名"), line()), (line("甲"), line(word))),
        ),
    ),
    (
        "按页面定位的图形",
        lambda word: body(
            line("", floating(shape(WHITE), at=(90, 120), size=(300, 60), of=_PAGE)), line(word)
        ),
    ),
    (
        "长段中间的图形",
        lambda word: body(
            line(_LONG + word + _LONG, floating(shape(scheme("accent1")), at=(0, 45), size=(400, 40)))
        ),
    ),
    ("图形盖住的文本框", under_box),
    ("页眉里的图形", in_header),
)


def _with(run: str, **how) -> Callable[[], bytes]:
    return lambda: body(line("特此通知，请认真贯彻执行。", run), **how)


_CLEAR = solid("FF0000", '<a:alpha val="30000"/>')
_TEXT = line("请于本月底前完成栏目自查。")
ORDINARY: dict[str, Callable[[], bytes]] = {
    "红头的线": _with(floating(shape(solid("FF0000"), form="line"), size=(400, 0))),
    "细长的矩形作线": _with(floating(shape(solid("FF0000")), at=(0, 10), size=(400, 3))),
    "没有填充的框": _with(floating(shape("<a:noFill/>", style=BY_STYLE))),
    "衬于文字下方": _with(floating(shape(), behind=1)),
    "四周型的插图": _with(floating(picture(), size=(90, 90), wrap="wrapSquare"), image=office.jpeg()),
    "透明底的印章": _with(floating(picture(), size=(90, 90)), image=png(opaque=False)),
    "设置了透明色的图片": _with(floating(picture("<a:clrChange/>")), image=office.jpeg()),
    "半透明的标记": _with(floating(shape(_CLEAR))),
    "箭头": _with(floating(shape(solid("4472C4"), form="rightArrow"))),
    "旁边的色块": _with(floating(shape(), at=(300, 0), size=(90, 20))),
    "打勾的小方框": lambda: body(line("　　是　　否", floating(shape(WHITE), at=(0, 0), size=(11, 11)))),
    "空段落上的色块": lambda: body(
        line("", floating(shape(), at=(0, 4), size=(200, 60))), *[line()] * 6, _TEXT
    ),
    "空段落上的照片": lambda: body(
        _TEXT, line("", floating(picture(), size=(200, 70))), *[line()] * 6, _TEXT, image=office.jpeg()
    ),
    "流程图": lambda: body(_TEXT, _CROWD, *[line()] * 8, _TEXT),
    "画布上的流程图": lambda: body(
        line(
            "",
            floating(
                canvas(
                    shape(WHITE, words="受理", at=(0, 0, 90, 30)),
                    shape(WHITE, form="downArrow", at=(40, 30, 10, 20)),
                    shape(WHITE, words="答复", at=(0, 50, 90, 30)),
                ),
                size=(200, 90),
            ),
        ),
        *[line()] * 9,
    ),
    "色块上的文本框": lambda: body(
        line(
            "",
            floating(
                group(
                    shape(scheme("accent1"), at=(0, 0, 120, 30)),
                    shape("<a:noFill/>", words="目录", at=(0, 0, 120, 30)),
                )
            ),
        ),
        *[line()] * 5,
    ),
    "页脚位置的白块": _with(floating(shape(WHITE), at=(200, 790), size=(200, 20), of=_PAGE)),
    "旧式水印": _with(
        f"""<w:r>{old_shape("shape", marks='type="#_x0000_t136"', more='<v:textpath string="样稿"/>')}</w:r>"""
    ),
    "旧式图形衬于下方": _with(f"<w:r>{old_shape().replace('z-index:', 'z-index:-')}</w:r>"),
    "旧式无填充": _with(f"""<w:r>{old_shape(marks='filled="f"')}</w:r>"""),
    "旧式四周型": _with(f"""<w:r>{old_shape(more='<w10:wrap type="square"/>')}</w:r>"""),
}


# --- workbooks ----------------------------------------------------------------------------------------------------

_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="5" name="图片 4"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdP"/>'
    "<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr/></xdr:pic>"
)
_A3 = (0, 2, 1, 3)
_BLACK_SHAPE = ordinary.shape("", fill=BLACK)
_CHART = ordinary.chart("示例市发展改革局", (120, 0, 120))


def _data(word: str) -> str:
    return ordinary.rows().replace("示例市教育局", word)


def over_cells(shapes: str, **more) -> Maker:
    """The word in A3, under what is drawn over the sheet."""
    return lambda word: ordinary.drawing(shapes, data=_data(word), **more)


def _pictured(opaque: bool, at: tuple[int, int, int, int] = _A3) -> Maker:
    parts = {"xl/media/image1.png": png(opaque)}
    return over_cells(
        ordinary.anchor(_PICTURE, at=at), links=(("rIdP", "image", "../media/image1.png"),), more=parts
    )


def _sized(width: float, height: float) -> str:
    """As a library anchors a picture: from a cell, with a size in points."""
    start = "<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    size = f'<xdr:ext cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/>'
    return f"<xdr:oneCellAnchor>{start}{size}{_BLACK_SHAPE}<xdr:clientData/></xdr:oneCellAnchor>"


def _fixed(top: float, width: float, height: float) -> str:
    place = f'<xdr:pos x="0" y="{round(top * _EMU)}"/><xdr:ext cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/>'
    return f"<xdr:absoluteAnchor>{place}{_BLACK_SHAPE}<xdr:clientData/></xdr:absoluteAnchor>"


def _two_in_group() -> str:
    """A group over A3:C4, a black block in its upper left corner."""

    def placed(shape_: str, left: int, top: int) -> str:
        xfrm = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="100" cy="100"/></a:xfrm>'
        return shape_.replace("<xdr:spPr>", f"<xdr:spPr>{xfrm}")

    frame = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="300" cy="200"/><a:chOff x="0" y="0"/><a:chExt cx="300" cy="200"/></a:xfrm>'
    parts = placed(_BLACK_SHAPE, 0, 0) + placed(ordinary.shape("", fill="<a:noFill/>"), 200, 100)
    return f"<xdr:grpSp><xdr:grpSpPr>{frame}</xdr:grpSpPr>{parts}</xdr:grpSp>"


def merged_under(word: str) -> bytes:
    ranges = '<mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'
    data = re.sub(r'<c r="(B3|A4|B4)".*?</c>', r'<c r="\1"/>', _data(word))
    return ordinary.drawing(ordinary.anchor(_BLACK_SHAPE, at=(0, 2, 2, 4)), data=data, after=ranges)


PLANTED_CELLS: tuple[tuple[str, Maker], ...] = (
    ("图形盖住的单元格", over_cells(ordinary.anchor(_BLACK_SHAPE, at=_A3))),
    ("文本框盖住的单元格", over_cells(ordinary.anchor(ordinary.shape("注", fill=scheme("lt1")), at=_A3))),
    (
        "默认样式的图形盖住的单元格",
        over_cells(ordinary.anchor(ordinary.shape("", style_=ordinary.SHAPE_STYLE), at=_A3)),
    ),
    ("图片盖住的单元格", _pictured(opaque=True)),
    ("有大小的图形盖住的单元格", over_cells(_sized(60, 20))),
    ("按位置的图形盖住的单元格", over_cells(_fixed(38, 60, 24))),
    ("组合里的图形盖住的单元格", over_cells(ordinary.anchor(_two_in_group(), at=(0, 2, 3, 4)))),
    ("图形盖住合并的单元格", merged_under),
    ("图表盖住的单元格", lambda word: ordinary.with_chart(_CHART, at=_A3, data=_data(word))),
)
_WORDS = "示例市民政局"
ORDINARY_CELLS: dict[str, Callable[[], bytes]] = {
    name: (lambda make=make: make(_WORDS))
    for name, make in {
        "没有填充的框": over_cells(ordinary.anchor(ordinary.shape("", fill="<a:noFill/>"), at=_A3)),
        "半透明的标记": over_cells(ordinary.anchor(ordinary.shape("", fill=_CLEAR), at=_A3)),
        "透明底的印章": _pictured(opaque=False, at=(0, 0, 3, 5)),
        "旁边的图形": over_cells(ordinary.anchor(_BLACK_SHAPE, at=(6, 2, 9, 3))),
        "线": over_cells(
            ordinary.anchor(_BLACK_SHAPE.replace("<xdr:spPr>", '<xdr:spPr><a:prstGeom prst="line"/>'), at=_A3)
        ),
        "碰到一点边的图形": over_cells(_sized(60, 5)),
        "图表盖住自己的数据": lambda word: ordinary.with_chart(_CHART, at=(1, 1, 2, 4), data=_data(word)),
    }.items()
}
