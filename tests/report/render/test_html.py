"""网页. A table that can be heard, a page that prints, and a fragment that another page can hold."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html as lxml_html

from gongkai.report.model import ABSENT, Cell, CellState
from gongkai.report.render.html import fragment, page
from tests.report.samples import report_2021, with_cells


def tree_of(text: str) -> Any:
    return lxml_html.document_fromstring(text)


def figure(text: str, place: str) -> Any:
    (found,) = tree_of(text).xpath("//td[@data-place=$place]", place=place)
    return found


def test_every_table_has_a_caption_and_every_figure_its_heads() -> None:
    tree = tree_of(page(report_2021()))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    figures = tree.xpath("//td[@data-place]")

    assert len(ids) == len(set(ids))
    assert [caption.text for caption in tree.xpath("//table/caption")] == [
        "表二　主动公开政府信息情况",
        "表三　收到和处理政府信息公开申请情况",
        "表四　政府信息公开行政复议、行政诉讼情况",
    ]
    assert len(figures) == 200
    assert all(set(cell.get("headers").split()) <= set(ids) for cell in figures)
    assert all(head.get("scope") for head in tree.iter("th"))


def test_the_heads_of_a_figure_are_all_that_stand_over_it_and_beside_it() -> None:
    text = page(report_2021())
    tree = tree_of(text)
    names = figure(text, "applications/withheld_internal_affairs/company").get("headers").split()

    assert [tree.get_element_by_id(name).text for name in names] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "5.属于三类内部事务信息",
        "申请人情况",
        "法人或其他组织",
        "商业企业",
    ]


def test_the_page_states_its_language_and_one_main_heading() -> None:
    tree = tree_of(page(report_2021()))

    assert tree.get("lang") == "zh-CN"
    assert [heading.text_content() for heading in tree.iter("h1")] == [report_2021().title]


def test_the_fragment_carries_no_style_and_no_script() -> None:
    """WEB-02: the portal's pages hold no inline code."""
    text = fragment(report_2021())

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", text)


def test_a_figure_opens_the_address_that_it_is_given() -> None:
    def records(table: str, row: str, column: str) -> str | None:
        return f"/records/{table}/{row}/{column}" if row == "received" else None

    text = fragment(report_2021(), cell_link=records)

    (link,) = figure(text, "applications/received/total").iter("a")
    assert (link.get("href"), link.text) == ("/records/applications/received/total", "4")
    assert list(figure(text, "applications/granted/total").iter("a")) == []


def test_an_address_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="javascript"):
        fragment(report_2021(), cell_link=lambda *_: "javascript:alert(1)")


def test_text_is_escaped() -> None:
    """WEB-03."""
    sections = {**report_2021().sections, "problems": "<img src=x onerror=alert(1)>"}

    text = fragment(replace(report_2021(), sections=sections))

    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_the_states_of_cells_are_printed_and_named() -> None:
    states = {
        ("applications", "granted", "total"): Cell.blank(),
        ("applications", "granted", "company"): Cell.mark("/"),
        ("applications", "granted", "research"): Cell.unreadable("12 9"),
        ("applications", "granted", "legal_service"): ABSENT,
    }
    text = fragment(with_cells(report_2021(), states))

    printed = {key: figure(text, "/".join(key)) for key in states}
    assert [(cell.get("data-state"), cell.text or "") for cell in printed.values()] == [
        (CellState.BLANK, ""),
        (CellState.MARK, "/"),
        (CellState.UNREADABLE, "（无法辨认）"),
        (CellState.ABSENT, "（缺）"),
    ]


def test_two_reports_on_one_page_keep_their_ids_apart() -> None:
    one, other = (fragment(report_2021(), prefix=prefix) for prefix in ("this-year", "last-year"))
    ids = re.findall(r'\sid="([^"]+)"', one + other)

    assert len(ids) == len(set(ids))


def test_a_part_that_was_read_without_heading_gets_the_official_one() -> None:
    without = replace(report_2021(), headings=report_2021().headings[:3])

    headings = [h.text for h in tree_of(fragment(without)).iter("h2")]

    assert headings[3:] == [
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
