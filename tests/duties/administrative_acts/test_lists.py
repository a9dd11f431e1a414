"""清单的版次: composed from registers, reviewed and signed as it is, released, superseded, called back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.administrative_acts.lists import actions, queries
from gongkai.duties.administrative_acts.lists.composing import compose
from gongkai.duties.administrative_acts.lists.models import ListEdition, PowerItem
from gongkai.duties.administrative_acts.lists.registers import POWER_ITEMS
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedList, Withdrawn
from gongkai.portal.search.models import SearchEntry
from gongkai.registers import actions as registers
from gongkai.registers import importing
from tests.duties.administrative_acts.publishing import Publicity
from tests.factories.agencies import holding
from tests.factories.registers import ChargeFactory, CompulsionFactory, PowerItemFactory
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def office():
    office = Publicity()
    PowerItemFactory(agency=office.agency, code="示防权-001")
    return office


def passed(office, kind="power-list", **values):
    return actions.pass_review(actions.submit(kind, by=office.keeper, **values), by=office.reviewer)


def public(office, kind="power-list", **values):
    edition = actions.sign(passed(office, kind, **values), by=office.leader)
    while run_waiting():
        pass
    edition.refresh_from_db()
    return edition


def test_a_signed_power_list_is_public_row_by_row(office):
    edition = public(office)

    shown = PublishedList.objects.get()
    assert (edition.stage, edition.receipt["url"]) == ("published", "/lists/power-list/1/")
    assert shown.heads == ["事项编码", "事项名称", "权力类型", "实施依据", "责任科室"]
    assert shown.rows == [
        ["示防权-001", "应建防空地下室的民用建筑项目报建审批", "行政许可", "示例市人民防空条例", ""]
    ]
    assert shown.title == "示例市人民防空办公室权力清单"
    assert SearchEntry.objects.get(kind="list").title == shown.title


def test_the_duty_list_says_what_each_power_answers_for(office):
    sheet = compose("duty-list", office.agency)

    assert sheet.rows == (
        (
            "示防权-001",
            "应建防空地下室的民用建筑项目报建审批",
            "受理、审查、决定、送达",
            "不依法受理、超期办理的",
            "",
        ),
    )


def test_what_is_suspended_or_void_is_not_in_the_list(office):
    PowerItemFactory(agency=office.agency, code="示防权-002", status=PowerItem.Status.SUSPENDED)
    gone = PowerItemFactory(agency=office.agency, code="示防权-003")
    registers.void(gone, reason="误登", by=office.keeper)

    assert [row[0] for row in compose("power-list", office.agency).rows] == ["示防权-001"]


def test_the_next_edition_supersedes_and_both_stay_readable(office):
    first = public(office)
    PowerItemFactory(agency=office.agency, code="示防权-002")

    second = public(office, change_note="新增1项")

    first.refresh_from_db()
    assert (first.stage, second.stage, second.number) == ("superseded", "published", 2)
    assert list(PublishedList.objects.order_by("edition").values_list("edition", "change_note")) == [
        (1, ""),
        (2, "新增1项"),
    ]
    [entry] = SearchEntry.objects.filter(kind="list")
    assert entry.url == "/lists/power-list/2/"


def test_what_an_edition_changes_is_shown_before_it_is_reviewed(office):
    public(office)
    PowerItemFactory(agency=office.agency, code="示防权-002")

    edition = actions.submit("power-list", change_note="新增1项", by=office.keeper)

    difference = queries.difference(edition)
    assert [row[0] for row in difference.added] == ["示防权-002"]
    assert difference.removed == ()


def test_an_edition_needs_something_new_and_a_note(office):
    public(office)

    with pytest.raises(Refusal, match="和现行版次没有不同"):
        actions.submit("power-list", change_note="再发一次", by=office.keeper)
    PowerItemFactory(agency=office.agency, code="示防权-002")
    with pytest.raises(Refusal, match="请填写更新说明"):
        actions.submit("power-list", by=office.keeper)

    assert ListEdition.objects.count() == 1


def test_an_empty_list_and_a_second_one_under_way_are_refused(office):
    with pytest.raises(Refusal, match="收费目录没有内容"):
        actions.submit("charges", by=office.keeper)
    actions.submit("power-list", by=office.keeper)
    with pytest.raises(Refusal, match="还在办理"):
        actions.submit("power-list", by=office.keeper)

    assert ListEdition.objects.count() == 1


def test_personal_data_in_a_row_stops_the_submission(office):
    """PII-04."""
    PowerItemFactory(agency=office.agency, code="示防权-002", duties="联系人电话13800138000")

    with pytest.raises(Refusal, match=r"第2行“责任事项”中有手机号码（138\*\*\*\*8000）"):
        actions.submit("duty-list", by=office.keeper)

    assert not ListEdition.objects.exists()


@pytest.mark.parametrize(
    ("power", "step"), [(Power.REVIEW_CONFIDENTIALITY, "pass"), (Power.SIGN_ITEMS, "sign")]
)
def test_whoever_submitted_neither_reviews_nor_signs(office, power, step):
    """ACL-04."""
    holding(office.keeper, power)
    edition = passed(office) if step == "sign" else actions.submit("power-list", by=office.keeper)

    with pytest.raises(Refusal, match="须由三个人分别办理"):
        (actions.sign if step == "sign" else actions.pass_review)(edition, by=office.keeper)

    assert not OutboxItem.objects.exists()


@pytest.mark.parametrize("column", ["rows", "heads", "title", "change_note", "number"])
def test_nothing_is_signed_that_was_changed_after_the_review(office, column):
    """PUB-02."""
    edition = passed(office)
    values = {
        "rows": [["示防权-001", "改过", "行政许可", "", ""]],
        "heads": ["编码", "名称", "类型", "依据", "科室"],
        "title": "另一个名称",
        "change_note": "改过的说明",
        "number": 7,
    }
    ListEdition.objects.filter(pk=edition.pk).update(**{column: values[column]})

    with pytest.raises(Refusal, match="和送审时不一致"):
        actions.sign(edition, by=office.leader)

    assert not OutboxItem.objects.exists()


def test_the_database_refuses_an_edition_nobody_reviewed(office):
    """PUB-01."""
    edition = actions.submit("power-list", by=office.keeper)

    for stage in ("sign_off", "releasing", "published"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ListEdition.objects.filter(pk=edition.pk).update(stage=stage, signatory=office.leader)


def test_a_withdrawn_edition_leaves_the_one_before_in_force(office):
    """PUB-06."""
    first = public(office)
    PowerItemFactory(agency=office.agency, code="示防权-002")
    second = public(office, change_note="新增1项")

    actions.withdraw(second, note="编码有误", by=office.caller_back)
    while run_waiting():
        pass

    first.refresh_from_db()
    assert first.stage == "published"
    assert list(PublishedList.objects.values_list("edition", flat=True)) == [1]
    assert Withdrawn.objects.get(kind="list").key == "power-list:2"
    [entry] = SearchEntry.objects.filter(kind="list")
    assert entry.url == "/lists/power-list/1/"


def test_a_returned_edition_gives_its_number_back(office):
    returned = actions.send_back(
        actions.submit("power-list", by=office.keeper), opinion="依据不全", by=office.reviewer
    )
    taken_back = actions.take_back(actions.submit("power-list", by=office.keeper), by=office.keeper)

    assert (returned.number, taken_back.number, public(office).number) == (1, 1, 1)


def test_charges_are_added_up_by_item_and_year_in_ten_thousands(office):
    for day, amount in (
        (date(2023, 3, 1), "161388.00"),
        (date(2023, 9, 1), "8612"),
        (date(2024, 1, 5), "50000"),
    ):
        ChargeFactory(
            agency=office.agency,
            collected_on=day,
            amount=Decimal(amount),
            basis="示例文件" if day.year == 2024 else "",
        )

    sheet = compose("charges", office.agency)

    assert sheet.heads == ("收费项目", "收费依据", "收费标准", "2024年收取（万元）", "2023年收取（万元）")
    assert sheet.rows == (("易地建设费", "示例文件", "", "5", "17"),)


def test_compulsion_is_published_as_numbers_that_point_at_nobody(office):
    """PII-10: the year's total is a figure of the report; its parts are shown only where they are large enough."""
    CompulsionFactory.create_batch(6, agency=office.agency, decided_on=date(2023, 5, 8))
    CompulsionFactory.create_batch(2, agency=office.agency, decided_on=date(2024, 5, 8))
    CompulsionFactory(agency=office.agency, decided_on=date(2024, 5, 9), measure="enforcement")

    sheet = compose("compulsion-statistics", office.agency)

    assert sheet.heads == ("年度", "强制措施", "强制执行", "合计（件）")
    assert sheet.rows == (("2024", "—", "—", "3"), ("2023", "6", "0", "6"))


def test_powers_come_in_from_a_sheet_with_a_dry_run(office):
    heads = ["职权编码", "职权名称", "职权类别", "设定依据", "实施日期", "责任事项"]
    run, plan = importing.preview(
        POWER_ITEMS,
        file_name="权责清单.xlsx",
        data=xlsx(
            heads,
            ["示防权-001", "应建防空地下室的民用建筑项目报建审批", "行政许可", "新的依据", "2023-01-03", ""],
            ["示防权-002", "人防工程检查", "行政检查", "示例条例", "2024-01-03", "检查"],
            ["示防权-003", "无类别", "行政许诺", "示例条例", "2024-01-03", ""],
        ),
        by=office.keeper,
    )

    assert (len(plan.add), len(plan.change), plan.refused) == (1, 1, 1)
    importing.confirm(POWER_ITEMS, run, by=office.keeper, skip_refused=True)
    assert list(PowerItem.objects.order_by("code").values_list("code", "basis")) == [
        ("示防权-001", "新的依据"),
        ("示防权-002", "示例条例"),
    ]
