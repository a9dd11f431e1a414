"""公开职责: every head of articles 20 and 21 is somebody's, is said not to concern the agency, or shows as a gap."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.catalogue.upkeep import actions, duty_list
from gongkai.duties.catalogue.upkeep.duty_list import Standing
from gongkai.duties.catalogue.upkeep.models import Assignment
from tests.duties.catalogue.upkeep.conftest import TODAY, days_ago
from tests.factories.people import a_person, an_agency
from tests.factories.registers import ColumnFactory

pytestmark = pytest.mark.django_db


def line(office, duty="budgets"):
    (found,) = [each for each in duty_list.lines(office.agency, today=TODAY) if each.duty.key == duty]
    return found


def test_a_department_of_a_city_has_the_fifteen_heads_of_article_20_and_seven_of_article_21(office):
    lines = duty_list.lines(office.agency, today=TODAY)

    assert len(lines) == 22
    assert lines[6].label == "（七）财政预算、决算信息"
    assert {each.standing for each in lines} == {Standing.GAP}


def test_a_duty_handed_down_without_any_item_is_empty(office):
    office.handed_down()

    assert (line(office).standing, line(office).count) == (Standing.EMPTY, 0)


@pytest.mark.parametrize(
    ("age", "standing", "why"),
    [
        (0, Standing.IN_TIME, "还剩30天"),
        (15, Standing.IN_TIME, "还剩15天"),
        (16, Standing.NEARLY, "还剩14天"),
        (30, Standing.NEARLY, "今天到期"),
        (31, Standing.OVERDUE, "已逾期1天"),
    ],
)
def test_a_duty_is_overdue_the_day_after_its_period(office, age, standing, why):
    office.handed_down(period_days=30)
    office.item(office.column(), days_ago(age), article_20_duty="budgets")

    found = line(office)

    assert (found.standing, found.why) == (standing, why)
    assert found.due_on == days_ago(age) + timedelta(days=30)


def test_only_what_is_public_counts(office):
    column = office.column()
    office.item(column, TODAY, article_20_duty="budgets")
    for values in (
        {"attribute": "withheld"},
        {"state": "withdrawn"},
        {"state": "draft"},
        {"voided_at": office.manager.created_at, "void_reason": "重复"},
    ):
        office.item(column, TODAY, article_20_duty="budgets", **values)
    stranger = an_agency(name="示例市档案馆", short_name="市档案馆")
    office.item(ColumnFactory(agency=stranger), TODAY, article_20_duty="budgets")
    InformationItem.objects.filter(main_column__agency=stranger).update(agency=stranger)

    assert (line(office).count, line(office).elsewhere) == (1, 1)  # it stands in the ledger alone


def test_what_does_not_concern_the_agency_is_no_gap_and_says_why(office):
    actions.leave_out("recruitment", reason="本机关没有招考事项", by=office.manager)

    found = line(office, "recruitment")

    assert (found.standing, found.why) == (Standing.NOT_CONCERNED, "本机关没有招考事项")


def test_a_duty_whose_owner_has_left_is_a_gap_again(office):
    office.handed_down()
    Person.objects.filter(pk=office.owner.pk).update(is_active=False)

    assert (line(office).standing, line(office).why) == (Standing.GAP, "甲示例的账号已停用，请另行落实")


def test_a_change_keeps_who_answered_before(office):
    first = office.handed_down()

    second = office.handed_down(period_days=20, standing=first.public_id)

    first.refresh_from_db()
    assert (first.ended_by, first.end_reason) == (office.manager, "另行落实")
    assert line(office).assignment == second
    actions_done = Entry.objects.filter(action="upkeep.duty.handed_down").count()
    assert actions_done == 2


def test_a_duty_taken_back_is_a_gap(office):
    actions.take_back(office.handed_down(), reason="科室撤并", by=office.manager)

    assert line(office).standing is Standing.GAP
    assert Assignment.objects.get().end_reason == "科室撤并"


def refused(do, words):
    before = list(Assignment.objects.order_by("pk").values()), Entry.objects.count()
    with pytest.raises(Refusal, match=words):
        do()
    assert (list(Assignment.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office):
    seen = office.handed_down()
    office.handed_down(period_days=20, standing=seen.public_id)

    refused(lambda: office.handed_down(period_days=10, standing=seen.public_id), "这期间有人改过")
    refused(lambda: actions.take_back(seen, reason="科室撤并", by=office.manager), "已经由别人收回")
    refused(lambda: actions.leave_out("budgets", reason="没有", by=office.manager), "这期间有人改过")


def test_a_period_is_never_looser_than_the_indicator_of_its_column(office):
    column = office.column()

    refused(lambda: office.handed_down(column=column, period_days=15), "不能超过14天")
    refused(lambda: office.handed_down(period_days=367), "1至366天")
    assert office.handed_down(column=column, period_days=14).period_days == 14


def test_a_duty_goes_to_two_people_of_the_agency_the_owner_of_the_section(office):
    elsewhere = a_person(an_agency(name="示例市档案馆", short_name="市档案馆"), name="外单位")
    administrator = a_person(office.agency, administrator="audit", name="寅示例")

    refused(lambda: office.handed_down(reviewer=office.owner), "应当是两个人")
    refused(lambda: office.handed_down(section=office.centre), "不是信保中心的人")
    refused(lambda: office.handed_down(reviewer=elsewhere), "其他机关")
    refused(lambda: office.handed_down(reviewer=administrator), "是管理员")


def test_a_duty_of_another_tier_is_not_the_agencys(office):
    refused(lambda: office.handed_down("homesteads"), "不是本机关的法定公开内容")


def test_a_reason_is_asked_for(office):
    refused(lambda: actions.leave_out("budgets", reason="  ", by=office.manager), "请写明理由")
    refused(lambda: actions.leave_out("budgets", reason="长" * 201, by=office.manager), "最多200字")


def test_who_does_not_manage_columns_hands_nothing_down(office):
    refused(
        lambda: actions.hand_down(
            "budgets",
            section=office.general,
            owner=office.owner,
            reviewer=office.reviewer,
            period_days=30,
            by=office.owner,
        ),
        "没有“管理栏目和审查流程”职权",
    )


@pytest.mark.parametrize(
    "values", [{"period_days": None}, {"reviewer": None}, {"not_concerned_because": "没有"}]
)
def test_the_database_keeps_a_duty_somebodys_or_nobodys(office, values):
    assignment = office.handed_down()

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(**values)


def test_the_database_hands_a_duty_down_once(office):
    assignment = office.handed_down()

    assignment.pk, assignment.public_id = None, "0" * 20
    with pytest.raises(IntegrityError), transaction.atomic():
        assignment.save(force_insert=True)


def test_the_list_costs_the_same_few_queries_however_many_items(office, django_assert_max_num_queries):
    column = office.column()
    for number in range(30):
        office.item(column, days_ago(number), article_20_duty="budgets")
    office.handed_down()

    with django_assert_max_num_queries(5):
        duty_list.lines(office.agency, today=TODAY)
