"""在线申请: from a citizen without scripts to the register, the confirmation, and the status by receipt code."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import accessibility_violations, width_beyond_the_window
from tests.journeys.conftest import look

pytestmark = pytest.mark.journey
WITHOUT_SCRIPTS = []
JPEG = {"name": "身份证正面.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + b"picture" * 500}


@pytest.mark.parametrize(
    ("scripts", "width"), [(True, 390), (False, 1280)], ids=["on a phone", "without scripts"]
)
def test_a_citizen_applies_and_follows_what_becomes_of_it(demonstration, scripts, width):
    citizen = demonstration.window(scripts=scripts, width=width)
    if not scripts:
        WITHOUT_SCRIPTS.append(citizen)
    citizen.goto(demonstration.portal)
    a_citizen_looks_for_what_is_published(citizen)
    fills_in_the_form_with_a_slip_and_loses_nothing(citizen)
    code = sends_it_and_gets_a_receipt(citizen)
    citizen.goto(f"{demonstration.portal}/apply/status/")
    follows(citizen, code, "等候双方确认")
    clerk = demonstration.enter_as("甲示例")
    the_office_finds_it_in_its_register(clerk)


def seen(page):
    """Where no script runs, axe does not either: the same pages are looked at on the phone."""
    if page not in WITHOUT_SCRIPTS:
        assert accessibility_violations(page) == [], page.url
        assert width_beyond_the_window(page) == 0


def a_citizen_looks_for_what_is_published(page):
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="依申请公开").click()
    page.get_by_role("main").get_by_role("link", name="在线申请").click()
    seen(page)
    page.get_by_label("要找的信息").fill("年度报告")
    page.get_by_role("button", name="查找已公开的信息").click()
    seen(page)
    expect(page.get_by_role("heading", name=re.compile("相近的公开信息"))).to_be_visible()
    page.get_by_role("link", name=re.compile("填写申请表")).click()
    seen(page)


def fills_in_the_form_with_a_slip_and_loses_nothing(page):
    page.get_by_label("自然人").check()
    page.get_by_label("姓名或者名称").fill("申请人示例")
    page.get_by_label("证件种类").select_option(label="居民身份证")
    page.get_by_label(re.compile("^证件号码")).fill("110101199001010016")
    page.get_by_label("联系电话").fill("0000-7654321")
    page.get_by_label("电子邮箱").fill("shili@example.cn")
    if page not in WITHOUT_SCRIPTS:  # without, the same search was a step of its own
        what_is_published_shows_while_it_is_typed(page)
    page.get_by_label("第1项").fill("2023年示例工程的验收文件")
    page.get_by_role("button", name="再加一项").click()
    page.get_by_label("第3项").fill("2022年示例工程的验收文件")
    page.get_by_label("电子文档").check()
    page.get_by_label("电子邮件").check()
    page.get_by_label("我已阅读个人信息处理说明").check()
    page.get_by_label(re.compile("同意提供")).check()
    page.get_by_role("button", name=re.compile("下一步")).click()
    seen(page)
    expect(page.get_by_text("有1处要修改，填好的内容都还在")).to_be_visible()
    expect(page.get_by_label("第3项")).to_have_value("2022年示例工程的验收文件")
    page.get_by_label(re.compile("^证件号码")).fill("110101199001010015")
    page.get_by_role("button", name=re.compile("下一步")).click()
    seen(page)
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible()


def what_is_published_shows_while_it_is_typed(page):
    page.get_by_label("第1项").press_sequentially("政府信息公开工作年度报告")
    expect(page.get_by_text("您要的可能已经公开")).to_be_visible()
    expect(page.get_by_role("button", name="这就是我要的，不再申请")).to_be_visible()
    seen(page)


def sends_it_and_gets_a_receipt(page):
    page.get_by_label("身份证明扫描件或者照片").set_input_files(JPEG)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"(?:[A-Z0-9]{4}-){4}[A-Z0-9]{4}", code)
    assert code not in page.url
    expect(page.get_by_text("它还不是法律上的“收到申请”")).to_be_visible()
    return code


def follows(page, code, words):
    for _ in range(4):  # the worker takes it in meanwhile; more would be asked to answer a question
        page.goto(page.url)
        page.get_by_label("查询码").fill(code.lower())
        page.get_by_label("证件号码后四位").fill("0015")
        page.get_by_role("button", name="查询", exact=True).click()
        if page.get_by_role("heading", name=re.compile(words)).count():
            break
        page.wait_for_timeout(5000)
    expect(page.get_by_role("heading", name=re.compile(words))).to_be_visible()
    seen(page)
    assert "申请人示例" not in page.inner_text("body")


def the_office_finds_it_in_its_register(page):
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="网上收件").click()
    look(page)
    expect(page.get_by_text("公众侧提交全部已接收")).to_be_visible()
    page.get_by_role("table").get_by_role("link").first.click()
    look(page)
    expect(page.get_by_text("待确认收到")).to_be_visible()
    expect(page.get_by_text("身份证明（第1个文件）")).to_be_visible()
