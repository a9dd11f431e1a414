"""年度报告: from a cell to its records, from a change to a published correction, and what a reader sees of it."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from gongkai.report.check.engine import check
from gongkai.report.read import read
from tests.journeys.conftest import look

pytestmark = pytest.mark.journey


def test_a_year_of_work(demonstration, tmp_path):
    """One office's story, in its order: each step rests on the one before."""
    a_clerk_opens_the_records_behind_a_cell_and_a_word(demonstration)
    a_reader_finds_and_downloads_the_report_without_scripts(demonstration, tmp_path)
    clerk = a_voided_licence_shows_on_the_published_report(demonstration)
    a_correction_is_drafted_submitted_approved_and_released(demonstration, clerk)
    both_editions_are_readable(demonstration)
    an_import_with_a_wrong_row_writes_nothing_until_it_is_confirmed(demonstration, clerk, tmp_path)


def open_the_report(page):
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="年度报告").click()
    page.get_by_role("link", name="2023年").first.click()


def a_clerk_opens_the_records_behind_a_cell_and_a_word(demonstration):
    page = demonstration.enter_as("甲示例")
    look(page)
    open_the_report(page)
    look(page)
    expect(page.get_by_text("今天按台账重算，与定稿完全一致")).to_be_visible()

    cell = page.locator('td[data-place="proactive/penalty/decisions"] a')
    assert cell.inner_text() == "2"
    cell.click()
    look(page)
    expect(page.locator("table.list tbody tr")).to_have_count(2)
    page.locator("table.list tbody a").first.click()
    look(page)
    expect(page.get_by_text("示防罚〔2023〕").first).to_be_visible()

    page.go_back()
    page.go_back()
    page.locator("a.live", has_text="1180").click()
    look(page)
    expect(page.get_by_role("heading", name="主动公开：热点关注：1180")).to_be_visible()
    page.context.close()
    demonstration.windows.remove(page.context)


def a_reader_finds_and_downloads_the_report_without_scripts(demonstration, tmp_path):
    page = demonstration.window(scripts=False, width=375)
    page.goto(demonstration.portal)
    page.get_by_role("link", name="政府信息公开年报").first.click()
    page.get_by_role("link", name=re.compile("2023")).first.click()
    expect(page.locator('td[data-place="proactive/licence/decisions"]')).to_have_text("105")

    for form in ("DOCX", "PDF", "JSON"):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=re.compile(form, re.IGNORECASE)).first.click()
        file = tmp_path / f"report.{form.lower()}"
        downloading.value.save_as(file)
        result = check(read(file))
        assert [finding for finding in result.findings if finding.level != "I"] == [], form


def a_voided_licence_shows_on_the_published_report(demonstration):
    keeper = demonstration.enter_as("乙示例")
    keeper.get_by_role("navigation", name="主菜单").get_by_role("link", name="行政许可").click()
    look(keeper)
    keeper.get_by_role("link", name=re.compile("示防许〔2023〕105号")).first.click()
    keeper.get_by_role("link", name="作废").click()
    look(keeper)
    keeper.get_by_label(re.compile("原因")).fill("与104号重复登记")
    keeper.get_by_role("button", name="作废").click()

    clerk = demonstration.enter_as("甲示例")
    open_the_report(clerk)
    look(clerk)
    expect(clerk.get_by_text(re.compile("行政许可·本年处理决定数量：发布时105，今天104"))).to_be_visible()
    expect(clerk.get_by_text(re.compile("与104号重复登记")).first).to_be_visible()
    return clerk


def a_correction_is_drafted_submitted_approved_and_released(demonstration, clerk):
    clerk.get_by_role("link", name="起草更正").first.click()
    look(clerk)
    clerk.get_by_label("更正原因").fill("一件行政许可重复登记，行政许可由105件更正为104件")
    clerk.get_by_role("button", name="起草更正").click()
    expect(clerk.get_by_text("编制中").first).to_be_visible()
    look(clerk)
    clerk.get_by_role("link", name="改文字").click()
    look(clerk)
    figures_in_the_text_are_chosen_and_cannot_be_typed_over(clerk)
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.locator("a.live", has_text="104").last).to_be_visible()
    draft = clerk.url
    clerk.get_by_role("link", name="送审").click()
    look(clerk)
    clerk.get_by_role("button", name="送审").click()
    expect(clerk.get_by_text("待批准").first).to_be_visible()

    leader = demonstration.enter_as("己示例")
    leader.goto(draft)
    leader.get_by_role("link", name="批准定稿").click()
    look(leader)
    leader.get_by_role("button", name="批准定稿").click()
    expect(leader.get_by_text("已定稿").first).to_be_visible()

    publisher = demonstration.enter_as("戊示例")
    publisher.goto(draft)
    publisher.get_by_role("link", name="发布", exact=True).click()
    publisher.get_by_role("button", name="发布").click()
    expect(publisher.get_by_text(re.compile("发布中|已发布")).first).to_be_visible()


def figures_in_the_text_are_chosen_and_cannot_be_typed_over(clerk):
    """screens.md: a figure in the text is a chip; what is stored is its name."""
    stored = clerk.locator("#problems")
    before = stored.input_value()
    box = clerk.get_by_role("textbox", name=re.compile("存在的主要问题"))
    box.click()
    clerk.keyboard.press("Control+End")
    clerk.keyboard.type("全年作出许可决定")
    clerk.get_by_label("找数据").fill("行政许可决定")
    clerk.get_by_role("button", name="行政许可决定", exact=True).click()
    clerk.keyboard.type("件。")
    assert stored.input_value() == before + "全年作出许可决定{行政许可决定}件。"

    chip = box.locator(".live-figure").last
    expect(chip).to_have_text("104")
    chip.click()
    clerk.keyboard.type("9")
    assert "{行政许可决定}" in stored.input_value()
    expect(chip).to_have_text("104")

    box.click()
    clerk.keyboard.press("Control+a")
    clerk.keyboard.type(before)
    clerk.keyboard.type("{行政许可决定}件许可。")
    assert stored.input_value() == before + "{行政许可决定}件许可。"
    look(clerk)


def both_editions_are_readable(demonstration):
    page = demonstration.window()
    address = f"{demonstration.portal}/reports/2023/2/"
    for _ in range(120):  # the worker makes five files first; a page asked for again is how a reader waits
        if page.goto(address).status == 200:
            break
        page.wait_for_timeout(500)
    expect(page.locator('td[data-place="proactive/licence/decisions"]')).to_have_text("104")
    expect(page.get_by_text(re.compile("由105件更正为104件")).first).to_be_visible()

    page.goto(f"{demonstration.portal}/reports/2023/1/")
    expect(page.locator('td[data-place="proactive/licence/decisions"]')).to_have_text("105")
    figures = page.request.get(f"{demonstration.portal}/reports/2023/2/")
    assert figures.ok


def an_import_with_a_wrong_row_writes_nothing_until_it_is_confirmed(demonstration, clerk, tmp_path):
    book = Workbook()
    book.active.append(["编号", "标题", "来信日期", "答复日期", "承办科室"])
    book.active.append(["20240001", "咨询示例一", "2024年1月8日", "2024-01-10", "综合科"])
    book.active.append(["20240002", "咨询示例二", "2024年13月8日", "", "综合科"])
    file = tmp_path / "来信.xlsx"
    book.save(file)
    clerk.goto(f"{demonstration.desk}/")
    clerk.get_by_role("navigation", name="主菜单").get_by_role("link", name="领导信箱").click()
    look(clerk)
    clerk.get_by_role("link", name="导入", exact=True).click()
    look(clerk)
    clerk.locator("input[type=file]").set_input_files(file)
    clerk.locator("main form button").last.click()
    look(clerk)
    expect(clerk.get_by_text(re.compile("2024年13月8日")).first).to_be_visible()

    clerk.get_by_role("navigation", name="主菜单").get_by_role("link", name="领导信箱").click()
    expect(clerk.get_by_text("咨询示例一")).to_have_count(0)
