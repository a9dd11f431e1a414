"""公开职责和栏目更新的页面, through the client."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep import actions
from gongkai.duties.catalogue.upkeep.models import Assignment, Finding, Notice
from tests.duties.catalogue.upkeep.conftest import TODAY, Office, at, days_ago
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office, client):
    return enter(client, office.manager)


def page(client, name, *arguments, **query):
    answer = client.get(reverse(f"upkeep:{name}", args=arguments), query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def rows(tree):
    return [" ".join(row.text_content().split()) for row in tree.xpath("//main//table//tbody/tr")]


def test_each_square_of_the_board_opens_exactly_the_items_it_counts(desk, office):
    column = office.column()
    for on in (date(2026, 10, 5), date(2026, 10, 15), date(2026, 11, 2)):
        office.item(column, on)

    october = page(desk, "board").xpath("//a[contains(@href, 'month=2026-10')]")[0]

    assert "10月：2条，有超期" in october.text_content()
    listed = html.fromstring(desk.get(october.get("href")).content.decode())
    assert len(rows(listed)) == 2
    assert "工作动态，2026年10月" in listed.findtext(".//h1")


def test_the_board_tells_colour_in_words_and_the_vetoes_of_the_indicators(desk, office):
    for number in range(5):
        office.item(office.column(f"动态{number}"), days_ago(20))

    text = page(desk, "board").text_content()

    assert "已超期6天" in text
    assert "5个，已达到" in text


def test_a_board_without_columns_says_how_to_begin(desk):
    assert "还没有栏目。" in page(desk, "board").text_content()


def test_a_column_explains_its_clock(desk, office):
    column = office.column()
    office.item(column, days_ago(20))

    text = page(desk, "column", column.public_id).text_content()

    assert "动态、要闻类上次更新于2026年11月5日，应每2周更新（国办秘函〔2019〕19号）" in text
    assert "最迟2026年11月19日更新" in text


def test_a_column_is_changed_on_the_screen_and_a_looser_period_keeps_what_was_typed(desk, office):
    column = office.column()
    address = reverse("upkeep:change_column", args=[column.public_id])
    typed = {
        "name": "工作动态",
        "column_class": "news",
        "owner_section": office.general.pk,
        "owner": office.owner.pk,
        "position": 3,
        "version": 1,
    }

    refused = desk.post(address, {**typed, "update_days": 30})
    assert refused.status_code == 400
    assert "不能超过14天" in refused.content.decode()
    assert 'value="30"' in refused.content.decode()

    assert desk.post(address, {**typed, "update_days": 7}).status_code == 302
    column.refresh_from_db()
    assert (column.owner, column.update_days, column.position, column.version) == (office.owner, 7, 3, 2)


def test_a_duty_is_handed_down_changed_and_taken_back_on_the_screen(desk, office):
    address = reverse("upkeep:hand_down", args=["budgets"])
    typed = {
        "section": office.general.pk,
        "owner": office.owner.pk,
        "reviewer": office.reviewer.pk,
        "period_days": 365,
        "standing": "",
    }
    assert desk.post(address, typed).status_code == 302
    first = Assignment.objects.get()
    stale = desk.post(address, {**typed, "period_days": 180})
    assert (stale.status_code, "这期间有人改过" in stale.content.decode()) == (400, True)
    assert desk.post(address, {**typed, "period_days": 180, "standing": first.public_id}).status_code == 302
    second = Assignment.objects.get(ended_at=None)

    back = reverse("upkeep:take_back", args=["budgets"])
    assert desk.post(back, {"reason": "科室撤并", "standing": second.public_id}).status_code == 302

    text = page(desk, "duty", "budgets").text_content()
    assert "没有落实" in text
    assert text.count("甲示例") == 2


def test_the_states_of_duties_are_counted_and_filtered(desk, office):
    office.handed_down()
    actions.leave_out("recruitment", reason="没有招考", by=office.manager)

    everything = page(desk, "duties")

    chips = [" ".join(chip.text_content().split()) for chip in everything.xpath("//ul[@class='chips']//a")]
    assert chips == ["全部 22", "没有落实 20", "空白 1", "逾期 0", "快到期 0", "正常 0", "不涉及 1"]
    assert len(rows(page(desk, "duties", show="empty"))) == 1


def test_the_figure_of_a_duty_opens_its_items(desk, office):
    office.item(office.column(), TODAY, article_20_duty="budgets")
    office.item(office.column("要闻"), TODAY)

    assert len(rows(page(desk, "items", duty="budgets"))) == 1


@pytest.mark.parametrize("query", [{"month": "2026-13"}, {"month": "x"}, {"duty": "nothing"}])
def test_an_address_that_asks_for_nothing_known_lists_nothing(desk, office, query):
    office.item(office.column(), TODAY)

    assert rows(page(desk, "items", **query)) == []


def test_the_list_of_duties_is_exported_as_a_sheet_with_its_dates(desk, office):
    office.handed_down(period_days=30)
    office.item(office.column("=预算"), days_ago(3), article_20_duty="budgets")

    answer = desk.get(reverse("upkeep:export_duties"))

    sheet = load_workbook(BytesIO(answer.content)).active
    found = [cell.value for cell in sheet[8]]
    assert found[:4] == ["《条例》第二十条第七项", "财政预算、决算信息", "正常", "还剩27天"]
    assert found[7] == 30
    assert found[9] == 1
    assert found[10].date() == days_ago(3)
    assert sheet.max_row == 23


def test_a_notice_is_recorded_and_voided_on_the_screen(desk, office):
    typed = {"kind": "inspection", "noticed_on": "2026-11-20", "title": "示府办〔2026〕8号"}
    assert desk.post(reverse("upkeep:notices"), typed).status_code == 302
    notice = Notice.objects.get()

    answer = desk.post(reverse("upkeep:void_notice", args=[notice.public_id]), {"reason": "登记错了"})

    assert answer.status_code == 302
    assert "已作废：登记错了" in page(desk, "notices").text_content()


def test_findings_open_and_closed_are_listed_apart(desk, office):
    column = office.column()
    Finding.objects.create(agency=office.agency, kind="column_empty", column=column, since=TODAY, text="空白")
    Finding.objects.create(
        agency=office.agency,
        kind="duty_gap",
        duty="budgets",
        since=TODAY,
        text="没有落实",
        closed_at=at(TODAY),
    )

    assert len(rows(page(desk, "findings", show="open"))) == 1
    assert len(rows(page(desk, "findings"))) == 2


def test_what_belongs_to_another_agency_is_not_there(client, office):
    """ACL-02: 404 on every address that names it, and nothing changes."""
    column = office.column()
    notice = actions.note_notice(kind="reminder", noticed_on=TODAY, title="提醒", by=office.manager)
    other = Office(an_agency(name="示例市档案馆", short_name="市档案馆"))
    enter(client, other.manager)
    before = Column.objects.filter(pk=column.pk).values().get()

    for name, key in (
        ("column", column.public_id),
        ("change_column", column.public_id),
        ("void_notice", notice.public_id),
    ):
        address = reverse(f"upkeep:{name}", args=[key])
        assert (client.get(address).status_code, client.post(address, {"reason": "x"}).status_code) == (
            404,
            404,
        )
    assert client.get(reverse("upkeep:items"), {"in": column.public_id}).status_code == 404
    assert rows(page(client, "notices")) == []
    assert Column.objects.filter(pk=column.pk).values().get() == before


def test_a_reader_sees_everything_and_is_offered_no_change(client, office):
    column = office.column()
    enter(client, a_person(office.agency, Power.READ_REGISTERS, name="庚示例"))

    assert page(client, "column", column.public_id).xpath("//main//a[contains(@href, 'change')]") == []
    assert client.post(reverse("upkeep:notices"), {}).status_code == 403


def test_the_board_names_every_square_for_a_screen_reader(desk, office):
    office.item(office.column(), days_ago(1))

    squares = page(desk, "board").xpath("//td[@class='cell']/*/span[@class='unseen']")

    assert len(squares) == 12
    assert all(square.text_content() for square in squares)
