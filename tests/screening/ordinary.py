"""Ordinary workbooks and slides as Excel, WPS and PowerPoint write them: everything in them is meant to be seen."""

import io
import re
import zipfile
from collections.abc import Callable

from tests.screening import making_office as office

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = office.RELATIONSHIPS
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{_REL}"'
)
# Fonts: 0 body, 1 white and bold, 2 red, 3 grey, 4 link. Fills: 2 dark blue, 3 light, 4 theme dark with tint, 5 gradient.
_FONTS = (
    '<font><sz val="11"/><color theme="1"/><name val="等线"/><family val="2"/><charset val="134"/><scheme val="minor"/></font>'
    '<font><b/><sz val="12"/><color theme="0"/><name val="黑体"/><family val="3"/><charset val="134"/></font>'
    '<font><sz val="10"/><color rgb="FFC00000"/><name val="仿宋_GB2312"/></font>'
    '<font><i/><sz val="9"/><color theme="0" tint="-0.499984740745262"/><name val="宋体"/></font>'
    '<font><u/><sz val="11"/><color theme="10"/><name val="等线"/></font>'
)
_FILLS = (
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E78"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.149998474074526"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="-0.249977111117893"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><gradientFill degree="90"><stop position="0"><color theme="4"/></stop><stop position="1"><color rgb="FF1F4E78"/></stop></gradientFill></fill>'
)
_STYLE_NAMES = (
    '<cellStyles count="4"><cellStyle name="常规" xfId="0" builtinId="0"/><cellStyle name="常规 2" xfId="0"/>'
    '<cellStyle name="百分比" xfId="0" builtinId="5"/><cellStyle name="超链接" xfId="0" builtinId="8"/></cellStyles>'
)
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = "".join(
    f'<Override PartName="/xl/{name}.xml" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
    for name, kind in (
        ("workbook", "sheet.main"),
        ("worksheets/sheet1", "worksheet"),
        ("styles", "styles"),
        ("sharedStrings", "sharedStrings"),
    )
)
_TITLE = ("部门", "受理（件）", "办结（件）", "办结率", "日期")
_ROWS = (
    ("示例市发展改革局", 120, 118, 0.9833, 45292),
    ("示例市教育局", 0, 0, 0, 45323),
    ("合计", 120, 118, 0.9833, ""),
)


def _cell(column: int, row: int, value: object, style: int) -> str:
    place = f"{chr(64 + column)}{row}"
    if value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="s"><v>{{{value}}}</v></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def rows(styles: dict[int, int] | None = None, *, first: int = 1) -> str:
    """The heading and three rows; ``styles``: column to style."""
    styles = styles or {}
    lines = [
        f'<row r="{number}" spans="1:5" ht="20.1" customHeight="1" x14ac:dyDescent="0.2">'
        + "".join(
            _cell(column, number, value, 1 if number == first else styles.get(column, 0))
            for column, value in enumerate(row, 1)
        )
        + "</row>"
        for number, row in enumerate((_TITLE, *_ROWS), first)
    ]
    return "".join(lines)


def workbook(
    *,
    data: str = "",
    before: str = "",
    after: str = "",
    book: str = "",
    formats: str = "",
    styles: str = "",
    rules: str = "",
    more: dict[str, str] | None = None,
    links: tuple[tuple[str, str, str], ...] = (),
) -> bytes:
    """One sheet; ``{word}`` in a value goes to the common strings."""
    words: list[str] = []

    def place(found: re.Match[str]) -> str:
        words.append(found[1])
        return f"<v>{len(words) - 1}</v>"

    data = re.sub(r"<v>\{([^}]*)\}</v>", place, data or rows())
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in enumerate(formats.split("|"), 176)
    )
    own = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for number in range(176, 176 + len(formats.split("|")))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{_TYPES}</Types>',
        "_rels/.rels": _rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><fileVersion appName="xl" lastEdited="7"/><workbookPr defaultThemeVersion="166925" codeName="ThisWorkbook"/>'
        f'<bookViews><workbookView xWindow="0" yWindow="0" activeTab="0"/></bookViews><sheets><sheet name="公开情况" sheetId="1" r:id="rId1"/></sheets>{book}<calcPr calcId="191029"/></workbook>',
        "xl/_rels/workbook.xml.rels": _rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
            ("rId4", "theme", "theme/theme1.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="9">{codes if formats else ""}</numFmts><fonts count="5">{_FONTS}</fonts><fills count="6">{_FILLS}</fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>{own if formats else ""}{styles}</cellXfs>'
        f'{_STYLE_NAMES}<dxfs count="9">{rules}</dxfs><tableStyles count="0" defaultTableStyle="TableStyleMedium2"/></styleSheet>',
        "xl/theme/theme1.xml": _THEME,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetPr codeName="Sheet1"/>'
        f'{before}<sheetData>{data}</sheetData>{after}<phoneticPr fontId="1" type="noConversion"/></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" count="{len(words)}">{"".join(_string(word) for word in words)}</sst>',
    } | (more or {})
    if links:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = _rels(*links)
    return zipped(parts)


def _string(word: str) -> str:
    if word.startswith("<r>"):
        return f"<si>{word}</si>"
    return f'<si><t xml:space="preserve">{word}</t><phoneticPr fontId="1" type="noConversion"/></si>'


def _rels(*lines: tuple[str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{id_}" Type="{kind if "://" in kind else f"{_REL}/{kind}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for id_, kind, target in lines
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office 主题​​"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1>'
    '<a:accent2><a:srgbClr val="ED7D31"/></a:accent2><a:accent3><a:srgbClr val="A5A5A5"/></a:accent3><a:accent4><a:srgbClr val="FFC000"/></a:accent4>'
    '<a:accent5><a:srgbClr val="5B9BD5"/></a:accent5><a:accent6><a:srgbClr val="70AD47"/></a:accent6><a:hlink><a:srgbClr val="0563C1"/></a:hlink>'
    '<a:folHlink><a:srgbClr val="954F72"/></a:folHlink></a:clrScheme></a:themeElements></a:theme>'
)


def style(font: int, fill: int) -> str:
    return f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'


def _formats(codes: str, styles: dict[int, int]) -> Callable[[], bytes]:
    return lambda: workbook(formats=codes, data=rows(styles))


def _rule(rule: str, dxf: str = "") -> Callable[[], bytes]:
    holder = f'<conditionalFormatting sqref="B2:D4">{rule}</conditionalFormatting>'
    return lambda: workbook(after=holder, rules=dxf)


_FORMULAS = (
    ("B4", "SUM(B2:B3)", "120"),
    ("C4", 'IF(B2&gt;100,"合格","不合格")', "1"),
    ("D4", 'TEXT(E2,"yyyy年m月d日")', "1"),
    ("E4", 'IFERROR(VLOOKUP(A2,A:C,2,0),"")', "1"),
)


def _formulas() -> str:
    data = rows()
    for place, formula, value in _FORMULAS:
        data = re.sub(
            rf'<c r="{place}"([^>]*?)(?:/>|>.*?</c>)',
            rf'<c r="{place}"\1><f>{formula}</f><v>{value}</v></c>',
            data,
        )
    return re.sub(r'(<c r="[CDE]4"[^>]*?) t="s"', r"\1", data)


def drawing(
    shapes: str,
    *,
    links: tuple[tuple[str, str, str], ...] = (),
    more: dict[str, str] | None = None,
    data: str = "",
    after: str = "",
) -> bytes:
    parts = {"xl/drawings/drawing1.xml": f"<xdr:wsDr {_DRAWING}>{shapes}</xdr:wsDr>"} | (more or {})
    if links:
        parts["xl/drawings/_rels/drawing1.xml.rels"] = _rels(*links)
    return workbook(
        data=data,
        after=f'{after}<drawing r:id="rId1"/>',
        links=(("rId1", "drawing", "../drawings/drawing1.xml"),),
        more=parts,
    )


def anchor(inside: str, *, at: tuple[int, int, int, int] = (6, 1, 10, 8)) -> str:
    left, top, right, bottom = at
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>{right}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{bottom}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{inside}<xdr:clientData/></xdr:twoCellAnchor>"
    )


def shape(words: str, *, fill: str = "", style_: str = "", run: str = "", marks: str = "") -> str:
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"{marks}/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>{fill}</xdr:spPr>{style_}'
        f'<xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="1100">{run}</a:rPr><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )


SHAPE_STYLE = (
    '<xdr:style><a:lnRef idx="2"><a:schemeClr val="accent1"/></a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef>'
    '<a:effectRef idx="0"><a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></xdr:style>'
)
WHITE_RUN = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'


def chart(words: str, numbers: tuple[object, ...]) -> str:
    points = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(numbers))
    return (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:f>公开情况!$B$1</c:f><c:strCache><c:pt idx="0"><c:v>受理（件）</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:cat><c:strRef><c:f>公开情况!$A$2</c:f><c:strCache><c:pt idx="0"><c:v>{words}</c:v></c:pt></c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>公开情况!$B$2:$B$4</c:f><c:numCache><c:formatCode>General</c:formatCode>{points}</c:numCache></c:numRef></c:val>"
        "</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


def with_chart(part: str, *, at: tuple[int, int, int, int] = (6, 1, 10, 8), data: str = "") -> bytes:
    frame = (
        '<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="图表 2"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )
    return drawing(
        anchor(frame, at=at),
        links=(("rId1", "chart", "../charts/chart1.xml"),),
        more={"xl/charts/chart1.xml": part},
        data=data,
    )


def with_table(
    columns: tuple[str, ...], marks: str = 'name="表1" displayName="表1"', style_: str = "TableStyleMedium2"
) -> bytes:
    names = "".join(f'<tableColumn id="{number}" name="{name}"/>' for number, name in enumerate(columns, 1))
    table = (
        f'<table xmlns="{_MAIN}" id="1" {marks} ref="A1:E4" totalsRowShown="0"><autoFilter ref="A1:E4"/><tableColumns count="5">{names}</tableColumns>'
        f'<tableStyleInfo name="{style_}" showRowStripes="1"/></table>'
    )
    plain = style(1, 0)
    return workbook(
        styles=plain,
        data=rows().replace('s="1"', 's="2"'),
        after='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        links=(("rId1", "table", "../tables/table1.xml"),),
        more={"xl/tables/table1.xml": table},
    )


_GREEN = '<dxf><font><color rgb="FF006100"/></font><fill><patternFill><bgColor rgb="FFC6EFCE"/></patternFill></fill></dxf>'
_ERRORS = '<dxf><font><color theme="0"/></font></dxf>'
_MENU = '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1" sqref="E2:E9" promptTitle="填报说明" prompt="按月填报"><formula1>"是,否"</formula1></dataValidation></dataValidations>'
_NAMES = (
    '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">公开情况!$A$1:$E$4</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="0">公开情况!$A$1:$E$4</definedName>'
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">公开情况!$1:$1</definedName></definedNames>'
)
_ICON = '<cfRule type="iconSet" priority="1"><iconSet iconSet="3TrafficLights1"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>'
_SCALE = '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF63BE7B"/></colorScale></cfRule>'
_FROZEN = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
_WIDTHS = '<sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/><cols><col min="1" max="1" width="24.625" customWidth="1"/><col min="2" max="5" width="9" style="0"/></cols>'
_LINK = '<hyperlinks><hyperlink ref="A2" r:id="rId1" display="https://www.example.gov.cn/" tooltip="https://www.example.gov.cn/"/></hyperlinks>'
_MERGED = '<row r="1"><c r="A1" s="1" t="s"><v>{2024年办理情况统计表}</v></c><c r="B1" s="1"/><c r="C1" s="1"/><c r="D1" s="1"/><c r="E1" s="1"/></row>'
_RICH = '<row r="9"><c r="A9" t="s"><v>{<r><t>注：</t></r><r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t>单位为件</t></r>}</v></c></row>'
_BANNER = anchor(shape("办理情况一览", run=WHITE_RUN, fill="<a:noFill/>"), at=(6, 1, 9, 2))
_BOARD = anchor(shape("", fill='<a:solidFill><a:srgbClr val="1F4E78"/></a:solidFill>'), at=(5, 0, 12, 9))

SHEETS: dict[str, Callable[[], bytes]] = {
    "黑底白字的表头": workbook,
    "主题深色表头": lambda: workbook(styles=style(1, 4), data=rows().replace('s="1"', 's="2"')),
    "渐变表头": lambda: workbook(styles=style(1, 5), data=rows().replace('s="1"', 's="2"')),
    "灰底": lambda: workbook(styles=style(0, 3), data=rows({1: 2})),
    "灰字说明": lambda: workbook(styles=style(3, 0), data=rows({1: 2})),
    "红字": lambda: workbook(styles=style(2, 0), data=rows({1: 2, 2: 2})),
    "会计格式": _formats("0.00_ |#,##0.00;[Red]-#,##0.00|0.00_);[Red]\\(0.00\\)", {2: 2, 3: 3, 4: 4}),
    "会计专用": _formats("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * &quot;-&quot;??_ ;_ @_ ", {2: 2, 3: 2, 1: 2}),
    "人民币": _formats("[$¥-804]#,##0.00;[$¥-804]\\-#,##0.00|¥#,##0;¥\\-#,##0", {2: 2, 3: 3}),
    "中文日期": _formats(
        "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@|[$-804]aaaa;@|yyyy/m/d;@", {5: 2}
    ),
    "中文大写": _formats("[DBNum2][$-804]General|[DBNum1][$-804]General&quot;元&quot;", {2: 2, 3: 3}),
    "文本格式": _formats("@|General|@&quot;（盖章）&quot;", {1: 2, 2: 3}),
    "不显示零": _formats("0;-0;;@|#,##0;\\-#,##0;&quot;—&quot;|0_ ;[Red]\\-0\\ ", {2: 2, 3: 3}),
    "代码显示为文字": _formats(
        "[=1]&quot;男&quot;;[=2]&quot;女&quot;;G/通用格式|[&gt;=100]0&quot;件（多）&quot;;0&quot;件&quot;",
        {2: 3},
    ),
    "百分比和时间": _formats("0.00%|[h]:mm:ss|h:mm AM/PM", {4: 2, 5: 3}),
    "合并的标题": lambda: workbook(
        data=_MERGED + rows(first=2), after='<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>'
    ),
    "冻结首行": lambda: workbook(before=_FROZEN),
    "列宽行高": lambda: workbook(before=_WIDTHS),
    "筛选": lambda: workbook(
        after='<autoFilter ref="A1:E4"><filterColumn colId="0"><filters><filter val="合计"/><filter val="示例市教育局"/></filters></filterColumn></autoFilter>',
        book=_NAMES,
    ),
    "打印标题": lambda: workbook(
        book=_NAMES,
        after='<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/><headerFooter><oddHeader>&amp;C&amp;"黑体,常规"&amp;14办理情况</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>',
    ),
    "数据条": _rule(
        '<cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule>'
    ),
    "图标集": _rule(_ICON),
    "色阶": _rule(_SCALE),
    "突出显示": _rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan"><formula>100</formula></cfRule>',
        _GREEN,
    ),
    "隐去错误和零": _rule(
        '<cfRule type="expression" dxfId="0" priority="2"><formula>ISERROR(B2)</formula></cfRule><cfRule type="cellIs" dxfId="0" priority="1" operator="equal"><formula>0</formula></cfRule>',
        _ERRORS,
    ),
    "下拉选项": lambda: workbook(after=_MENU),
    "公式": lambda: workbook(data=_formulas()),
    "网址": lambda: workbook(
        styles=style(4, 0),
        data=rows({1: 2}),
        after=_LINK,
        links=(("rId1", "hyperlink", "https://www.example.gov.cn/"),),
    ),
    "几种字的单元格": lambda: workbook(data=rows() + _RICH),
    "表格样式的表头": lambda: with_table(_TITLE),
    "图表": lambda: with_chart(chart("示例市发展改革局", (120, 0, 120))),
    "默认样式的图形": lambda: drawing(anchor(shape("受理窗口", style_=SHAPE_STYLE))),
    "深色板上的白字": lambda: drawing(_BOARD + _BANNER),
    "普通文本框": lambda: drawing(
        anchor(
            shape(
                "填表说明",
                fill='<a:solidFill><a:schemeClr val="lt1"/></a:solidFill>',
                run='<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>',
            )
        )
    ),
    "分组显示": lambda: workbook(
        before='<sheetFormatPr defaultRowHeight="14.25" outlineLevelRow="1"/>',
        data=rows().replace('<row r="3"', '<row r="3" outlineLevel="1"'),
    ),
    "锁定": lambda: workbook(after='<sheetProtection sheet="1" objects="1" scenarios="1"/>'),
}


def _slides() -> dict[str, Callable[[], bytes]]:
    from tests.screening import making_sheets as make

    white, dark = (f'<a:solidFill><a:srgbClr val="{value}"/></a:solidFill>' for value in ("FFFFFF", "114683"))
    ground = f"<p:bg><p:bgPr>{dark}<a:effectLst/></p:bgPr></p:bg>"
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="3" name="图片 2" descr="会场照片"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip/></p:blipFill>'
        '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="12192000" cy="6858000"/></a:xfrm></p:spPr></p:pic>'
    )
    section = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="默认节" id="{1}"/></p14:sectionLst></p:ext></p:extLst>'
    )
    return {
        "白字深底": lambda: make.show(make.text_box("封面标题", run=white), before=ground),
        "白字在图片上": lambda: make.show(picture + make.text_box("会议现场", run=white)),
        "白字在色块上": lambda: make.show(make.text_box("第一部分", run=white, fill=dark)),
        "色块上另一文本框": lambda: make.show(
            make.text_box("", fill=dark) + make.text_box("第二部分", run=white)
        ),
        "母版的提示": lambda: make.show(hint="单击此处编辑母版标题样式"),
        "LibreOffice版式的提示": lambda: make.show(hint="Second Outline Level"),
        "LibreOffice版式的页脚": lambda: make.show(hint="&lt;date/time&gt;"),
        "默认节": lambda: make.show(make.text_box("目录"), more=section),
    }


SLIDES = _slides()
