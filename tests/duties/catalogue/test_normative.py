"""规范性文件库. From a draft to the library; repealed, amended, expired and cleaned up, with the public mark following."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions, facts
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.models import NormativeDocument, Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.duties.catalogue.normative import tasks
from gongkai.duties.catalogue.normative.actions.changes import change
from gongkai.duties.catalogue.normative.models import CleanUpRound, DocumentChange, LibraryEntry, Sheet
from gongkai.duties.catalogue.normative.publishing import validity_on
from gongkai.duties.catalogue.normative.queries import expiring
from gongkai.duties.catalogue.normative.to_do import coming, waiting
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedDocument, PublishedItem
from tests.duties.catalogue.documents import (
    a_normative,
    a_public_document,
    a_registered,
    planned,
    released,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TODAY = date(2026, 11, 25)


@pytest.fixture
def keeper(office):
    """Keeps the section's register and drafts; releases the library; withdraws."""
    return a_person(
        office.agency,
        Power.KEEP_REGISTERS,
        Power.READ_REGISTERS,
        Power.DRAFT_ITEMS,
        Power.RELEASE_REPORT,
        Power.WITHDRAW_ITEMS,
        name="辛示例",
        section=office.section,
    )


def marks():
    return dict(PublishedDocument.objects.values_list("document_number", "validity"))


# 入库 ----------------------------------------------------------------------------------------


def test_a_released_document_stands_in_the_library(office):
    document = a_public_document(office, registered_number="示规备〔2026〕2号")

    assert (document.document_number, document.issued_on) == ("示防规〔2026〕2号", date(2026, 3, 2))
    assert (document.in_force_from, document.lapses_on) == (date(2026, 4, 1), date(2031, 3, 31))
    assert document.legality_review == "passed"
    assert document.legality_reviewed_on == document.published_on == timezone.localdate()
    assert document.not_interpreted_because == "只调整内部分工，不涉及公众"
    shown = PublishedDocument.objects.get()
    assert (shown.item, shown.validity) == (document.item.public_id, "in_force")
    assert (shown.registered_number, shown.lapses_on) == ("示规备〔2026〕2号", date(2031, 3, 31))


def test_a_document_registered_by_hand_is_not_entered_twice(office):
    by_hand = a_registered(office, document_number="示防规〔2026〕2号", remark="先登记的")
    document = a_public_document(office)

    assert document == by_hand
    assert (document.remark, document.issued_on) == ("先登记的", date(2026, 3, 2))
    assert facts.table(office.agency, 2026)["proactive", "normative_documents", "issued"] == 1


def test_a_trial_document_lasts_two_years(office):
    version = office.policy_without_plan("normative", title="示例市人防工程管理办法（试行）")
    sheet = normative.save_sheet(version, in_force_from=date(2026, 4, 1), by=office.clerk)

    assert sheet.lapses_on == date(2028, 3, 31)


@pytest.mark.parametrize("chosen", [{"lapses_on": date(2029, 3, 31)}, {"no_term": True}])
def test_a_term_of_the_offices_own_choice_says_why(office, chosen):
    version = office.policy_without_plan("normative", title="示例市人防工程管理办法")
    with pytest.raises(Refusal, match="请写明另定有效期的理由"):
        normative.save_sheet(version, in_force_from=date(2026, 4, 1), by=office.clerk, **chosen)
    assert Sheet.objects.count() == 0

    sheet = normative.save_sheet(
        version, in_force_from=date(2026, 4, 1), term_reason="与规划期一致", by=office.clerk, **chosen
    )
    assert sheet.lapses_on == chosen.get("lapses_on")


def test_a_normative_document_without_its_days_is_not_submitted(office):
    version = planned(office, office.policy_without_plan("normative"), exempt_because="", outline="提纲")

    with pytest.raises(Refusal, match="还没有填写施行日期、有效期"):
        actions.submit(version, by=office.clerk)

    version.refresh_from_db()
    assert version.stage == "drafting"


def test_pub_02_a_sheet_changed_after_review_stops_the_release(office):
    old = a_registered(office)
    version = a_normative(office)
    normative.intend(version, document=old, kind="repealed", by=office.clerk)
    version = office.signed(version)
    for changes in (
        {"in_force_from": date(2026, 5, 1)},
        {"lapses_on": date(2032, 1, 1)},
        {"term_reason": "改"},
        {"registered_number": "改"},
        {"kind": "rules"},
    ):
        kept = Sheet.objects.values(*changes).get()
        Sheet.objects.update(**changes)
        with pytest.raises(Refusal, match="内容与送审时不一致"):
            actions.publish(version, by=office.clerk)
        Sheet.objects.update(**kept)
    version.normative_sheet.changes.update(kind="amended")
    assert hash_of(version) != version.content_hash

    run_waiting()
    assert PublishedItem.objects.count() == 0


def test_the_day_of_interpretation_is_noted(office):
    policy = planned(office, office.policy_without_plan("normative"))
    normative.save_sheet(policy, in_force_from=date(2026, 4, 1), by=office.clerk)
    from tests.duties.catalogue.documents import interpreted

    explanation = interpreted(office, policy)
    for version in (policy, explanation):
        office.signed(version)
    policy.refresh_from_db()
    released(office, policy)

    document = NormativeDocument.objects.get()
    assert (document.interpreted_on, document.not_interpreted_because) == (timezone.localdate(), "")
    assert facts.issued_and_interpreted(office.agency, 2026)["normative_documents"] == 1


# 修改、废止 ----------------------------------------------------------------------------------


def test_a_new_document_repeals_the_old_one_and_its_page_says_so(office):
    old = a_public_document(office, "示防规〔2026〕1号")
    version = a_normative(office, "示防规〔2026〕9号", in_force_from=date(2026, 5, 1))
    normative.intend(version, document=old, kind="repealed", by=office.clerk)
    assert marks() == {"示防规〔2026〕1号": "in_force"}

    new = NormativeDocument.objects.get(item=released(office, office.signed(version)).item)
    old.refresh_from_db()

    assert (old.repealed_on, old.ceased_on, old.replaced_by) == (date(2026, 5, 1), date(2026, 5, 1), new)
    assert marks() == {"示防规〔2026〕1号": "repealed", "示防规〔2026〕9号": "in_force"}
    assert PublishedItem.objects.get(key=old.item.public_id).validity == "废止"
    old.item.refresh_from_db()
    assert old.item.validity == "repealed"
    told = PublishedDocument.objects.get(validity="repealed").changes.get()
    assert (told.words, told.by_item, told.by_number) == ("废止", new.item.public_id, "示防规〔2026〕9号")
    table = facts.table(office.agency, 2026)
    columns = ("issued", "repealed", "in_force")
    assert [table["proactive", "normative_documents", column] for column in columns] == [2, 1, 1]


def test_an_amended_document_is_in_force_and_says_by_what_it_was_amended(office, keeper):
    old, new = (
        a_registered(office),
        a_registered(office, document_number="〔2022〕3号", issued_on=date(2022, 1, 1)),
    )
    normative.show(old, by=keeper)
    normative.declare(old, kind="amended", effective_on=date(2022, 2, 1), by_document=new, by=keeper)
    run_waiting()

    assert marks() == {"示防规〔2021〕1号": "amended"}
    assert (
        PublishedDocument.objects.get().changes.get().by_title == ""
    )  # what amended it is not public itself
    old.refresh_from_db()
    assert old.ceased_on is None


def test_a_repeal_of_a_later_day_is_marked_on_that_day(office, keeper):
    document = a_registered(office)
    normative.show(document, by=keeper)
    day = timezone.localdate() + timedelta(days=10)
    normative.declare(document, kind="repealed", effective_on=day, by_text="示政发〔2026〕8号", by=keeper)
    run_waiting()
    assert marks() == {"示防规〔2021〕1号": "in_force"}
    assert PublishedDocument.objects.get().changes.get().by_title == "示政发〔2026〕8号"

    document.refresh_from_db()
    assert validity_on(document, day) == "repealed"
    assert normative.expire(today=day) == 0  # it was repealed; it has not lapsed
    assert OutboxItem.objects.filter(kind="normative.release", status="waiting").count() == 1
    assert Entry.objects.filter(action="normative.document.told").count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "repealed"}, "请写明依据"),
        ({"kind": "expired", "by_text": "x"}, "请选择修改、废止或者宣布失效"),
        ({"kind": "repealed", "by_text": "x", "effective_on": date(2020, 1, 1)}, "早于"),
        ({"kind": "repealed", "by_text": "长" * 201}, "最多200字"),
    ],
)
def test_a_change_without_a_ground_or_a_possible_day_is_refused(office, keeper, values, sentence):
    document = a_registered(office)

    with pytest.raises(Refusal, match=sentence):
        normative.declare(document, by=keeper, **{"effective_on": date(2026, 1, 1), **values})

    document.refresh_from_db()
    assert (document.ceased_on, DocumentChange.objects.count()) == (None, 0)


def test_an_older_document_repeals_no_newer_one(office, keeper):
    older, newer = (
        a_registered(office),
        a_registered(office, document_number="〔2022〕3号", issued_on=date(2022, 1, 1)),
    )

    with pytest.raises(Refusal, match="印发在前"):
        normative.declare(newer, kind="repealed", effective_on=TODAY, by_document=older, by=keeper)

    assert DocumentChange.objects.count() == 0


def test_what_has_ended_is_not_ended_again(office, keeper):
    document = a_registered(office)
    normative.declare(
        document, kind="declared_lapsed", effective_on=TODAY, by_text="x", reason="任务完成", by=keeper
    )
    document.refresh_from_db()
    assert (document.lapses_on, document.ceased_on) == (TODAY - timedelta(days=1), TODAY)

    with pytest.raises(Refusal, match="已于2026-11-25宣布失效"):
        normative.declare(document, kind="repealed", effective_on=TODAY, by_text="x", by=keeper)

    assert DocumentChange.objects.count() == 1


def test_acl_02_another_sections_keeper_changes_nothing(office):
    from tests.factories.agencies import SectionFactory

    other = a_person(
        office.agency,
        Power.KEEP_REGISTERS,
        name="庚示例",
        section=SectionFactory(agency=office.agency, name="法规科"),
    )
    document = a_registered(office)

    with pytest.raises(Refusal, match="综合科"):
        normative.declare(document, kind="repealed", effective_on=TODAY, by_text="x", by=other)

    assert DocumentChange.objects.count() == 0


def test_withdrawing_what_repealed_a_document_leaves_the_repeal_and_no_name(office):
    old = a_public_document(office, "示防规〔2026〕1号")
    version = a_normative(office, "示防规〔2026〕9号")
    normative.intend(version, document=old, kind="repealed", by=office.clerk)
    new = released(office, office.signed(version))
    actions.withdraw(new.item, reason="内容有误", by=office.leader)
    run_waiting()

    shown = PublishedDocument.objects.get()
    assert (shown.document_number, shown.validity) == ("示防规〔2026〕1号", "repealed")
    assert [(each.by_item, each.by_title) for each in shown.changes.all()] == [("", "")]


def test_a_withdrawn_document_comes_back_into_the_library_with_its_text(office):
    document = a_public_document(office)
    item = document.item
    actions.withdraw(item, reason="内容有误", by=office.leader)
    run_waiting()
    assert PublishedDocument.objects.count() == 0

    second = actions.revise(item, by=office.clerk)
    second = actions.write(second, values={"change_note": "更正"}, edits=0, by=office.clerk)
    released(office, office.signed(second))

    assert marks() == {"示防规〔2026〕2号": "in_force"}
    assert NormativeDocument.objects.count() == 1


# 到期 ----------------------------------------------------------------------------------------


def test_an_expired_document_lapses_by_itself_on_the_next_day(office, keeper):
    document = a_registered(office, lapses_on=date(2026, 3, 31))
    LibraryEntry.objects.create(agency=office.agency, document=document, is_public=True)

    assert normative.expire(today=date(2026, 3, 31)) == 0
    assert normative.expire(today=date(2026, 4, 1)) == 1
    assert normative.expire(today=date(2026, 4, 2)) == 0

    made = DocumentChange.objects.get()
    assert (made.kind, made.effective_on, made.by) == ("expired", date(2026, 4, 1), None)
    line = Entry.objects.get(action="normative.document.expired")
    assert line.actor == "system"
    run_waiting()
    assert marks() == {"示防规〔2021〕1号": "lapsed"}


def test_the_worker_marks_each_day_once(office):
    a_registered(office, lapses_on=timezone.localdate() - timedelta(days=1))
    tasks.arrange(timezone.localdate())
    tasks.arrange(timezone.localdate())
    assert OutboxItem.objects.filter(kind="normative.expire").count() == 1
    run_waiting()

    assert DocumentChange.objects.get().kind == "expired"


def test_a_repealed_document_does_not_lapse_as_well(office, keeper):
    document = a_registered(office, lapses_on=date(2026, 3, 31))
    change(document, kind="repealed", effective_on=date(2026, 3, 1), by_text="x", by=keeper)

    assert normative.expire(today=date(2026, 4, 1)) == 0


def test_who_keeps_the_register_is_told_ninety_and_thirty_days_before(office, keeper):
    near = a_registered(office, lapses_on=TODAY + timedelta(days=30))
    far = a_registered(office, document_number="〔2021〕2号", lapses_on=TODAY + timedelta(days=90))
    a_registered(office, document_number="〔2021〕3号", lapses_on=TODAY + timedelta(days=91))
    a_registered(office, document_number="〔2021〕4号", lapses_on=TODAY - timedelta(days=1))

    found = expiring(keeper, TODAY)
    assert [(each.document, each.days_left, each.warned) for each in found] == [(near, 30, 30), (far, 90, 90)]
    told = [(each.title, each.due_on) for each in waiting(keeper, TODAY)]
    assert told == [(f"{each.title}　有效期将届满", each.lapses_on) for each in (near, far)]
    assert len(list(coming(keeper, TODAY))) == 2
    assert list(waiting(office.reviewer, TODAY)) == expiring(office.reviewer, TODAY) == []


def test_a_document_is_extended_before_it_ends_and_not_afterwards(office, keeper):
    document = a_registered(office, lapses_on=timezone.localdate() + timedelta(days=5))
    until = timezone.localdate() + timedelta(days=800)
    normative.extend(document, until=until, reason="评估后继续施行", by=keeper)
    document.refresh_from_db()
    assert document.lapses_on == until

    lapsed = a_registered(office, document_number="〔2021〕2号", lapses_on=date(2024, 1, 1))
    with pytest.raises(Refusal, match="已经不再施行"):
        normative.extend(lapsed, until=until, reason="评估", by=keeper)
    lapsed.refresh_from_db()
    assert lapsed.lapses_on == date(2024, 1, 1)


# 公开的文件库 --------------------------------------------------------------------------------


def test_pub_08_a_document_that_was_never_public_is_not_listed(office, keeper):
    hidden = a_registered(office, published_on=None)
    with pytest.raises(Refusal, match="没有公开日期"):
        normative.show(hidden, by=keeper)
    personal = a_registered(office, document_number="〔2021〕2号", title="关于11010519491231002X的决定")
    with pytest.raises(Refusal, match="名称里有"):
        normative.show(personal, by=keeper)
    run_waiting()

    assert PublishedDocument.objects.count() == LibraryEntry.objects.count() == 0


def test_a_listed_document_is_taken_down_again(office, keeper):
    document = a_registered(office)
    normative.show(document, by=keeper)
    run_waiting()
    assert len(marks()) == 1

    normative.hide(document, reason="误列", by=keeper)
    run_waiting()
    assert marks() == {}


def test_a_document_voided_in_the_register_leaves_the_library_overnight(office, keeper):
    from gongkai.registers.actions import void

    document = a_registered(office)
    normative.show(document, by=keeper)
    void(document, reason="重复登记", by=keeper)
    normative.expire(today=timezone.localdate())
    run_waiting()

    assert marks() == {}


def test_one_registered_number_is_not_given_twice(office, keeper):
    first, second = a_registered(office), a_registered(office, document_number="〔2021〕2号")
    normative.save_entry(first, registered_number="示规备1号", term_reason="", by=keeper)

    with pytest.raises(Refusal, match="已经给了另一个文件"):
        normative.save_entry(second, registered_number="示规备1号", term_reason="", by=keeper)

    assert not LibraryEntry.objects.filter(document=second).exclude(registered_number="").exists()


# 清理 ----------------------------------------------------------------------------------------


def a_concluded_round(office, keeper):
    """Four documents in force, one conclusion of each kind."""
    documents = [
        a_registered(office, document_number=f"〔2021〕{number}号", title=f"第{number}号办法")
        for number in range(4)
    ]
    normative.show(documents[2], by=keeper)
    a_registered(office, document_number="〔2019〕1号", lapses_on=date(2024, 1, 1))  # ended: not in the round
    round_ = normative.open_round(title="2026年清理", basis="示政办〔2026〕3号", by=keeper)
    for entry, conclusion in zip(round_.entries.all(), ("keep", "amend", "repeal", "lapse"), strict=True):
        normative.conclude(
            entry, conclusion=conclusion, reason="" if conclusion == "keep" else "任务已完成", by=keeper
        )
    return round_, documents


def test_a_clean_up_takes_effect_when_its_results_are_public(office, keeper):
    round_, documents = a_concluded_round(office, keeper)
    version = normative.finish(round_, column=office.column, by=keeper)
    assert "共清理4件，其中继续有效1件，修改1件，废止1件，宣布失效1件。" in version.body
    assert DocumentChange.objects.count() == 0

    version = actions.submit(version, by=keeper)
    office.pass_on(version, until="signed")
    actions.publish(version, by=keeper)
    run_waiting()

    round_.refresh_from_db()
    assert round_.state == "published"
    today = timezone.localdate()
    for document in documents:
        document.refresh_from_db()
    assert [validity_on(document, today) for document in documents] == [
        "in_force",
        "in_force",
        "repealed",
        "lapsed",
    ]
    assert documents[3].ceased_on == documents[2].ceased_on == today
    told = PublishedDocument.objects.get()
    assert (told.validity, told.changes.get().by_item) == ("repealed", version.item.public_id)


def test_a_round_is_not_finished_while_a_document_has_no_conclusion(office, keeper):
    a_registered(office)
    round_ = normative.open_round(title="清理", basis="通知", by=keeper)
    assert [each.title for each in waiting(keeper, TODAY)] == ["清理：还有1件没有提出结论"]

    with pytest.raises(Refusal, match="还有1件没有提出结论"):
        normative.finish(round_, column=office.column, by=keeper)
    with pytest.raises(Refusal, match="请写明理由"):
        normative.conclude(round_.entries.get(), conclusion="repeal", by=keeper)

    round_.refresh_from_db()
    assert (round_.state, Version.objects.count()) == ("open", 0)


def test_a_second_round_waits_for_the_first(office, keeper):
    a_registered(office)
    normative.open_round(title="清理", basis="通知", by=keeper)

    with pytest.raises(Refusal, match="上一轮清理还没有公布结果"):
        normative.open_round(title="又一轮", basis="通知", by=keeper)

    assert CleanUpRound.objects.count() == 1


def test_conclusions_are_fixed_until_the_drafted_results_are_given_up(office, keeper):
    round_, _ = a_concluded_round(office, keeper)
    version = normative.finish(round_, column=office.column, by=keeper)
    with pytest.raises(Refusal, match="结论已定，待公布"):
        normative.conclude(round_.entries.first(), conclusion="repeal", reason="改", by=keeper)
    with pytest.raises(Refusal, match="还在办理"):
        normative.reopen(round_, reason="改", by=keeper)

    actions.abandon(version, by=keeper)
    assert normative.reopen(round_, reason="重新讨论", by=keeper).state == "open"


def test_the_figures_of_table_two_count_what_they_counted(office):
    """Documents of the register alone, without any of the library's records, count as before."""
    a_registered(office, issued_on=date(2023, 2, 1), lapses_on=date(2023, 9, 30))
    a_registered(office, document_number="〔2023〕2号", issued_on=date(2023, 3, 1))

    table = facts.table(office.agency, 2023)
    columns = ("issued", "repealed", "in_force")
    assert [table["proactive", "normative_documents", column] for column in columns] == [2, 1, 1]
