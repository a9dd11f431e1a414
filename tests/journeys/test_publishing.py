"""信息发布: from a clerk's draft over section head, confidentiality review and sign-off to a reader without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.duties.catalogue.editorial import a_blank_pdf
from tests.journeys.conftest import look
from tests.journeys.steps import conclude, release, submit

pytestmark = pytest.mark.journey
TITLE = "关于2026年防空警报试鸣的公告"


def test_a_notice_is_published_and_withdrawn(demonstration):
    clerk = demonstration.enter_as("甲示例")
    draft = a_clerk_writes_and_submits(clerk)
    head = demonstration.enter_as("辛示例")
    conclude(head, draft, "通过", "科室审核")
    the_clerk_changes_it_after_review_and_must_submit_again(clerk, draft)
    conclude(head, draft, "通过", "科室审核")
    reviewer = demonstration.enter_as("丁示例")
    the_reviewer_cannot_pass_what_he_has_not_looked_at(reviewer, draft)
    leader = demonstration.enter_as("己示例")
    conclude(leader, draft, "通过", "签发")
    it_is_released(clerk, draft)
    address = a_reader_finds_it_without_scripts(demonstration)
    it_is_withdrawn(demonstration.enter_as("戊示例"), draft)
    the_page_is_gone(demonstration, address)


def a_clerk_writes_and_submits(page):
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息发布").click()
    look(page)
    page.get_by_role("link", name="起草信息").click()
    look(page)
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("信息种类").select_option("notice")
    page.get_by_label("栏目", exact=True).select_option(label="通知公告")
    page.get_by_role("button", name="开始起草").click()
    body = page.get_by_label("正文", exact=True).locator("visible=true")
    body.click()
    page.keyboard.type("2026年9月18日上午10时，本市进行防空警报试鸣。")
    look(page)
    page.get_by_role("button", name="保存", exact=True).click()
    look(page)
    expect(page.get_by_text("2026年9月18日上午10时，本市进行防空警报试鸣。")).to_be_visible()
    expect(page.get_by_text("还没有保密审查。")).to_be_visible()

    page.get_by_role("button", name="编辑").click()
    page.get_by_label("上传附件").set_input_files(
        {"name": "试鸣安排.pdf", "mimeType": "application/pdf", "buffer": a_blank_pdf()}
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已上传“试鸣安排.pdf”。")).to_be_visible()
    page.get_by_role("link", name="返回").click()
    draft = page.url
    submit(page)
    return draft


def the_clerk_changes_it_after_review_and_must_submit_again(page, draft):
    page.goto(draft)
    expect(page.get_by_role("button", name="编辑")).to_have_count(0)
    page.get_by_role("link", name="撤回修改").click()
    page.get_by_role("button", name="撤回修改").click()
    expect(page.get_by_text("还没有科室审核。")).to_be_visible()
    submit(page)


def the_reviewer_cannot_pass_what_he_has_not_looked_at(page, draft):
    page.goto(f"{draft.rsplit('/', 2)[0]}/?show=waiting")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="保密审查", exact=True).click()
    look(page)
    expect(page.get_by_role("button", name="发布")).to_have_count(0)
    page.get_by_label("通过", exact=True).check()
    page.get_by_role("button", name="记录保密审查结论").click()
    expect(page.get_by_text("附件“试鸣安排.pdf”还没有逐件审查通过")).to_be_visible()
    page.get_by_label("附件“试鸣安排.pdf”").select_option("passed")
    page.get_by_role("button", name="记录保密审查结论").click()
    expect(page.get_by_text("已记录保密审查结论。")).to_be_visible()


def it_is_released(page, draft):
    release(page, draft)
    page.get_by_role("link", name="审查表").click()
    look(page)
    expect(page.get_by_text("试鸣安排.pdf：可以公开")).to_be_visible()


def a_reader_finds_it_without_scripts(demonstration):
    page = demonstration.window(scripts=False, width=375)
    page.goto(demonstration.portal)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("2026年9月18日上午10时")).to_be_visible()
    expect(page.get_by_text(re.compile(r"20\d\d-\d{5}"))).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="试鸣安排.pdf").click()
    assert downloading.value.path().read_bytes() == a_blank_pdf()
    address = page.url
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="通知公告").click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    return address


def it_is_withdrawn(page, draft):
    page.goto(draft)
    page.get_by_role("link", name="撤回", exact=True).click()
    look(page)
    page.get_by_label("撤回原因").fill("试鸣时间调整")
    page.get_by_label(re.compile("公开的说明")).fill("试鸣时间调整，另行公告。")
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤回，公众侧将在一分钟内撤下。")).to_be_visible()


def the_page_is_gone(demonstration, address):
    page = demonstration.window()
    for _ in range(120):  # PUB-06: within a minute
        if page.goto(address).status != 200:
            break
        page.wait_for_timeout(500)
    expect(page.get_by_text("试鸣时间调整，另行公告。")).to_be_visible()
    page.goto(demonstration.portal)
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
