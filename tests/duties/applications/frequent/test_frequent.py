"""高频申请人: shown to a person, judged by a person; no count refuses, delays or closes anything (ABU-05)."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.frequent import actions, queries
from gongkai.duties.applications.frequent.actions import comparing
from gongkai.duties.applications.frequent.likeness import NEAR, likeness
from gongkai.duties.applications.frequent.models import Look, Mark, Membership, ReasonsAsked, Topic
from gongkai.duties.applications.frequent.panel import panel
from gongkai.duties.applications.handling import to_do
from gongkai.duties.applications.matters.actions import strike_matter
from gongkai.sealing.fields import SealedRecord
from tests.duties.applications.handling.office import TODAY, Office, at, kept
from tests.duties.at_once import at_once
from tests.factories.people import a_person, an_agency

pytestmark = pytest.mark.django_db
RECORDS = (Look, Mark, ReasonsAsked, Topic, Membership)
MONTH = (date(2026, 3, 1), date(2026, 4, 1))


def asked_for(office, name, *matters, **values):
    return office.case(applicant_name=name, matters=list(matters), **values)


def many(office, name="张示例", number=12, **values):
    return asked_for(office, name, *[f"第{n}项材料" for n in range(number)], **values)


def frequent(office, more_than=10):
    return queries.frequent(office.agency, *MONTH, more_than=more_than)


def test_items_not_applications_are_counted_and_by_the_month(office):
    many(office, number=6)
    newest = many(office, number=5, received_on=date(2026, 3, 5))
    many(office, number=30, received_on=date(2026, 2, 27))
    many(office, "李示例", number=10)
    asked_for(office, "张示例", received_on=date(2026, 3, 4))  # without matters: one item
    office.case()  # without a name: nobody's

    (found,) = frequent(office)

    assert (found.applications, found.items, found.looked) == (3, 12, None)
    assert found.newest.applicant_name_index == newest.applicant_name_index
    assert queries.frequency(newest).year.items == 42


def test_struck_matters_and_voided_applications_do_not_count(office):
    case = many(office, number=11)
    voided = many(office, number=5)
    applications.void_application(voided, reason="重复登记", by=office.clerk)
    strike_matter(case.matters.get(number=1), reason="误列", by=office.clerk)

    assert queries.frequency(case).month.items == 10
    assert frequent(office) == []


def test_nothing_happens_to_an_application_because_of_a_count(office):
    """ABU-05: registered, answered, extended like any other, however many there were."""
    many(office, number=90)
    case = many(office, number=90)

    assert queries.frequency(case).flag is not None
    assert (case.status, case.due_on) == ("handling", date(2026, 3, 30))
    case = applications.extend_reply(case, on=TODAY, by=office.clerk, working_days=5)
    case = applications.close(case, on=TODAY, by=office.clerk, outcome="other_remaining")
    assert case.closed_late is False


def test_the_desk_is_told_until_somebody_has_looked(office):
    case = many(office)

    def told():
        return [each.title for each in to_do.waiting(office.clerk, TODAY) if "件数较多" in each.title]

    assert told() == ["1位申请人本月件数较多，待判断"]
    actions.look(case, finding="reasonable", reason="同一工程的材料", by=office.clerk)

    assert told() == []
    (found,) = frequent(office)
    assert (found.looked.finding, found.looked.items_in_month) == ("reasonable", 12)
    assert "工程" not in str(Look.objects.values().get())


def judged_excessive(office):
    case = many(office)
    actions.look(case, finding="excessive", reason="反复申请", by=office.clerk)
    return case


@pytest.mark.parametrize(
    ("accepted", "in_time", "handling"),
    [(False, True, "not_processed"), (True, True, "reply"), (True, False, "defer")],
)
def test_reasons_are_asked_explained_and_judged_and_the_period_runs_on(office, accepted, in_time, handling):
    """条例第三十五条: whatever the judgement, the case stays open for a person to answer."""
    case = judged_excessive(office)
    asked = actions.ask_for_reasons(case, on=TODAY, by=office.clerk)
    asked = actions.receive_reasons(asked, on=TODAY, explanation="研究需要", by=office.clerk)
    asked = actions.judge_reasons(
        asked, accepted=accepted, can_reply_in_time=in_time, judgement="与研究有关", by=office.colleague
    )

    case.refresh_from_db()
    assert (asked.handling, case.status, case.due_on) == (handling, "handling", date(2026, 3, 30))
    assert "研究" not in str(ReasonsAsked.objects.values().get())


def test_a_later_reply_is_told_and_moves_the_day(office):
    case = judged_excessive(office)
    asked = actions.ask_for_reasons(case, on=TODAY, by=office.clerk)
    asked = actions.receive_reasons(asked, on=TODAY, explanation="研究需要", by=office.clerk)
    asked = actions.judge_reasons(
        asked, accepted=True, can_reply_in_time=False, judgement="数量大", by=office.clerk
    )
    asked = actions.defer(asked, on=TODAY, until=date(2026, 5, 29), by=office.clerk)

    case.refresh_from_db()
    assert (case.due_on, asked.event.kind) == (date(2026, 5, 29), "deferral_noticed")


def refusals(office):
    """What is refused, with its words."""
    plain, excessive = many(office, "李示例"), judged_excessive(office)
    waiting = actions.ask_for_reasons(many(office), on=TODAY, by=office.clerk)
    judged = actions.ask_for_reasons(many(office), on=TODAY, by=office.clerk)
    actions.judge_reasons(
        judged, accepted=False, can_reply_in_time=True, judgement="没有说明", by=office.clerk
    )
    topic = actions.begin_topic(plain, title="验收材料", by=office.clerk)
    foreign = Office(an_agency(name="示例市第二局", short_name="二局"))
    elsewhere = actions.begin_topic(foreign.case(), title="别处", by=foreign.clerk)
    by = office.clerk
    judge = partial(actions.judge_reasons, can_reply_in_time=True, judgement="有关", by=by)
    return {
        "没有登记申请人姓名": partial(actions.look, office.case(), finding="reasonable", reason="无", by=by),
        "请选择判断的结论": partial(actions.look, plain, finding="bad", reason="无", by=by),
        "请写明判断的依据": partial(actions.look, plain, finding="excessive", reason=" ", by=by),
        "还没有人判断": partial(actions.ask_for_reasons, plain, on=TODAY, by=by),
        "日期早于收到申请": partial(actions.ask_for_reasons, excessive, on=date(2026, 2, 27), by=by),
        "不能重复要求": partial(actions.ask_for_reasons, waiting.application, on=TODAY, by=by),
        "早于要求说明": partial(
            actions.receive_reasons, waiting, on=date(2026, 3, 6), explanation="无", by=by
        ),
        "还没有登记申请人的说明": partial(judge, waiting, accepted=True),
        "已经判断为“理由不合理": partial(judge, judged, accepted=False),
        "没有判断为“理由合理，延迟答复”": partial(
            actions.defer, judged, on=TODAY, until=date(2026, 5, 29), by=by
        ),
        "没有“管理栏目和审查流程”职权": partial(actions.set_marks, month=5, year=20, by=by),
        "没有“登记台账”职权": partial(actions.look, plain, finding="excessive", reason="多", by=office.head),
        "没有“查看申请人信息”职权": partial(actions.compare, plain, reason="查重", by=office.colleague),
        "请写明原因": partial(actions.compare, plain, reason=" ", by=by),
        "已经在这项内容里": partial(actions.put_in, topic, plain, by=by),
        "没有这项内容": partial(actions.put_in, elsewhere, plain, by=by),
        "请填写内容的名称": partial(actions.begin_topic, plain, title=" ", by=by),
    }


def test_what_may_not_be_is_refused_and_changes_nothing(office):
    for words, act in refusals(office).items():
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match=words):
            act()
        assert kept(*RECORDS) == before, words


def test_the_office_sets_its_own_marks(office):
    manager = a_person(office.agency, Power.MANAGE_COLUMNS, name="黄管理")
    actions.set_marks(month=3, year=20, by=manager)
    case = many(office, number=4)

    assert "超过3件" in str(queries.frequency(case).flag)
    with pytest.raises(Refusal, match="没有改动"):
        actions.set_marks(month=3, year=20, by=manager)


def test_near_texts_are_found_of_the_same_applicant_and_of_others(office):
    case = asked_for(office, "张示例", "2022年人防工程名录")
    own = asked_for(office, "张示例", "2022年的人防工程名录", received_on=date(2024, 5, 6))
    other = asked_for(office, "李示例", "人防工程名录（2022年）")
    asked_for(office, "王示例", "食堂采购合同")
    asked_for(
        office, "赵示例", "2022年人防工程名录", received_on=date(2024, 5, 6)
    )  # others': a year back only

    found = actions.compare(case, reason="核对是否重复", by=office.clerk)

    assert [(each.application, each.same_applicant) for each in found.found] == [(other, False), (own, True)]
    assert found.compared == 3


def test_a_comparison_is_kept_with_its_reason_and_keeps_no_text(office):
    """PII-03, PII-09: nothing of what was opened stands in the audit trail."""
    case = asked_for(office, "张示例", "2022年人防工程名录")
    asked_for(office, "李示例", "2022年人防工程名录")
    actions.compare(case, reason="核对是否重复", by=office.clerk)

    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.reason) == ("frequent.compared", "核对是否重复")
    assert "人防" not in str(Entry.objects.values())


def test_what_cannot_be_recorded_is_not_opened(office, monkeypatch):
    """AUD-07: without its audit line no text is opened."""
    case, opened = asked_for(office, "张示例", "名录"), []

    def fails(*given, **named):
        raise OSError("the audit store is away")

    monkeypatch.setattr(comparing, "record", fails)
    monkeypatch.setattr(SealedRecord, "unseal", lambda self, name: opened.append(name))
    with pytest.raises(OSError, match="audit store"):
        actions.compare(case, reason="核对", by=office.clerk)
    assert opened == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2022年人防工程名录", "２０２２年　人防工程名录。", True),
        ("示例路工程的验收材料", "请公开示例路工程验收的材料", True),
        ("示例路工程的验收材料", "2022年值班安排", False),
        ("", "", False),
    ],
)
def test_likeness(one, other, near):
    assert (likeness(one, other) >= NEAR) is near


def test_people_group_what_several_asked_for_and_askers_count_once(office):
    """条例第四十四条."""
    first, again = asked_for(office, "张示例", "名录"), asked_for(office, "张示例", "名录")
    other, nameless = asked_for(office, "李示例", "名录"), office.case()
    topic = actions.begin_topic(first, title="2022年人防工程名录", by=office.clerk)
    for each in (again, other):
        actions.put_in(topic, each, by=office.clerk)
    member = actions.put_in(topic, nameless, by=office.clerk)

    assert (queries.topics(office.head).get().applications, queries.askers(topic)) == (4, 3)
    actions.take_out(member, reason="不是同一内容", by=office.clerk)
    assert (queries.topics(office.head).get().applications, queries.askers(topic)) == (3, 2)
    assert [each.title for each in panel(other, office.clerk).topics] == ["2022年人防工程名录"]
    with pytest.raises(Refusal, match="已经移出"):
        actions.take_out(member, reason="再移", by=office.clerk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_reasons_at_once_one_wins(office):
    """REL-03."""
    case = judged_excessive(office)
    answers = at_once(
        *[
            partial(actions.ask_for_reasons, case, on=TODAY, by=each)
            for each in (office.clerk, office.colleague)
        ]
    )

    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert "不能重复要求" in next(answer for answer in answers if answer != "done")


def test_the_list_asks_the_same_few_queries_however_many(office, django_assert_max_num_queries):
    """P4."""
    for n in range(12):
        many(office, f"示例{n}", number=11)

    with django_assert_max_num_queries(4):
        assert len(frequent(office)) == 12


def test_a_look_of_last_month_is_not_one_of_this(office):
    case = many(office)
    actions.look(case, finding="reasonable", reason="同一工程", by=office.clerk)
    with time_machine.travel(at(date(2026, 4, 7)), tick=False):
        many(office, received_on=date(2026, 4, 7))
        assert queries.not_looked_at(office.agency, date(2026, 4, 7)) == 1


def test_a_look_just_after_midnight_is_one_of_the_new_month(office):
    """The day is the office's, not that of the host's zone."""
    with time_machine.travel(datetime(2026, 4, 1, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        case = many(office, received_on=date(2026, 4, 1))
        actions.look(case, finding="reasonable", reason="同一工程", by=office.clerk)

        assert queries.not_looked_at(office.agency, date(2026, 4, 1)) == 0
