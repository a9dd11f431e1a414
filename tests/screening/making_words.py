"""Word files with one thing in them that no reader sees, beyond what making_office hides."""

import io
from collections.abc import Callable

from docx.oxml import parse_xml

from tests.screening.making_office import RELATIONSHIPS, W, docx_bytes, jpeg, rezipped, with_relationship

_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w10="urn:schemas-microsoft-com:office:word"'
_MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
Maker = Callable[[str], bytes]


def _in_paragraph(xml: str) -> bytes:
    return docx_bytes(lambda made: made.paragraphs[1]._p.append(parse_xml(xml)))


def _after_paragraph(xml: str) -> bytes:
    return docx_bytes(lambda made: made.paragraphs[1]._p.addnext(parse_xml(xml)))


def part(name: str, before: str, inserted: str) -> Maker:
    """The word inserted into a part, before what stands there."""

    def made(word: str) -> bytes:
        more = inserted.replace("WORD", word).encode()
        return rezipped(
            docx_bytes(),
            lambda each, content: (
                content.replace(before.encode(), more + before.encode()) if each == name else content
            ),
        )

    return made


def run(properties: str) -> Maker:
    """A run with these properties."""
    return lambda word: _in_paragraph(f"<w:r {W}><w:rPr>{properties}</w:rPr><w:t>{word}</w:t></w:r>")


def run_by_style(properties: str) -> Maker:
    """A run whose style, or what that is based on, has these properties."""

    def fill(word: str) -> bytes:
        def change(made) -> None:
            for name, based, said in (("gz1", "", properties), ("gz2", '<w:basedOn w:val="gz1"/>', "")):
                made.styles.element.append(
                    parse_xml(
                        f'<w:style {W} w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
                        f"<w:rPr>{said}</w:rPr></w:style>"
                    )
                )
            made.paragraphs[1]._p.append(
                parse_xml(f'<w:r {W}><w:rPr><w:rStyle w:val="gz2"/></w:rPr><w:t>{word}</w:t></w:r>')
            )

        return docx_bytes(change)

    return fill


def paragraph(properties: str) -> Maker:
    return lambda word: _after_paragraph(
        f"<w:p {W}><w:pPr>{properties}</w:pPr><w:r><w:t>{word}</w:t></w:r></w:p>"
    )


def flat_row(word: str) -> bytes:
    return _after_paragraph(
        f'<w:tbl {W}><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:trPr>'
        f'<w:trHeight w:val="1" w:hRule="exact"/></w:trPr><w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )


def black_cell(word: str) -> bytes:
    return _after_paragraph(
        f'<w:tbl {W}><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:shd w:val="clear" '
        f'w:fill="000000"/></w:tcPr><w:p><w:r><w:rPr><w:color w:val="0A0A0A"/></w:rPr><w:t>{word}</w:t></w:r></w:p></w:tc>'
        "</w:tr></w:tbl>"
    )


def header(kind: str) -> Maker:
    """A header of the first or of even pages, in a document that has none of its own there."""

    def fill(word: str) -> bytes:
        def change(made) -> None:
            section = made.sections[0]
            found = section.first_page_header if kind == "first" else section.even_page_header
            found.is_linked_to_previous = False
            found.paragraphs[0].text = word

        return docx_bytes(change)

    return fill


def field(words: str, result: str = "") -> Maker:
    def fill(word: str) -> bytes:
        shown = f'<w:fldChar w:fldCharType="separate"/><w:t>{result}</w:t>' if result else ""
        said = words.replace("WORD", word)
        return _in_paragraph(
            f'<w:r {W}><w:fldChar w:fldCharType="begin"/><w:instrText>{said}</w:instrText>{shown}'
            '<w:fldChar w:fldCharType="end"/></w:r>'
        )

    return fill


def form_field(inside: str) -> Maker:
    return lambda word: _in_paragraph(
        f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>{inside.replace("WORD", word)}</w:ffData>'
        "</w:fldChar></w:r>"
    )


def wrapped(inside: str) -> Maker:
    """Something around a paragraph that the page does not show."""
    return lambda word: _after_paragraph(
        inside.replace("WORD", word)
        .replace("{W}", W)
        .replace("{P}", "<w:p><w:r><w:t>请于本月底前完成</w:t></w:r></w:p>")
    )


def other_form(word: str) -> bytes:
    """What only a program that cannot draw the first form would show."""
    return _in_paragraph(
        f'<mc:AlternateContent {_MARKUP} {W}><mc:Choice Requires="w"><w:r><w:t>各科室</w:t></w:r></mc:Choice><mc:Fallback>'
        f"<w:r><w:t>{word}</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )


def foreign_element(word: str) -> bytes:
    return _in_paragraph(f'<x:note xmlns:x="urn:x-example">{word}</x:note>')


def foreign_attribute(word: str) -> bytes:
    return _in_paragraph(f'<w:r {W} xmlns:x="urn:x-example" x:by="{word}"><w:t>各科室</w:t></w:r>')


def text_box(style: str) -> Maker:
    return lambda word: _in_paragraph(
        f'<w:r {W}><w:pict {_VML}><v:shape style="{style}"><v:textbox><w:txbxContent><w:p><w:r><w:t>{word}</w:t></w:r></w:p>'
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def tooltip(word: str) -> bytes:
    return _in_paragraph(
        f'<w:hyperlink {W} w:anchor="a" w:tooltip="{word}"><w:r><w:t>各科室</w:t></w:r></w:hyperlink>'
    )


def inside_link(word: str) -> bytes:
    data = _in_paragraph(
        f'<w:hyperlink {W} xmlns:r="{RELATIONSHIPS}" r:id="rIdX9"><w:r><w:t>各科室</w:t></w:r></w:hyperlink>'
    )
    return with_relationship(
        data, "word/_rels/document.xml.rels", "hyperlink", f"http://192.168.1.20/oa/{word}", external=True
    )


def unknown_part(word: str) -> bytes:
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "http://example.com/relationships/ledger",
        "ledger.bin",
        parts={"word/ledger.bin": word.encode()},
    )


def note_without_mark(word: str) -> bytes:
    notes = f'<w:footnotes {W}><w:footnote w:id="7"><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    return with_relationship(
        docx_bytes(),
        "word/_rels/document.xml.rels",
        "footnotes",
        "footnotes.xml",
        parts={"word/footnotes.xml": notes.encode()},
    )


def _with_picture(change: Callable[[object], None]) -> bytes:
    def fill(made) -> None:
        made.add_picture(io.BytesIO(jpeg()))
        for element in made.element.body.iter():
            change(element)

    return docx_bytes(fill)


def cropped(word: str) -> bytes:
    """The lower part of the picture is cut off, and is in the file."""

    def change(element) -> None:
        if element.tag.endswith("}blipFill"):
            element.insert(1, parse_xml(f'<a:srcRect {_DRAWING} b="60000"/>'))

    return _with_picture(change)


def picture_path(word: str) -> bytes:
    def change(element) -> None:
        if element.tag.endswith("}docPr"):
            element.set("descr", f"C:\\Users\\{word}\\a.jpg")

    return _with_picture(change)


def ordinary(number: int) -> bytes:
    """A document as people write it: everything in it is meant to be seen, read out or turned the page by."""

    def fill(made) -> None:
        body, first = made.element.body, made.paragraphs[1]._p
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].first_page_header.paragraphs[0].text = "首页页眉"
        made.sections[0].header.paragraphs[0].text = "示例市人民政府办公室"
        made.styles.element.append(
            parse_xml(
                f'<w:style {W} w:type="paragraph" w:styleId="a9"><w:name w:val="公文标题"/><w:rPr><w:rFonts w:eastAsia='
                '"方正小标宋简体"/><w:color w:val="FF0000"/></w:rPr></w:style>'
            )
        )
        for xml in _ORDINARY[number]:
            first.addnext(parse_xml(xml))
        made.add_picture(io.BytesIO(jpeg()))
        for element in body.iter():
            if element.tag.endswith("}docPr"):
                element.set("name", "图片 1")
                element.set("descr", "示例市政务服务大厅平面图")
            if element.tag.endswith("}blipFill"):
                element.insert(1, parse_xml(f'<a:srcRect {_DRAWING} t="300" b="0"/>'))  # as a program rounds

    return docx_bytes(fill)


def _field(words: str, result: str) -> str:
    return (
        f'<w:p {W}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{words}</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r></w:p>'
    )


def _coloured(letters: str, behind: str) -> str:
    return f'<w:p {W}><w:r><w:rPr><w:color w:val="{letters}"/>{behind}</w:rPr><w:t>看得清楚的字</w:t></w:r></w:p>'


_ORDINARY = (
    [
        _field(' TOC \\o "1-3" \\h \\z \\u ', "目　录"),
        _field(" PAGEREF _Toc1234567 \\h ", "3"),
        _field(" PAGE   \\* MERGEFORMAT ", "1"),
        _field(' HYPERLINK "https://www.example.gov.cn/zwgk" \\t "_blank" ', "政务公开"),
        _field(' HYPERLINK \\l "_Toc1234567" ', "第一章"),
        _field(' DATE \\@ "yyyy年M月d日" ', "2026年1月2日"),
        _field(" SEQ 图 \\* ARABIC ", "1"),
        _field(' STYLEREF "标题 1" ', "总则"),
        _field(" eq \\o\\ac(○,一) ", "一"),
        _field(' XE "各科室" ', "各科室"),
    ],
    [
        _coloured("FFFFFF", '<w:shd w:val="clear" w:fill="C00000"/>'),
        _coloured("FFFFFF", '<w:highlight w:val="black"/>'),
        _coloured("auto", '<w:shd w:val="clear" w:fill="000000"/>'),
        _coloured("000000", '<w:highlight w:val="yellow"/>'),
        _coloured("7F7F7F", '<w:shd w:val="pct25" w:color="auto" w:fill="auto"/>'),
        _coloured("D9D9D9", ""),
        f'<w:p {W}><w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr></w:p>',
        f'<w:p {W}><w:pPr><w:ind w:left="-420" w:right="-420" w:firstLine="640"/><w:spacing w:line="560" w:lineRule="exact"/>'
        "</w:pPr><w:r><w:t>向外移出一点的段落</w:t></w:r></w:p>",
        f'<w:p {W}><w:pPr><w:pStyle w:val="a9"/></w:pPr><w:r><w:rPr><w:w w:val="90"/></w:rPr><w:t>公文标题</w:t></w:r></w:p>',
    ],
    [
        f'<w:tbl {W}><w:tblPr><w:tblCaption w:val="公开事项一览表"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr>'
        '<w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>'
        '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>序号</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
        f'<w:p {W}><w:r><w:pict {_VML}><v:shape id="文本框 2" style="position:absolute;margin-left:-20pt;width:90pt;height:40pt">'
        '<v:textbox><w:txbxContent><w:p><w:r><w:t>附件1</w:t></w:r></w:p></w:txbxContent></v:textbox><w10:wrap type="square"/></v:shape></w:pict></w:r></w:p>',
        f'<w:p {W}><mc:AlternateContent {_MARKUP}><mc:Choice Requires="w"><w:r><w:t>同样的文字</w:t></w:r></mc:Choice><mc:Fallback>'
        "<w:r><w:t>同样的文字</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
        f'<w:p {W}><w:bookmarkStart w:id="3" w:name="正文起始"/><w:r><w:t>第一条</w:t></w:r><w:bookmarkEnd w:id="3"/></w:p>',
    ],
)
