"""救济、公示和更新的期限."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.citation import Certainty
from gongkai.rules.editions import NoEdition
from gongkai.rules.enforcement_publicity_2019.periods import (
    PERIODS,
    Act,
    overdue_when_decided_by,
    publish_by,
    shown_until,
    withdraw_by,
)
from gongkai.rules.enforcement_publicity_2019.public_fields import (
    FIELDS,
    CalledBack,
    KeptBack,
    masked_name,
    shown_parts,
)
from gongkai.rules.litigation.periods import sue_after_reconsideration_by, sue_directly_by
from gongkai.rules.reconsideration_2023.bodies import BODIES, AgencyKind, body_for
from gongkai.rules.reconsideration_2023.periods import (
    NoSuchProcedure,
    Procedure,
    answer_by,
    apply_by,
    apply_by_when_not_told,
    decide_by,
)
from gongkai.rules.site_indicators_2019.scored_items import SCORED_ITEMS, Group, Verdict, score
from gongkai.rules.site_indicators_2019.update_periods import UPDATE_PERIODS, ColumnClass, update_by
from gongkai.rules.site_indicators_2019.veto_items import GUIDE_ELEMENTS, VETO_ITEMS, Subject
from gongkai.rules.working_days import Calendar

CALENDAR = Calendar()

# 复议、诉讼 ----------------------------------------------------------------------------------


def test_reconsideration_is_applied_for_within_sixty_days_and_not_on_a_day_of_rest() -> None:
    assert apply_by(date(2024, 3, 1), CALENDAR).day == date(2024, 4, 30)
    assert apply_by(date(2024, 8, 2), CALENDAR).day == date(2024, 10, 8)  # 10月1日放假
    assert "《行政复议法》第二十条第一款" in str(apply_by(date(2024, 3, 1), CALENDAR).explanation)


def test_the_earlier_edition_is_cited_before_2024() -> None:
    explanation = str(apply_by(date(2023, 12, 29), CALENDAR).explanation)

    assert "《行政复议法（2017）》第九条第一款" in explanation
    with pytest.raises(NoEdition):
        apply_by(date(2017, 12, 31), CALENDAR)


@pytest.mark.parametrize(
    ("knew", "learned", "due"),
    [
        (date(2024, 3, 1), date(2024, 6, 3), date(2024, 8, 2)),
        (date(2024, 3, 1), date(2025, 2, 20), date(2025, 3, 3)),  # 一年届满，3月1日为周六
        (date(2023, 3, 1), date(2024, 6, 3), date(2024, 8, 2)),  # 2017年版没有一年的规定
    ],
)
def test_who_was_not_told_has_longer_but_at_most_a_year(knew: date, learned: date, due: date) -> None:
    answer = apply_by_when_not_told(
        knew_of_the_act_on=knew, learned_of_the_right_on=learned, calendar=CALENDAR
    )

    assert answer.day == due


def test_the_agency_answers_in_ten_or_five_working_days() -> None:
    assert answer_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.ORDINARY).day == date(2024, 6, 18)
    assert answer_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.SIMPLIFIED).day == date(2024, 6, 11)


def test_reconsideration_is_decided_in_sixty_or_thirty_days() -> None:
    ordinary = decide_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.ORDINARY)
    lengthened = decide_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.ORDINARY, lengthened=True)
    simplified = decide_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.SIMPLIFIED)

    assert (ordinary.day, lengthened.day, simplified.day) == (
        date(2024, 8, 2),
        date(2024, 9, 2),  # 9月1日为周日
        date(2024, 7, 3),
    )


def test_the_simplified_procedure_is_not_lengthened() -> None:
    with pytest.raises(NoSuchProcedure, match="简易程序不能延长审理期限"):
        decide_by(date(2024, 6, 3), CALENDAR, procedure=Procedure.SIMPLIFIED, lengthened=True)


def test_before_2024_the_ten_days_for_the_answer_were_calendar_days() -> None:
    assert answer_by(date(2023, 6, 5), CALENDAR, procedure=Procedure.ORDINARY).day == date(2023, 6, 15)
    assert decide_by(date(2023, 6, 5), CALENDAR, procedure=Procedure.ORDINARY).day == date(2023, 8, 4)


def test_before_2024_there_was_no_simplified_procedure() -> None:
    with pytest.raises(NoSuchProcedure, match="2024年以前没有简易程序"):
        answer_by(date(2023, 6, 5), CALENDAR, procedure=Procedure.SIMPLIFIED)


def test_courts_are_gone_to_within_fifteen_days_or_six_months() -> None:
    assert sue_after_reconsideration_by(date(2024, 6, 3), CALENDAR).day == date(2024, 6, 18)
    assert sue_directly_by(date(2024, 6, 3), CALENDAR).day == date(2024, 12, 3)


@given(st.dates(date(2024, 1, 1), date(2026, 6, 1)))
def test_every_period_ends_on_a_working_day(day: date) -> None:
    for due in (
        apply_by(day, CALENDAR),
        sue_directly_by(day, CALENDAR),
        sue_after_reconsideration_by(day, CALENDAR),
        publish_by(Act.LICENCE, day, CALENDAR),
        withdraw_by(day, CALENDAR),
    ):
        assert due.day > day
        assert CALENDAR.is_working_day(due.day)


@pytest.mark.parametrize("kind", AgencyKind)
def test_every_kind_of_agency_has_a_body_in_both_editions(kind: AgencyKind) -> None:
    for edition in BODIES.editions:
        body = body_for(kind, decided_on=edition.applies_from)
        assert body.name
        assert body.basis.instrument.in_force_from == edition.applies_from
    assert kind.label


# 执法公示 ----------------------------------------------------------------------------------


def test_licences_and_penalties_are_shown_in_seven_working_days_and_the_rest_in_twenty() -> None:
    days = {act.label: period.working_days for act, period in PERIODS.items()}

    assert days == {"行政许可": 7, "行政处罚": 7, "行政强制": 20, "行政收费": 20, "行政检查": 20}
    assert publish_by(Act.LICENCE, date(2024, 9, 10), CALENDAR).day == date(2024, 9, 20)
    assert publish_by(Act.COMPULSION, date(2024, 9, 10), CALENDAR).day == date(2024, 10, 14)


def test_a_changed_penalty_is_withdrawn_within_three_working_days() -> None:
    due = withdraw_by(date(2024, 9, 29), CALENDAR)

    assert due.day == date(2024, 10, 9)
    assert "《行政处罚法》第四十八条第二款" in str(due.explanation)


@pytest.mark.parametrize(
    ("published_on", "natural_person", "until"),
    [
        (date(2024, 3, 1), True, date(2026, 2, 28)),
        (date(2024, 3, 1), False, date(2029, 2, 28)),
        (date(2024, 2, 29), True, date(2026, 2, 28)),
    ],
)
def test_how_long_an_act_is_shown_is_local_practice(
    published_on: date, natural_person: bool, until: date
) -> None:
    shown = shown_until(published_on, natural_person=natural_person)

    assert shown.day == until
    assert "地方做法" in str(shown.explanation)


def test_the_fields_of_a_public_licence_and_penalty() -> None:
    """What one place lists is marked as such; what practice adds is 待核."""
    listed = {act: [f.label for f in FIELDS[act] if f.basis.certainty is Certainty.LOCAL] for act in FIELDS}

    assert listed[Act.LICENCE] == [
        "决定书文号",
        "项目名称",
        "审批类别",
        "许可内容",
        "行政相对人代码",
        "许可机关",
    ]
    assert listed[Act.PENALTY] == [
        "决定书文号",
        "处罚名称",
        "处罚类别",
        "处罚事由",
        "处罚依据",
        "行政相对人代码",
        "处罚结果",
        "处罚机关",
    ]
    further = [f for act in FIELDS for f in FIELDS[act] if f.basis.certainty is not Certainty.LOCAL]
    assert {f.basis.certainty.mark for f in further} == {"待核"}


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.sampled_from([Act.PENALTY, Act.COMPULSION]))
def test_a_decision_is_late_from_the_day_after_its_period(today: date, act: Act) -> None:
    latest = overdue_when_decided_by(act, today, CALENDAR)

    assert publish_by(act, latest, CALENDAR).day < today
    assert publish_by(act, date.fromordinal(latest.toordinal() + 1), CALENDAR).day >= today


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张示例", "张某某"),
        ("张三", "张某某"),
        (" 张 三 ", "张某某"),
        ("欧阳示例", "欧阳某某"),
        ("欧阳", "欧某某"),
        ("", ""),
    ],
)
def test_a_natural_person_is_named_without_the_given_name_and_its_length(name: str, shown: str) -> None:
    """PII-05."""
    assert masked_name(name) == shown


def test_only_a_penalty_is_kept_back_for_want_of_influence() -> None:
    assert [g.label for g in KeptBack if not g.applies_to(Act.LICENCE)] == ["行政处罚没有一定社会影响"]
    assert all(ground.applies_to(Act.PENALTY) for ground in KeptBack)
    assert {ground.value: str(ground.basis) for ground in KeptBack} == {
        "state_secret": "《条例》第十四条",
        "security_or_stability": "《条例》第十四条",
        "trade_secret_or_privacy": "《条例》第十五条",
        "minor": "《未成年人保护法》第一百〇三条（待核）",
        "no_influence": "《行政处罚法》第四十八条第一款",
    }


def test_why_a_public_decision_is_called_back() -> None:
    assert {reason.label: str(reason.basis) for reason in CalledBack} == {
        "决定被依法变更": "《行政处罚法》第四十八条第二款",
        "决定被依法撤销": "《行政处罚法》第四十八条第二款",
        "决定被确认违法": "《行政处罚法》第四十八条第二款",
        "决定被确认无效": "《行政处罚法》第四十八条第二款",
        "公示的内容有误": "《条例》第四十一条",
    }


def test_a_part_that_may_point_at_a_person_is_not_shown_alone() -> None:
    """PII-10."""
    assert shown_parts((5, 8)) == ("5", "8")
    assert shown_parts((4, 8)) == ("—", "—")
    assert shown_parts((0, 8)) == ("0", "8")


# 网站检查指标 --------------------------------------------------------------------------------


def test_veto_items_carry_their_numbers_and_what_was_not_read_is_marked() -> None:
    marked = {item.key for item in VETO_ITEMS for trigger in item.triggers if trigger.basis.certainty.mark}
    limits = {item.key: [trigger.limits for trigger in item.triggers] for item in VETO_ITEMS}

    assert marked == {
        "service_of_no_use",
        "account_serious_problem",
        "account_not_updated",
        "account_poor_interaction",
    }
    assert limits["unreachable"] == [
        {"watch_days": 7, "visits_a_day": 20, "seconds": 15, "per_cent_failed": 5}
    ]
    assert limits["columns_not_updated"] == [{"columns": 5}, {"columns": 10}, {"columns": 5}]
    assert [subject.label for subject in Subject] == ["政府网站", "政务新媒体"]
    assert len(GUIDE_ELEMENTS) == 8


@pytest.mark.parametrize(
    ("column", "updated_on", "last_day"),
    [
        (ColumnClass.HOME_PAGE, date(2024, 2, 20), date(2024, 3, 5)),
        (ColumnClass.NEWS, date(2024, 12, 25), date(2025, 1, 8)),
        (ColumnClass.NOTICES, date(2024, 8, 31), date(2025, 2, 28)),
        (ColumnClass.ANSWERED_MESSAGES, date(2023, 12, 31), date(2024, 2, 29)),
        (ColumnClass.SERVICE_STATISTICS, date(2024, 9, 30), date(2024, 12, 30)),
    ],
)
def test_a_column_is_overdue_the_day_after_its_period(
    column: ColumnClass, updated_on: date, last_day: date
) -> None:
    due = update_by(column, updated_on)

    assert due.day == last_day
    assert not due.overdue_on(last_day)
    assert due.overdue_on(date.fromordinal(last_day.toordinal() + 1))


def test_only_the_period_of_interpretations_is_unconfirmed() -> None:
    assert [c.label for c, p in UPDATE_PERIODS.items() if p.basis.certainty.mark] == ["政策解读类"]
    assert set(UPDATE_PERIODS) == set(ColumnClass)


def test_points_that_are_not_known_are_named_and_not_invented() -> None:
    known = {item.key: item.points for item in SCORED_ITEMS if item.points is not None}

    assert known == {"policy_documents": 5, "service_statistics": 2, "answered_messages": 3, "answers": 5}
    assert {item.group.label for item in SCORED_ITEMS} == {"发布解读", "办事服务", "互动交流", "功能设计"}
    result = score({"search": 1, "policy_documents": 1, "news": 0})
    assert (result.points, result.unknown) == (Decimal(95), ("搜索",))


@pytest.mark.parametrize(
    ("deductions", "bonus", "services", "points", "verdict"),
    [
        ({}, 30, True, "130", Verdict.PASSED),
        ({"policy_documents": 4}, 30, True, "80", Verdict.PASSED),  # 80分不开放加分
        ({"policy_documents": 8}, 0, True, "60", Verdict.PASSED),
        ({"policy_documents": 8, "service_statistics": 1}, 0, True, "58", Verdict.FAILED),
        ({"policy_documents": 3, "service_statistics": 9}, 0, False, "80", Verdict.PASSED),
        ({"policy_documents": 30}, 0, True, "0", Verdict.FAILED),
    ],
)
def test_a_site_is_scored(
    deductions: dict[str, int], bonus: int, services: bool, points: str, verdict: Verdict
) -> None:
    result = score(deductions, bonus=bonus, scores_services=services)

    assert (result.points, result.verdict) == (Decimal(points), verdict)
    assert result.explanation.conclusion.endswith(verdict.label)


def test_a_veto_ends_the_scoring() -> None:
    result = score({}, bonus=10, vetoed=True)

    assert (result.points, result.verdict.label) == (Decimal(0), "不合格")


def test_more_bonus_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError, match="加分应在0至30之间：31"):
        score({}, bonus=31)


def test_services_are_not_held_against_a_site_that_has_none() -> None:
    services = {item.key: 1 for item in SCORED_ITEMS if item.group is Group.SERVICES}

    assert set(services) == {"service_statistics", "service_classes", "guide_elements", "sample_forms"}
    assert score(services, scores_services=False).points == 100
