"""FIL-06: what is hidden in a file is found, told where, and gone after cleaning; FIL-05 for pictures."""

import io
import re
import zipfile

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest

from gongkai.screening import files, parsing
from gongkai.screening.colours import Palette
from gongkai.screening.inspection import CannotInspect, Trace
from gongkai.screening.number_formats import NumberFormat
from gongkai.screening.package import Package
from tests.screening import making_covers as covers
from tests.screening import making_objects as objects
from tests.screening import making_office as office
from tests.screening import making_pages as pages
from tests.screening import making_sheets as sheets
from tests.screening import making_words as words
from tests.screening import ordinary
from tests.screening.planted import ALL, Planted

CANARY = "内部留存甲乙丙"
MORE_CANARIES = ("未定底稿戊己", "张某某13800138000")
LATIN_CANARY = "canaryneibu"
IN_LATIN = {"文字.png", "压缩文字.png"}  # these chunks hold Latin letters only


def word_for(planted: Planted, canary: str = CANARY) -> str:
    return LATIN_CANARY if planted.file in IN_LATIN else canary


def named(planted: Planted) -> str:
    return planted.file


def unpacked(data: bytes) -> bytes:
    """All that can be read out of a file by anyone with the right tool."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(
                name.encode()
                + (
                    unpacked(archive.read(name))
                    if name.endswith((".jpg", ".jpeg", ".png"))
                    else archive.read(name)
                )
                for name in archive.namelist()
            )
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
            streams += [
                each.unparse(resolved=True) for each in pdf.objects if not isinstance(each, pikepdf.Stream)
            ]
            return b"\n".join([data, *streams])
    return data


def holds(data: bytes, word: str) -> bool:
    readable = unpacked(data)
    return any(
        word.encode(encoding) in readable for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    )


def assert_found(planted: Planted, canary: str) -> bytes:
    word = word_for(planted, canary)
    data = planted.make(word)
    inspection = parsing.inspect(planted.file, data)
    hits = [each for each in inspection.hidden if each.trace is planted.trace]
    assert hits, f"{planted.file}: {inspection.hidden}"
    assert all(each.cleanable == planted.cleanable for each in hits)
    assert all(each.place and planted.place in each.place for each in hits)
    if planted.tells:
        assert any(word in f"{each.place} {each.content}" for each in hits)
        assert word in inspection.everything or any(word in each.place for each in hits)
    if not planted.cleanable:
        assert all(each.advice.endswith("。") for each in hits)
    return data


def assert_cleaned(planted: Planted, data: bytes, canary: str) -> None:
    before = parsing.inspect(planted.file, data)
    cleaned = parsing.clean(planted.file, data)
    after = parsing.inspect(planted.file, cleaned.data)
    assert after.hidden == ()
    assert cleaned.removed == before.cleanable
    assert after.text.split() == before.text.split()
    assert parsing.clean(planted.file, data).data == cleaned.data
    assert_opens(planted.ending, cleaned.data)
    accepted = planted.name in ("插入修订", "移入修订")
    assert holds(cleaned.data, word_for(planted, canary)) == accepted


def assert_opens(ending: str, data: bytes) -> None:
    """A second reader takes the cleaned file for a whole one."""
    if ending == "docx":
        assert docx.Document(io.BytesIO(data)).paragraphs[0].text == office.TITLE
    elif ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "公开情况"
    elif ending == "pdf":
        assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded().startswith(office.TITLE)


def test_fil_06_every_kind_of_trace_is_planted_and_there_are_two_hundred_files():
    assert {planted.trace for planted in ALL} == set(Trace)
    assert len({(planted.name, planted.ending) for planted in ALL}) == len(ALL)
    assert len(ALL) * (1 + len(MORE_CANARIES)) >= 200


@pytest.mark.parametrize("planted", ALL, ids=named)
def test_fil_06_what_is_hidden_is_found_and_located(planted):
    assert_found(planted, CANARY)


@pytest.mark.parametrize("planted", [each for each in ALL if each.cleanable], ids=named)
def test_fil_06_what_was_hidden_is_gone_after_cleaning_and_what_is_seen_stays(planted):
    assert_cleaned(planted, planted.make(word_for(planted)), CANARY)


@pytest.mark.prove
@pytest.mark.parametrize("canary", MORE_CANARIES)
@pytest.mark.parametrize("planted", ALL, ids=named)
def test_fil_06_two_hundred_files_and_every_planted_thing_is_found(planted, canary):
    data = assert_found(planted, canary)
    if planted.cleanable:
        assert_cleaned(planted, data, canary)


def clean_file(number: int) -> tuple[str, bytes]:
    """An ordinary file with nothing hidden, a different one for each number."""
    words = f"第{number}号公告：本年公开信息{number * 7}条。"
    makers = {
        "docx": lambda: office.docx_bytes(lambda made: made.add_paragraph(words) and None),
        "xlsx": lambda: office.xlsx_bytes(lambda made: made.active.append([words, number])),
        "pptx": lambda: office.pptx_bytes(),
        "pdf": lambda: pages.pdf_bytes(
            f"<p style='color:#1a5dab'>{words}</p><table border=1><tr><td>{number}</td></tr></table>"
        ),
        "jpg": lambda: office.jpeg(quality=50 + number % 40),
        "png": lambda: pages.png_bytes(compress_level=number % 9),
    }
    ending = list(makers)[number % len(makers)]
    return f"公告{number}.{ending}", makers[ending]()


@pytest.mark.parametrize("number", range(12))
def test_fil_06_a_file_with_nothing_hidden_has_no_finding(number):
    name, data = clean_file(number)
    inspection = parsing.inspect(name, data)

    assert (inspection.refusal, inspection.hidden) == ("", ())


@pytest.mark.parametrize("number", range(3))
def test_fil_06_what_is_meant_to_be_seen_is_no_finding(number):
    """An officer who gets false alarms stops reading them."""
    inspection = parsing.inspect("通知.docx", words.ordinary(number))

    assert inspection.hidden == ()
    assert "示例市政务服务大厅平面图" in inspection.text
    assert any("替代文字" in told for told in inspection.for_a_person)


def test_fil_06_ordinary_workbooks_and_slides_have_no_finding():
    """FIL-06: white letters on dark heads, formats, rules, filters, charts, shapes, as Excel, WPS and PowerPoint write them."""
    made = [(f"{name}.xlsx", make()) for name, make in ordinary.SHEETS.items()]
    made += [(f"{name}.pptx", make()) for name, make in ordinary.SLIDES.items()]
    made += [
        ("单元格图片.xlsx", sheets.picture_in_cell()),
        ("放在单元格里的图片.xlsx", sheets.picture_of_a_cell()),
        ("背景图片.xlsx", sheets.behind_cells(office.jpeg())),
        ("图表工作表.xlsx", sheets.chart_sheet("办理情况", state="visible")),
    ]
    found = {name: hidden for name, data in made if (hidden := parsing.inspect(name, data).hidden)}

    assert len(made) >= 40
    assert found == {}


def test_fil_06_shapes_that_cover_nothing_are_no_finding():
    """FIL-06: red lines, seals, flow charts, floating illustrations: officers publish them every day."""
    made = [(f"{name}.docx", make()) for name, make in covers.ORDINARY.items()]
    made += [(f"{name}.xlsx", make()) for name, make in covers.ORDINARY_CELLS.items()]

    assert {name: hidden for name, data in made if (hidden := parsing.inspect(name, data).hidden)} == {}


def test_fil_06_the_words_under_a_shape_are_told_with_what_to_do():
    inspection = parsing.inspect("a.docx", covers.over(covers.floating(covers.shape()))(CANARY))

    assert [(each.place, each.content) for each in inspection.hidden] == [("正文第3段", CANARY)]
    assert "把图形和下面的文字一起删去" in inspection.hidden[0].advice


def test_fil_06_of_a_long_paragraph_only_the_lines_under_a_shape_are_told():
    lid = covers.floating(covers.shape(), at=(0, 300), size=(400, 16))
    paragraph = covers.line("上文" * 900 + CANARY + "下文" * 900, lid)
    (told,) = parsing.inspect("a.docx", covers.body(paragraph)).hidden

    assert told.content.startswith("…")
    assert told.content.endswith("…")
    assert len(told.content) < 900


@pytest.mark.parametrize(
    ("code", "value", "hidden"),
    [
        (";;;", "内部", True),
        ("0;0;0;", "内部", True),
        ('0;0;0;"见附件"', "内部", True),
        ("0;0;0;@", "内部", False),
        (";;", "内部", False),
        (";;", "13800138000", True),
        (";;;@", "13800138000", True),
        ('"";"";"";@', "-13800138000", True),
        ("[<0]0;", "13800138000", True),
        ('[=1]"男";[=2]"女"', "1", False),
        ('"保密"', "13800138000", True),
        ("#,##0.00;[Red]-#,##0.00", "-13", False),
        ("0;-0;;@", "0", False),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "7", False),
        ('yyyy"年"m"月"d"日";@', "45292", False),
        ("G/通用格式", "13800138000", False),
        ("[h]:mm:ss", "1.5", False),
    ],
)
def test_a_number_format_is_asked_about_the_kind_of_value_that_is_there(code, value, hidden):
    """FIL-06: the section that is used decides, not that one of them shows something."""
    format_ = NumberFormat(code, Palette(Package(office.xlsx_bytes()), "xl/workbook.xml"))
    told = format_.hides_text() if value == "内部" else format_.hides_number(float(value), value)

    assert told is hidden


@pytest.mark.prove
def test_fil_06_a_hundred_clean_files_have_no_finding():
    found = {
        name: hidden
        for number in range(100)
        for name, data in [clean_file(number)]
        if (hidden := parsing.inspect(name, data).hidden)
    }

    assert found == {}


def test_a_cleaned_document_reads_as_its_author_left_it():
    """Insertions accepted, deletions gone, the rest word for word."""
    cleaned = parsing.clean("a.docx", office.docx_change("ins")("新加的话")).data
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(cleaned)).paragraphs]
    without = parsing.clean("a.docx", office.docx_change("del")("删去的话")).data

    assert lines == [office.TITLE, office.BODY[0] + "新加的话", *office.BODY[1:]]
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(without)).paragraphs] == [
        office.TITLE,
        *office.BODY,
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    from docx.oxml import parse_xml

    def fill(made):
        mark = f'<w:pPr {office.W}><w:rPr><w:del w:id="4" w:author="甲" {office.DATE}/></w:rPr></w:pPr>'
        made.paragraphs[1]._p.insert(0, parse_xml(mark))

    cleaned = parsing.clean("a.docx", office.docx_bytes(fill)).data
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(cleaned)).paragraphs]

    assert lines == [office.TITLE, office.BODY[0] + office.BODY[1], office.BODY[2]]


def test_a_cleaned_workbook_keeps_every_visible_cell_in_its_place():
    """Hidden rows and columns are emptied where they stand; formulas become the values they showed."""

    def fill(made):
        made.active["D3"] = "内部电话"
        made.active.column_dimensions["D"].hidden = True
        made.active.row_dimensions[4].hidden = True
        made.create_sheet("底稿")["A1"] = "来源"
        made["底稿"].sheet_state = "veryHidden"

    cleaned = parsing.clean("a.xlsx", office.xlsx_bytes(fill)).data
    book = openpyxl.load_workbook(io.BytesIO(cleaned))
    sheet = book["公开情况"]

    assert book.sheetnames == ["公开情况"]
    assert [cell.value for cell in sheet[3]] == ["第2类", 7, "已公开", None]
    assert [cell.value for cell in sheet[4]] == [None] * 4
    assert sheet["A6"].value == "第5类"


def test_the_strings_of_a_hidden_sheet_leave_the_common_table():
    cleaned = parsing.clean("a.xlsx", office.xlsx_sheet("hidden")(CANARY)).data

    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        assert CANARY.encode() not in archive.read("xl/sharedStrings.xml")
        assert "底稿".encode() not in archive.read("xl/workbook.xml")


def test_white_letters_on_a_dark_cell_are_seen_by_everybody():
    from docx.oxml import parse_xml

    def fill(made):
        cell = made.tables[0].cell(0, 0)
        cell.paragraphs[0].runs[0].font.color.rgb = docx.shared.RGBColor(255, 255, 255)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {office.W} w:val="clear" w:fill="1A5DAB"/>'))

    assert parsing.inspect("a.docx", office.docx_bytes(fill)).hidden == ()


def test_white_letters_on_a_dark_page_are_seen_by_everybody():
    data = pages.pdf_bytes("<div style='background:#114683;color:#fff;padding:9px'>蓝底白字的标题</div>")

    inspection = parsing.inspect("a.pdf", data)

    assert inspection.hidden == ()
    assert "蓝底白字的标题" in inspection.text


def test_a_turned_page_is_judged_as_it_is_read():
    def turn(pdf):
        pdf.pages[0].obj.Rotate = 90

    assert parsing.inspect("a.pdf", pages.changed(pages.pdf_bytes(), turn)).hidden == ()
    assert [
        each.trace
        for each in parsing.inspect("a.pdf", pages.changed(pages.pdf_black_box(CANARY), turn)).hidden
    ] == [Trace.COVERED_TEXT]


def test_only_the_covered_words_are_told():
    told = parsing.inspect("a.pdf", pages.pdf_white_text(CANARY))

    assert [each.content.strip() for each in told.hidden] == [CANARY]
    assert office.TITLE in told.text
    assert CANARY not in told.text


def test_a_stamp_stays_on_the_page_and_a_note_goes():
    """What can be seen of an annotation is merged into the page; remarks about the page are removed."""

    def stamp(pdf):
        look = pdf.make_stream(
            b"1 0 0 rg 0 0 100 20 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 100, 20],
        )
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[100, 100, 200, 120],
            F=4,
            Contents="经办人",
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(annotation)])

    data = pages.changed(pages.pdf_bytes(), stamp)
    cleaned = parsing.clean("a.pdf", data).data

    assert _red_dots(cleaned) == _red_dots(data) > 0
    assert parsing.inspect("a.pdf", cleaned).hidden == ()
    assert not holds(cleaned, "经办人")


def _red_dots(data: bytes) -> int:
    picture = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    return sum(count for count, colour in picture.getcolors(1 << 20) if colour == (255, 0, 0))


def test_the_words_of_the_second_version_hide_in_the_first():
    told = parsing.inspect("a.pdf", pages.pdf_earlier(CANARY))

    assert [(each.trace, each.content) for each in told.hidden] == [(Trace.EARLIER_VERSION, CANARY)]


@pytest.mark.parametrize("how", ["transparent", "outside_clip", "under_line", "alike", "under_square"])
def test_fil_06_letters_without_ink_are_told_however_they_lost_it(how):
    inspection = parsing.inspect("a.pdf", getattr(objects, how)("CANARIES"))

    assert [each.content for each in inspection.hidden if each.trace is Trace.COVERED_TEXT] == ["CANARIES"]
    assert "CANARIES" not in inspection.text


def test_a_wide_table_that_goes_on_on_the_next_page_hides_nothing():
    """FIL-06: what no page shows is told all the same."""
    whole = parsing.inspect("a.pdf", pages.pdf_cut_at_the_edge("APRIL", "MAY", next_page=True))
    cut = parsing.inspect("a.pdf", pages.pdf_cut_at_the_edge("APRIL", "MAY", next_page=False))

    assert whole.hidden == ()
    assert [each.content.split() for each in cut.hidden] == [["APRIL", "MAY"]]


def test_a_file_whose_objects_are_numbers_is_read_and_cleaned():
    made = pages.pdf_with_a_lone_number()

    assert parsing.inspect("a.pdf", made).text.split() == ["WORDS"]
    assert (
        parsing.clean(
            "a.pdf", pages.changed(made, lambda pdf: pdf.docinfo.update({"/Author": CANARY}))
        ).remaining
        == ()
    )


def test_a_scanned_page_is_for_a_person():
    """PUB-09: a mark in the picture of a page is nothing a program can see."""
    inspection = parsing.inspect("扫描件.pdf", pages.scanned_pdf())

    assert inspection.scanned_pages == (1,)
    assert inspection.for_a_person == ("第1页是图片，页上的文字和密级标志请人工查看。",)


def test_a_picture_in_a_cell_that_is_seen_stays_where_it_is():
    """The one of the hidden row is a dot afterwards, so that the other keeps its place in the list."""
    cleaned = parsing.clean("a.xlsx", sheets.picture_of_a_cell(CANARY, hidden_row=3)).data

    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        media = {name for name in archive.namelist() if "/media/" in name}
        listed = archive.read("xl/richData/richValueRel.xml").count(b"<rel ")
    assert media == {"xl/media/shown.jpeg", "xl/media/dot.jpeg"}
    assert listed == 2


def test_pictures_are_for_a_person_also_inside_a_document():
    """FIL-06: behind the cells and in a cell of a workbook too."""
    for workbook in (sheets.behind_cells(office.jpeg()), sheets.picture_in_cell()):
        assert "图片上的文字请人工查看。" in parsing.inspect("a.xlsx", workbook).for_a_person[0]
    made = office.docx_bytes(lambda made: made.add_picture(io.BytesIO(office.jpeg())) and None)

    assert parsing.inspect("a.docx", made).for_a_person == ("文件里有1张图片，图片上的文字请人工查看。",)
    assert parsing.inspect("a.jpg", office.jpeg()).for_a_person == ("图片上的文字请人工查看。",)


def test_what_cannot_be_cleaned_says_what_to_do():
    cleaned = parsing.clean("a.docx", office.docx_white(CANARY))

    assert [each.trace for each in cleaned.remaining] == [Trace.WHITE_TEXT]
    assert (
        cleaned.remaining[0].advice
        == "文字颜色与底色相同，程序不能判断是否有意。请在Word中改成看得见的颜色，或者删去。"
    )


def test_an_old_binary_file_cannot_be_looked_into():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024

    inspection = files.inspect("通知.wps", old)

    assert inspection.for_a_person == (
        "旧版WPS或者Office格式不能检查看不见的内容。请另存为docx、xlsx或者PDF后重新上传。",
    )
    with pytest.raises(CannotInspect, match="请另存为docx"):
        files.clean("通知.wps", old)


def test_an_ofd_tells_its_words_its_author_and_its_attachments():
    def ofd(name: str, text: str) -> tuple[str, str]:
        return name, f'<ofd:X xmlns:ofd="http://www.ofdspec.org/2016">{text}</ofd:X>'

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(*ofd("OFD.xml", "<ofd:DocInfo><ofd:Author>李某</ofd:Author></ofd:DocInfo>"))
        archive.writestr(
            *ofd(
                "Doc_0/Pages/Page_0/Content.xml",
                "<ofd:TextObject><ofd:TextCode>公开指南</ofd:TextCode></ofd:TextObject>",
            )
        )
        archive.writestr(*ofd("Doc_0/Attachs/Attachments.xml", '<ofd:Attachment Name="底稿.docx"/>'))
    inspection = files.inspect("指南.ofd", out.getvalue())

    assert inspection.text == "公开指南"
    assert [(each.trace, each.content, each.cleanable) for each in inspection.hidden] == [
        (Trace.METADATA, "李某", False),
        (Trace.EMBEDDED, "底稿.docx", False),
    ]


def test_fil_05_a_redrawn_picture_is_the_right_way_up_and_bears_nothing():
    from PIL import Image

    turned = Image.Exif()
    turned[0x0112] = 6
    cleaned = parsing.clean("a.jpg", office.jpeg(exif=turned.tobytes(), comment=b"neibu")).data
    picture = Image.open(io.BytesIO(cleaned))

    assert picture.size == (120, 160)
    assert dict(picture.getexif()) == {}
    assert re.search(rb"neibu|Exif", cleaned) is None


def test_our_own_report_needs_no_cleaning():
    """Its title and its author, the agency, stand on its first page as well."""
    from gongkai.report.render import Format, render
    from tests.report.samples import report_2021

    for target in (Format.PDF, Format.DOCX):
        assert parsing.inspect(f"年报.{target}", render(report_2021(), to=target)).hidden == ()


def test_the_name_of_a_person_in_the_properties_is_told_also_when_the_text_names_him():
    def fill(made):
        made.add_paragraph("联系人：张示例")
        made.core_properties.author = "张示例"

    assert [each.content for each in parsing.inspect("a.docx", office.docx_bytes(fill)).hidden] == ["张示例"]
