"""工作台首页: what waits and what will be late, by due date, in days or in working days."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.agencies.working_days import calendar
from gongkai.desk import home
from gongkai.duties.catalogue.models import Column
from tests.factories.people import a_person, an_agency, enter
from tests.factories.registers import ColumnFactory, InformationItemFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("due_on", "in_working_days", "words"),
    [
        (None, True, ""),
        (FRIDAY, True, "今天"),
        (date(2026, 11, 30), True, "还剩1个工作日"),
        (date(2026, 11, 30), False, "还剩3天"),
        (date(2026, 12, 9), True, "还剩8个工作日"),
        (date(2026, 11, 26), False, "已超期1天"),
        (date(2026, 11, 20), True, "已超期5个工作日"),
    ],
)
def test_what_is_left_is_told_in_the_days_that_are_meant(due_on, in_working_days, words):
    to_do = ToDo("申请", "〔2026〕9号", "/", due_on=due_on, in_working_days=in_working_days)

    assert home.time_left(to_do, calendar(), FRIDAY) == words


def test_things_stand_by_due_date_and_what_has_none_comes_last():
    def source(person, today):
        yield ToDo("信息", "没有期限", "/1")
        yield ToDo("栏目", "后天", "/2", due_on=today + timedelta(days=2))
        yield ToDo("申请", "昨天", "/3", due_on=today - timedelta(days=1))

    found = home.to_dos((source,), a_person(an_agency()), FRIDAY)

    assert [each.title for each in found] == ["昨天", "后天", "没有期限"]


def test_the_home_page_shows_what_is_late_why_and_where_it_is_done(client):
    agency = an_agency()
    owner = a_person(agency, Power.DRAFT_ITEMS, name="甲示例")
    column = ColumnFactory(agency=agency, name="工作动态", column_class="news", owner=owner)
    InformationItemFactory(agency=agency, main_column=column, published_on=FRIDAY - timedelta(days=20))
    enter(client, owner)

    with time_machine.travel(FRIDAY, tick=False):
        enter(client, owner)
        tree = html.fromstring(client.get(reverse("desk:home")).content.decode())

    (row,) = tree.xpath("//section[1]//tr")
    assert " ".join(row.text_content().split()) == "栏目工作动态 20天没有更新更新周期：每2周已超期6天"
    assert row.xpath(".//a/@href") == [reverse("upkeep:column", args=[column.public_id])]


def test_a_long_list_says_how_many_more_there_are(monkeypatch):
    def source(person, today):
        return [ToDo("信息", f"第{number}条", f"/{number}") for number in range(home.ROWS_SHOWN + 7)]

    monkeypatch.setattr(home, "WAITING", (source,))

    panel = home.waiting(a_person(an_agency()), FRIDAY)

    assert len(panel.rows) == home.ROWS_SHOWN + 1
    assert panel.rows[-1].text == "还有7项，办完上面的再列出"


def test_the_home_page_asks_the_same_few_queries_however_many_columns(client, django_assert_max_num_queries):
    agency = an_agency()
    enter(client, a_person(agency, Power.READ_REGISTERS, Power.MANAGE_COLUMNS, Power.DRAFT_ITEMS))
    for _ in range(30):
        InformationItemFactory(agency=agency, main_column=ColumnFactory(agency=agency, column_class="news"))
    assert Column.objects.count() == 30

    with django_assert_max_num_queries(88):
        client.get(reverse("desk:home"))
