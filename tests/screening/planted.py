"""Everything that can be hidden in a file, with the maker that hides it and the trace it must be found as."""

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.screening.inspection import Trace
from tests.screening import making_objects as objects
from tests.screening import making_office as office
from tests.screening import making_pages as pages
from tests.screening import making_words as words
from tests.screening import planted_covers, planted_sheets


@dataclass(frozen=True, slots=True)
class Planted:
    """``make(word)`` hides the word; ``tells``: the word itself can be read in what is found."""

    name: str
    ending: str
    make: Callable[[str], bytes]
    trace: Trace
    place: str = ""
    tells: bool = True
    cleanable: bool = True

    @property
    def file(self) -> str:
        return f"{self.name}.{self.ending}"


def _docx(name, make, trace, **more):
    return Planted(name, "docx", make, trace, **more)


def _unseen(name, make, trace=Trace.WHITE_TEXT):
    """Words in the page that nobody can see, and that no program may judge."""
    return _docx(name, make, trace, cleanable=False, place="正文第")


def _xlsx(name, make, trace, **more):
    return Planted(name, "xlsx", make, trace, **more)


def _pdf(name, make, trace, **more):
    return Planted(name, "pdf", make, trace, **more)


ALL = (
    _docx("作者", office.docx_property("author"), Trace.METADATA, place="作者"),
    _docx("最后修改人", office.docx_property("last_modified_by"), Trace.METADATA),
    _docx("标题属性", office.docx_property("title"), Trace.METADATA),
    _docx("备注属性", office.docx_property("comments"), Trace.METADATA),
    _docx("关键词属性", office.docx_property("keywords"), Trace.METADATA),
    _docx("单位", office.docx_app("Company"), Trace.METADATA, place="单位"),
    _docx("主管", office.docx_app("Manager"), Trace.METADATA),
    _docx("模板名", office.docx_app("Template"), Trace.METADATA),
    _docx("自定义属性", office.docx_custom_property, Trace.METADATA),
    _docx("批注", office.docx_comment, Trace.COMMENT),
    _docx("批注人", office.docx_comment_author, Trace.COMMENT),
    _docx("删除修订", office.docx_change("del"), Trace.TRACKED_CHANGE, place="正文第2段"),
    _docx("插入修订", office.docx_change("ins"), Trace.TRACKED_CHANGE, place="正文第2段"),
    _docx("移走修订", office.docx_change("moveFrom"), Trace.TRACKED_CHANGE, place="正文第2段"),
    _docx("移入修订", office.docx_change("moveTo"), Trace.TRACKED_CHANGE, place="正文第2段"),
    _docx("删除的行", office.docx_deleted_row, Trace.TRACKED_CHANGE),
    _docx("格式修订", office.docx_format_change, Trace.TRACKED_CHANGE, place="正文第2段"),
    _docx("隐藏文字", office.docx_vanish, Trace.HIDDEN_TEXT, place="正文第2段"),
    _docx("样式隐藏", office.docx_vanish_by_style, Trace.HIDDEN_TEXT, place="正文第9段"),
    _docx("页眉隐藏", office.docx_header_vanish, Trace.HIDDEN_TEXT, place="页眉第1段"),
    _docx("白字", office.docx_white, Trace.WHITE_TEXT, cleanable=False, place="正文第2段"),
    _docx("极小字", office.docx_tiny, Trace.WHITE_TEXT, cleanable=False, place="正文第2段"),
    _unseen("样式里的白字", words.run_by_style('<w:color w:val="FFFFFF"/>')),
    _unseen("样式里的极小字", words.run_by_style('<w:sz w:val="2"/>')),
    _docx("样式里的隐藏", words.run_by_style("<w:vanish/>"), Trace.HIDDEN_TEXT, place="正文第2段"),
    _unseen("近于白的字", words.run('<w:color w:val="FEFEFE"/>')),
    _unseen("黑底黑字", words.run('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
    _unseen("涂黑", words.run('<w:highlight w:val="black"/>')),
    _unseen("红底红字", words.run('<w:color w:val="FF0000"/><w:highlight w:val="red"/>')),
    _unseen("实心底纹", words.run('<w:color w:val="00B050"/><w:shd w:val="solid" w:color="00B050"/>')),
    _unseen("黑格黑字", words.black_cell),
    _unseen("字宽百分之一", words.run('<w:w w:val="1"/>')),
    _unseen("行距一磅以下", words.paragraph('<w:spacing w:line="1" w:lineRule="exact"/>')),
    _unseen("表格行高一磅以下", words.flat_row),
    _unseen(
        "图文框在纸外",
        words.paragraph('<w:framePr w:hAnchor="page" w:x="-20000" w:y="1"/>'),
        Trace.COVERED_TEXT,
    ),
    _unseen("缩进到纸外", words.paragraph('<w:ind w:left="-20000" w:right="20000"/>'), Trace.COVERED_TEXT),
    _unseen(
        "文本框在纸外",
        words.text_box("position:absolute;margin-left:-3000pt;width:100pt;height:50pt"),
        Trace.COVERED_TEXT,
    ),
    _unseen("文本框没有大小", words.text_box("width:0;height:0")),
    _docx(
        "不显示的文本框",
        words.text_box("visibility:hidden;width:9pt;height:9pt"),
        Trace.HIDDEN_TEXT,
        place="正文第",
    ),
    _docx("没有启用的首页页眉", words.header("first"), Trace.HIDDEN_TEXT, place="页眉"),
    _docx("没有启用的偶数页页眉", words.header("even"), Trace.HIDDEN_TEXT, place="页眉"),
    _docx("没有引用的脚注", words.note_without_mark, Trace.HIDDEN_TEXT, place="脚注"),
    _docx("索引项", words.field(' XE "WORD" '), Trace.CUSTOM_DATA, place="正文第2段"),
    _docx(
        "条件域的另一支",
        words.field(' IF 1=1 "各科室" "WORD" ', "各科室"),
        Trace.CUSTOM_DATA,
        place="正文第2段",
    ),
    _docx("附加数据的域", words.field(" ADDIN WORD ", "各科室"), Trace.CUSTOM_DATA, place="正文第2段"),
    _docx(
        "链接到本机的域",
        words.field(' HYPERLINK "D:\\\\WORD.doc" ', "各科室"),
        Trace.EXTERNAL_LINK,
        place="正文第2段",
    ),
    _docx("内部网络的链接", words.inside_link, Trace.EXTERNAL_LINK),
    _docx("表单域的提示", words.form_field('<w:statusText w:type="text" w:val="WORD"/>'), Trace.CUSTOM_DATA),
    _docx(
        "表单域的默认值",
        words.form_field('<w:textInput><w:default w:val="WORD"/></w:textInput>'),
        Trace.CUSTOM_DATA,
    ),
    _docx(
        "内容控件的名称",
        words.wrapped(
            '<w:sdt {W}><w:sdtPr><w:alias w:val="WORD"/></w:sdtPr><w:sdtContent>{P}</w:sdtContent></w:sdt>'
        ),
        Trace.CUSTOM_DATA,
    ),
    _docx(
        "自定义标记的属性",
        words.wrapped(
            '<w:customXml {W} w:element="a"><w:customXmlPr><w:attr w:name="n" w:val="WORD"/></w:customXmlPr>{P}</w:customXml>'
        ),
        Trace.CUSTOM_DATA,
    ),
    _docx("另一种画法的文字", words.other_form, Trace.CUSTOM_DATA),
    _docx("别的程序的元素", words.foreign_element, Trace.CUSTOM_DATA),
    _docx("别的程序的属性", words.foreign_attribute, Trace.CUSTOM_DATA),
    _docx(
        "XML注释",
        words.part("word/document.xml", "<w:body>", "<!-- WORD -->"),
        Trace.CUSTOM_DATA,
        place="注释",
    ),
    _docx(
        "XML指令",
        words.part("word/document.xml", "<w:body>", "<?note WORD?>"),
        Trace.CUSTOM_DATA,
        place="注释",
    ),
    _docx(
        "关系里的注释",
        words.part("word/_rels/document.xml.rels", "</Relationships>", "<!-- WORD -->"),
        Trace.CUSTOM_DATA,
    ),
    _docx(
        "写保护的说明",
        words.part("word/settings.xml", "</w:settings>", '<w:writeProtection w:cryptProviderType="WORD"/>'),
        Trace.CUSTOM_DATA,
    ),
    _docx(
        "各部分的标题",
        words.part("docProps/app.xml", "</Properties>", "<TitlesOfParts><a>WORD</a></TitlesOfParts>"),
        Trace.METADATA,
    ),
    _docx("链接的提示", words.tooltip, Trace.CUSTOM_DATA),
    _docx("不认识的部件", words.unknown_part, Trace.CUSTOM_DATA),
    _docx("图片的路径", words.picture_path, Trace.CUSTOM_DATA),
    _docx("裁剪的图片", words.cropped, Trace.CROPPED, tells=False, place="image1.jpg"),
    _docx("文档变量", office.docx_document_variable, Trace.CUSTOM_DATA),
    _docx("模板路径", office.docx_template, Trace.EXTERNAL_LINK),
    _docx("本机链接", office.docx_file_link, Trace.EXTERNAL_LINK),
    _docx("链接域", office.docx_field, Trace.EXTERNAL_LINK, place="正文第2段"),
    _docx("简单域", office.docx_simple_field, Trace.EXTERNAL_LINK, place="正文第2段"),
    _docx("嵌入文件", office.docx_embedded, Trace.EMBEDDED),
    _docx("宏", office.docx_macro, Trace.MACRO, cleanable=False, place="vbaProject.bin"),
    _docx("自定义数据", office.docx_custom_xml, Trace.CUSTOM_DATA),
    _docx("打印机", office.docx_printer, Trace.PRINTER),
    _docx("文档部件", office.docx_glossary, Trace.CUSTOM_DATA),
    _docx("没有用到的部件", office.docx_orphan, Trace.CUSTOM_DATA),
    _docx("缩略图", office.docx_thumbnail, Trace.THUMBNAIL, tells=False),
    _docx("图片注释", office.docx_picture_comment, Trace.METADATA, place="image1.jpg"),
    _xlsx("作者", office.xlsx_property("creator"), Trace.METADATA),
    _xlsx("最后修改人", office.xlsx_property("lastModifiedBy"), Trace.METADATA),
    _xlsx("隐藏工作表", office.xlsx_sheet("hidden"), Trace.HIDDEN_SHEET, place="工作表“底稿”"),
    _xlsx(
        "深度隐藏工作表",
        office.xlsx_sheet("veryHidden"),
        Trace.HIDDEN_SHEET,
        place="工作表“底稿”（深度隐藏）",
    ),
    _xlsx("隐藏行", office.xlsx_row, Trace.HIDDEN_ROW, place="第4行"),
    _xlsx("表格的隐藏列", office.xlsx_table_column, Trace.HIDDEN_COLUMN, place="D列"),
    _xlsx("选项来自隐藏表", office.xlsx_choices_from_hidden_sheet, Trace.HIDDEN_SHEET),
    _xlsx("行高为零", office.xlsx_flat_row, Trace.HIDDEN_ROW, place="第4行"),
    _xlsx("隐藏列", office.xlsx_column, Trace.HIDDEN_COLUMN, place="D列"),
    _xlsx("不显示格式", office.xlsx_hiding_format, Trace.HIDDEN_CELL, place="单元格E2"),
    _xlsx("白字", office.xlsx_white, Trace.WHITE_TEXT, cleanable=False, place="单元格E2"),
    _xlsx("批注", office.xlsx_comment, Trace.COMMENT, place="单元格B2"),
    _xlsx("隐藏名称", office.xlsx_hidden_name, Trace.HIDDEN_NAME, place="暗名"),
    _xlsx("外部名称", office.xlsx_outside_name, Trace.HIDDEN_NAME),
    _xlsx("外部公式", office.xlsx_outside_formula, Trace.EXTERNAL_LINK, place="单元格F2"),
    _xlsx("外部工作簿", office.xlsx_external_link, Trace.EXTERNAL_LINK),
    _xlsx("数据连接", office.xlsx_connection, Trace.EXTERNAL_LINK),
    _xlsx("透视表源数据", office.xlsx_pivot_cache, Trace.CUSTOM_DATA),
    _xlsx("宏", office.xlsx_macro, Trace.MACRO, cleanable=False),
    _xlsx("打印机", office.xlsx_printer, Trace.PRINTER),
    Planted("备注页", "pptx", lambda word: office.pptx_bytes(notes=word), Trace.NOTES, place="第1张"),
    Planted("批注", "pptx", lambda word: office.pptx_bytes(comment=word), Trace.COMMENT, place="第1张"),
    Planted(
        "隐藏的幻灯片",
        "pptx",
        lambda word: office.pptx_bytes(hidden_slide=word),
        Trace.HIDDEN_SLIDE,
        place="第2张",
    ),
    Planted(
        "隐藏的图形",
        "pptx",
        lambda word: office.pptx_bytes(hidden_shape=word),
        Trace.HIDDEN_TEXT,
        place="第1张",
    ),
    _pdf("作者", pages.pdf_info("/Author"), Trace.METADATA),
    _pdf("标题属性", pages.pdf_info("/Title"), Trace.METADATA),
    _pdf("关键词", pages.pdf_info("/Keywords"), Trace.METADATA),
    _pdf("自定义属性", pages.pdf_info("/Path"), Trace.METADATA),
    _pdf("XMP", pages.pdf_xmp, Trace.METADATA),
    _pdf("便笺", pages.pdf_note("Text"), Trace.ANNOTATION, place="第1页"),
    _pdf("高亮批注", pages.pdf_note("Highlight"), Trace.ANNOTATION, place="第1页"),
    _pdf("文本框", pages.pdf_note("FreeText"), Trace.ANNOTATION, place="第1页"),
    _pdf("附件", pages.pdf_attachment, Trace.EMBEDDED, place="底稿.txt"),
    _pdf("打开时的脚本", pages.pdf_script, Trace.SCRIPT),
    _pdf("命名脚本", pages.pdf_named_script, Trace.SCRIPT),
    _pdf("隐藏表单域", pages.pdf_hidden_field, Trace.FORM_FIELD, place="第1页"),
    _pdf("私有数据", pages.pdf_private, Trace.CUSTOM_DATA),
    _pdf("不显示的图层", pages.pdf_layer, Trace.LAYER),
    _pdf("以前的版本", pages.pdf_earlier, Trace.EARLIER_VERSION, place="第1版"),
    _pdf("黑块", pages.pdf_black_box, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("白块", pages.pdf_white_box, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("图片盖住", pages.pdf_picture_on_top, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("白字", pages.pdf_white_text, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("页面之外", pages.pdf_off_page, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("不着墨的文字", pages.pdf_invisible, Trace.COVERED_TEXT, cleanable=False, place="第1页"),
    _pdf("照片注释", pages.pdf_photo, Trace.METADATA),
    _pdf("末尾数据", pages.pdf_trailing, Trace.TRAILING_DATA),
    _pdf("书签", objects.bookmark, Trace.METADATA, place="书签"),
    _pdf("页码的前缀", objects.page_label, Trace.METADATA),
    _pdf("页的附加说明", objects.own_key, Trace.METADATA, place="页面上没有"),
    _pdf("流的附加说明", objects.key_of_stream, Trace.METADATA),
    _pdf("页的附件", objects.file_of_page, Trace.EMBEDDED, place="a.txt"),
    _pdf("批注的附件", objects.file_of_note, Trace.EMBEDDED, place="a.txt"),
    _pdf("模板页", objects.template_page, Trace.CUSTOM_DATA, tells=False),
    _pdf("签名人", objects.signer, Trace.METADATA),
    _pdf("没有画出的表单值", objects.value_not_drawn, Trace.METADATA),
    _pdf("链接的说明", objects.note_of_link, Trace.METADATA),
    _pdf("内部网络的链接", objects.inside_link, Trace.EXTERNAL_LINK),
    _pdf("屏幕上关闭的图层", objects.off_on_screen, Trace.LAYER),
    _pdf("没有画出的图形", objects.not_drawn, Trace.CUSTOM_DATA, tells=False),
    _pdf("没有引用的对象", objects.nowhere, Trace.CUSTOM_DATA, tells=False),
    _pdf("文件里的注释", objects.remark, Trace.METADATA, place="注释"),
    Planted("作者", "jpg", pages.jpeg_exif(0x013B), Trace.METADATA),
    Planted("相机", "jpg", pages.jpeg_exif(0x010F), Trace.METADATA),
    Planted("地点", "jpg", pages.jpeg_place, Trace.LOCATION, tells=False),
    Planted("注释", "jpg", pages.jpeg_comment, Trace.METADATA),
    Planted("XMP", "jpg", pages.jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0"), Trace.METADATA),
    Planted("IPTC", "jpg", pages.jpeg_segment(0xED, b"Photoshop 3.0\0"), Trace.METADATA),
    Planted("缩略图", "jpg", pages.jpeg_segment(0xE0, b"JFXX\0\x10"), Trace.THUMBNAIL, tells=False),
    Planted("末尾数据", "jpg", pages.jpeg_trailing, Trace.TRAILING_DATA),
    Planted("文字", "png", pages.png_text("tEXt"), Trace.METADATA),
    Planted("压缩文字", "png", pages.png_text("zTXt"), Trace.METADATA),
    Planted("国际文字", "png", pages.png_text("iTXt"), Trace.METADATA),
    Planted("EXIF", "png", pages.png_exif, Trace.METADATA),
    Planted("私有数据块", "png", pages.png_chunk(b"prVt"), Trace.METADATA),
    Planted("末尾数据", "png", pages.png_trailing, Trace.TRAILING_DATA),
    *(
        Planted(name, ending, make, trace, **options)
        for name, ending, make, trace, options in (*planted_sheets.ROWS, *planted_covers.ROWS)
    ),
)
