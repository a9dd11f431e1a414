"""各条审查流程: each route from its first review to the portal, refused once at every step on its way.

Whoever refuses says why; the author reads it, puts it right and submits again, and everybody concludes anew (PUB-01, PUB-02).
"""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import look
from tests.journeys.prepared import PEOPLE
from tests.operations.conftest import gongkai

pytestmark = pytest.mark.journey
_REASON = "请补充联系电话和办公时间"


class Desk:
    """工作台, with a window for each person of the routes, and the things that were prepared."""

    def __init__(self, demonstration):
        self.demonstration = demonstration
        found = json.loads(self.run("tell()"))
        self.links: dict[str, str] = found["links"]
        for name in PEOPLE.values():  # a link given anew ends the printed one
            demonstration.links.pop(name, None)
        self.things = {name: f"{demonstration.desk}{path}" for name, path in found["things"].items()}
        self.windows: dict[str, Page] = {}

    def run(self, words: str) -> str:
        port = self.demonstration.desk.rsplit(":", 1)[1]
        command = f"from tests.journeys import prepared; prepared.{words}"
        done = gongkai(
            self.demonstration.home, "manage", "shell", "--no-imports", "--command", command, DESK_PORT=port
        )
        assert done.returncode == 0, done.stderr
        return (done.stdout.strip().splitlines() or [""])[-1]

    def __getattr__(self, role: str) -> Page:
        """A person's window; it is opened with his link when he is first needed."""
        if role not in self.__dict__.get("links", ()):
            raise AttributeError(role)
        if role not in self.windows:
            page = self.demonstration.window(width=1280)
            page.goto(self.links[role])
            page.get_by_role("button", name="进入工作台").click()
            page.get_by_text("等我办的").wait_for()
            self.windows[role] = page
        return self.windows[role]

    def pass_on(self, thing: str, *reviews: str) -> None:
        by = {"科室审核": "head", "合法性审核": "lawyer", "保密审查": "reviewer", "签发": "leader"}
        for review in reviews:
            steps.conclude(getattr(self, by[review]), self.things[thing], "通过", review)

    def reader(self, path: str = "") -> Page:
        page = self.demonstration.window(scripts=False, width=390)
        page.goto(f"{self.demonstration.portal}{path}")
        return page


@pytest.fixture(scope="module")
def desk(demonstration):
    return Desk(demonstration)


def refuse(page: Page, draft: str, review: str, reason: str = _REASON) -> None:
    """退回: not without a reason."""
    page.goto(draft)
    page.get_by_role("link", name=review, exact=True).click()
    page.get_by_label("退回修改", exact=True).check()
    page.get_by_role("button", name=f"记录{review}结论").click()
    expect(page.get_by_role("alert").get_by_text("请写明意见")).to_be_visible()
    look(page)
    page.get_by_label("意见").fill(reason)
    page.get_by_role("button", name=f"记录{review}结论").click()
    expect(page.get_by_text(f"已记录{review}结论。")).to_be_visible()


def the_author_reads_why_and_puts_it_right(page: Page, draft: str, review: str, words: str) -> None:
    page.goto(draft)
    row = page.get_by_role("row").filter(has_text=_REASON).filter(has_text=review)
    expect(row.get_by_text("退回修改")).to_be_visible()
    expect(page.locator(".lead .tag")).to_have_text("起草")
    put_right(page, words)


def put_right(page: Page, words: str) -> None:
    page.get_by_role("button", name="编辑").or_(page.get_by_role("link", name="编辑")).click()
    page.get_by_label("内容概述").fill(words)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def test_an_ordinary_item_is_refused_at_each_step_and_then_released(desk):
    draft = desk.things["notice"]
    refuse(desk.head, draft, "科室审核")
    the_author_reads_why_and_puts_it_right(desk.clerk, draft, "科室审核", "联系人手机13800138000。")
    the_gate_refuses_the_number(desk.clerk)
    put_right(desk.clerk, "联系电话0000-0000000。")
    steps.submit(desk.clerk)
    desk.pass_on("notice", "科室审核")

    refuse(desk.reviewer, draft, "保密审查")
    the_author_reads_why_and_puts_it_right(desk.clerk, draft, "保密审查", "联系电话0000-0000001。")
    expect(desk.clerk.get_by_text("还没有科室审核。")).to_be_visible()
    steps.submit(desk.clerk)
    desk.pass_on("notice", "科室审核", "保密审查")

    refuse(desk.leader, draft, "签发")
    the_author_reads_why_and_puts_it_right(desk.clerk, draft, "签发", "办公时间为工作日。")
    expect(desk.clerk.get_by_role("link", name="发布", exact=True)).to_have_count(0)
    steps.submit(desk.clerk)
    desk.pass_on("notice", "科室审核", "保密审查", "签发")

    steps.release(desk.clerk, draft)
    reader = desk.reader()
    reader.get_by_role("link", name="关于更换防空警报器的公告").first.click()
    expect(reader.get_by_text("办公时间为工作日。").first).to_be_visible()
    assert _REASON not in reader.content()


def the_gate_refuses_the_number(page: Page) -> None:
    page.get_by_role("link", name="送审", exact=True).click()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("还有1处没有处理").first).to_be_visible()
    look(page)
    page.go_back()
    page.go_back()


def test_a_normative_document_is_refused_for_its_legality(desk):
    draft = desk.things["rules"]
    refuse(desk.lawyer, draft, "合法性审核")
    the_author_reads_why_and_puts_it_right(desk.clerk, draft, "合法性审核", "依据已经补充。")
    steps.submit(desk.clerk)
    desk.pass_on("rules", "科室审核", "合法性审核", "保密审查", "签发")
    steps.release(desk.clerk, draft)

    reader = desk.reader("/normative/")
    expect(reader.get_by_text("示例市防空警报设施管理规定").first).to_be_visible()


def test_a_policy_waits_for_its_interpretation_and_both_go_together(desk):
    """三同步: the signed policy does not leave alone."""
    policy, explanation = desk.things["policy"], desk.things["explanation"]
    desk.clerk.goto(policy)
    look(desk.clerk)
    desk.clerk.get_by_role("link", name="发布", exact=True).click()
    desk.clerk.get_by_role("button", name="发布").click()
    expect(desk.clerk.get_by_text("还没有签发，都签发以后一起发布").first).to_be_visible()
    look(desk.clerk)

    refuse(desk.leader, explanation, "签发")
    the_author_reads_why_and_puts_it_right(desk.clerk, explanation, "签发", "一图看懂。")
    steps.submit(desk.clerk)
    desk.pass_on("explanation", "科室审核", "保密审查", "签发")
    steps.release(desk.clerk, policy)

    reader = desk.reader()
    reader.get_by_role("link", name="》政策解读").first.click()
    expect(reader.get_by_text("为什么出台：方便利用。")).to_be_visible()
    reader.get_by_role("link", name="关于支持人防工程平时利用的若干措施", exact=True).first.click()
    expect(reader.get_by_role("link", name="》政策解读").first).to_be_visible()


def refer(page: Page, draft: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="保密审查", exact=True).click()
    page.get_by_label("报请保密行政管理部门确定", exact=True).check()
    page.get_by_label("意见").fill("涉及工程位置，拿不准")
    page.get_by_role("button", name="记录保密审查结论").click()
    expect(page.get_by_text("已记录保密审查结论。")).to_be_visible()


def decide(page: Page, draft: str, answer: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="记录确定结果").click()
    look(page)
    page.get_by_label(answer, exact=True).check()
    page.get_by_label("答复文号和要点").fill("示保函〔2026〕3号")
    page.get_by_role("button", name="记录").click()
    expect(page.get_by_text("已记录。")).to_be_visible()


def test_what_the_secrecy_authority_finds_open_is_reviewed_on(desk):
    draft = desk.things["doubtful"]
    refer(desk.reviewer, draft)
    desk.clerk.goto(draft)
    look(desk.clerk)
    expect(desk.clerk.get_by_text("涉及工程位置，拿不准")).to_be_visible()
    expect(desk.clerk.get_by_role("link", name="发布", exact=True)).to_have_count(0)

    decide(desk.reviewer, draft, "不涉密")
    refuse(desk.reviewer, draft, "保密审查")
    the_author_reads_why_and_puts_it_right(desk.clerk, draft, "保密审查", "位置只写到街道。")
    steps.submit(desk.clerk)
    desk.pass_on("doubtful", "科室审核", "保密审查", "签发")
    steps.release(desk.clerk, draft)


def test_what_it_finds_secret_is_never_published(desk):
    draft = desk.things["secret"]
    refer(desk.reviewer, draft)
    decide(desk.reviewer, draft, "涉密")

    desk.clerk.goto(draft)
    expect(desk.clerk.get_by_text("不予公开").first).to_be_visible()
    expect(desk.clerk.get_by_text("示保函〔2026〕3号").first).to_be_visible()
    desk.clerk.get_by_role("link", name="送审", exact=True).click()
    desk.clerk.get_by_role("button", name="送审").click()
    expect(desk.clerk.get_by_text("只有主动公开的可以发布").first).to_be_visible()
    found = desk.reader("/search/?q=人防工程分布")
    expect(found.get_by_role("link", name="关于人防工程分布的公告")).to_have_count(0)


def schedule(page: Page, draft: str, at: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="定时发布").click()
    page.get_by_label("发布时间（北京时间）").fill(at)
    page.get_by_role("button", name="定时发布").click()


def test_a_scheduled_release_is_asked_again_at_its_hour(desk):
    """PUB-07: a word that the office has listed meanwhile stops it, and the author reads which."""
    draft = desk.things["timed"]
    schedule(desk.clerk, draft, "2026-01-05T09:00")
    expect(desk.clerk.get_by_text("应当晚于现在")).to_be_visible()
    look(desk.clerk)
    day = f"{datetime.now(UTC) + timedelta(days=200):%Y-%m-%d}"
    schedule(desk.clerk, draft, f"{day}T09:00")
    expect(desk.clerk.get_by_text(f"定于{day} 09:00发布")).to_be_visible()

    desk.run("list_a_word('宣教会', '讲座'); prepared.release_what_is_scheduled()")
    until(desk.clerk, draft, lambda page: page.get_by_text(f"定于{day}").count() == 0)
    expect(desk.clerk.locator(".lead .tag")).to_have_text("已签发，待发布")
    expect(desk.clerk.get_by_text("还有").first).to_be_visible()

    desk.clerk.get_by_role("link", name="撤回修改").click()
    desk.clerk.get_by_role("button", name="撤回修改").click()
    desk.clerk.get_by_role("button", name="编辑").or_(desk.clerk.get_by_role("link", name="编辑")).click()
    desk.clerk.get_by_label("标题").fill("关于国防教育讲座的公告")
    desk.clerk.get_by_role("button", name="保存", exact=True).click()
    steps.submit(desk.clerk)
    desk.pass_on("timed", "科室审核", "保密审查", "签发")
    schedule(desk.clerk, draft, f"{day}T09:00")
    desk.run("release_what_is_scheduled()")
    until(desk.clerk, draft, lambda page: page.locator(".lead .tag-good").count() == 1)


def until(page: Page, address: str, done) -> None:
    for _ in range(80):
        page.goto(address)
        if done(page):
            return
        page.wait_for_timeout(400)
    raise AssertionError(page.inner_text("main"))


def test_what_was_written_outlives_the_end_of_the_session(desk):
    """Fifteen idle minutes end the session (SES-01); the text that was being written is not lost by it."""
    page = desk.clerk
    page.goto(f"{desk.demonstration.desk}/catalogue/items/begin/")
    page.get_by_label("标题").fill("关于冬季检查的公告")
    page.get_by_label("信息种类").select_option(label="通知公告")
    page.get_by_label("栏目", exact=True).select_option(label="通知公告")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_label("内容概述").fill("十二月开展检查。")
    page.evaluate("now => { Date.now = () => now; }", 4102444800000)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("登录已经结束，没有提交")).to_be_visible()
    expect(page.get_by_label("内容概述")).to_have_value("十二月开展检查。")

    page.context.add_cookies(cookies)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_text("十二月开展检查。").first).to_be_visible()


def test_a_licence_is_refused_twice_released_and_called_back(desk):
    decision = desk.things["licence"]
    take(desk.reviewer, decision, "退回更正", {"理由": "许可内容没有写明层数"})
    the_keeper_reads_why_and_rectifies(
        desk.clerk, decision, "许可内容没有写明层数", "准予修建地下一层801平方米"
    )
    take(desk.reviewer, decision, "保密审查通过", {})
    take(desk.leader, decision, "不予签发，退回", {"理由": "面积与图纸不符"})
    the_keeper_reads_why_and_rectifies(desk.clerk, decision, "面积与图纸不符", "准予修建地下一层810平方米")
    take(desk.reviewer, decision, "保密审查通过", {})
    take(desk.leader, decision, "发布", {})
    until(desk.leader, decision, lambda page: page.locator(".lead .tag-good").count() == 1)

    reader = desk.reader()
    reader.goto(desk.leader.get_by_role("link", name="看公众侧的页面").get_attribute("href"))
    expect(reader.get_by_text("准予修建地下一层810平方米")).to_be_visible()
    assert "面积与图纸不符" not in reader.content()
    address = reader.url

    page = desk.caller_back
    page.goto(decision)
    page.get_by_role("link", name="撤回公示").click()
    page.get_by_label("原因").select_option("revoked")
    page.get_by_role("button", name="撤回公示").click()
    assert page.get_by_label("公开的说明").evaluate("field => !field.validity.valid")
    page.get_by_label("公开的说明").fill("经行政复议撤销")
    page.get_by_role("button", name="撤回公示").click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    until(reader, address, lambda page: "经行政复议撤销" in page.inner_text("body"))
    assert "准予修建地下一层810平方米" not in reader.content()


def take(page: Page, address: str, step: str, words: dict[str, str]) -> None:
    """One step on a decision, a list or a topic: its screen says what follows, and asks for a reason where it needs one."""
    page.goto(address)
    page.get_by_role("link", name=step, exact=True).click()
    page.wait_for_url(lambda url: url != address)
    look(page)
    button = page.get_by_role("button", name=step, exact=True)
    if words:
        button.click()  # the browser itself asks for what is missing, and the server would
        assert page.url.rstrip("/") != address.rstrip("/")
    for label, text in words.items():
        page.get_by_label(label).fill(text)
    button.click()
    page.wait_for_url(address)
    expect(page.locator(".message-error")).to_have_count(0)


def the_keeper_reads_why_and_rectifies(page: Page, decision: str, reason: str, content: str) -> None:
    page.goto(decision)
    expect(page.get_by_role("cell", name=reason)).to_be_visible()
    look(page)
    page.get_by_role("link", name="台账记录").click()
    page.get_by_role("link", name="更正", exact=True).click()
    look(page)
    page.get_by_label("决定内容").fill(content)
    page.get_by_label(re.compile("原因")).fill("按图纸更正")
    page.get_by_role("button", name=re.compile("更正|保存")).click()
    expect(page.get_by_text(content).first).to_be_visible()


def test_a_list_is_sent_back_at_its_signature(desk):
    edition = desk.things["edition"]
    take(desk.leader, edition, "不予签发，退回", {"理由": "缺收费标准"})

    desk.clerk.goto(edition)
    expect(desk.clerk.get_by_text("缺收费标准").first).to_be_visible()
    look(desk.clerk)
    desk.clerk.get_by_role("link", name="收费目录", exact=True).click()
    desk.clerk.get_by_label(re.compile("更新说明")).fill("更新收取金额")
    desk.clerk.get_by_role("button", name=re.compile("送审")).click()
    expect(desk.clerk.get_by_text("已送审。")).to_be_visible()
    again = desk.clerk.url
    take(desk.reviewer, again, "退回", {"理由": "金额待核"})
    desk.clerk.goto(again)
    expect(desk.clerk.get_by_text("金额待核").first).to_be_visible()
    desk.clerk.get_by_role("link", name="收费目录", exact=True).click()
    desk.clerk.get_by_label(re.compile("更新说明")).fill("更新收取金额")
    desk.clerk.get_by_role("button", name=re.compile("送审")).click()
    again = desk.clerk.url
    take(desk.reviewer, again, "保密审查通过", {})
    take(desk.leader, again, "签发并发布", {})
    until(desk.clerk, again, lambda page: page.locator(".lead .tag-good").count() == 1)
    take(desk.caller_back, again, "撤下", {"公开的说明": "金额有误，另行公布"})


def test_a_topic_is_refused_twice_opened_closed_and_withdrawn(desk):
    topic = desk.things["topic"]
    take(desk.reviewer, topic, "退回修改", {"理由": "地点没有写全"})
    the_author_submits_the_topic_again(desk.clerk, topic, "地点没有写全")
    take(desk.reviewer, topic, "审查通过", {})
    take(desk.leader, topic, "不予签发，退回", {"理由": "导语太短"})
    the_author_submits_the_topic_again(desk.clerk, topic, "导语太短")
    take(desk.reviewer, topic, "审查通过", {})
    take(desk.leader, topic, "签发并发布", {})
    until(desk.leader, topic, lambda page: page.get_by_text("开设中").count() > 0)

    reader = desk.reader()
    reader.get_by_role("link", name="国防教育月").first.click()
    expect(reader.get_by_text("讲座在示例市文化馆举行。")).to_be_visible()
    address = reader.url
    take(desk.leader, topic, "结束专题", {})
    until(reader, address, lambda page: "内容不再更新" in page.inner_text("body"))
    take(desk.caller_back, topic, "撤回专题", {"公开的说明": "内容有误，已撤回"})
    until(reader, address, lambda page: "内容有误，已撤回" in page.inner_text("body"))
    assert "讲座在示例市文化馆举行。" not in reader.inner_text("body")


def the_author_submits_the_topic_again(page: Page, topic: str, reason: str) -> None:
    page.goto(topic)
    expect(page.get_by_role("cell", name=reason)).to_be_visible()
    look(page)
    take(page, topic, "送审", {})
