"""docs/officers/复议诉讼案例.md, executed row by row, and what no table can say (TIM-01, TIM-03)."""

from datetime import date

import pytest

from gongkai.rules.annual_report_2021.counting import FirstInstance, remedy_columns
from gongkai.rules.litigation.defendants import Reconsidered, defendants, defendants_after
from gongkai.rules.litigation.periods import Appealed
from gongkai.rules.remedy_cases.case import BrokenCase, standing
from gongkai.rules.remedy_cases.decisions import (
    COURT_DECISIONS,
    RECONSIDERATION_DECISIONS,
    CourtDecision,
    OnAppeal,
    ReconsiderationDecision,
    basis_of,
)
from gongkai.rules.remedy_cases.events import Kind, Track
from gongkai.rules.remedy_cases.performance import NOT_THE_SAME_AGAIN
from gongkai.rules.remedy_cases.standing import Duty, Standing
from gongkai.rules.working_days import Calendar
from tests.rules.case_tables import Row, cases, rows
from tests.rules.remedy_histories import LABELS, TRACKS, events

DOCUMENT = "复议诉讼案例.md"
CALENDAR = Calendar()
COLUMNS = {"upheld": "结果维持", "rectified": "结果纠正", "other": "其他结果"}


def standing_of(case: Row) -> Standing:
    track = TRACKS[case["途径"]]
    history = events(case["经过"], track)
    return standing(track, history, CALENDAR, simplified=case["程序"] == "简易")


def at(text: str, *, simplified: bool = False) -> Standing:
    track = Track.LITIGATION if "法院立案" in text else Track.RECONSIDERATION
    return standing(track, events(text, track), CALENDAR, simplified=simplified)


def deadline(found: Standing, duty: Duty) -> str:
    [one] = [each for each in found.deadlines if each.duty is duty]
    return one.due.day.isoformat()


@pytest.mark.parametrize("case", cases(DOCUMENT, "案件的现状"))
def test_a_case_stands_as_its_history_says(case: Row) -> None:
    found = standing_of(case)

    track, following = TRACKS[case["途径"]], found.next
    assert found.status.label == case["状态"]
    assert (following.duty.name_on(track) if following else "无") == case["我方下一项"]
    assert (following.due.day.isoformat() if following else "") == case["截止"]
    assert (COLUMNS[found.outcome.result.column.place] if found.outcome else "尚未审结") == case["结果"]
    assert (found.outcome.on.isoformat() if found.outcome else "") == case["计入日期"]


@pytest.mark.parametrize("case", cases(DOCUMENT, "不能登记的经过"))
def test_what_cannot_have_happened_is_refused_with_the_reason(case: Row) -> None:
    with pytest.raises(BrokenCase) as refused:
        standing_of(case)

    assert case["原因"] in str(refused.value)
    assert str(refused.value).endswith(("。", "）"))


@pytest.mark.parametrize("case", cases(DOCUMENT, "谁是被告"))
def test_who_is_sued_depends_on_the_reconsideration(case: Row) -> None:
    kind = next(each for each in Reconsidered if each.label == case["复议的情形"])

    found = defendants(kind)

    assert "、".join(party.label for party in found.parties) == case["被告"]
    assert found.jointly == (case["共同被告"] == "是")
    assert "《行政诉讼法》第二十六条" in str(found.explanation)


@pytest.mark.parametrize("case", cases(DOCUMENT, "复议决定以后谁是被告"))
def test_who_is_sued_after_each_decision(case: Row) -> None:
    found = defendants_after(ReconsiderationDecision(LABELS[Track.RECONSIDERATION][case["复议决定"]]))

    assert ("、".join(party.label for party in found.parties) if found else "由人判断") == case["被告"]


@pytest.mark.parametrize("case", cases(DOCUMENT, "上诉跨年怎样计入表四"))
def test_a_year_counts_what_stood_at_its_end_whatever_is_appealed_afterwards(case: Row) -> None:
    found = at(case["经过"])
    first = found.appealed_outcome

    def counted(year: int) -> str:
        columns = remedy_columns(
            year,
            accepted_on=found.accepted_on,
            decided_on=found.outcome.on if found.outcome else None,
            result=found.outcome.result if found.outcome else None,
            first_instance=FirstInstance(first.on, first.result, found.appealed_on)
            if first and found.appealed_on
            else None,
        )
        return {**COLUMNS, "pending": "尚未审结"}[columns[0].place] if columns else "不计"

    assert [counted(year) for year in (2025, 2026, 2027)] == [
        case[f"{year}年"] for year in (2025, 2026, 2027)
    ]


def test_every_decision_is_in_the_table_as_it_counts() -> None:
    said = {
        (row["途径"], row["决定或者裁判"]): (row["表四的一列"], row["要重新答复"], row["可以上诉"])
        for row in rows(DOCUMENT, "结果怎样计入表四")
    }
    known = {
        (track.label, meaning.label): (
            COLUMNS[meaning.result.column.place],
            "是" if meaning.orders else "否",
            "是" if meaning.may_be_appealed else "否",
        )
        for track, meanings in (
            (Track.RECONSIDERATION, RECONSIDERATION_DECISIONS),
            (Track.LITIGATION, COURT_DECISIONS),
        )
        for meaning in meanings.values()
    }

    assert said == known
    assert set(RECONSIDERATION_DECISIONS) == set(ReconsiderationDecision)
    assert set(COURT_DECISIONS) == set(CourtDecision)


def test_the_days_of_the_body_and_the_court_are_shown_but_are_not_ours() -> None:
    reconsideration = at("2026-03-02 复议受理；2026-03-16 中止审理；2026-03-26 恢复审理")
    simplified = at("2026-03-02 法院立案", simplified=True)
    appealed = at("2026-03-02 法院立案；2026-06-10 一审裁判：确认违法；2026-06-15 上诉")
    remanded = at(
        "2026-03-02 法院立案；2026-06-10 一审裁判：确认违法；2026-06-15 上诉；2026-07-01 二审裁判：撤销原判、发回重审"
    )
    decided = at("2026-03-02 复议受理；2026-04-24 复议决定：维持，收到2026-04-28")

    assert deadline(reconsideration, Duty.DECIDE) == "2026-05-11"  # 60日加中止的10日；5月1日放假不先顺延
    assert deadline(simplified, Duty.DECIDE) == "2026-04-16"
    assert deadline(appealed, Duty.DECIDE) == "2026-09-15"
    assert deadline(remanded, Duty.DECIDE) == "2027-01-04"  # 发回之日起六个月，2027年1月1日至3日放假
    assert deadline(decided, Duty.SUE) == "2026-05-13"
    assert [each for each in (reconsideration, simplified, appealed, decided) if each.next] == []


@pytest.mark.parametrize(
    ("history", "due"),
    [
        (
            "2026-03-02 复议受理；2026-03-16 中止审理；2026-03-26 恢复审理；2026-04-01 延长审理期限",
            "2026-06-10",
        ),
        ("2025-11-15 法院立案；2025-12-01 中止诉讼；2025-12-06 恢复诉讼", "2026-05-20"),  # 5月15日加5日
        ("2025-08-31 法院立案；2025-12-01 中止诉讼；2025-12-02 恢复诉讼", "2026-03-02"),  # 2月28日为周六
        # The day that the higher court set already takes account of what was suspended before it.
        (
            "2026-03-02 法院立案；2026-04-01 中止诉讼；2026-05-01 恢复诉讼；"
            "2026-08-20 延长审理期限，至2026-12-02；2026-11-02 中止诉讼；2026-11-04 恢复诉讼",
            "2026-12-04",
        ),
    ],
)
def test_a_day_of_rest_moves_the_end_of_the_whole_period_only(history: str, due: str) -> None:
    """TIM-03. What was suspended is added to the period as the law counts it; a second calculation over every day of
    2019 to 2026 agreed with the rules afterwards."""
    assert deadline(at(history), Duty.DECIDE) == due


def test_the_reasons_tell_the_period_and_then_what_was_suspended() -> None:
    found = at("2026-03-02 复议受理；2026-03-16 中止审理；2026-03-26 恢复审理")
    [decide] = [each for each in found.deadlines if each.duty is Duty.DECIDE]

    assert [line.partition("（《")[0] for line in decide.due.explanation.lines] == [
        "3月2日为第0日，60日届满，至5月1日",
        "5月1日为第0日，10日届满，至5月11日",
        "截止2026年5月11日（周一）",
    ]


def test_a_suspended_case_waits_for_no_decision_until_it_goes_on() -> None:
    [waiting] = at("2026-03-02 复议受理；2026-03-16 中止审理").deadlines

    assert (waiting.duty, waiting.is_open) == (Duty.DECIDE, False)


def test_a_late_answer_is_recorded_as_late() -> None:
    history = "2026-03-02 法院立案；2026-03-06 收到起诉状副本；2026-03-20 提交答辩状"

    assert at(f"{history}；2026-03-23 提交证据和依据").answered_late is False
    assert at(f"{history}；2026-03-24 提交证据和依据").answered_late is True


def test_a_judgment_ends_what_was_still_open_before_it() -> None:
    found = at(
        "2026-03-02 法院立案；2026-03-06 收到起诉状副本；2026-03-09 通知开庭，第1次，至2026-04-15；"
        "2026-03-20 一审裁判：驳回诉讼请求"
    )

    assert [each.duty for each in found.deadlines if each.is_open] == []


def test_every_deadline_explains_itself_with_its_article() -> None:
    found = at(
        "2026-03-02 法院立案；2026-03-06 收到起诉状副本；2026-03-30 通知开庭，第1次，至2026-04-15；"
        "2026-06-10 一审裁判：判决限期履行，收到2026-06-12，限15个工作日；2026-06-30 裁判生效"
    )

    text = {each.duty: str(each.due.explanation) for each in found.deadlines}
    assert "《行政诉讼法》第六十七条第一款（待核）" in text[Duty.ANSWER]
    assert "《行政诉讼法》第三条第三款（待核）" in text[Duty.HEARING]
    assert "《行政诉讼法》第八十五条（待核）" in text[Duty.APPEAL]
    assert "《行政诉讼法》第九十四条（待核）" in text[Duty.PERFORM]
    assert {each.duty for each in found.deadlines if each.duty.is_ours} == set(text) - {Duty.DECIDE}
    assert all(each.due.explanation.conclusion.startswith("截止") for each in found.deadlines)


def test_without_a_period_in_the_judgment_the_reply_takes_a_reply_s_time() -> None:
    found = at("2026-03-02 复议受理；2026-04-24 复议决定：撤销并责令重新作出，收到2026-04-28")

    [perform] = [each for each in found.deadlines if each.duty is Duty.PERFORM]
    assert "《条例》第三十三条第二款（待核）" in str(perform.due.explanation)


def test_what_happened_is_told_step_by_step() -> None:
    found = at(
        "2026-03-02 法院立案；2026-06-10 一审裁判：判决限期履行，收到2026-06-12，限15个工作日；2026-06-25 上诉，我方；"
        "2026-08-03 通知开庭，第1次，至2026-08-20；2026-09-15 二审裁判：驳回上诉、维持原判"
    )

    assert [step.text for step in found.steps] == [
        "2026年3月2日法院立案",
        "2026年6月10日一审裁判（判决限期履行，2026年6月12日收到，限15个工作日内履行）",
        "2026年6月25日上诉",
        "2026年8月3日通知开庭（第1次，至2026年8月20日）",
        "2026年9月15日二审裁判（驳回上诉、维持原判）",
    ]


def test_a_decision_of_before_2024_cites_the_law_of_its_time() -> None:
    upheld, ended = ReconsiderationDecision.UPHELD, ReconsiderationDecision.WITHDRAWN

    assert str(basis_of(upheld, accepted_on=date(2024, 1, 2))) == "《行政复议法》第六十八条（待核）"
    assert (
        str(basis_of(upheld, accepted_on=date(2023, 12, 29)))
        == "《行政复议法（2017）》第二十八条第一款（待核）"
    )
    assert str(basis_of(ended, accepted_on=date(2023, 12, 29))) == "《行政复议法（2017）》第二十五条（待核）"


def test_everything_has_a_chinese_name() -> None:
    names = [
        *(kind.name_on(track) for kind in Kind for track in Track),
        *(duty.name_on(track) for duty in Duty for track in Track),
        *(each.label for each in (*OnAppeal, *Appealed, *Reconsidered)),
        *(str(each.basis) for each in OnAppeal),
        *(str(each) for each in NOT_THE_SAME_AGAIN.values()),
    ]

    assert [name for name in names if not name or name.isascii()] == []
