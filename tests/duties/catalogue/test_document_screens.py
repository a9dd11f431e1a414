"""解读和规范性文件的页面: what each shows, and that a step on it is the action's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.queries import explained, planned
from gongkai.duties.catalogue.models import InformationItem, NormativeDocument, Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.duties.catalogue.normative.content import intended, sheet_of
from gongkai.duties.catalogue.normative.models import CleanUpRound, DocumentChange
from tests.duties.catalogue.documents import PLAN, a_pair, a_registered, exempted
from tests.factories.agencies import holding
from tests.factories.people import enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def clerk(office):
    holding(
        office.clerk, Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.RELEASE_REPORT, Power.WITHDRAW_ITEMS
    )
    return enter(Client(SERVER_NAME="127.0.0.1"), office.clerk)


def words(client, address, *arguments):
    answer = client.get(reverse(address, args=arguments))
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(html.fromstring(answer.content.decode()).xpath("string(//main)").split())


def post(client, address, *arguments, **values):
    return client.post(reverse(address, args=arguments), values)


def seen_in(client, address, *arguments):
    page = html.fromstring(client.get(reverse(address, args=arguments)).content.decode())
    return page.xpath("string(//input[@name='having_seen']/@value)")


def test_a_clerk_plans_and_begins_an_interpretation_from_the_policys_page(office, clerk):
    policy = office.policy_without_plan()
    assert "还没有解读方案" in words(clerk, "catalogue:version", policy.public_id)

    seen = seen_in(clerk, "interpretation:plan", policy.public_id)
    answer = post(clerk, "interpretation:plan", policy.public_id, having_seen=seen, **PLAN)
    assert answer.url == reverse("catalogue:version", args=[policy.public_id]) + "#interpretation"
    assert plan_of(policy).worded_forms == "文字解读、问答"

    answer = post(clerk, "interpretation:begin", policy.public_id)
    [item] = planned(policy)
    assert answer.url == reverse("catalogue:write", args=[item.versions.get().public_id])
    shown = words(clerk, "catalogue:version", policy.public_id)
    assert "解读形式文字解读、问答" in shown
    assert f"{item.title} 起草下一步：写好后送审" in shown
    assert "还没有写，或者已经放弃" in shown


def test_a_reason_alone_is_enough_and_half_a_plan_is_not(office, clerk):
    policy = office.policy_without_plan()
    seen = seen_in(clerk, "interpretation:plan", policy.public_id)
    half = post(clerk, "interpretation:plan", policy.public_id, having_seen=seen, outline="提纲")
    assert half.status_code == 400
    assert "“解读渠道”没有填，请填写。" in half.content.decode()
    both = {**PLAN, "exempt_because": "内部分工调整", "having_seen": seen}
    assert "只能填写一项" in post(clerk, "interpretation:plan", policy.public_id, **both).content.decode()
    assert plan_of(policy) is None

    post(clerk, "interpretation:plan", policy.public_id, having_seen=seen, exempt_because="内部分工调整")
    assert plan_of(policy).is_exempt


def test_what_is_typed_is_not_lost_when_somebody_else_planned_meanwhile(office, clerk):
    policy = office.policy_without_plan()
    seen = seen_in(clerk, "interpretation:plan", policy.public_id)
    post(clerk, "interpretation:plan", policy.public_id, having_seen=seen, **PLAN)

    answer = post(
        clerk, "interpretation:plan", policy.public_id, having_seen=seen, **{**PLAN, "outline": "后写的提纲"}
    )
    assert answer.status_code == 400
    assert "别人刚刚改过解读方案" in answer.content.decode()
    assert "后写的提纲" in answer.content.decode()
    assert plan_of(policy).outline == PLAN["outline"]


def test_links_are_set_and_removed_from_either_page(office, clerk):
    policy = office.policy_without_plan()
    explanation = office.draft("interpretation", title="解读")
    post(clerk, "interpretation:link", explanation.public_id, document=policy.item.public_id)
    assert explained(explanation) == [policy.item]
    assert "公众侧两边互相链接" not in words(clerk, "catalogue:version", explanation.public_id)

    post(clerk, "interpretation:unlink", policy.public_id, explanation.item.public_id)
    assert explained(explanation) == planned(policy) == []
    assert "公众侧两边互相链接" in words(clerk, "catalogue:version", explanation.public_id)


def test_the_reviewer_sees_the_plan_and_the_printed_record_has_it(office, clerk):
    policy = office.pass_on(actions.submit(office.policy(), by=office.clerk), until="confidentiality_review")
    reviewer = enter(Client(SERVER_NAME="127.0.0.1"), office.reviewer)

    for address in ("catalogue:review", "catalogue:record"):
        assert "内部分工调整，不涉及公众权利义务" in words(reviewer, address, policy.public_id)


def test_the_release_page_says_what_goes_out_together(office, clerk):
    policy, explanation = a_pair(office)
    policy = office.signed(policy)
    office.signed(explanation)

    shown = words(clerk, "catalogue:step", policy.public_id, "release")
    assert f"同时发布：{explanation.item.title}。有一个不能发布的，都不发布。" in shown

    actions.publish(policy, by=office.clerk)
    shown = words(clerk, "catalogue:version", policy.public_id)
    assert "发布中" in shown
    assert "还没有签发" not in shown, "what is on its way was signed"


def test_the_offices_own_requirement_is_set_on_a_screen(office):
    manager = enter(Client(SERVER_NAME="127.0.0.1"), office.keeper)
    assert post(manager, "interpretation:practice", may_follow="on", within_days="4").status_code == 400
    assert post(manager, "interpretation:practice", may_follow="on", within_days="2").status_code == 302
    assert "最多3个工作日（国办发〔2016〕80号（地方做法））" in words(manager, "interpretation:practice")


def test_a_normative_document_gets_its_days_and_what_it_repeals(office, clerk):
    old = a_registered(office)
    version = office.policy_without_plan("normative", title="示例市人防工程管理办法")
    assert "还没有填写施行日期、有效期等文件要素" in words(clerk, "catalogue:version", version.public_id)

    answer = post(
        clerk,
        "normative:sheet",
        version.public_id,
        kind="normative_documents",
        in_force_from="2026-04-01",
        lapses_on="2028-03-31",
    )
    assert answer.status_code == 400
    assert "请写明另定有效期的理由" in answer.content.decode()
    post(clerk, "normative:sheet", version.public_id, kind="normative_documents", in_force_from="2026-04-01")
    assert str(sheet_of(version).lapses_on) == "2031-03-31"

    post(clerk, "normative:intend", version.public_id, document=old.public_id, kind="repealed")
    assert [each.document for each in intended(version)] == [old]
    assert f"废止：{old}自本文件施行之日起" in words(clerk, "catalogue:version", version.public_id)
    post(clerk, "normative:drop", version.public_id, old.public_id)
    assert intended(version) == []


def test_the_library_lists_documents_by_what_has_become_of_them(office, clerk):
    today = timezone.localdate()
    near = a_registered(office, title="快到期的办法", lapses_on=today + timedelta(days=20))
    a_registered(
        office, title="失效的办法", document_number="〔2019〕1号", lapses_on=today - timedelta(days=1)
    )
    list_of = reverse("normative:library")

    shown = clerk.get(f"{list_of}?show=ending30").content.decode()
    assert "快到期的办法" in shown
    assert "失效的办法" not in shown
    assert "失效的办法" in clerk.get(f"{list_of}?show=lapsed").content.decode()
    assert "一般文件，有效期5年" in words(clerk, "normative:document", near.public_id)


def test_steps_on_a_document_are_taken_from_its_page(office, clerk):
    document = a_registered(office, lapses_on=timezone.localdate() + timedelta(days=20))
    post(clerk, "normative:entry", document.public_id, registered_number="示规备1号")
    post(clerk, "normative:extend", document.public_id, until="2097-12-31", reason="评估后继续施行")
    post(clerk, "normative:show", document.public_id)
    shown = words(clerk, "normative:document", document.public_id)
    assert "公众侧已列入" in shown
    assert "延长有效期至2097-12-31" in shown

    post(clerk, "normative:hide", document.public_id, reason="误列")
    post(
        clerk,
        "normative:declare",
        document.public_id,
        kind="repealed",
        effective_on=timezone.localdate().isoformat(),
        by_text="示政发〔2026〕8号",
    )
    shown = words(clerk, "normative:document", document.public_id)
    assert "废止 公众侧没有列入" in shown
    assert "示政发〔2026〕8号" in shown
    refused = post(
        clerk, "normative:declare", document.public_id, kind="amended", effective_on="2026-01-01", by_text="x"
    )
    assert refused.status_code == 400
    assert DocumentChange.objects.count() == 2


def test_a_clean_up_is_led_from_opening_to_the_drafted_results(office, clerk):
    document = a_registered(office)
    post(clerk, "normative:rounds", title="2026年清理", basis="示政办〔2026〕3号")
    round_ = CleanUpRound.objects.get()
    assert "0／1" in words(clerk, "normative:rounds")
    assert "还有1件没有结论" in words(clerk, "normative:round", round_.public_id)

    wrong = post(clerk, "normative:conclude", round_.public_id, document.public_id, conclusion="repeal")
    assert wrong.status_code == 400
    post(
        clerk,
        "normative:conclude",
        round_.public_id,
        document.public_id,
        conclusion="repeal",
        reason="任务完成",
    )
    assert "都有了结论" in words(clerk, "normative:round", round_.public_id)
    post(clerk, "normative:finish", round_.public_id, column=office.column.pk)
    version = Version.objects.get()
    assert "公布结果的公告：起草" in words(clerk, "normative:round", round_.public_id).replace(" ", "")

    actions.abandon(version, by=office.clerk)
    post(clerk, "normative:reopen", round_.public_id, reason="重新讨论")
    round_.refresh_from_db()
    assert round_.state == "open"


def test_acl_02_nothing_of_another_agency_is_found(office, clerk):
    from tests.factories.people import an_agency

    other = an_agency(code="22000000000000000X", name="示例市另一机关", short_name="另一")
    foreign = a_registered(office, agency=other, section=None)
    round_ = CleanUpRound.objects.create(
        agency=other, title="清理", basis="通知", opened_on="2026-01-01", opened_by=office.clerk
    )
    explanation = office.draft("interpretation", title="解读")
    item = InformationItem.objects.create(agency=other, title="别的机关的文件", kind="policy")

    for address in ("document", "declare", "extend", "entry", "hide"):
        assert clerk.get(reverse(f"normative:{address}", args=[foreign.public_id])).status_code == 404
    for address in ("round", "finish", "reopen"):
        assert clerk.get(reverse(f"normative:{address}", args=[round_.public_id])).status_code == 404
    assert post(clerk, "interpretation:unlink", explanation.public_id, item.public_id).status_code == 404
    answer = post(clerk, "interpretation:link", explanation.public_id, document=item.public_id)
    assert answer.status_code == 400
    assert "别的机关的文件" not in answer.content.decode()


def test_lists_stay_within_a_few_queries_however_many_documents(office, clerk, django_assert_max_num_queries):
    for number in range(60):
        a_registered(office, document_number=f"〔2021〕{number}号", in_force_from=None)
    normative.open_round(title="清理", basis="通知", by=office.clerk)
    round_ = CleanUpRound.objects.get()

    for address, arguments in (("normative:library", ()), ("normative:round", (round_.public_id,))):
        with django_assert_max_num_queries(26):
            clerk.get(reverse(address, args=arguments))
    assert NormativeDocument.objects.count() == 60


def test_a_document_exempted_needs_no_interpretation_on_its_page(office, clerk):
    policy = exempted(office, office.policy_without_plan())
    shown = words(clerk, "catalogue:version", policy.public_id)

    assert "写明了不解读" in shown
    assert "起草解读" not in shown
