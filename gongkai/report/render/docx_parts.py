"""DOCX的固定部分. Page, styles and footers with the measures of GB/T 9704-2012.

The type of 三号 is 16 pt in Word; closed up by a quarter of a point it stands 28 to a line of 156 mm, as the standard
wants. The pitch of 28.95 pt makes 22 lines of 225 mm.
"""

from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

BODY_FACE, NUMBER_FACE = "仿宋_GB2312", "宋体"
TITLE_FACE, HEADING_FACE, SUBHEADING_FACE = "方正小标宋简体", "黑体", "楷体_GB2312"
PITCH = 579  # twentieths of a point: 28.95 pt
# Page and margins in twentieths of a point: A4; 37, 26, 35, 28 mm. The footer's text begins 7 mm under the type area.
_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
_MARGINS = '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1247" w:gutter="0"/>'

CONTENT_TYPES = (
    f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/footer_odd.xml" ContentType="{_WORD}.footer+xml"/>'
    f'<Override PartName="/word/footer_even.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
DOCUMENT_RELATIONS = (
    f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_R}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_R}/footer" Target="footer_odd.xml"/>'
    f'<Relationship Id="rId4" Type="{_R}/footer" Target="footer_even.xml"/>'
    "</Relationships>"
)
SETTINGS = (
    f'{_DECLARATION}<w:settings xmlns:w="{_W}"><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def document(body: str) -> str:
    """document.xml with its one section."""
    return (
        f'{_DECLARATION}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}<w:sectPr>'
        '<w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
        f'{_PAGE}{_MARGINS}<w:docGrid w:linePitch="{PITCH}"/></w:sectPr></w:body></w:document>'
    )


def footer(*, align: str) -> str:
    """页码: 四号 half-width figures between dashes, one character in from the outer edge."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        if kind
        else "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        for kind in ("begin", "", "separate")
    )
    inward = f'<w:ind w:{align}Chars="100" w:{align}="280"/>'
    return (
        f'{_DECLARATION}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{inward}'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{field}'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def properties(*, title: str, author: str) -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{face}"/>'


def _style(
    name: str,
    *,
    label: str,
    face: str,
    size: float,
    paragraph: str,
    based_on: str = "",
    close_up: bool = False,
    kind: str = "",
) -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    following = '<w:next w:val="Normal"/>' if name in ("Title", "Heading1", "Heading2") else ""
    return (
        f'<w:style w:type="paragraph" {kind}w:styleId="{name}"><w:name w:val="{label}"/>{parent}{following}<w:qFormat/>'
        f'<w:pPr>{paragraph}</w:pPr><w:rPr>{_fonts(face)}<w:b w:val="0"/>'
        f'<w:spacing w:val="{-5 if close_up else 0}"/><w:sz w:val="{size * 2:.0f}"/>'
        f'<w:szCs w:val="{size * 2:.0f}"/></w:rPr></w:style>'
    )


_EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
_SINGLE = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
_FIRST_LINE = '<w:ind w:firstLineChars="200" w:firstLine="630"/>'

STYLES = (
    f'{_DECLARATION}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FACE)}'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    + _style(
        "Normal",
        label="Normal",
        face=BODY_FACE,
        size=16,
        paragraph=f'<w:snapToGrid w:val="0"/>{_EXACT}{_FIRST_LINE}<w:jc w:val="both"/>',
        close_up=True,
        kind='w:default="1" ',
    )
    + _style(
        "Title",
        label="Title",
        face=TITLE_FACE,
        size=22,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="579" w:line="680" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        based_on="Normal",
    )
    + _style(
        "Heading1",
        label="heading 1",
        face=HEADING_FACE,
        size=16,
        paragraph=f'<w:keepNext/><w:snapToGrid w:val="0"/>{_EXACT}{_FIRST_LINE}<w:jc w:val="left"/><w:outlineLvl w:val="0"/>',
        based_on="Normal",
        close_up=True,
    )
    + _style(
        "Heading2",
        label="heading 2",
        face=SUBHEADING_FACE,
        size=16,
        paragraph='<w:keepNext/><w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
        based_on="Normal",
        close_up=True,
    )
    + _style(
        "TableCell",
        label="表格",
        face=BODY_FACE,
        size=9,
        paragraph=f'<w:snapToGrid w:val="0"/>{_SINGLE}<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        based_on="Normal",
    )
    + _style(
        "TableLabel",
        label="表格行名",
        face=BODY_FACE,
        size=9,
        paragraph='<w:jc w:val="left"/>',
        based_on="TableCell",
    )
    + _style(
        "AfterTable",
        label="表后空行",
        face=BODY_FACE,
        size=6,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/>',
        based_on="Normal",
    )
    + _style(
        "Footer",
        label="footer",
        face=NUMBER_FACE,
        size=14,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/>',
        based_on="Normal",
    )
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Form"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style></w:styles>"
)
