"""案卷. Opening, steps, what the rules refuse, the register that follows, and the fold against the events (TIM-07)."""

from datetime import date

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.duties.remedies import actions, facts
from gongkai.duties.remedies.fold import drift
from gongkai.duties.remedies.models import CaseEvent, CaseFile
from gongkai.duties.remedies.registers import RECONSIDERATIONS
from gongkai.registers import actions as registers
from gongkai.registers import importing
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.remedies.files import a_reconsideration, a_suit, overturned, served, state_of, step
from tests.factories import registers as entries
from tests.factories.agencies import SectionFactory, keeper
from tests.factories.people import a_person
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return keeper()


def table(clerk, year=2026):
    return {cell: count for cell, count in facts.table(clerk.agency, year).items() if count}


def test_a_file_stands_with_its_entry_in_the_register(clerk):
    file = a_reconsideration(clerk, applied_on=date(2026, 2, 26))

    entry = file.entry
    assert (file.status, file.due_on, file.version) == ("accepted", None, 2)
    assert (entry.applied_on, entry.accepted_on, entry.result, entry.procedure) == (
        date(2026, 2, 26),
        date(2026, 3, 2),
        "",
        "ordinary",
    )
    assert table(clerk) == {
        ("remedies", "reconsideration", "pending"): 1,
        ("remedies", "reconsideration", "total"): 1,
    }


def test_the_copy_starts_the_period_of_the_answer(clerk):
    ordinary = served(a_reconsideration(clerk), clerk)
    simplified = served(a_reconsideration(clerk, simplified=True), clerk)
    suit = served(a_suit(clerk), clerk)

    assert [(each.status, each.due_on, each.due_label) for each in (ordinary, simplified, suit)] == [
        ("answering", date(2026, 3, 20), "提交书面答复"),
        ("answering", date(2026, 3, 13), "提交书面答复"),
        ("answering", date(2026, 3, 23), "提交答辩状"),
    ]


def test_a_decision_is_counted_in_its_year_as_the_rules_say(clerk):
    file = step(a_reconsideration(clerk), Kind.DECIDED, date(2026, 4, 24), clerk, decision="upheld")

    assert (file.status, file.entry.result, file.entry.decided_on) == (
        "closed",
        "upheld",
        date(2026, 4, 24),
    )
    assert table(clerk) == {
        ("remedies", "reconsideration", "upheld"): 1,
        ("remedies", "reconsideration", "total"): 1,
    }


def test_a_suit_on_appeal_is_pending_again_until_the_second_instance(clerk):
    file = step(a_suit(clerk), Kind.DECIDED, date(2026, 6, 10), clerk, decision="claim_rejected")
    assert ("remedies", "direct_suit", "upheld") in table(clerk)

    file = step(file, Kind.APPEALED, date(2026, 6, 20), clerk)
    assert table(clerk) == {
        ("remedies", "direct_suit", "pending"): 1,
        ("remedies", "direct_suit", "total"): 1,
    }

    file = step(file, Kind.SECOND_INSTANCE, date(2026, 9, 15), clerk, decision="revoked_anew")
    assert (file.entry.instance, file.entry.result, file.status) == ("二审", "rectified", "performing")
    assert table(clerk) == {
        ("remedies", "direct_suit", "rectified"): 1,
        ("remedies", "direct_suit", "total"): 1,
    }


def test_hearings_are_numbered_and_keep_their_time_and_place(clerk):
    file = a_reconsideration(clerk)
    file = step(file, Kind.HEARING_SET, date(2026, 3, 12), clerk, until=date(2026, 3, 25), place="二楼听证室")
    file = step(file, Kind.HEARING_SET, date(2026, 3, 26), clerk, until=date(2026, 4, 10))

    assert list(file.events.filter(kind="hearing_set").values_list("number", "place")) == [
        (1, "二楼听证室"),
        (2, ""),
    ]
    assert (file.due_on, file.due_label) == (date(2026, 3, 25), "参加听证")


def test_evidence_handed_in_is_kept_as_it_was(clerk):
    file = served(a_reconsideration(clerk), clerk)
    first = actions.add_evidence(file, title="答复书", purpose="证明已经答复", pages=2, by=clerk)
    file = step(file, Kind.EVIDENCE_SUBMITTED, date(2026, 3, 10), clerk)

    actions.change_evidence(first, title="告知书", purpose="", pages=3, by=clerk)

    [event] = file.events.filter(kind="evidence_submitted")
    [row] = event.handed_in
    assert (row["number"], row["title"], row["pages"]) == (1, "答复书", 2)


@pytest.mark.parametrize(
    ("kind", "on", "values", "sentence"),
    [
        (Kind.ANSWERED, date(2026, 3, 10), {}, "还没有登记收到副本"),
        (Kind.APPEALED, date(2026, 3, 10), {}, "行政复议没有这一步"),
        (Kind.DECIDED, date(2026, 3, 10), {"decision": "nothing"}, "没有这种结果"),
        (Kind.SERVED, date(2099, 3, 10), {}, "在今天之后"),
        (Kind.SERVED, date(2026, 3, 1), {}, "还没有登记受理"),
        (Kind.SUSPENDED, date(2026, 3, 10), {"note": "长" * 201}, "说明最多200字"),
        (Kind.SUSPENDED, date(2026, 3, 10), {"version": 9}, "其他人登记了新的经过"),
    ],
)
def test_what_the_rules_refuse_changes_nothing(clerk, kind, on, values, sentence):
    file = a_reconsideration(clerk)
    before = state_of(file)

    with pytest.raises(Refusal, match=sentence):
        step(file, kind, on, clerk, **values)

    assert state_of(file) == before


def test_a_closed_file_takes_no_further_step(clerk):
    file = step(a_reconsideration(clerk), Kind.DECIDED, date(2026, 4, 24), clerk, decision="upheld")
    before = state_of(file)

    with pytest.raises(Refusal, match="已经结案"):
        served(file, clerk)

    assert state_of(file) == before


def test_only_a_keeper_of_the_section_may_enter_steps(clerk):
    section = SectionFactory(agency=clerk.agency)
    file = a_reconsideration(clerk, section=section)
    elsewhere = keeper(agency=clerk.agency, section=SectionFactory(agency=clerk.agency))
    reader = a_person(clerk.agency, Power.READ_REGISTERS)
    stranger = keeper()
    before = state_of(file)

    for person in (elsewhere, reader, stranger):
        with pytest.raises(Refusal):
            served(file, person)

    assert state_of(file) == before


def test_the_register_leaves_a_case_with_a_file_to_its_file(clerk):
    file = a_reconsideration(clerk)
    before = state_of(file)

    for act in (
        lambda: registers.rectify(file.entry, changes={"result": "upheld"}, reason="改", by=clerk),
        lambda: registers.void(file.entry, reason="改", by=clerk),
        lambda: actions.take_over(file.entry, by=clerk),
    ):
        with pytest.raises(Refusal, match="已经立了案卷"):
            act()

    assert state_of(file) == before


@pytest.mark.parametrize("result", ["", "upheld", "rectified", "dismissed", "terminated", "withdrawn"])
@pytest.mark.parametrize("factory", [entries.ReconsiderationFactory, entries.LitigationFactory])
def test_taking_an_entry_over_changes_nothing_that_is_counted(clerk, factory, result):
    entry = factory(
        agency=clerk.agency,
        applied_on=date(2025, 12, 20),
        accepted_on=date(2025, 12, 26),
        decided_on=date(2026, 2, 9) if result else None,
        result=result,
    )
    before = [table(clerk, year) for year in (2025, 2026)]

    file = actions.take_over(entry, by=clerk)

    assert [table(clerk, year) for year in (2025, 2026)] == before
    assert drift(file, calendar()) == {}


@pytest.mark.parametrize(
    ("values", "decision", "sentence"),
    [
        (
            {"result": "not_accepted", "accepted_on": None, "decided_on": date(2026, 2, 9)},
            "",
            "没有受理的案件",
        ),
        ({"result": "upheld", "decided_on": date(2026, 4, 9)}, "revoked", "与所选的不一致"),
        ({"result": "upheld", "decided_on": date(2026, 4, 9)}, "nothing", "与所选的不一致"),
    ],
)
def test_what_cannot_be_taken_over_is_left(clerk, values, decision, sentence):
    entry = entries.ReconsiderationFactory(agency=clerk.agency, **values)

    with pytest.raises(Refusal, match=sentence):
        actions.take_over(entry, by=clerk, decision=decision)

    assert CaseFile.objects.count() == 0
    assert CaseEvent.objects.count() == 0


def test_the_decision_named_at_taking_over_is_kept(clerk):
    entry = entries.ReconsiderationFactory(
        agency=clerk.agency,
        accepted_on=date(2026, 3, 2),
        result="rectified",
        decided_on=date(2026, 4, 9),
        procedure="simple",
    )

    file = actions.take_over(entry, by=clerk, decision="revoked_anew")

    assert (file.status, file.due_label, file.entry.procedure) == ("performing", "履行", "simple")


def test_before_2024_there_is_no_simplified_file(clerk):
    with pytest.raises(Refusal, match="2024年以前没有简易程序"):
        a_reconsideration(clerk, accepted_on=date(2023, 6, 1), simplified=True)

    assert CaseFile.objects.count() == 0
    assert Entry.objects.filter(action__startswith="remedies").count() == 0


def test_who_is_sued_follows_the_reconsideration(clerk):
    """行政诉讼法第二十六条."""
    upheld = step(a_reconsideration(clerk), Kind.DECIDED, date(2026, 4, 24), clerk, decision="upheld")
    altered = overturned(clerk)
    after = {"kind": "suit_after_reconsideration", "accepted_on": date(2026, 5, 20)}

    file = a_suit(clerk, reconsideration=upheld.entry, **after)

    assert file.entry.reconsideration == upheld.entry
    for values, sentence in (
        ({**after, "reconsideration": altered.entry}, "本机关不是被告"),
        ({**after, "reconsideration": upheld.entry, "only_as_reconsideration_body": True}, "被申请人"),
        ({**after, "reconsideration": upheld.entry, "kind": "direct_suit"}, "复议后起诉"),
        ({**after, "reconsideration": entries.ReconsiderationFactory()}, "没有这件复议"),
    ):
        with pytest.raises(Refusal, match=sentence):
            a_suit(clerk, **values)
    assert CaseFile.objects.filter(track="litigation").count() == 1


def test_a_suit_as_the_body_alone_is_not_counted(clerk):
    a_suit(clerk, kind="suit_after_reconsideration", only_as_reconsideration_body=True)

    assert table(clerk) == {}


def test_a_file_is_given_to_a_person_of_the_office(clerk):
    file = a_reconsideration(clerk)
    colleague = keeper(agency=clerk.agency)

    assert actions.assign(file, to=colleague, by=clerk).handler == colleague
    before = state_of(file)
    for person in (keeper(), colleague, a_person(clerk.agency, administrator="audit")):
        with pytest.raises(Refusal):
            actions.assign(file, to=person, by=clerk)
    with pytest.raises(Refusal, match="不能分办"):
        a_reconsideration(clerk, handler=keeper())
    assert state_of(file) == before


def test_particulars_are_rectified_with_a_reason_and_days_are_not(clerk):
    file = a_reconsideration(clerk)
    other = a_reconsideration(clerk)

    entry = actions.change_particulars(file, changes={"body": "示例省人民政府"}, reason="笔误", by=clerk)

    assert entry.body == "示例省人民政府"
    before = state_of(file)
    for changes, sentence in (
        ({"decided_on": date(2026, 4, 1)}, "由案卷的经过算出"),
        ({"body": "示例省人民政府"}, "没有改动"),
        ({"case_number": other.entry.case_number}, "重复"),
        ({"case_number": "号" * 61}, "60"),
    ):
        with pytest.raises(Refusal, match=sentence):
            actions.change_particulars(file, changes=changes, reason="笔误", by=clerk)
    assert state_of(file) == before


def test_a_voided_file_is_counted_no_more_and_takes_nothing(clerk):
    file = actions.void_file(a_reconsideration(clerk), reason="重复立卷", by=clerk)
    before = state_of(file)

    assert table(clerk) == {}
    for act in (
        lambda: served(file, clerk),
        lambda: actions.void_file(file, reason="再一次", by=clerk),
        lambda: actions.add_evidence(file, title="答复书", by=clerk),
        lambda: actions.add_lesson(file, category="facts", text="教训", by=clerk),
        lambda: actions.assign(file, to=clerk, by=clerk),
    ):
        with pytest.raises(Refusal, match="作废"):
            act()
    assert state_of(file) == before


def test_drift_says_what_the_events_do_not_bear_out(clerk):
    file = served(a_reconsideration(clerk), clerk)
    CaseFile.objects.filter(pk=file.pk).update(due_on=date(2026, 9, 1))
    type(file.entry).objects.filter(pk=file.entry.pk).update(matter="", applied_on=date(2026, 2, 1))

    found = drift(CaseFile.objects.get(pk=file.pk), calendar())

    assert found == {
        "due_on": (date(2026, 9, 1), date(2026, 3, 20)),
        "entry.applied_on": (date(2026, 2, 1), None),
    }


def test_the_party_is_sealed_and_read_with_a_reason(clerk):
    """PII-03."""
    file = a_reconsideration(clerk, party="张示例")
    reader = a_person(clerk.agency, Power.READ_APPLICANTS)

    assert file.party.startswith("sealed:")
    assert registers.reveal(file, "party", reason="制作答复书", by=reader) == "张示例"
    assert Entry.objects.filter(action="remedies.casefile.revealed").count() == 1
    with pytest.raises(Refusal):
        registers.reveal(file, "party", reason="看看", by=clerk)
    assert Entry.objects.filter(action="remedies.casefile.revealed").count() == 1


def test_no_import_sets_a_day_or_a_result_of_a_case_with_a_file(clerk):
    """TIM-06."""
    file = a_reconsideration(clerk)
    data = xlsx(
        ["案号", "受理日期", "审结日期", "结果"],
        [file.entry.case_number, "2026-03-02", "2026-04-01", "结果维持"],
    )
    before = state_of(file)[:-1]

    _, plan = importing.preview(RECONSIDERATIONS, file_name="复议.xlsx", data=data, by=clerk)

    assert (plan.add, plan.change) == ((), ())
    assert "已经立了案卷" in plan.problems[0].reason
    assert state_of(file)[:-1] == before
