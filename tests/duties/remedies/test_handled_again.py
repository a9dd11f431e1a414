"""重新办理和经验教训. An overturned reply begins anew with a new clock; what it taught is kept."""

from datetime import date

import pytest

from gongkai.agencies.access import Refusal
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications import facts
from gongkai.duties.applications.handled_again import handle_again
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import actions, queries
from gongkai.duties.remedies.models import Lesson
from gongkai.duties.remedies.templatetags.remedies import remedies_of
from gongkai.sealing.suite import CannotOpen
from tests.duties.remedies.files import a_reconsideration, a_suit, overturned, state_of
from tests.factories.agencies import keeper
from tests.factories.applications import application, replied

pytestmark = pytest.mark.django_db
RECEIVED, REPLIED, EFFECTIVE = date(2026, 1, 5), date(2026, 1, 28), date(2026, 4, 28)


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def answered(clerk):
    return replied(
        clerk,
        received_on=RECEIVED,
        on=REPLIED,
        applicant_name="张示例",
        applicant_contact="0000-0000001",
        description="示例规划",
    )


def state(clerk):
    return (
        list(Application.objects.values_list("pk", "status", "outcome", "closed_on", "handled_again_from")),
        facts.table(clerk.agency, 2026),
    )


def test_a_new_application_with_a_new_clock_for_the_same_applicant(answered, clerk):
    again = handle_again(answered, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)

    assert (again.received_on, again.due_on, again.status) == (EFFECTIVE, date(2026, 5, 28), "handling")
    assert again.register_number != answered.register_number
    assert [again.unseal(name) for name in ("applicant_name", "applicant_contact", "description")] == [
        "张示例",
        "0000-0000001",
        "示例规划",
    ]
    assert again.applicant_name_index == answered.applicant_name_index
    assert (again.handled_again_from, again.remark) == (answered, "按示府复〔2026〕1号重新办理")
    answered.refresh_from_db()
    assert (answered.status, answered.outcome) == ("closed", "granted")


def test_table_three_still_balances(answered, clerk):
    again = handle_again(answered, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)
    applications.reply(again, on=date(2026, 5, 12), by=clerk, outcome="granted_in_part")

    table = facts.table(clerk.agency, 2026)
    rows = {
        row: table["applications", row, "total"] for row in ("received", "carried_in", "total", "carried_out")
    }
    assert rows["received"] + rows["carried_in"] == rows["total"] + rows["carried_out"] == 2


def test_what_came_online_needs_no_second_confirmation(clerk):
    first = application(clerk, channel="online", received_on=RECEIVED, confirmed_on=RECEIVED)
    first = applications.reply(first, on=REPLIED, by=clerk, outcome="granted")

    again = handle_again(first, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)

    assert (again.status, again.due_on) == ("handling", date(2026, 5, 28))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ordered_on": date(2026, 1, 27)}, "早于原申请办结"),
        ({"ordered_on": date(2099, 1, 1)}, "在今天之后"),
        ({"basis": " "}, "请写明重新办理的依据"),
        ({"basis": "长" * 101}, "最多100字"),
    ],
)
def test_what_may_not_be_handled_again_stays(answered, clerk, values, sentence):
    before = state(clerk)

    with pytest.raises(Refusal, match=sentence):
        handle_again(answered, by=clerk, **{"ordered_on": EFFECTIVE, "basis": "示府复〔2026〕1号", **values})

    assert state(clerk) == before


def test_once_only_and_only_what_was_answered(answered, clerk):
    open_one = application(clerk, received_on=RECEIVED)
    again = handle_again(answered, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)
    before = state(clerk)

    for case, person, sentence in (
        (answered, clerk, "已经重新办理过"),
        (open_one, clerk, "还没有办结"),
        (answered, keeper(), "其他机关"),
    ):
        with pytest.raises(Refusal, match=sentence):
            handle_again(case, ordered_on=EFFECTIVE, basis="示府复〔2026〕2号", by=person)
    assert state(clerk) == before

    applications.void_application(again, reason="登记错了", by=clerk)
    assert handle_again(answered, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)


def test_an_applicant_that_cannot_be_read_is_not_carried_over(answered, clerk, monkeypatch):
    def fails(self, name):
        raise CannotOpen("密钥不符")

    monkeypatch.setattr(Application, "unseal", fails)
    before = state(clerk)

    with pytest.raises(Refusal, match="打不开原申请"):
        handle_again(answered, ordered_on=EFFECTIVE, basis="示府复〔2026〕1号", by=clerk)

    assert state(clerk) == before


def test_the_file_of_an_overturned_reply_begins_it_anew(answered, clerk):
    file = actions.handle_again(overturned(clerk, application=answered), by=clerk)

    assert (file.reopened_as.received_on, file.reopened_as.handled_again_from) == (EFFECTIVE, answered)
    before = state_of(file)
    for act, sentence in (
        (lambda: actions.handle_again(file, by=clerk), "已经按这件案卷重新办理过"),
        (lambda: actions.void_file(file, reason="重复", by=clerk), "已经按这件案卷重新办理"),
        (
            lambda: actions.change_particulars(file, changes={"application": None}, reason="改", by=clerk),
            "所涉申请不能再改",
        ),
    ):
        with pytest.raises(Refusal, match=sentence):
            act()
    assert state_of(file) == before


def test_without_an_order_or_an_application_nothing_begins_anew(answered, clerk):
    open_file, without = a_reconsideration(clerk, application=answered), overturned(clerk)
    before = (state_of(open_file), state_of(without), state(clerk))

    with pytest.raises(Refusal, match="没有生效的、要求重新答复"):
        actions.handle_again(open_file, by=clerk)
    with pytest.raises(Refusal, match="没有关联申请"):
        actions.handle_again(without, by=clerk)

    assert (state_of(open_file), state_of(without), state(clerk)) == before
    actions.change_particulars(without, changes={"application": answered}, reason="补填", by=clerk)
    assert actions.handle_again(without, by=clerk).reopened_as


def test_lessons_are_shown_at_the_application_until_they_are_taken_back(answered, clerk):
    file = overturned(clerk, application=answered)
    kept = actions.add_lesson(file, category="search", text="检索要留痕", changed="检索清单", by=clerk)
    gone = actions.add_lesson(file, category="other", text="写错了", by=clerk)
    actions.take_back_lesson(gone, reason="写错了案卷", by=clerk)

    assert list(queries.lessons(clerk)) == [kept]
    assert remedies_of(answered) == {"files": [(file, [kept])]}
    assert remedies_of(application(clerk)) == {"files": []}
    before = state_of(file)
    for act, sentence in (
        (lambda: actions.take_back_lesson(gone, reason="再一次", by=clerk), "已经撤回"),
        (lambda: actions.take_back_lesson(kept, reason="", by=clerk), "请写明原因"),
        (lambda: actions.take_back_lesson(kept, reason="看不惯", by=keeper()), "其他机关"),
        (lambda: actions.add_lesson(file, category="nothing", text="教训", by=clerk), "请选择类别"),
        (lambda: actions.add_lesson(file, category="facts", text=" ", by=clerk), "请写明教训"),
        (lambda: actions.add_lesson(file, category="facts", text="长" * 501, by=clerk), "最多500字"),
        (lambda: actions.add_lesson(file, category="facts", text="教训", by=keeper()), "其他机关"),
    ):
        with pytest.raises(Refusal, match=sentence):
            act()
    assert state_of(file) == before
    assert Lesson.objects.count() == 2


def test_an_application_shows_the_suits_over_it(answered, clerk):
    suit = a_suit(clerk, application=answered)

    assert list(queries.of_application(answered)) == [suit]
