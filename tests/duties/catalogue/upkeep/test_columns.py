"""栏目更新: the clock of each column, its twelve squares, and changing a column."""

from datetime import date, timedelta

import pytest

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.catalogue.models import Column, InformationItem
from gongkai.duties.catalogue.upkeep import actions, queries, squares
from gongkai.duties.catalogue.upkeep.clocks import Standing, clocks, period_words
from gongkai.duties.catalogue.upkeep.squares import Mark
from gongkai.outbox.models import OutboxItem
from tests.duties.catalogue.upkeep.conftest import TODAY, at, days_ago
from tests.factories.people import a_person, an_agency

pytestmark = pytest.mark.django_db


def board(office, until=TODAY):
    found = list(queries.columns(office.agency, closed_after=date.min))
    return {
        row.clock.column.name: row
        for row in squares.rows(office.agency, clocks(found, today=TODAY), until=until, today=TODAY)
    }


def clock(office, name="工作动态"):
    return board(office)[name].clock


@pytest.mark.parametrize(
    ("age", "standing", "words"),
    [
        (10, Standing.IN_TIME, "还剩4天"),
        (11, Standing.NEARLY, "还剩3天"),
        (14, Standing.NEARLY, "今天到期"),
        (15, Standing.OVERDUE, "已超期1天"),
    ],
)
def test_news_must_be_updated_within_two_weeks(office, age, standing, words):
    office.item(office.column(), days_ago(age))

    assert (clock(office).standing, clock(office).words) == (standing, words)


def test_the_offices_own_stricter_period_counts(office):
    column = office.column(update_days=7)
    office.item(column, days_ago(8))

    assert clock(office).words == "已超期1天"
    assert period_words(column) == "每7天（本机关）"


def test_a_column_without_class_and_period_has_no_clock(office):
    office.item(office.column(kind=""), days_ago(300))

    assert clock(office).standing is Standing.UNTIMED


def test_a_column_that_never_had_an_item_is_empty_once_its_first_period_is_over(office):
    office.column()
    office.column("新栏目", opened_on=days_ago(5))

    assert clock(office).words == "空白"
    assert clock(office, "新栏目").standing is Standing.IN_TIME


def test_an_item_that_is_also_listed_in_a_column_updates_it(office):
    news, other = office.column(), office.column("要闻转载")
    office.item(news, days_ago(1)).other_columns.add(other)

    assert clock(office, "要闻转载").newest_on == days_ago(1)
    assert board(office)["要闻转载"].squares[-1].count == 1


def test_what_updates_a_column_below_updates_the_column(office):
    above = office.column("政策文件", "policy_documents")
    office.item(office.column("规章", "policy_documents", parent=above), days_ago(2))

    assert clock(office, "政策文件").newest_on == days_ago(2)
    assert (clock(office, "政策文件").depth, clock(office, "规章").depth) == (0, 1)


def test_a_withdrawn_item_does_not_count(office):
    item = office.item(office.column(), days_ago(1))
    InformationItem.objects.filter(pk=item.pk).update(state="withdrawn")

    assert clock(office).standing is Standing.EMPTY


def test_the_squares_say_published_nothing_and_late(office):
    column = office.column("通知公告", "notices")
    office.item(column, date(2025, 10, 20))
    office.item(column, date(2026, 6, 10))

    marks = {square.month: square.mark for square in board(office)["通知公告"].squares}

    assert marks["2025-12"] is Mark.NONE
    assert marks["2026-03"] is Mark.NONE  # 20 April is the last day in time
    assert marks["2026-04"] is marks["2026-05"] is marks["2026-06"] is Mark.LATE
    assert marks["2026-07"] is Mark.NONE
    assert len(marks) == 12


def test_a_square_is_read_aloud_with_its_number(office):
    column = office.column()
    for number in range(0, 60, 10):
        office.item(column, TODAY - timedelta(days=number))

    november = board(office)["工作动态"].squares[-1]

    assert (november.count, november.words) == (3, "11月：3条")


def test_before_its_opening_a_column_owes_nothing(office):
    office.item(office.column(opened_on=date(2026, 6, 10)), date(2026, 6, 10))

    marks = {square.month: square.mark for square in board(office)["工作动态"].squares}

    assert (marks["2026-05"], marks["2026-06"], marks["2026-07"]) == (Mark.CLOSED, Mark.LATE, Mark.LATE)


def test_five_items_in_an_hour_after_a_notice_are_shown_as_hurried(office):
    column = office.column()
    for number in range(20):  # an even year before
        office.item(column, days_ago(20 + 14 * number))
    actions.note_notice(
        kind="inspection", noticed_on=days_ago(2), title="示府办〔2026〕8号", by=office.manager
    )
    for minute in range(0, 50, 10):
        office.item(column, days_ago(1), entered=at(days_ago(1), 15, minute))

    square = board(office)["工作动态"].squares[-1]

    assert square.mark is Mark.HURRIED
    assert square.why == ("2026年11月23日有通知或者提醒，11月24日一小时内发布5条",)


def test_the_same_five_without_a_notice_are_not(office):
    column = office.column()
    for number in range(20):
        office.item(column, days_ago(20 + 14 * number))
    for minute in range(0, 50, 10):
        office.item(column, days_ago(1), entered=at(days_ago(1), 15, minute))

    assert board(office)["工作动态"].squares[-1].mark is not Mark.HURRIED


def test_a_voided_notice_marks_nothing(office):
    column = office.column()
    for number in range(20):
        office.item(column, days_ago(20 + 14 * number))
    notice = actions.note_notice(kind="reminder", noticed_on=days_ago(2), title="提醒", by=office.manager)
    actions.void_notice(notice, reason="登记错了", by=office.manager)
    for minute in range(0, 50, 10):
        office.item(column, days_ago(1), entered=at(days_ago(1), 15, minute))

    assert board(office)["工作动态"].squares[-1].why == ()


def test_a_year_filled_with_one_date_is_shown_as_hurried(office):
    column = office.column("通知公告", "notices")
    for _ in range(6):
        office.item(column, days_ago(3))

    square = board(office)["通知公告"].squares[-1]

    assert (square.mark, square.why) == (
        Mark.HURRIED,
        ("2026年11月22日一天有6条，占此前12个月6条的一半以上",),
    )


def test_months_filled_afterwards_are_shown_as_hurried(office):
    column = office.column()
    for month in range(2, 8):
        office.item(column, date(2026, month, 10), entered=at(date(2026, 11, 20)))

    marks = {square.month: square.mark for square in board(office)["工作动态"].squares}

    assert {month for month, mark in marks.items() if mark is Mark.HURRIED} == {
        *(f"2026-0{month}" for month in range(2, 8)),
        "2026-11",
    }


def test_taking_over_an_old_ledger_is_not_hurried(office):
    column = office.column()
    for month in range(2, 8):
        office.item(column, date(2026, month, 10), entered=at(date(2025, 11, 20)))

    assert Mark.HURRIED not in {square.mark for square in board(office)["工作动态"].squares}


def test_the_board_costs_the_same_queries_however_many_columns(office, django_assert_num_queries):
    def costs(number):
        for each in range(number):
            office.item(office.column(f"栏目{each}-{number}"), days_ago(each))
        found = list(queries.columns(office.agency, closed_after=date.min))
        with django_assert_num_queries(7):
            squares.rows(office.agency, clocks(found, today=TODAY), until=TODAY, today=TODAY)

    costs(2)
    costs(20)


def change(office, column, **values):
    given = {
        "name": column.name,
        "parent": column.parent,
        "position": column.position,
        "column_class": column.column_class,
        "owner_section": column.owner_section,
        "owner": column.owner,
        "update_days": column.update_days,
        "closed_on": column.closed_on,
        "version": column.version,
        "by": office.manager,
        **values,
    }
    return actions.change_column(column, **given)


def test_a_columns_class_owner_and_period_are_changed_on_record(office):
    column = change(office, office.column(), column_class="notices", owner=office.owner, update_days=90)

    column.refresh_from_db()
    assert (column.column_class, column.owner, column.update_days, column.version) == (
        "notices",
        office.owner,
        90,
        2,
    )
    assert "owner" in Entry.objects.get(action="catalogue.column.changed").detail
    assert not OutboxItem.objects.filter(kind="catalogue.put_column").exists()  # nothing public stands in it


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"update_days": 15}, "不能超过14天"),
        ({"update_days": 0}, "1至366天"),
        ({"name": " "}, "请填写栏目名称"),
        ({"version": 7, "name": "改名"}, "这期间有人改过"),
        ({}, "没有改动"),
        ({"name": "通知公告"}, "已有栏目"),
        ({"closed_on": date(2020, 1, 1)}, "早于开设日期"),
    ],
)
def test_a_column_is_not_changed_against_the_rules(office, values, words):
    column, _ = office.column(), office.column("通知公告", "notices")
    before, entries = Column.objects.filter(pk=column.pk).values().get(), Entry.objects.count()

    with pytest.raises(Refusal, match=words):
        change(office, column, **values)

    assert Column.objects.filter(pk=column.pk).values().get() == before
    assert Entry.objects.count() == entries


def test_a_column_never_stands_below_itself_nor_belongs_to_strangers(office):
    above = office.column("政策文件", "policy_documents")
    below = office.column("规章", "policy_documents", parent=above)
    stranger = a_person(an_agency(name="示例市档案馆", short_name="市档案馆"), name="外单位")

    with pytest.raises(Refusal, match="放在它自己下面"):
        change(office, above, parent=below)
    with pytest.raises(Refusal, match="其他机关"):
        change(office, above, owner=stranger)
    with pytest.raises(Refusal, match="不是综合科的人"):
        change(office, above, owner=office.reviewer)

    above.refresh_from_db()
    assert (above.parent, above.owner, above.version) == (None, None, 1)


def test_a_notice_is_noted_once_and_not_for_tomorrow(office):
    given = {"kind": "inspection", "title": "示府办〔2026〕8号", "by": office.manager}
    actions.note_notice(noticed_on=TODAY, **given)

    with pytest.raises(Refusal, match="已经登记过"):
        actions.note_notice(noticed_on=TODAY, **given)
    with pytest.raises(Refusal, match="晚于今天"):
        actions.note_notice(noticed_on=TODAY + timedelta(days=1), **given)
    assert queries.notices(office.agency).count() == 1
