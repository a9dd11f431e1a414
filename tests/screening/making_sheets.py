"""Workbooks, slides and pictures with one thing in them that a reader does not see."""

import functools
import io
import re
import struct
import zlib
from collections.abc import Callable

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.hyperlink import Hyperlink
from PIL import Image, ImageCms, ImageDraw

from tests.screening import making_office as office
from tests.screening import making_pages as pages
from tests.screening import ordinary

SHEET, BOOK, STRINGS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
_END = "</sheetData>"
_WHITE_FILL = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'


@functools.cache
def plain() -> bytes:
    return office.xlsx_bytes()


def looking(**how: object) -> Callable[[str], bytes]:
    """The word in E2, in letters, on a ground, in a format."""

    def make(word: str) -> bytes:
        def fill(book: openpyxl.Workbook) -> None:
            book.active["E2"] = word
            for name, value in how.items():
                setattr(book.active["E2"], name, value)

        return office.xlsx_bytes(fill)

    return make


def ground(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def on_theme(word: str) -> bytes:
    """Letters and ground from the theme, a little apart by their tint."""
    fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.02))
    return looking(font=Font(color=Color(theme=4)), fill=fill)(word)


def changed(part: str, old: str, new: str) -> Callable[[str], bytes]:
    """``new`` stands for ``old`` in a part, with the word for {}."""
    return lambda word: office.rezipped(
        plain(),
        lambda name, content: (
            content.replace(old.encode(), new.replace("{}", word).encode(), 1) if name == part else content
        ),
    )


def in_sheet(more: str) -> Callable[[str], bytes]:
    return changed(SHEET, _END, _END + more)


def in_book(more: str) -> Callable[[str], bytes]:
    return changed(BOOK, "<sheets>", f"{more}<sheets>")


def named(line: str) -> Callable[[str], bytes]:
    return changed(BOOK, "<definedNames/>", f"<definedNames>{line}</definedNames>")


def under_merged(word: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A10"] = "公开"
        sheet.merge_cells("A10:C10")
        sheet._cells[(10, 2)] = Cell(sheet, 10, 2, word)

    return office.xlsx_bytes(fill)


def narrow(word: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["E2"] = word
        book.active.column_dimensions["E"].width = 0.1

    return office.xlsx_bytes(fill)


def low(word: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A12"] = word
        book.active.row_dimensions[12].height = 0.75

    return office.xlsx_bytes(fill)


def beyond_default(word: str) -> bytes:
    """Columns without a width of their own are not shown."""
    data = office.xlsx_bytes(lambda book: book.active.__setitem__("H2", word))
    cols = b'<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/><cols><col min="1" max="3" width="9"/></cols>'
    return office.rezipped(
        data,
        lambda name, content: re.sub(rb"<sheetFormatPr[^>]*/>", cols, content) if name == SHEET else content,
    )


def painted(word: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["E2"] = word
        book.active.conditional_formatting.add(
            "E2", FormulaRule(formula=["TRUE"], font=Font(color="FFFFFFFF"))
        )

    return office.xlsx_bytes(fill)


def piece(word: str) -> bytes:
    """White letters in one piece of a cell's words."""
    words = CellRichText("已公开", TextBlock(InlineFont(color="FFFFFFFF"), word))
    return office.xlsx_bytes(lambda book: book.active.__setitem__("E2", words))


def formula(text: str) -> Callable[[str], bytes]:
    return lambda word: office.xlsx_bytes(
        lambda book: book.active.__setitem__("E2", text.replace("{}", word))
    )


def tip(word: str) -> bytes:
    link = Hyperlink(ref="A2", location="B2", tooltip=word)
    return office.xlsx_bytes(lambda book: setattr(book.active["A2"], "hyperlink", link))


def far(word: str) -> bytes:
    return office.xlsx_bytes(lambda book: book.active.__setitem__("A90000", word))


def model(word: str) -> bytes:
    kind = "http://schemas.microsoft.com/office/2007/relationships/powerPivotData"
    parts = {"xl/model/item.data": word.encode()}
    return office.with_relationship(
        plain(), "xl/_rels/workbook.xml.rels", kind, "model/item.data", parts=parts
    )


def drawn(word: str, **how: str) -> bytes:
    return ordinary.drawing(ordinary.anchor(ordinary.shape(word, **how)))


def white_shape(word: str) -> bytes:
    return drawn(word, run=_WHITE_FILL, fill="<a:noFill/>")


def switched_off(word: str) -> bytes:
    return drawn(word, marks=' hidden="1"')


def covered(word: str) -> bytes:
    lid = ordinary.anchor(ordinary.shape("", fill=_WHITE_FILL), at=(5, 0, 12, 12))
    return ordinary.drawing(ordinary.anchor(ordinary.shape(word)) + lid)


def path_of_picture(word: str) -> bytes:
    return drawn("图例", marks=f' descr="D:\\{word}\\图.png"')


def in_chart(word: str) -> bytes:
    return ordinary.with_chart(ordinary.chart(word, (120, 0, 120)))


def chart_title(word: str) -> bytes:
    title = f"<c:title><c:tx><c:rich><a:p><a:r><a:rPr>{_WHITE_FILL}</a:rPr><a:t>{word}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    part = ordinary.chart("示例市发展改革局", (120, 0, 120))
    return ordinary.with_chart(part.replace("<c:plotArea>", f"{title}<c:plotArea>"))


def filtered_series(word: str) -> bytes:
    """A series that the author switched off."""
    series = (
        '<c:extLst><c:ext uri="x"><c15:filteredBarSeries xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
        f"<c:tx><c:v>{word}</c:v></c:tx></c15:filteredBarSeries></c:ext></c:extLst></c:barChart>"
    )
    part = ordinary.chart("示例市发展改革局", (120, 0, 120))
    return ordinary.with_chart(part.replace("</c:barChart>", series))


def far_shape(word: str) -> bytes:
    return ordinary.drawing(ordinary.anchor(ordinary.shape(word), at=(900, 90_000, 905, 90_005)))


def pushed_away(word: str) -> bytes:
    return looking()("公开" + "\n" * 60 + word)


def in_table(word: str) -> bytes:
    return ordinary.with_table(
        ("部门", "受理（件）", "办结（件）", "办结率", "日期"),
        f'name="表1" displayName="表1" comment="{word}"',
    )


def rows_by_default(default: str, own: str = "") -> Callable[[str], bytes]:
    """The word in row 12; what the sheet says of rows without a height of their own, and one for those above."""

    def make(word: str) -> bytes:
        def change(name: str, content: bytes) -> bytes:
            if name != SHEET:
                return content
            content = re.sub(rb"<sheetFormatPr[^>]*/>", f"<sheetFormatPr {default}/>".encode(), content)
            return re.sub(rb'<row r="(\d)"', rf'<row r="\1"{own}'.encode(), content)

        return office.rezipped(office.xlsx_bytes(lambda book: book.active.__setitem__("A12", word)), change)

    return make


def chart_sheet(word: str, *, state: str = "veryHidden") -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=6), titles_from_data=True)
        chart.title = word
        sheet = book.create_chartsheet("底图")
        sheet.add_chart(chart)
        sheet.sheet_state = state

    return office.xlsx_bytes(fill)


_CELL_PICTURE = "ID_0123456789ABCDEF0123456789ABCDEF"


def picture_in_cell(descr: str = "现场图", *, at: str = "E2", hidden_row: int = 0) -> bytes:
    """As WPS writes it: a formula in the cell names a picture of a part of its own. ``at`` "": no cell names it."""

    def fill(book: openpyxl.Workbook) -> None:
        if at:
            book.active[at] = f'=_xlfn.DISPIMG("{_CELL_PICTURE}",1)'
        if hidden_row:
            book.active.row_dimensions[hidden_row].hidden = True

    picture = (
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{_CELL_PICTURE}" descr="{descr}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr/></xdr:pic></etc:cellImage>'
    )
    space = 'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    parts = {
        "xl/cellimages.xml": f"<etc:cellImages {space} {ordinary._DRAWING}>{picture}</etc:cellImages>".encode(),
        "xl/media/image1.jpeg": office.jpeg(),
    }
    kind = "http://www.wps.cn/officeDocument/2020/cellImage"
    data = office.with_relationship(
        office.xlsx_bytes(fill), "xl/_rels/workbook.xml.rels", kind, "cellimages.xml", parts=parts
    )
    return office.with_relationship(
        data, "xl/_rels/cellimages.xml.rels", "image", "media/image1.jpeg", id_="rId1"
    )


_RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
_VALUES = "http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue"


def picture_of_a_cell(name: str = "image1", *, hidden_row: int = 0) -> bytes:
    """As Excel writes a picture that is placed in cell E2; a second one, under ``name``, in E3."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active["E2"] = book.active["E3"] = "#VALUE!"
        if hidden_row:
            book.active.row_dimensions[hidden_row].hidden = True

    def change(part: str, content: bytes) -> bytes:
        if part == SHEET:
            for number in (1, 2):
                cell = rb'<c r="E%d"' % (number + 1)
                content = re.sub(
                    cell + rb"[^>]*>.*?</c>", cell + rb' t="e" vm="%d"><v>#VALUE!</v></c>' % number, content
                )
        return content

    space, main = f'xmlns="{_RICH}"', f'xmlns="{ordinary._MAIN}"'
    value, block = (
        '<rv s="0"><v>{}</v><v>5</v></rv>',
        '<bk><extLst><ext uri="x"><xlrd:rvb i="{}"/></ext></extLst></bk>',
    )
    parts = {
        "metadata.xml": f'<metadata {main} xmlns:xlrd="{_RICH}"><metadataTypes><metadataType name="XLRICHVALUE"/></metadataTypes>'
        f'<futureMetadata name="XLRICHVALUE">{block.format(0)}{block.format(1)}</futureMetadata>'
        '<valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>',
        "richData/rdrichvalue.xml": f"<rvData {space}>{value.format(0)}{value.format(1)}</rvData>",
        "richData/rdrichvaluestructure.xml": f'<rvStructures {space}><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s></rvStructures>',
        "richData/richValueRel.xml": f'<richValueRels {space} xmlns:r="{office.RELATIONSHIPS}"><rel r:id="rId1"/><rel r:id="rId2"/></richValueRels>',
    }
    kinds = (
        "sheetMetadata",
        _VALUES,
        f"{_VALUES}Structure",
        _VALUES.replace("2017/06", "2022/10").replace("rdRichValue", "richValueRel"),
    )
    data = office.rezipped(office.xlsx_bytes(fill), change)
    for number, ((part, content), kind) in enumerate(zip(parts.items(), kinds, strict=True)):
        data = office.with_relationship(
            data,
            "xl/_rels/workbook.xml.rels",
            kind,
            part,
            parts={f"xl/{part}": content.encode()},
            id_=f"rIdR{number}",
        )
    for number, picture in enumerate(("shown", name), 1):
        target = f"../media/{picture}.jpeg"
        data = office.with_relationship(
            data,
            "xl/richData/_rels/richValueRel.xml.rels",
            "image",
            target,
            parts={f"xl/media/{picture}.jpeg": office.jpeg(quality=60 + number)},
            id_=f"rId{number}",
        )
    return data


def behind_cells(picture: bytes) -> bytes:
    """A picture behind the cells, seen on the screen and not on paper."""
    line = f'<picture xmlns:r="{office.RELATIONSHIPS}" r:id="rIdX9"/>'
    return office.with_relationship(
        in_sheet(line)(""),
        "xl/worksheets/_rels/sheet1.xml.rels",
        "image",
        "../media/image1.jpeg",
        parts={"xl/media/image1.jpeg": picture},
    )


# --- slides -------------------------------------------------------------------------------------------------------

_SLIDE, _SHOW, _RELS = "ppt/slides/slide1.xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
_SIZE = '<p:sldSz cx="12192000" cy="6858000"/>'


def show(shapes: str = "", *, before: str = "", size: str = _SIZE, more: str = "", hint: str = "") -> bytes:
    """A slide with more shapes; a ground before them; more in the presentation; a prompt in its layout."""

    def change(name: str, content: bytes) -> bytes:
        text = content.decode()
        if name == _SLIDE:
            text = text.replace("<p:spTree>", f"{before}<p:spTree>").replace(
                "</p:spTree>", f"{shapes}</p:spTree>"
            )
        if name == _SHOW:
            text = text.replace("</p:sldIdLst>", f"</p:sldIdLst>{size}{more}")
        return text.encode()

    data = office.rezipped(office.pptx_bytes(), change)
    return with_layout(data, hint) if hint else data


def text_box(
    words: str,
    *,
    at: tuple[int, int] = (900_000, 900_000),
    fill: str = "",
    run: str = "",
    marks: str = "",
    mark: str = "",
) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="9" name="文本框 8"{mark}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{at[0]}" y="{at[1]}"/>'
        f'<a:ext cx="3000000" cy="600000"/></a:xfrm>{fill}</p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"{marks}>{run}</a:rPr>'
        f"<a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def with_layout(data: bytes, words: str) -> bytes:
    holder = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="标题 1"/><p:cNvSpPr/><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    part = f'<p:sldLayout {office._P}><p:cSld name="标题幻灯片"><p:spTree>{holder}</p:spTree></p:cSld></p:sldLayout>'
    target = "../slideLayouts/slideLayout1.xml"
    return office.with_relationship(
        data,
        "ppt/slides/_rels/slide1.xml.rels",
        "slideLayout",
        target,
        parts={"ppt/slideLayouts/slideLayout1.xml": part.encode()},
    )


def off_slide(word: str) -> bytes:
    return show(text_box(word, at=(-9_000_000, 0)))


def slide_white(word: str) -> bytes:
    return show(text_box(word, run=_WHITE_FILL))


def slide_on_ground(word: str) -> bytes:
    blue = '<a:solidFill><a:srgbClr val="114683"/></a:solidFill>'
    return show(text_box(word, run=blue), before=f"<p:bg><p:bgPr>{blue}</p:bgPr></p:bg>")


def slide_faint(word: str) -> bytes:
    clear = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>'
    return show(text_box(word, run=clear))


def slide_covered(word: str) -> bytes:
    return show(text_box(word) + text_box("", fill=_WHITE_FILL))


def slide_section(word: str) -> bytes:
    section = f'<p14:section xmlns:p14="urn:p14" name="{word}" id="{{1}}"/>'
    return show(
        more=f'<p:extLst><p:ext uri="x"><p14:sectionLst xmlns:p14="urn:p14">{section}</p14:sectionLst></p:ext></p:extLst>'
    )


def custom_show(word: str) -> bytes:
    return show(more=f'<p:custShowLst><p:custShow name="{word}" id="0"/></p:custShowLst>')


def beside_slides(kind: str, part: str) -> Callable[[str], bytes]:
    """A part that belongs to the presentation."""
    return lambda word: office.with_relationship(
        office.pptx_bytes(),
        _RELS,
        f"http://schemas.microsoft.com/office/2016/11/relationships/{kind}",
        f"{kind}.xml",
        parts={f"ppt/{kind}.xml": part.replace("{}", word).encode()},
    )


def played(word: str) -> bytes:
    """A film as PowerPoint keeps it: twice told of, once in the file, with who made it."""
    tag = b"\xa9ART" + word.encode()
    parts = {"ppt/media/media1.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 12 + b"\0\0\0\x40udta" + tag}
    rels, target = "ppt/slides/_rels/slide1.xml.rels", "../media/media1.mp4"
    data = office.with_relationship(office.pptx_bytes(), rels, "video", target, parts=parts, id_="rIdV1")
    kind = "http://schemas.microsoft.com/office/2007/relationships/media"
    return office.with_relationship(data, rels, kind, target, id_="rIdV2")


def unlisted_slide(word: str) -> bytes:
    part = f"<p:sld {office._P}><p:cSld><p:spTree>{text_box(word)}</p:spTree></p:cSld></p:sld>"
    parts = {"ppt/slides/slide9.xml": part.encode()}
    return office.with_relationship(office.pptx_bytes(), _RELS, "slide", "slides/slide9.xml", parts=parts)


def merged_in_slide(word: str) -> bytes:
    def cell(words: str, marks: str = "") -> str:
        return f"<a:tc{marks}><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc>"

    row = cell("事项", ' gridSpan="2"') + cell(word, ' hMerge="1"')
    return show(
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="表格 4"/></p:nvGraphicFramePr><a:graphic><a:graphicData>'
        f"<a:tbl><a:tr>{row}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def white_in_table(word: str) -> bytes:
    cell = f"<a:tc><a:txBody><a:p><a:r><a:rPr>{_WHITE_FILL}</a:rPr><a:t>{word}</a:t></a:r></a:p></a:txBody><a:tcPr>{_WHITE_FILL}</a:tcPr></a:tc>"
    return show(
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="表格 4"/></p:nvGraphicFramePr><a:graphic><a:graphicData>'
        f"<a:tbl><a:tr>{cell}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


# --- pictures -----------------------------------------------------------------------------------------------------


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def several(kind: str) -> Callable[[str], bytes]:
    """A second picture behind the first: MPO of cameras, APNG."""
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    return lambda word: _saved(first, kind, save_all=True, append_images=[second])


def under_clear(word: str) -> bytes:
    picture = Image.new("RGBA", (160, 60), (255, 255, 255, 0))
    ImageDraw.Draw(picture).text((10, 10), "13800138000", fill=(0, 0, 0, 0))
    return _saved(picture, "PNG")


def with_rows(word: str) -> bytes:
    """More packed with the pixels than the picture has rows."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = b"\x00".ljust(9, b"\x80") * 8 + word.encode()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def in_palette(word: str) -> bytes:
    picture = Image.new("P", (40, 40), 0)
    picture.putpalette([255, 0, 0, *word.encode().ljust((len(word.encode()) + 2) // 3 * 3, b"\0")])
    return _saved(picture, "PNG")


def with_profile(make: Callable[..., bytes]) -> Callable[[str], bytes]:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return lambda word: make(icc_profile=profile + word.encode())


def exif(tag: int, before: bytes, encoding: str) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        made = Image.Exif()
        holder = made if tag < 0x9000 or tag > 0x9C00 else made.get_ifd(0x8769)
        holder[tag] = before + word.encode(encoding)
        return office.jpeg(exif=made.tobytes())

    return make


def iptc(word: str) -> bytes:
    said = word.encode("gb18030")
    record = b"\x1c\x02\x78" + struct.pack(">H", len(said)) + said
    head = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return segment(0xED, head)("")


def segment(marker: int, head: bytes = b"") -> Callable[[str], bytes]:
    return lambda word: pages.jpeg_segment(marker, head)(word)
