"""Word文件. The measures of GB/T 9704-2012, merged cells, and the same bytes for the same report."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from gongkai.report.render import Format, render
from tests.report.samples import report_2021


def written() -> Any:
    return Document(io.BytesIO(render(report_2021(), to=Format.DOCX)))


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    section = written().sections[0]

    measures = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.right_margin,
        section.bottom_margin,
        section.left_margin,
    ]
    assert [round(measure.mm) for measure in measures] == [210, 297, 37, 26, 35, 28]


def test_text_is_fangsong_with_28_95_points_from_line_to_line_and_two_characters_indent() -> None:
    style = written().styles["Normal"]
    fonts = style.element.rPr.rFonts
    indent = style.element.pPr.find(qn("w:ind"))

    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert style.font.size == Pt(16)
    assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"  # 15.75 pt to the next character
    assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert style.paragraph_format.line_spacing == Pt(28.95)
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_headings_are_headings_in_the_faces_of_the_standard() -> None:
    document = written()
    named = {
        paragraph.text.replace("\n", ""): paragraph.style.name
        for paragraph in document.paragraphs
        if paragraph.style.name != "Normal" and paragraph.text
    }
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2")
    }

    assert named["示例市国防动员办公室2023年政府信息公开工作年度报告"] == "Title"
    assert named["三、收到和处理政府信息公开申请情况"] == "Heading 1"
    assert named["（一）主动公开"] == "Heading 2"
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312"}


def test_table_three_stands_on_a_page_of_its_own() -> None:
    breaks = [
        paragraph.text for paragraph in written().paragraphs if paragraph.paragraph_format.page_break_before
    ]

    assert breaks == ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]


def test_cells_are_merged_as_the_form_merges_them() -> None:
    proactive, applications, remedies = written().tables

    assert [(len(t.rows), len(t.columns)) for t in (proactive, applications, remedies)] == [
        (14, 4),
        (28, 10),
        (4, 15),
    ]
    assert applications.cell(5, 0)._tc is applications.cell(26, 0)._tc  # 三、本年度办理结果
    assert applications.cell(7, 1)._tc is applications.cell(14, 1)._tc  # （三）不予公开
    assert applications.cell(3, 9).text == "4"


def test_the_page_number_stands_at_the_outer_edge() -> None:
    section = written().sections[0]

    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)  # right, left
    assert odd.text == "— 1 —"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(report_2021(), to=Format.DOCX) == render(report_2021(), to=Format.DOCX)
