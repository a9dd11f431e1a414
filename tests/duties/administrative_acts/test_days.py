"""公示的期限: the last day, the day after it, days of rest; what is called back; days nobody writes by hand."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.administrative_acts import actions, queries
from gongkai.duties.administrative_acts.clock import clock_of
from gongkai.duties.administrative_acts.models import Licence, Penalty
from gongkai.duties.administrative_acts.registers import LICENCES
from gongkai.portal.models import PublishedAct
from gongkai.registers import actions as registers
from gongkai.registers import importing
from tests.duties.administrative_acts.publishing import TODAY, Publicity, carried
from tests.factories.people import enter
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db(databases=["default", "public"])
LEGAL = ("changed", "revoked", "unlawful", "void")


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Publicity()


def clock(decision, today):
    return clock_of(decision, calendar(), today=today)


def waiting(person, today=date(2026, 9, 14)):
    return [each.title for each in queries.waiting(person, today)]


# 7个工作日 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided_on", "due", "today", "words", "late"),
    [
        # 2026-08-31, a Monday: the seventh working day after it is Wednesday the 9th.
        (date(2026, 8, 31), date(2026, 9, 9), date(2026, 8, 31), "还剩7个工作日", False),
        (date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 8), "还剩1个工作日", False),
        (date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 9), "今天到期", False),
        (date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 10), "已超期1个工作日", True),
        # Decided on a Saturday: the days begin on Monday, and end on a Tuesday.
        (date(2026, 8, 29), date(2026, 9, 8), date(2026, 9, 8), "今天到期", False),
        # The last day is a Friday; on the Saturday it is late, though no working day has passed.
        (date(2026, 9, 2), date(2026, 9, 11), date(2026, 9, 11), "今天到期", False),
        (date(2026, 9, 2), date(2026, 9, 11), date(2026, 9, 12), "已超期", True),
        (date(2026, 9, 2), date(2026, 9, 11), date(2026, 9, 14), "已超期1个工作日", True),
        # Over the National Day: the 20th of September is worked, the 1st to the 7th of October are not.
        (date(2026, 9, 28), date(2026, 10, 13), date(2026, 10, 13), "今天到期", False),
    ],
)
def test_a_decision_is_public_by_its_seventh_working_day(office, decided_on, due, today, words, late):
    licence = office.licence(decided_on=decided_on)

    told = clock(licence, today)

    assert (told.due.day, told.words, told.is_late) == (due, words, late)
    found = Licence.objects.filter(queries.late(Licence, today=today, days=calendar()))
    assert found.exists() is late


@pytest.mark.parametrize("state", ["returned", "reviewed", "releasing"])
def test_the_days_run_on_until_readers_can_see_it(office, state):
    licence = office.licence(decided_on=date(2026, 9, 3))
    if state == "returned":
        licence = actions.send_back(licence, reason="内容不全", by=office.reviewer)
    elif state == "reviewed":
        licence = office.reviewed(licence)
    else:
        licence = office.signed(licence)

    assert clock(licence, date(2026, 9, 15)).words == "已超期1个工作日"
    assert Licence.objects.filter(queries.late(Licence, today=date(2026, 9, 15), days=calendar())).exists()


# 3个工作日 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "words", "late"),
    [
        (date(2026, 9, 14), "还剩3个工作日", False),
        (date(2026, 9, 17), "今天到期", False),
        (date(2026, 9, 18), "已超期1个工作日", True),
    ],
)
@pytest.mark.parametrize("change", [{"revoked_on": date(2026, 9, 14)}, {"content": "罚款一万元"}])
def test_what_was_revoked_or_changed_is_called_back_within_three_working_days(
    office, change, today, words, late
):
    penalty = office.public(office.penalty())
    penalty = registers.rectify(penalty, changes=change, reason="复议", by=office.keeper)

    told = clock(penalty, today)

    assert (told.words, told.is_late, told.due.day) == (words, late, date(2026, 9, 17))
    assert told.counting[-1].endswith("撤回或者重新公示")


def test_the_days_run_from_the_revocation_however_late_it_is_entered(office):
    penalty = office.public(office.penalty())
    with time_machine.travel("2026-09-30T09:00:00+08:00", tick=False):
        penalty = registers.rectify(
            penalty, changes={"revoked_on": date(2026, 9, 22)}, reason="补记", by=office.keeper
        )

    assert clock(penalty, date(2026, 9, 30)).is_late


def test_what_was_shown_elsewhere_is_called_back_there_too(office):
    licence = office.licence(published_on=date(2026, 9, 11), revoked_on=date(2026, 9, 14))

    told = clock(licence, date(2026, 9, 18))
    assert (told.words, told.due.day) == ("已超期1个工作日", date(2026, 9, 17))
    assert waiting(office.keeper) == ["1件在其他渠道公示的已撤销或者变更，要撤回"]

    licence = registers.rectify(
        licence,
        changes={"withdrawn_on": date(2026, 9, 15), "withdrawal_reason": "复议撤销"},
        reason="补记",
        by=office.keeper,
    )
    assert clock(licence, date(2026, 9, 18)).words == "已在其他渠道公示并撤回"
    assert waiting(office.keeper) == []


def test_the_list_shows_what_is_to_be_called_back_elsewhere(office, client):
    office.licence(published_on=date(2026, 9, 11), revoked_on=date(2026, 9, 14))
    office.licence(number="示防许〔2026〕2号", published_on=date(2026, 9, 11))

    page = enter(client, office.reviewer).get(
        reverse("publicity:list", args=["licences"]) + "?show=elsewhere"
    )

    assert "示防许〔2026〕1号" in page.content.decode()
    assert "示防许〔2026〕2号" not in page.content.decode()


# 变动以后谁来办 ------------------------------------------------------------------------------


def test_a_changed_public_decision_waits_for_the_reviewer_too(office):
    """Called back or released anew: the second way begins with a review, which somebody must know of."""
    licence = office.public()
    registers.rectify(licence, changes={"content": "准予修建800平方米"}, reason="按原件", by=office.keeper)

    assert waiting(office.reviewer) == ["1件待审查公示"]


def test_a_revoked_one_is_only_called_back(office):
    licence = office.public()
    registers.rectify(licence, changes={"revoked_on": date(2026, 9, 14)}, reason="撤销", by=office.keeper)

    assert waiting(office.reviewer) == []
    assert waiting(office.caller_back) == ["1件公示后有变动，要撤回或者重新公示"]


def test_what_was_wrongly_published_is_not_forgotten(office):
    """Called back because the published text was wrong, it still has to be public: put right, reviewed, released."""
    licence = carried(
        actions.withdraw(office.public(), cause="wrongly_published", note="内容有误", by=office.caller_back)
    )
    assert waiting(office.keeper) == ["1件退回更正"]
    assert waiting(office.reviewer) == []

    licence = registers.rectify(licence, changes={"content": "准予"}, reason="按原件", by=office.keeper)

    assert (licence.public_state, licence.is_public) == ("not_yet", False)
    assert clock(licence, date(2026, 9, 14)).words == "已撤回，可以重新公示"
    assert waiting(office.keeper) == []
    assert waiting(office.reviewer) == ["1件待审查公示"]
    assert office.public(licence).public_state == "live"


@pytest.mark.parametrize("cause", LEGAL)
def test_what_was_annulled_is_not_shown_again_though_the_register_has_no_day(office, cause):
    """PUB-01: the reason given to readers stands until somebody finds it was wrong, and says so."""
    penalty = carried(
        actions.withdraw(office.public(office.penalty()), cause=cause, note="复议决定", by=office.caller_back)
    )
    penalty = registers.rectify(penalty, changes={"cause": "另一事由"}, reason="误改", by=office.keeper)
    assert penalty.public_state == "withdrawn"

    with pytest.raises(Refusal, match="撤回，不再公示"):
        office.review(penalty)
    assert Penalty.objects.get().public_state == "withdrawn"

    penalty = actions.reconsider(penalty, reason="撤回的原因填错", by=office.reviewer)
    assert office.public(penalty).public_state == "live"


# 公示日期不由人写 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"published_on": date(2026, 9, 11)},
        {"published_on": None},
        {"withdrawn_on": date(2026, 9, 14)},
        {"withdrawal_reason": "另一理由"},
    ],
)
def test_pub_10_the_day_of_publication_is_the_servers(office, change):
    licence = office.public()

    with pytest.raises(Refusal, match="由系统在公示、撤回时记录"):
        registers.rectify(licence, changes=change, reason="改早", by=office.keeper)

    licence.refresh_from_db()
    assert (licence.published_on, licence.withdrawn_on) == (date(2026, 9, 14), None)


def test_pub_10_no_import_moves_it_either(office):
    licence = office.public()
    heads = ["决定书文号", "事项名称", "决定日期", "相对人名称", "公示日期"]
    row = [licence.number, licence.name, "2026-09-10", licence.counterpart, "2026-09-11"]

    run, plan = importing.preview(LICENCES, file_name="公示.xlsx", data=xlsx(heads, row), by=office.keeper)

    assert [problem.reason for problem in plan.problems] == [
        "公示日期、撤回公示日期和理由由系统在公示、撤回时记录，不能改动。请恢复原值。"
    ]
    with pytest.raises(Refusal, match="没有导入任何一行"):
        importing.confirm(LICENCES, run, by=office.keeper)
    licence.refresh_from_db()
    assert licence.published_on == date(2026, 9, 14)


def test_a_day_elsewhere_may_still_be_put_right(office):
    licence = registers.rectify(
        office.licence(published_on=date(2026, 9, 12)),
        changes={"published_on": date(2026, 9, 11)},
        reason="按网页",
        by=office.keeper,
    )

    assert licence.published_on == date(2026, 9, 11)


def test_a_decision_dated_on_a_leap_day_is_shown_to_the_end_of_february(office):
    with time_machine.travel("2028-02-29T09:00:00+08:00", tick=False):
        penalty = office.public(office.of_a_person(decided_on=date(2028, 2, 24)))

    assert penalty.shown_until == date(2030, 2, 28)
    assert PublishedAct.objects.get().shown_until == date(2030, 2, 28)
    assert actions.take_down_expired(today=date(2030, 2, 28)) == 0
    assert actions.take_down_expired(today=date(2030, 3, 1)) == 1
