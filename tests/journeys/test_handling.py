"""办理申请: one application from the counter to the archive, through every room, by the people of the office."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import width_beyond_the_window
from tests.journeys.conftest import look
from tests.operations.conftest import gongkai
from tests.redaction import making

pytestmark = pytest.mark.journey
CLERK, HEAD, LAWYER, LEADER = "甲示例", "戊示例", "乙示例", "己示例"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()  # what the date fields are filled with
NOW = TODAY.isoformat()
PAPER = (
    f"<p>同意建设，规模12000平方米。</p><p>联系人{making.PERSON}，身份证号{making.IDENTITY}。</p>"
    "<p style='break-before:page'>附件：平面布置。</p>"
)


def seen(page: Page) -> None:
    """Looked at as on a desk and as on a phone."""
    look(page)
    page.set_viewport_size({"width": 390, "height": 844})
    look(page)
    assert width_beyond_the_window(page) == 0, page.url
    page.set_viewport_size({"width": 1280, "height": 950})


@pytest.fixture(scope="module")
def desk(demonstration):
    """A window for each person."""
    names = ", ".join(repr(name) for name in (CLERK, HEAD, LAWYER, LEADER))
    words = f"from tests.journeys import prepared; prepared.admit({names})"
    port = demonstration.desk.rsplit(":", 1)[1]
    done = gongkai(demonstration.home, "manage", "shell", "--no-imports", "--command", words, DESK_PORT=port)
    windows = {}
    for name, link in json.loads(done.stdout.strip().splitlines()[-1]).items():
        demonstration.links.pop(name, None)  # a link given anew ends the printed one
        page = windows[name] = demonstration.window(width=1280)
        page.goto(link)
        page.get_by_role("button", name="进入工作台").click()
        page.get_by_text("等我办的").wait_for()
    return windows


def test_an_application_from_the_counter_to_the_archive(desk):
    clerk = desk[CLERK]
    case = it_is_registered(clerk)
    it_is_assigned(clerk)
    what_is_asked_is_searched_and_found(clerk)
    its_pages_are_decided(clerk)
    what_may_not_be_told_is_covered(clerk, desk[LAWYER], case)
    a_third_party_is_asked_by_letter_and_agrees(clerk, desk[LEADER], case)
    the_reply_is_put_off(clerk, desk[HEAD], desk[LEADER], case)
    letter = the_reply_is_drafted_and_a_slip_is_refused(clerk, case)
    it_is_reviewed_signed_and_handed_over(clerk, desk[LAWYER], desk[LEADER], letter)
    the_case_is_filed(clerk, case)


def press(page: Page, name: str, *, main: bool = True) -> None:
    within = page.get_by_role("main") if main else page
    within.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="这件申请").get_by_role("link", name=name, exact=True).click()


def it_is_registered(page: Page) -> str:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="申请台账").click()
    follow(page, "登记")
    page.get_by_label("怎么收到的").select_option(label="当面提交")
    page.get_by_label("收到日期").fill(NOW)
    page.get_by_label("申请人类别").select_option(label="自然人")
    page.get_by_label("姓名或者名称").fill("子示例")
    page.get_by_label("联系方式").fill("示例市示例路11号")
    page.get_by_label("所需信息").fill("示例路工程的建设批复")
    seen(page)
    press(page, "下一步：查找重复和相似")
    seen(page)
    press(page, "登记")
    expect(page.get_by_text("已登记为")).to_be_visible()
    seen(page)
    tab(page, "申请和逐项办理")
    return page.url.partition("#")[0]


def it_is_assigned(page: Page) -> None:
    tab(page, "承办")
    follow(page, "分办")
    page.get_by_label("承办人").select_option(label="甲示例（综合科）")
    seen(page)
    press(page, "分办")
    expect(page.get_by_text("已办理：分办。")).to_be_visible()
    tab(page, "申请和逐项办理")


def what_is_asked_is_searched_and_found(page: Page) -> None:
    follow(page, "登记检索")
    page.get_by_label("检索日期").fill(NOW)
    page.get_by_label("检索范围").fill("机关档案室")
    page.get_by_label("检索词或者方法").fill("示例路工程、批复")
    page.get_by_label("查到了").check()
    seen(page)
    press(page, "登记")
    follow(page, "登记查到的信息")
    page.get_by_label("名称").fill("关于示例路工程建设的批复")
    page.get_by_label("页数").fill("2")
    press(page, "登记")


def its_pages_are_decided(page: Page) -> None:
    follow(page, "逐页决定")
    page.get_by_label("自第几页").fill("1")
    page.get_by_label("至第几页").fill("2")
    page.get_by_label("怎么处理").select_option("redacted")
    page.get_by_label("理由").select_option("THIRD_PARTY")
    seen(page)
    press(page, "决定")


def what_may_not_be_told_is_covered(clerk: Page, lawyer: Page, case: str) -> None:
    follow(clerk, "遮盖材料")
    clerk.get_by_label("材料名称").fill("示例路工程建设的批复")
    pdf = {"name": "批复.pdf", "mimeType": "application/pdf", "buffer": making.chinese(PAPER)}
    clerk.get_by_label("PDF文件").set_input_files(pdf)
    seen(clerk)
    press(clerk, "上传")
    seen(clerk)
    follow(clerk, "识别出的个人信息")
    clerk.get_by_label("不予公开的理由").select_option("THIRD_PARTY")
    seen(clerk)
    press(clerk, "给选中的加框")
    follow(clerk, "制作")
    clerk.get_by_label("不遮盖的理由").fill("其余可以公开")
    press(clerk, "制作")
    for _ in range(60):
        if clerk.get_by_text("待复核").count():
            break
        clerk.wait_for_timeout(500)
        clerk.reload()
    seen(clerk)
    lawyer.goto(clerk.url)
    follow(lawyer, "复核通过")
    seen(lawyer)
    press(lawyer, "复核通过")
    expect(lawyer.locator(".lead .tag-good")).to_be_visible()
    clerk.goto(case)


def a_third_party_is_asked_by_letter_and_agrees(clerk: Page, leader: Page, case: str) -> None:
    tab(clerk, "征求意见")
    clerk.locator("p.actions").get_by_role("link", name="征求意见").click()
    clerk.get_by_label("征求对象").select_option(label="第三方")
    clerk.get_by_label("名称").fill("示例建设有限公司")
    clerk.get_by_label("地址").fill("示例市示例路12号")
    clerk.get_by_label("第1项").check()
    clerk.get_by_label("征求意见的内容").fill("关于示例路工程建设的批复")
    seen(clerk)
    press(clerk, "保存")
    press(clerk, "拟征求第三方意见书")
    it_is_signed_and_signed_for(clerk, leader)
    clerk.goto(case)
    tab(clerk, "征求意见")
    expect(clerk.get_by_text("等候意见").first).to_be_visible()
    seen(clerk)
    follow(clerk, "登记意见")
    clerk.get_by_label("收到日期").fill(NOW)
    clerk.get_by_label("意见", exact=True).select_option(label="同意公开")
    seen(clerk)
    press(clerk, "登记意见")


def the_reply_is_put_off(clerk: Page, head: Page, leader: Page, case: str) -> None:
    tab(clerk, "承办")
    follow(clerk, "提出延期")
    clerk.get_by_label("延长工作日").fill("5")
    clerk.get_by_label("延长的理由").fill("需要与存档的图纸逐页核对")
    seen(clerk)
    press(clerk, "提出延期")
    head.goto(clerk.url)
    follow(head, "同意")
    seen(head)
    press(head, "同意延期")
    clerk.reload()
    press(clerk, "拟延期告知书")
    it_is_signed_and_signed_for(clerk, leader)
    clerk.goto(case)
    expect(clerk.get_by_text("延长5个工作日").first).to_be_visible()


def it_is_signed_and_signed_for(clerk: Page, leader: Page) -> None:
    """A letter that was just drafted: sent up, signed by the leader, numbered, handed over today."""
    seen(clerk)
    follow(clerk, "送审")
    press(clerk, "送审")
    the_leader_signs(clerk, leader)
    it_is_handed_over(clerk)


def the_leader_signs(clerk: Page, leader: Page) -> None:
    leader.goto(clerk.url)
    follow(leader, "签发")
    seen(leader)
    press(leader, "签发")


def it_is_handed_over(clerk: Page) -> None:
    clerk.reload()
    follow(clerk, "编号发出")
    press(clerk, "编号发出")
    clerk.get_by_label("送达方式").select_option(label="当面送达")
    clerk.get_by_label("交邮或者签收的日期").fill(NOW)
    seen(clerk)
    press(clerk, "登记")
    expect(clerk.locator(".lead").get_by_text("已送达")).to_be_visible()


def the_reply_is_drafted_and_a_slip_is_refused(clerk: Page, case: str) -> str:
    follow(clerk, "决定")
    clerk.get_by_label("情形").select_option("severed")
    clerk.get_by_label("不予公开的理由").select_option("THIRD_PARTY")
    clerk.get_by_label("属于哪一类").select_option(label="个人隐私")
    clerk.get_by_label("说明").fill("其中联系人的姓名、证件号码、电话属于个人隐私")
    seen(clerk)
    press(clerk, "决定")
    tab(clerk, "文书")
    seen(clerk)
    follow(clerk, "答复书")
    press(clerk, "拟稿")
    letter = clerk.url
    expect(clerk.get_by_text("没有发现不符")).to_be_visible()
    follow(clerk, "修改正文")
    right = clerk.get_by_label("正文").input_value()
    wrong = TODAY - timedelta(days=400)
    clerk.get_by_label("正文").fill(
        f"{right}\n本机关于{wrong.year}年{wrong.month}月{wrong.day}日进行了检索。"
    )
    press(clerk, "保存")
    expect(clerk.get_by_text("不在这件申请的记录里")).to_be_visible()
    seen(clerk)
    follow(clerk, "送审")
    press(clerk, "送审")
    expect(clerk.get_by_role("alert").get_by_text(re.compile("与案件核对有1处不符"))).to_be_visible()
    seen(clerk)
    clerk.goto(letter)
    follow(clerk, "修改正文")
    clerk.get_by_label("正文").fill(right)
    press(clerk, "保存")
    expect(clerk.get_by_text("没有发现不符")).to_be_visible()
    return letter


def it_is_reviewed_signed_and_handed_over(clerk: Page, lawyer: Page, leader: Page, letter: str) -> None:
    follow(clerk, "送审")
    press(clerk, "送审")
    lawyer.goto(letter)
    follow(lawyer, "审核通过")
    seen(lawyer)
    press(lawyer, "审核通过")
    clerk.goto(letter)
    the_leader_signs(clerk, leader)
    it_is_handed_over(clerk)
    expect(clerk.get_by_text(re.compile(r"复〔\d{4}〕\d+号")).first).to_be_visible()
    seen(clerk)


def the_case_is_filed(clerk: Page, case: str) -> None:
    clerk.goto(case)
    expect(clerk.locator(".lead").get_by_text("已办结")).to_be_visible()
    seen(clerk)
    tab(clerk, "归档")
    press(clerk, "归档")
    for _ in range(60):
        if clerk.get_by_text("已归档").count():
            break
        clerk.wait_for_timeout(500)
        clerk.reload()
    expect(clerk.get_by_text("已归档").first).to_be_visible()
    seen(clerk)
