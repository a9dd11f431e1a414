"""领导信息、公开指南、不公开信息的页面: what each shows, and that a step on it is the action's."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.guide.models import GuideSheet, Recheck
from gongkai.duties.catalogue.leaders.actions import leave
from gongkai.duties.catalogue.leaders.content import since_review
from gongkai.duties.catalogue.leaders.models import Departure, Profile
from gongkai.duties.catalogue.leaders.queries import every_leader
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.withheld.actions import determine
from gongkai.duties.catalogue.withheld.models import Assessment, Withholding
from gongkai.duties.catalogue.withheld.queries import months_of
from gongkai.rules.regulations_2019.guide import ELEMENTS
from tests.duties.catalogue.guide.editions import an_edition
from tests.duties.catalogue.leaders.staff import a_leader
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
GROUND = "条例第十六条第一款，内部事务信息"


def as_(person):
    return enter(Client(SERVER_NAME="127.0.0.1"), person)


def words(client, address, *arguments):
    answer = client.get(reverse(address, args=arguments))
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(html.fromstring(answer.content.decode()).xpath("string(//main)").split())


def post(client, address, *arguments, **values):
    return client.post(reverse(address, args=arguments), values)


# 领导信息 ------------------------------------------------------------------------------------


def test_a_clerk_fills_in_what_stands_beside_a_cv(office):
    clerk = as_(office.clerk)
    version = actions.begin(by=office.clerk, title="庚示例　副主任", kind="leader", main_column=office.column)
    assert "还没有填写姓名" in words(clerk, "catalogue:version", version.public_id)

    answer = post(
        clerk,
        "leaders:profile",
        version.public_id,
        name="庚示例",
        post="副主任",
        work="分管指挥通信工作",
        position=20,
        in_office_from="2024-05-06",
    )

    assert answer.url == reverse("catalogue:version", args=[version.public_id]) + "#leader"
    assert Profile.objects.get().in_office_from == date(2024, 5, 6)
    shown = words(clerk, "catalogue:version", version.public_id)
    assert "分管指挥通信工作" in shown
    assert "没有照片" not in shown


def test_what_does_not_fit_is_told_beside_what_was_typed(office):
    clerk, version = as_(office.clerk), a_leader(office)

    answer = post(
        clerk,
        "leaders:profile",
        version.public_id,
        name="庚示例",
        post="主任",
        work="分工",
        position=20,
        in_office_from="2024-05-06",
        in_office_until="2024-05-05",
    )

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "早于任职日期" in page
    assert 'value="主任"' in page
    assert Profile.objects.get().post == "党组成员、副主任"


def test_the_list_tells_who_is_shown_and_who_was(office, django_assert_max_num_queries):
    still = office.published(a_leader(office, "壬示例"))
    gone = office.published(a_leader(office, "辛示例"))
    leave(gone, last_day=timezone.localdate() - timedelta(days=1), reason="示任1号", by=office.leader)

    found = list(every_leader(office.head))
    with django_assert_max_num_queries(2):  # however many there are
        assert len(since_review(found)) == 2
    shown, _, former = words(as_(office.head), "leaders:list").partition("已不再列出的")

    assert "壬示例" in shown
    assert "辛示例" not in shown
    assert "辛示例" in former
    assert still.item.live


def test_who_may_withdraw_registers_a_departure(office):
    version = office.published(a_leader(office))
    leader = as_(office.leader)
    assert "登记离任" in words(leader, "catalogue:version", version.public_id)
    assert "登记离任" not in words(as_(office.clerk), "catalogue:version", version.public_id)

    answer = post(leader, "leaders:leave", version.public_id, last_day="2099-12-31", reason="示任1号")

    assert answer.status_code == 302
    assert Departure.objects.get().last_day == date(2099, 12, 31)
    assert "2099-12-31" in words(leader, "catalogue:version", version.public_id)


# 公开指南 ------------------------------------------------------------------------------------


def test_a_clerk_fills_in_the_elements_of_the_guide(office):
    clerk = as_(office.clerk)
    version = actions.begin(by=office.clerk, title="公开指南", kind="guide", main_column=office.column)
    given = {element.key: f"我们的{element.label}" for element in ELEMENTS if element.key != "postcode"}
    days = {"edition": "2026年版", "in_force_from": "2026-01-05", "review_by": "2027-01-05"}

    answer = post(clerk, "guide:sheet", version.public_id, **days, **given)

    assert answer.url == reverse("catalogue:version", args=[version.public_id]) + "#guide"
    assert GuideSheet.objects.get().fax == "我们的传真号码"
    shown = words(clerk, "catalogue:version", version.public_id)
    assert "我们的编排体系" in shown
    assert "2026年版，自2026-01-05起施行" in shown


def test_the_agencys_own_facts_are_offered(office):
    office.agency.telephone = "0000-2222222"
    office.agency.save()
    version = actions.begin(by=office.clerk, title="公开指南", kind="guide", main_column=office.column)

    page = as_(office.clerk).get(reverse("guide:sheet", args=[version.public_id])).content.decode()

    assert 'value="0000-2222222"' in page


def test_the_edition_in_force_is_gone_over_on_the_screen(office):
    clerk = as_(office.clerk)
    assert "还没有公开的指南" in words(clerk, "guide:editions")
    office.published(an_edition(office))
    assert "现行：2026年版" in words(clerk, "guide:editions")

    following = timezone.localdate() + timedelta(days=400)
    post(clerk, "guide:recheck", outcome="unchanged", reason="逐项核对", next_on=following.isoformat())

    assert Recheck.objects.get().next_on == following
    shown = words(clerk, "guide:editions")
    assert "逐项核对" in shown
    assert f"下次复核：{following}" in shown


def test_a_new_edition_is_begun_from_the_screen(office):
    office.published(an_edition(office))

    answer = post(as_(office.clerk), "guide:new_edition")

    draft = Version.objects.get(stage="drafting")
    assert answer.url == reverse("catalogue:version", args=[draft.public_id])

    page = html.fromstring(as_(office.clerk).get(reverse("guide:editions")).content.decode())
    [further] = page.xpath("//a[.='继续办理新的一版']/@href")
    again = post(as_(office.clerk), "guide:new_edition")
    assert again.url == further == answer.url
    assert Version.objects.count() == 2


# 不公开的信息 --------------------------------------------------------------------------------


def a_withheld(office):
    version = office.draft(title="内部分工", attribute="withheld", attribute_ground=GROUND)
    return determine(version, having_seen=version.edits, by=office.head)


def test_the_head_determines_from_the_drafts_page(office):
    version = office.draft(attribute="withheld", attribute_ground=GROUND)
    head = as_(office.head)
    assert "确定不公开" in words(head, "catalogue:version", version.public_id)
    page = html.fromstring(head.get(reverse("withheld:determine", args=[version.public_id])).content.decode())
    [seen] = page.xpath("//input[@name='having_seen']/@value")

    post(head, "withheld:determine", version.public_id, having_seen=seen)

    assert Withholding.objects.get().ground == GROUND
    assert "定期评估审查表" in words(head, "catalogue:version", version.public_id)


def test_the_owner_assesses_and_the_form_holds_every_assessment(office):
    kept, clerk = a_withheld(office), as_(office.clerk)
    assert "还没有评估过" in words(clerk, "withheld:one", kept.public_id)

    post(clerk, "withheld:assess", kept.public_id, outcome="keep", reason="内部分工没有变化")

    shown = words(clerk, "withheld:one", kept.public_id)
    assert "内部分工没有变化" in shown
    assert "继续不公开" in shown
    assert Assessment.objects.get().by == office.clerk


def test_the_list_finds_what_is_overdue(office):
    kept = a_withheld(office)
    address = reverse("withheld:list") + "?show=overdue"
    leader = as_(office.leader)
    assert "内部分工" not in leader.get(address).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    Withholding.objects.update(determined_on=yesterday - timedelta(days=365), due_on=yesterday)

    assert "内部分工" in leader.get(address).content.decode()
    assert f"应于{yesterday}评估" in words(leader, "withheld:one", kept.public_id)


def test_another_section_sees_nothing_of_it(office):
    """Statements: ACL-02."""
    kept = a_withheld(office)
    elsewhere = as_(
        a_person(office.agency, Power.DRAFT_ITEMS, name="别科", section=SectionFactory(agency=office.agency))
    )

    assert "内部分工" not in elsewhere.get(reverse("withheld:list")).content.decode()
    assert elsewhere.get(reverse("withheld:one", args=[kept.public_id])).status_code == 404
    assert post(elsewhere, "withheld:assess", kept.public_id, outcome="keep", reason="无").status_code == 404
    assert not Assessment.objects.exists()


def test_the_office_sets_its_own_period(office):
    keeper = as_(office.keeper)

    post(keeper, "withheld:practice", months=6)
    assert months_of(office.agency) == 6
    assert post(keeper, "withheld:practice", months=13).status_code == 400
    assert months_of(office.agency) == 6
