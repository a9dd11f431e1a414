"""征求意见 (N9): letters, delivery, answers and silence as one object, with the events of the application behind it."""

from datetime import date
from functools import partial

import pytest
import time_machine

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.consultation import actions, queries
from gongkai.duties.applications.consultation.models import Answer, Consultation, PublicInterest
from gongkai.duties.applications.handling import to_do
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.registers import actions as registers
from gongkai.rules.regulations_2019.consultation import Consulted
from tests.duties.applications.handling.office import TODAY, at, kept
from tests.duties.at_once import at_once

pytestmark = pytest.mark.django_db
SENT, DELIVERED = date(2026, 3, 9), date(2026, 3, 11)
LAST_DAY = date(2026, 4, 1)  # 15 working days from the delivery
AFTER = date(2026, 4, 2)
RECORDS = (Consultation, Answer, PublicInterest)


@pytest.fixture
def case(office):
    return office.case(matters=["验收材料", "值班表"])


def prepared(office, case, **values):
    given = {
        "consulted": "third_party",
        "name": "示例置业有限公司",
        "address": "示例路1号",
        "asked": "是否同意公开验收材料",
        "matters": [case.matters.get(number=1)],
    }
    return actions.prepare(case, by=office.clerk, **{**given, **values})


def sent(office, case, **values):
    return actions.send(prepared(office, case, **values), on=SENT, by=office.clerk)


def delivered(office, case, **values):
    consultation = sent(office, case, **values)
    with time_machine.travel(at(DELIVERED), tick=False):
        return actions.deliver(consultation, on=DELIVERED, by=office.clerk)


def answered(office, consultation, *, on=date(2026, 3, 20), **values):
    with time_machine.travel(at(on), tick=False):
        return actions.receive_answer(consultation, on=on, by=office.clerk, **values)


def standing(case, *, today=TODAY, number=0):
    return queries.standings(case, today=today)[number]


def test_name_address_and_words_are_sealed(office, case):
    """PII-03: nothing that tells who was asked stands in the rows in the clear."""
    consultation = delivered(office, case)
    answered(office, consultation, opinion="refuses", words="涉及工艺", reasonable=True)

    row = str(Consultation.objects.values().get()) + str(Answer.objects.values().get())
    assert not any(word in row for word in ("示例置业", "示例路", "验收材料", "工艺"))
    assert queries.shown_name(consultation) == "示某某"
    assert registers.reveal(consultation, "address", reason="寄送", by=office.clerk) == "示例路1号"
    with pytest.raises(Refusal, match="查看申请人信息"):
        registers.reveal(consultation, "address", reason="寄送", by=office.colleague)


def test_the_clock_stops_from_sending_to_the_answer(office, case):
    """TIM-01: the days from the 10th to the 20th, nine working days, are not counted."""
    consultation = delivered(office, case)
    assert standing(case, today=date(2026, 3, 12)).state == "waiting"

    answered(office, consultation, opinion="agrees")

    case.refresh_from_db()
    found = standing(case)
    assert (case.due_on, found.state, found.answer_by.day) == (date(2026, 4, 13), "answered", LAST_DAY)
    assert (found.sent_on, found.delivered_on, found.answered_on) == (SENT, DELIVERED, date(2026, 3, 20))
    assert found.parts[0].answer.effect == "may_disclose"
    assert any("15个工作日" in line for line in found.lines(calendar()))


def test_each_step_is_an_event_under_its_key(office, case):
    consultation = delivered(office, case)
    answered(office, consultation, opinion="agrees")

    events = ApplicationEvent.objects.exclude(consultation_key="").order_by("pk")
    assert [(each.kind, each.consultation_key) for each in events] == [
        ("consultation_sent", "1"),
        ("consultation_delivered", "1"),
        ("consultation_answered", "1"),
    ]
    assert consultation.answers.get().event == events[2]


@pytest.mark.parametrize(
    ("consulted", "effect"), [("third_party", "agency_decides"), ("co_maker", "deemed_agreed")]
)
def test_silence_is_noted_after_the_last_day_and_means_what_the_article_says(office, case, consulted, effect):
    consultation = delivered(office, case, consulted=consulted)
    with time_machine.travel(at(LAST_DAY), tick=False):
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match="现在是“等候意见”"):
            actions.note_silence(consultation, by=office.clerk)
        assert kept(*RECORDS) == before

    with time_machine.travel(at(AFTER), tick=False):
        assert [
            each.title.split("　")[1] for each in to_do.waiting(office.clerk, AFTER) if "征求" in each.title
        ] == [f"{consultation}：逾期未提出意见，待确认"]
        actions.note_silence(consultation, by=office.clerk)

    found = standing(case, today=AFTER)
    assert (found.state, found.parts[0].answer.effect) == ("silent", effect)
    assert not any("征求" in each.title for each in to_do.waiting(office.clerk, AFTER))


def test_a_late_answer_stands_before_the_silence(office, case):
    consultation = delivered(office, case)
    with time_machine.travel(at(AFTER), tick=False):
        actions.note_silence(consultation, by=office.clerk)
    answered(office, consultation, on=date(2026, 4, 7), opinion="refuses", words="涉及工艺", reasonable=True)

    found = standing(case, today=date(2026, 4, 7))
    assert (found.state, found.late, found.must_withhold) == ("answered", True, True)
    assert Answer.objects.count() == 2


def test_an_opinion_that_agrees_to_part_has_two_effects(office, case):
    consultation = delivered(office, case)
    answered(office, consultation, opinion="partly", words="图纸不同意", reasonable=True)

    parts = standing(case).parts
    assert [(part.label, part.answer.effect) for part in parts] == [
        ("同意的部分：", "may_disclose"),
        ("不同意的部分：", "must_withhold"),
    ]


def test_public_interest_outweighs_a_refusal_and_the_third_party_is_told(office, case):
    """条例第三十二条: what is disclosed and why, in writing."""
    consultation = delivered(office, case)
    answered(office, consultation, opinion="refuses", words="涉及工艺", reasonable=True)
    on = date(2026, 3, 23)
    with time_machine.travel(at(on), tick=False):
        actions.decide_in_public_interest(
            consultation, content="验收结论", reason="关系公共安全", by=office.clerk
        )
        assert queries.unsettled(case, today=on) == [
            "征求意见1（第三方）决定公开，还没有书面告知第三方（条例第三十二条）"
        ]
        actions.tell_third_party(consultation, on=on, means="post", by=office.clerk)

    found = standing(case)
    assert (found.must_withhold, found.parts[0].answer.effect) == (False, "may_disclose")
    assert found.parts[0].answer.must_notify
    assert queries.unsettled(case, today=on) == []


def test_several_at_once_overlap_once(office, case):
    """TIM-01: two letters of the same days stop the clock once."""
    first, second = (
        delivered(office, case),
        delivered(office, case, consulted="co_maker", name="示例市水务局"),
    )
    for each in (first, second):
        answered(office, each, opinion="agrees")

    case.refresh_from_db()
    assert (first.key, second.key, case.due_on) == ("1", "2", date(2026, 4, 13))


def test_a_key_that_was_written_into_the_events_by_hand_is_passed_over(office, case):
    applications.consult(case, on=SENT, by=office.clerk, key="1", consulted=Consulted.THIRD_PARTY)

    assert prepared(office, case).key == "2"


def test_what_was_rectified_in_the_events_is_rectified_here(office, case):
    delivered(office, case)
    event = case.events.get(kind="consultation_delivered")
    ApplicationEvent.objects.create(
        agency=case.agency,
        application=case,
        kind="consultation_delivered",
        happened_on=date(2026, 3, 12),
        consultation_key="1",
        replaces=event,
        reason="回执日期看错",
        by=office.clerk,
    )

    assert standing(case).delivered_on == date(2026, 3, 12)


def test_an_unreasonable_refusal_is_no_ground_and_the_third_party_is_told_of_the_disclosure(office, case):
    """条例第十五条、第三十二条: it is disclosed, and no decision rests on what the third party said."""
    first, second = case.matters.order_by("number")
    matters.decide(second, situation="provided", by=office.clerk)
    consultation = delivered(office, case)
    answered(office, consultation, opinion="refuses", words="不想公开", reasonable=False)
    withheld = {"situation": "third_party_refuses", "ground": "THIRD_PARTY", "ground_kind": "商业秘密"}
    deliberative = {"situation": "deliberative", "ground": "DELIBERATIVE", "ground_kind": "过程稿"}
    before = kept(*RECORDS, Application)
    with pytest.raises(Refusal, match="没有合理理由，不能以此为由不予公开"):
        matters.decide(first, **withheld, reasons="会造成损害", by=office.clerk)
    with pytest.raises(Refusal, match="说明里写第三方不同意公开"):
        matters.decide(first, **deliberative, reasons="第三方反对公开", by=office.clerk)
    with pytest.raises(Refusal, match="先登记决定公开"):
        matters.decide(first, situation="provided", by=office.clerk)
    assert kept(*RECORDS, Application) == before

    on = date(2026, 3, 23)
    with time_machine.travel(at(on), tick=False):
        actions.decide_in_public_interest(
            consultation, content="竣工图", reason="单价已在中标公告里公开", by=office.clerk
        )
        matters.decide(first, situation="provided", by=office.clerk)
        with pytest.raises(Refusal, match="还没有书面告知第三方"):
            applications.reply(case, on=on, by=office.clerk, outcome="granted")
        actions.tell_third_party(consultation, on=on, means="post", by=office.clerk)
        case = applications.reply(case, on=on, by=office.clerk, outcome="granted")
    assert case.status == "closed"


def refusals(office, case):
    """What is refused, with its words."""
    other = office.case(matters=["别的"])
    draft = prepared(office, case)
    waiting = delivered(office, case)
    agreed = delivered(office, case)
    answered(office, agreed, opinion="agrees")
    by = office.clerk
    return {
        "请选择征求谁的意见": partial(prepared, office, case, consulted="nobody"),
        "请填写被征求意见人的名称": partial(prepared, office, case, name=" "),
        "请填写地址": partial(prepared, office, case, address=""),
        "请选择征求意见涉及的事项": partial(prepared, office, case, matters=[]),
        "没有这一项": partial(prepared, office, case, matters=[other.matters.get()]),
        "没有“登记台账”职权": partial(actions.send, draft, on=SENT, by=office.head),
        "在今天之后": partial(actions.send, draft, on=date(2026, 3, 10), by=by),
        "现在是“未发出”": partial(actions.deliver, draft, on=SENT, by=by),
        "现在是“等候意见”": partial(actions.withdraw, waiting, reason="不用了", by=by),
        "请选择意见": partial(actions.receive_answer, waiting, on=SENT, opinion="silent", by=by),
        "判断理由是否合理": partial(
            actions.receive_answer, waiting, on=DELIVERED, opinion="refuses", words="不", by=by
        ),
        "早于征求意见书送达": partial(actions.receive_answer, waiting, on=SENT, opinion="agrees", by=by),
        "只有第三方不同意公开的": partial(
            actions.decide_in_public_interest, agreed, content="甲", reason="乙", by=by
        ),
        "请写明决定公开的内容": partial(
            actions.decide_in_public_interest, agreed, content="", reason="乙", by=by
        ),
        "还没有决定公开": partial(actions.tell_third_party, agreed, on=SENT, means="post", by=by),
        "请选择告知的方式": partial(actions.tell_third_party, agreed, on=SENT, means="pigeon", by=by),
    }


def test_what_may_not_be_is_refused_and_changes_nothing(office, case):
    for words, act in refusals(office, case).items():
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match=words):
            act()
        assert kept(*RECORDS) == before, words


def test_an_unsent_letter_may_be_withdrawn(office, case):
    consultation = actions.withdraw(prepared(office, case), reason="不涉及", by=office.clerk)

    assert (standing(case).state, consultation.is_open) == ("withdrawn", False)
    assert queries.unsettled(case, today=TODAY) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["send", "answer"])
def test_of_two_at_once_one_wins(office, case, step):
    """REL-03: double sending, and two opinions registered at the same moment."""
    if step == "send":
        consultation = prepared(office, case)
        acts = [
            partial(actions.send, consultation, on=SENT, by=each) for each in (office.clerk, office.colleague)
        ]
    else:
        consultation = delivered(office, case)
        acts = [
            partial(actions.receive_answer, consultation, on=DELIVERED, opinion="agrees", by=each)
            for each in (office.clerk, office.colleague)
        ]
    with time_machine.travel(at(DELIVERED), tick=False):
        answers = at_once(*acts)

    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert "请刷新页面" in next(answer for answer in answers if answer != "done")


def test_the_office_sees_every_clock_that_stands_still(office, case):
    """A suspension has its kind, its evidence and its end, and shows while it lasts (abuse case 24)."""
    delivered(office, case)

    (row,) = [each for each in to_do.coming(office.head, DELIVERED) if "征求" in each.title]
    assert (row.due_on, row.in_working_days) == (LAST_DAY, True)


def test_a_decision_that_contradicts_the_opinion_is_refused_when_it_is_taken_and_at_the_reply(office, case):
    """条例第十五条、第三十二条: before the answer it may be taken; the reply asks again."""
    first, second = case.matters.order_by("number")
    matters.decide(second, situation="provided", by=office.clerk)
    matters.decide(first, situation="provided", by=office.clerk)
    consultation = delivered(office, case)
    answered(office, consultation, opinion="refuses", words="涉及工艺", reasonable=True)
    before = kept(*RECORDS, Application)

    with time_machine.travel(at(AFTER), tick=False):
        with pytest.raises(Refusal, match="第1项：第三方不同意公开且有合理理由"):
            applications.reply(case, on=AFTER, by=office.clerk, outcome="granted")
        with pytest.raises(Refusal, match="先登记公共利益的决定"):
            matters.decide(first, situation="provided", by=office.clerk)
        with pytest.raises(Refusal, match="还没有登记公共利益的决定"):
            matters.decide(first, situation="public_interest", reasons="关系安全", by=office.clerk)
        assert kept(*RECORDS, Application) == before

        matters.decide(
            first,
            situation="third_party_refuses",
            ground="THIRD_PARTY",
            ground_kind="商业秘密",
            reasons="第三方认为公开工艺会造成损害",
            by=office.clerk,
        )
        case = applications.reply(case, on=AFTER, by=office.clerk, outcome="granted_in_part")
    assert case.status == "closed"
