"""PDF. Part three on exactly one page, tagged, with the measures of the standard, and without the network."""

import io
import re
import sys
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from gongkai.report.model import Cell, Report
from gongkai.report.render import CannotRender, Format, pdf, render
from gongkai.report.render.fonts import faces
from gongkai.rules.annual_report_2021.tables import cell_keys
from tests.report.samples import report_2021, with_cells

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pages() -> Any:
    with pdfplumber.open(io.BytesIO(render(report_2021(), to=Format.PDF))) as document:
        yield document.pages


def pages_of_part_three(report: Report) -> list[int]:
    """The pages that hold anything of the part, by the ids of its heading, its table's head and last row."""
    marks = ("report-part-3", "report-applicants", "report-row-carried_out")
    return [
        number
        for number, page in enumerate(pdf.laid_out(report).pages, start=1)
        if any(mark in page.anchors for mark in marks)
    ]


def parts_beginning_on(report: Report, number: int) -> list[str]:
    anchors = pdf.laid_out(report).pages[number - 1].anchors
    return [name for name in anchors if re.fullmatch(r"report-part-\d", name)]


def test_part_three_is_on_exactly_one_page_which_is_its_own() -> None:
    (number,) = pages_of_part_three(report_2021())

    assert parts_beginning_on(report_2021(), number) == ["report-part-3"]


def test_part_three_stays_on_one_page_with_the_widest_figures_and_some_text() -> None:
    widest = {key: Cell.number(9_999_999) for key in cell_keys() if key[0] == "applications"}
    sections = {**report_2021().sections, "applications": "收到和处理申请情况见下表。\n" * 3}
    report = replace(with_cells(report_2021(), widest), sections=sections)

    assert len(pages_of_part_three(report)) == 1


def test_text_keeps_to_the_type_area(pages: Any) -> None:
    words = [word for page in pages for word in page.extract_words() if word["bottom"] < 262 * MM]

    assert min(word["x0"] for word in words) >= 28 * MM - 1
    assert max(word["x1"] for word in words) <= (28 + 156) * MM + 1
    assert min(word["top"] for word in words) >= 37 * MM - 1


def test_type_is_15_75_points_and_lines_are_28_95_points_apart(pages: Any) -> None:
    face = next(c["fontname"] for c in pages[0].chars if c["text"] == "根")
    # Below it stands the page number, in a size of its own and perhaps in the same face.
    foot = 297 * MM - 35 * MM
    body = [c for c in pages[0].chars if c["fontname"] == face and c["bottom"] < foot]
    bottoms = sorted({round(c["bottom"], 2) for c in body})

    assert {round(c["size"], 2) for c in body} == {15.75}
    gaps = {round(below - above, 1) for above, below in pairwise(bottoms)}

    assert gaps & {28.9, 29.0}
    assert all(round(gap / 28.95, 1).is_integer() for gap in gaps)


def test_28_characters_stand_on_a_line() -> None:
    sections = {**report_2021().sections, "overview": "公开" * 100}

    with pdfplumber.open(
        io.BytesIO(render(replace(report_2021(), sections=sections), to=Format.PDF))
    ) as document:
        lines = [line["text"] for page in document.pages for line in page.extract_text_lines()]

    assert "公开" * 14 in lines
    assert not any("公开" * 14 + "公" in line for line in lines)


def test_the_document_is_tagged_and_says_its_title() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render(report_2021(), to=Format.PDF))

    assert document.is_tagged()
    assert document.get_metadata_dict()["Title"] == report_2021().title


def test_without_pango_one_sentence_says_that_only_pdf_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPango:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for module in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    pdf._weasyprint.cache_clear()

    with pytest.raises(CannotRender, match="没有Pango，不能生成PDF，其他格式不受影响"):
        render(report_2021(), to=Format.PDF)

    assert render(report_2021(), to=Format.DOCX)


def test_nothing_outside_the_font_folder_is_ever_loaded(tmp_path: Any) -> None:
    """FIL-09: neither the network nor other files."""
    fetcher = pdf._fetcher()(str(tmp_path))

    for address in ("http://example.org/a.css", "file:///etc/passwd", (tmp_path / "a.txt").as_uri()):
        with pytest.raises(ValueError, match="不得引用外部资源"):
            fetcher.fetch(address)


def test_an_office_may_give_a_folder_of_its_own_faces(tmp_path: Any) -> None:
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "仿宋_GB2312", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "fang.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"no font")

    rules = faces(str(tmp_path))

    assert f'font-family: "仿宋_GB2312"; src: url("{(tmp_path / "fang.ttf").as_uri()}")' in rules
    assert "broken" not in rules
    assert faces("") == ""
