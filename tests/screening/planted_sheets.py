"""What can be hidden in a workbook, a presentation or a picture, beside the common things: name, ending, maker, trace, and how it is told."""

from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from gongkai.screening.inspection import Trace
from tests.screening import making_office as office
from tests.screening import making_pages as pages
from tests.screening import making_sheets as make

_LEFT = {"cleanable": False}
_SILENT = {"tells": False}
_AT_E2 = {"cleanable": False, "place": "单元格E2"}

_CELLS = (
    ("合并格下的值", make.under_merged, Trace.HIDDEN_CELL, {"place": "单元格B10"}),
    (
        "黑底黑字",
        make.looking(font=Font(color="FF000000"), fill=make.ground("FF000000")),
        Trace.WHITE_TEXT,
        _AT_E2,
    ),
    ("自动色黑底", make.looking(fill=make.ground("FF000000")), Trace.WHITE_TEXT, _AT_E2),
    ("近白", make.looking(font=Font(color="FFFAFAFA")), Trace.WHITE_TEXT, _AT_E2),
    ("索引白", make.looking(font=Font(color=Color(indexed=9))), Trace.WHITE_TEXT, _AT_E2),
    ("主题色同底", make.on_theme, Trace.WHITE_TEXT, _AT_E2),
    ("一磅的字", make.looking(font=Font(sz=1)), Trace.WHITE_TEXT, _AT_E2),
    ("一段白字", make.piece, Trace.WHITE_TEXT, {"cleanable": False, "place": "单元格E2"}),
    ("空引号格式", make.looking(number_format='"";"";"";""'), Trace.HIDDEN_CELL, {"place": "单元格E2"}),
    (
        "只藏文字的格式",
        make.looking(number_format='0;0;0;"见附件"'),
        Trace.HIDDEN_CELL,
        {"place": "单元格E2"},
    ),
    ("白色的格式", make.looking(number_format="[White]@"), Trace.WHITE_TEXT, _AT_E2),
    ("条件格式涂白", make.painted, Trace.WHITE_TEXT, {"cleanable": False, "place": "条件格式E2"}),
    ("极窄的列", make.narrow, Trace.HIDDEN_COLUMN, {"place": "E列"}),
    ("默认不显示的列", make.beyond_default, Trace.HIDDEN_COLUMN, {"place": "H列"}),
    ("极矮的行", make.low, Trace.HIDDEN_ROW, {"place": "第12行"}),
    ("很远的单元格", make.far, Trace.HIDDEN_CELL, {"cleanable": False, "place": "第90000行"}),
    ("公式里的字", make.formula('=IF(1=1,"公开","{}")'), Trace.HIDDEN_TEXT, {"place": "单元格E2"}),
    ("公式里的说明", make.formula('=1+N("{}")'), Trace.HIDDEN_TEXT, {"place": "单元格E2"}),
)
_PAGE = 'id="1" divId="div1" sourceType="sheet" destinationFile="a.htm"'
_AROUND = (
    ("单元格的怪属性", make.changed(make.SHEET, '<c r="A1"', '<c r="A1" note="{}"'), Trace.CUSTOM_DATA, {}),
    (
        "没有用到的格式",
        make.changed(
            "xl/styles.xml",
            '<numFmts count="0"/>',
            '<numFmts count="1"><numFmt numFmtId="200" formatCode="&quot;{}&quot;0"/></numFmts>',
        ),
        Trace.HIDDEN_TEXT,
        {},
    ),
    ("推到看不见处", make.pushed_away, Trace.HIDDEN_TEXT, {"cleanable": False, "place": "单元格E2"}),
    ("很远的图形", make.far_shape, Trace.HIDDEN_TEXT, _LEFT),
    ("图表的白色标题", make.chart_title, Trace.WHITE_TEXT, _LEFT),
    ("图表不显示的系列", make.filtered_series, Trace.HIDDEN_TEXT, {"place": "chart1"}),
    (
        "方案",
        make.in_sheet('<scenarios><scenario name="a" user="{}"/></scenarios>'),
        Trace.CUSTOM_DATA,
        {"place": "方案"},
    ),
    (
        "允许编辑的区域",
        make.in_sheet('<protectedRanges><protectedRange name="{}" sqref="A1"/></protectedRanges>'),
        Trace.CUSTOM_DATA,
        {},
    ),
    (
        "没有启用的页眉",
        make.in_sheet("<headerFooter><firstHeader>&amp;C{}</firstHeader></headerFooter>"),
        Trace.HIDDEN_TEXT,
        {"place": "页眉页脚"},
    ),
    (
        "白色的页眉",
        make.in_sheet("<headerFooter><oddHeader>&amp;C&amp;KFFFFFF{}</oddHeader></headerFooter>"),
        Trace.WHITE_TEXT,
        _LEFT,
    ),
    (
        "筛选的条件",
        make.in_sheet(
            '<autoFilter ref="A1:C6"><filterColumn colId="0"><filters><filter val="{}"/></filters></filterColumn></autoFilter>'
        ),
        Trace.HIDDEN_TEXT,
        {"place": "筛选"},
    ),
    ("链接提示", make.tip, Trace.HIDDEN_TEXT, {"place": "单元格A2"}),
    ("工作表代码名", make.changed(make.SHEET, "<sheetPr>", '<sheetPr codeName="{}">'), Trace.METADATA, {}),
    (
        "没有用到的文字",
        make.changed(make.STRINGS, "</sst>", "<si><t>{}</t></si></sst>"),
        Trace.HIDDEN_TEXT,
        {},
    ),
    (
        "拼音提示",
        make.changed(make.STRINGS, "</t></si>", '</t><rPh sb="0" eb="1"><t>{}</t></rPh></si>'),
        Trace.HIDDEN_TEXT,
        {"place": "拼音"},
    ),
    ("作者电脑上的位置", make.in_book('<absPath url="C:\\Users\\{}\\"/>'), Trace.METADATA, {}),
    ("保留共享的用户", make.in_book('<fileSharing userName="{}"/>'), Trace.METADATA, {}),
    (
        "名称的备注",
        make.named('<definedName name="甲" comment="{}">$A$1</definedName>'),
        Trace.HIDDEN_NAME,
        {},
    ),
    ("名称里的字", make.named('<definedName name="甲">"{}"</definedName>'), Trace.HIDDEN_NAME, {}),
    ("数据模型", make.model, Trace.CUSTOM_DATA, {}),
    ("表格的备注", make.in_table, Trace.HIDDEN_TEXT, {}),
    ("不显示的图形", make.switched_off, Trace.HIDDEN_TEXT, {"place": "图形"}),
    ("白字的图形", make.white_shape, Trace.WHITE_TEXT, _LEFT),
    ("被盖住的图形", make.covered, Trace.COVERED_TEXT, _LEFT),
    ("图片原来的位置", make.path_of_picture, Trace.METADATA, {}),
    (
        "默认不显示行",
        make.rows_by_default('defaultRowHeight="15" zeroHeight="1"'),
        Trace.HIDDEN_ROW,
        {"cleanable": False, "place": "没有写明高度的行"},
    ),
    (
        "默认行高为零",
        make.rows_by_default('defaultRowHeight="0" customHeight="1"', ' ht="15" customHeight="1"'),
        Trace.HIDDEN_ROW,
        {"place": "第12行"},
    ),
    (
        "合并计算的来源表",
        make.in_sheet(
            '<dataConsolidate><dataRefs><dataRef ref="A1:B9" sheet="{}"/></dataRefs></dataConsolidate>'
        ),
        Trace.EXTERNAL_LINK,
        {"place": "合并计算"},
    ),
    (
        "合并计算的来源名称",
        make.in_sheet('<dataConsolidate><dataRefs><dataRef name="{}"/></dataRefs></dataConsolidate>'),
        Trace.EXTERNAL_LINK,
        {"place": "合并计算"},
    ),
    (
        "网页发布的标题",
        make.in_sheet(f'<webPublishItems><webPublishItem {_PAGE} title="{{}}"/></webPublishItems>'),
        Trace.EXTERNAL_LINK,
        {"place": "网页发布"},
    ),
    (
        "网页发布的对象",
        make.in_sheet(f'<webPublishItems><webPublishItem {_PAGE} sourceObject="{{}}"/></webPublishItems>'),
        Trace.EXTERNAL_LINK,
        {"place": "网页发布"},
    ),
    (
        "工作簿的网页发布",
        make.in_book(f'<webPublishObjects><webPublishObject {_PAGE} title="{{}}"/></webPublishObjects>'),
        Trace.EXTERNAL_LINK,
        {"place": "网页发布"},
    ),
    ("隐藏的图表工作表", make.chart_sheet, Trace.HIDDEN_SHEET, {"place": "工作表“底图”"}),
    (
        "单元格图片原来的位置",
        lambda word: make.picture_in_cell(f"D:\\{word}\\图.jpg"),
        Trace.METADATA,
        {"place": "单元格里的图片"},
    ),
    (
        "没有单元格显示的图片",
        lambda word: make.picture_in_cell(word, at=""),
        Trace.EMBEDDED,
        {"place": "没有单元格显示"},
    ),
    (
        "隐藏行里的单元格图片",
        lambda word: make.picture_in_cell(word, hidden_row=2),
        Trace.EMBEDDED,
        {"place": "没有单元格显示"},
    ),
    (
        "放在隐藏行里的图片",
        lambda word: make.picture_of_a_cell(word, hidden_row=3),
        Trace.EMBEDDED,
        {"place": "没有单元格显示"},
    ),
    (
        "背景图片的标题",
        lambda word: make.behind_cells(make.exif(0x9C9B, b"", "utf-16-le")(word)),
        Trace.METADATA,
        {"place": "图片"},
    ),
    ("图表里的数据", make.in_chart, Trace.HIDDEN_CELL, {"cleanable": False, "place": "chart1"}),
)
_SLIDES = (
    ("页面以外", make.off_slide, Trace.HIDDEN_TEXT, {"place": "第1张"}),
    ("白字", make.slide_white, Trace.WHITE_TEXT, {"cleanable": False, "place": "第1张"}),
    ("与底同色", make.slide_on_ground, Trace.WHITE_TEXT, {"cleanable": False, "place": "第1张"}),
    ("透明的字", make.slide_faint, Trace.WHITE_TEXT, {"cleanable": False, "place": "第1张"}),
    ("一磅的字", lambda word: make.show(make.text_box(word, marks=' sz="100"')), Trace.WHITE_TEXT, _LEFT),
    ("被盖住的字", make.slide_covered, Trace.COVERED_TEXT, _LEFT),
    ("合并格下的字", make.merged_in_slide, Trace.HIDDEN_TEXT, {"place": "第1张"}),
    ("表格里的白字", make.white_in_table, Trace.WHITE_TEXT, _LEFT),
    ("版式的提示", lambda word: make.show(hint=word), Trace.HIDDEN_TEXT, {"place": "版式"}),
    ("节的名称", make.slide_section, Trace.HIDDEN_NAME, {}),
    ("自定义放映", make.custom_show, Trace.HIDDEN_NAME, {}),
    ("写批注的人", make.beside_slides("authors", '<a><author name="{}"/></a>'), Trace.COMMENT, {}),
    ("编辑的记录", make.beside_slides("changesInfo", '<a><chg name="{}"/></a>'), Trace.TRACKED_CHANGE, {}),
    ("修订的记录", make.beside_slides("revisionInfo", '<a><rev name="{}"/></a>'), Trace.TRACKED_CHANGE, {}),
    ("嵌入的视频", make.played, Trace.EMBEDDED, {"cleanable": False, "place": "media1.mp4"}),
    ("不在顺序里的一张", make.unlisted_slide, Trace.HIDDEN_SLIDE, {}),
)
_JPEG = (
    ("另外的画面", make.several("MPO"), Trace.TRAILING_DATA, _SILENT),
    ("Windows标题", make.exif(0x9C9B, b"", "utf-16-le"), Trace.METADATA, {}),
    ("用户注释", make.exif(0x9286, b"UNICODE\0", "utf-16-be"), Trace.METADATA, {}),
    ("国标IPTC", make.iptc, Trace.METADATA, {}),
    ("冒充JFIF", make.segment(0xE0), Trace.METADATA, {}),
    ("冒充Adobe", make.segment(0xEE, b"Adobe"), Trace.METADATA, {}),
    ("保留的标记", make.segment(0xF0), Trace.METADATA, {}),
    ("JFIF之后", make.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), Trace.THUMBNAIL, {}),
    ("颜色配置之后", make.with_profile(office.jpeg), Trace.METADATA, {"place": "颜色配置"}),
)
_PNG = (
    ("动画", make.several("PNG"), Trace.EMBEDDED, _SILENT),
    ("透明处的画面", make.under_clear, Trace.COVERED_TEXT, _SILENT),
    ("像素之后", make.with_rows, Trace.TRAILING_DATA, {"place": "像素之后"}),
    ("调色板", make.in_palette, Trace.METADATA, {"place": "调色板"}),
    ("颜色配置之后", make.with_profile(pages.png_bytes), Trace.METADATA, {"place": "颜色配置"}),
)
ROWS = tuple(
    (name, ending, maker, trace, options)
    for ending, rows in (
        ("xlsx", _CELLS),
        ("xlsx", _AROUND),
        ("pptx", _SLIDES),
        ("jpg", _JPEG),
        ("png", _PNG),
    )
    for name, maker, trace, options in rows
)
