"""Office files made for the tests: clean ones, and ones with one thing hidden in them."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import openpyxl
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE = "示例市政府信息公开工作通知"
BODY = ("各科室：", "请于本月底前完成栏目自查。", "特此通知。")
DATE = 'w:date="2026-01-01T00:00:00Z"'


def rezipped(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    """The archive with its parts changed, dropped (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def with_relationship(
    data: bytes,
    rels: str,
    kind: str,
    target: str,
    *,
    external: bool = False,
    parts: dict[str, bytes] | None = None,
    id_: str = "rIdX9",
) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    type_ = kind if "://" in kind else f"{RELATIONSHIPS}/{kind}"
    line = f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"{mode}/></Relationships>'.encode()
    found = rels in zipfile.ZipFile(io.BytesIO(data)).namelist()
    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    more = dict(parts or {}) | ({} if found else {rels: head + line})

    def change(name: str, content: bytes) -> bytes:
        if name == rels:
            content = (
                content.replace(b"/></Relationships>", b"/>" + line)
                if b"</Relationships>" in content
                else content.replace(b"/>", b">" + line)
            )
        if name == "[Content_Types].xml" and parts:
            content = content.replace(
                b"</Types>",
                b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            )
        return content

    return rezipped(data, change, more)


def document(fill: Callable[[docx.document.Document], None] = lambda made: None) -> docx.document.Document:
    made = docx.Document()
    core = made.core_properties
    core.author = core.last_modified_by = core.title = core.comments = core.keywords = ""
    made.add_paragraph(TITLE)
    for line in BODY:
        made.add_paragraph(line)
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "事项", "数量"
    table.cell(1, 0).text, table.cell(1, 1).text = "通知公告", "17"
    fill(made)
    return made


def docx_bytes(fill: Callable[[docx.document.Document], None] = lambda made: None) -> bytes:
    out = io.BytesIO()
    document(fill).save(out)
    # The library's template brings a picture of its first page; a document saved by Word has none.
    return without_thumbnail(out.getvalue())


def without_thumbnail(data: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes | None:
        if name == "docProps/thumbnail.jpeg":
            return None
        if name == "_rels/.rels":
            return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
        return content

    return rezipped(data, change)


def workbook(fill: Callable[[openpyxl.Workbook], None] = lambda made: None) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.properties.creator = None
    sheet = made.active
    sheet.title = "公开情况"
    sheet.append(["事项", "数量", "备注"])
    for number in range(5):
        sheet.append([f"第{number + 1}类", number * 7, "已公开"])
    fill(made)
    return made


def xlsx_bytes(fill: Callable[[openpyxl.Workbook], None] = lambda made: None) -> bytes:
    out = io.BytesIO()
    workbook(fill).save(out)
    return with_common_strings(out.getvalue())


def with_common_strings(data: bytes) -> bytes:
    """As Excel and WPS write it: the words of all sheets in one table, the cells hold numbers of its rows."""
    words: list[bytes] = []

    def row_of(found: re.Match[bytes]) -> bytes:
        words.append(found[2])
        return b'%st="s"><v>%d</v></c>' % (found[1], len(words) - 1)

    def change(name: str, content: bytes) -> bytes:
        if name.startswith("xl/worksheets/sheet"):
            return re.sub(rb'(<c [^>]*)t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', row_of, content)
        if name == "[Content_Types].xml":
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            line = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
            return content.replace(b"</Types>", line)
        return content

    made = rezipped(data, change)
    items = b"".join(b"<si><t>%s</t></si>" % word for word in words)
    table = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % items
    return with_relationship(
        made,
        "xl/_rels/workbook.xml.rels",
        "sharedStrings",
        "sharedStrings.xml",
        parts={"xl/sharedStrings.xml": table},
        id_="rIdS1",
    )


def jpeg(**saved: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((160, 120)).convert("RGB").save(out, "JPEG", **saved)
    return out.getvalue()


# --- docx ---------------------------------------------------------------------------------------------------------


def _first(made: docx.document.Document):
    return made.paragraphs[1]


def docx_property(name: str) -> Callable[[str], bytes]:
    return lambda word: docx_bytes(lambda made: setattr(made.core_properties, name, word))


def docx_app(tag: str) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        line = f"<{tag}>{word}</{tag}></Properties>".encode()

        def change(name: str, content: bytes) -> bytes:
            if name != "docProps/app.xml":
                return content
            content = re.sub(rf"<{tag}>.*?</{tag}>|<{tag}/>".encode(), b"", content, flags=re.DOTALL)
            return content.replace(b"</Properties>", line)

        return rezipped(docx_bytes(), change)

    return make


def docx_comment(word: str) -> bytes:
    return docx_bytes(lambda made: made.add_comment(_first(made).runs, text=word, author="审核人") and None)


def docx_comment_author(word: str) -> bytes:
    return docx_bytes(lambda made: made.add_comment(_first(made).runs, text="请核对", author=word) and None)


def docx_change(kind: str) -> Callable[[str], bytes]:
    text = "delText" if kind in ("del", "moveFrom") else "t"
    return lambda word: docx_bytes(
        lambda made: _first(made)._p.append(
            parse_xml(
                f'<w:{kind} {W} w:id="9" w:author="甲" {DATE}><w:r><w:{text}>{word}</w:{text}></w:r></w:{kind}>'
            )
        )
    )


def docx_deleted_row(word: str) -> bytes:
    def fill(made):
        row = made.tables[0].add_row()
        row.cells[0].text = word
        row._tr.insert(0, parse_xml(f'<w:trPr {W}><w:del w:id="5" w:author="{word}" {DATE}/></w:trPr>'))

    return docx_bytes(fill)


def docx_format_change(word: str) -> bytes:
    return docx_bytes(
        lambda made: (
            _first(made)
            .runs[0]
            ._r.get_or_add_rPr()
            .append(parse_xml(f'<w:rPrChange {W} w:id="3" w:author="{word}" {DATE}><w:rPr/></w:rPrChange>'))
        )
    )


def docx_vanish(word: str) -> bytes:
    return docx_bytes(lambda made: setattr(_first(made).add_run(word).font, "hidden", True))


def docx_vanish_by_style(word: str) -> bytes:
    def fill(made):
        style = made.styles.add_style("内部", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        style.font.hidden = True
        made.add_paragraph(word, style="内部")

    return docx_bytes(fill)


def docx_header_vanish(word: str) -> bytes:
    def fill(made):
        run = made.sections[0].header.paragraphs[0].add_run(word)
        run.font.hidden = True

    return docx_bytes(fill)


def docx_white(word: str) -> bytes:
    def fill(made):
        _first(made).add_run(word).font.color.rgb = docx.shared.RGBColor(255, 255, 255)

    return docx_bytes(fill)


def docx_tiny(word: str) -> bytes:
    def fill(made):
        _first(made).add_run(word).font.size = docx.shared.Pt(1)

    return docx_bytes(fill)


def docx_document_variable(word: str) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name == "word/settings.xml":
            line = f'<w:docVars><w:docVar w:name="来源" w:val="{word}"/></w:docVars></w:settings>'.encode()
            return content.replace(b"</w:settings>", line)
        return content

    return rezipped(docx_bytes(), change)


def docx_custom_property(word: str) -> bytes:
    part = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="承办"><vt:lpwstr>{word}</vt:lpwstr></property>'
        "</Properties>"
    ).encode()
    return with_relationship(
        docx_bytes(),
        "_rels/.rels",
        "custom-properties",
        "docProps/custom.xml",
        parts={"docProps/custom.xml": part},
    )


def docx_template(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/settings.xml.rels",
        "attachedTemplate",
        f"file:///C:/{word}/模板.dotm",
        external=True,
    )


def docx_file_link(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "hyperlink",
        f"file:///D:/{word}/底稿.docx",
        external=True,
    )


def docx_field(word: str) -> bytes:
    """A field that fetches from a file of somebody's computer; its result is an ordinary word."""
    runs = (
        f'<w:r {W}><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {W}><w:instrText> LINK Excel.Sheet "D:\\\\{word}\\\\底稿.xlsx" </w:instrText></w:r>',
        f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>',
        f"<w:r {W}><w:t>十七条</w:t></w:r>",
        f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>',
    )
    return docx_bytes(lambda made: [_first(made)._p.append(parse_xml(run)) for run in runs] and None)


def docx_simple_field(word: str) -> bytes:
    run = f'<w:fldSimple {W} w:instr="INCLUDETEXT {word}.docx"><w:r><w:t>十七条</w:t></w:r></w:fldSimple>'
    return docx_bytes(lambda made: _first(made)._p.append(parse_xml(run)))


def docx_embedded(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "package",
        "embeddings/a.bin",
        parts={"word/embeddings/a.bin": word.encode()},
    )


def docx_macro(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
        parts={"word/vbaProject.bin": word.encode()},
    )


def docx_custom_xml(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "customXml",
        "../customXml/item9.xml",
        parts={"customXml/item9.xml": f"<a><b>{word}</b></a>".encode()},
    )


def docx_printer(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "printerSettings",
        "printerSettings/p.bin",
        parts={"word/printerSettings/p.bin": word.encode("utf-16-le").ljust(64, b"\0")},
    )


def docx_glossary(word: str) -> bytes:
    part = f"<w:glossaryDocument {W}><w:docParts><w:t>{word}</w:t></w:docParts></w:glossaryDocument>".encode()
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "glossaryDocument",
        "glossary/document.xml",
        parts={"word/glossary/document.xml": part},
    )


def docx_orphan(word: str) -> bytes:
    return rezipped(docx_bytes(), lambda name, content: content, {"word/old.xml": f"<a>{word}</a>".encode()})


def docx_thumbnail(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "_rels/.rels",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/t.jpeg",
        parts={"docProps/t.jpeg": jpeg()},
    )


def docx_picture_comment(word: str) -> bytes:
    return docx_bytes(lambda made: made.add_picture(io.BytesIO(jpeg(comment=word.encode()))) and None)


# --- xlsx ---------------------------------------------------------------------------------------------------------


def xlsx_property(name: str) -> Callable[[str], bytes]:
    return lambda word: xlsx_bytes(lambda made: setattr(made.properties, name, word))


def xlsx_sheet(state: str) -> Callable[[str], bytes]:
    def make(word: str) -> bytes:
        def fill(made):
            sheet = made.create_sheet("底稿")
            sheet["B3"] = word
            sheet.sheet_state = state

        return xlsx_bytes(fill)

    return make


def xlsx_row(word: str) -> bytes:
    def fill(made):
        made.active["A4"] = word
        made.active.row_dimensions[4].hidden = True

    return xlsx_bytes(fill)


def xlsx_table_column(word: str) -> bytes:
    """A hidden column of a table: its heading stands in the cell and again in the table."""

    def fill(made):
        sheet = made.active
        sheet["D1"], sheet["D2"] = word, 7
        sheet.column_dimensions["D"].hidden = True
        sheet.add_table(Table(displayName="表1", ref="A1:D6"))

    return xlsx_bytes(fill)


def xlsx_choices_from_hidden_sheet(word: str) -> bytes:
    def fill(made):
        hidden = made.create_sheet("底稿")
        hidden["A1"] = word
        hidden.sheet_state = "hidden"
        rule = DataValidation("list", formula1="底稿!$A$1:$A$9")
        rule.add("C2:C9")
        made.active.add_data_validation(rule)

    return xlsx_bytes(fill)


def xlsx_flat_row(word: str) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b'<row r="4"', b'<row r="4" ht="0" customHeight="1"')
            if "sheet1" in name
            else content
        )

    return rezipped(xlsx_bytes(lambda made: made.active.__setitem__("A4", word)), change)


def xlsx_column(word: str) -> bytes:
    def fill(made):
        made.active["D2"] = word
        made.active.column_dimensions["D"].hidden = True

    return xlsx_bytes(fill)


def xlsx_hiding_format(word: str) -> bytes:
    def fill(made):
        made.active["E2"] = word
        made.active["E2"].number_format = ";;;"

    return xlsx_bytes(fill)


def xlsx_white(word: str) -> bytes:
    def fill(made):
        made.active["E2"] = word
        made.active["E2"].font = Font(color="FFFFFFFF")

    return xlsx_bytes(fill)


def xlsx_comment(word: str) -> bytes:
    return xlsx_bytes(lambda made: setattr(made.active["B2"], "comment", Comment(word, "审核人")))


def xlsx_hidden_name(word: str) -> bytes:
    return xlsx_bytes(
        lambda made: made.defined_names.add(DefinedName("暗名", attr_text=f'"{word}"', hidden=True))
    )


def xlsx_outside_name(word: str) -> bytes:
    return xlsx_bytes(
        lambda made: made.defined_names.add(DefinedName("外部", attr_text=f"[{word}.xlsx]表!$A$1"))
    )


def xlsx_outside_formula(word: str) -> bytes:
    return xlsx_bytes(lambda made: made.active.__setitem__("F2", f"='[{word}.xlsx]表'!A1"))


def xlsx_external_link(word: str) -> bytes:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = f'<externalLink {ns}><externalBook><sheetNames><sheetName val="{word}"/></sheetNames></externalBook></externalLink>'.encode()
    return with_relationship(
        xlsx_bytes(),
        "xl/_rels/workbook.xml.rels",
        "externalLink",
        "externalLinks/externalLink1.xml",
        parts={"xl/externalLinks/externalLink1.xml": part},
    )


def xlsx_connection(word: str) -> bytes:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = f'<connections {ns}><connection id="1" name="库"><dbPr connection="Server={word}" command="select"/></connection></connections>'.encode()
    return with_relationship(
        xlsx_bytes(),
        "xl/_rels/workbook.xml.rels",
        "connections",
        "connections.xml",
        parts={"xl/connections.xml": part},
    )


def xlsx_pivot_cache(word: str) -> bytes:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = f'<pivotCacheDefinition {ns}><cacheFields count="1"><cacheField name="姓名"><sharedItems><s v="{word}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'.encode()
    return with_relationship(
        xlsx_bytes(),
        "xl/_rels/workbook.xml.rels",
        "pivotCacheDefinition",
        "pivotCache/pivotCacheDefinition1.xml",
        parts={"xl/pivotCache/pivotCacheDefinition1.xml": part},
    )


def xlsx_macro(word: str) -> bytes:
    return with_relationship(
        xlsx_bytes(),
        "xl/_rels/workbook.xml.rels",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
        parts={"xl/vbaProject.bin": word.encode()},
    )


def xlsx_printer(word: str) -> bytes:
    return with_relationship(
        xlsx_bytes(),
        "xl/worksheets/_rels/sheet1.xml.rels",
        "printerSettings",
        "../printerSettings/p1.bin",
        parts={"xl/printerSettings/p1.bin": word.encode("utf-16-le").ljust(64, b"\0")},
    )


# --- pptx ---------------------------------------------------------------------------------------------------------

_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = f'xmlns:r="{RELATIONSHIPS}"'


def _shape(words: str, *, hidden: bool = False) -> str:
    mark = ' hidden="1"' if hidden else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="文"{mark}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def pptx_bytes(
    *, notes: str = "", comment: str = "", hidden_slide: str = "", hidden_shape: str = ""
) -> bytes:
    shapes = _shape(TITLE) + (_shape(hidden_shape, hidden=True) if hidden_shape else "")

    def slide(words: str, mark: str = "") -> str:
        return f"<p:sld {_P}{mark}><p:cSld><p:spTree>{words}</p:spTree></p:cSld></p:sld>"

    def rels(*lines: tuple[str, str, str]) -> str:
        body = "".join(
            f'<Relationship Id="{id_}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
            for id_, kind, target in lines
        )
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'

    slides = [("rId1", "slide", "slides/slide1.xml")] + (
        [("rId2", "slide", "slides/slide2.xml")] if hidden_slide else []
    )
    ids = "".join(f'<p:sldId id="{256 + number}" r:id="{each[0]}"/>' for number, each in enumerate(slides))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": rels(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels(*slides),
        "ppt/slides/slide1.xml": slide(shapes),
    }
    beside = []
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = (
            f"<p:notes {_P}><p:cSld><p:spTree>{_shape(notes)}</p:spTree></p:cSld></p:notes>"
        )
        beside.append(("rId7", "notesSlide", "../notesSlides/notesSlide1.xml"))
    if comment:
        parts["ppt/comments/comment1.xml"] = (
            f"<p:cmLst {_P}><p:cm><p:text>{comment}</p:text></p:cm></p:cmLst>"
        )
        beside.append(("rId8", "comments", "../comments/comment1.xml"))
    if beside:
        parts["ppt/slides/_rels/slide1.xml.rels"] = rels(*beside)
    if hidden_slide:
        parts["ppt/slides/slide2.xml"] = slide(_shape(hidden_slide), ' show="0"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
