"""逐项办理 (N12). Each matter gets its result with what the law wants in the file; the application's result follows."""

from datetime import date

import pytest

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.matters.models import Decision, FoundDocument, Matter, PageDecision, Search
from gongkai.duties.applications.matters.needs import SAID, undecided_pages
from gongkai.duties.applications.matters.queries import answered
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.outcome import SITUATIONS
from gongkai.sealing.suite import CannotOpen
from tests.factories.agencies import keeper
from tests.factories.applications import application

pytestmark = pytest.mark.django_db
ON = date(2023, 3, 6)


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def case(clerk):
    return application(clerk, matters=["2022年人防工程名录", "示例路工程的验收材料", "值班安排"])


def nth(case, number) -> Matter:
    return case.matters.get(number=number)


def kept(case) -> tuple[object, ...]:
    return (
        list(case.matters.values_list("number", "result", "struck_at")),
        Decision.objects.count(),
        Search.objects.count(),
        list(PageDecision.objects.values_list("first", "last", "fate")),
        Entry.objects.count(),
    )


def provide(case, number, clerk):
    return matters.decide(nth(case, number), situation="provided", by=clerk)


def search(case, clerk, **values):
    given = {
        "searched_on": ON,
        "place": "机关档案室",
        "words": "工程 验收",
        "searcher": "示例甲",
        "found": False,
    }
    return matters.record_search(case, by=clerk, **{**given, **values})


def test_the_text_of_a_matter_is_sealed_and_bound_to_its_own_row(case):
    """PII-03, CRY-02."""
    first, second = nth(case, 1), nth(case, 2)

    assert first.unseal("text") == "2022年人防工程名录"
    assert "人防" not in first.text
    second.text = first.text
    with pytest.raises(CannotOpen):
        second.unseal("text")


def test_no_reply_while_a_matter_has_no_result(case, clerk):
    provide(case, 1, clerk)
    before = kept(case)

    with pytest.raises(Refusal, match="第2项、第3项还没有结果"):
        actions.reply(case, on=date(2023, 3, 20), by=clerk, outcome="granted_in_part")

    assert kept(case) == before
    case.refresh_from_db()
    assert case.status == "handling"


def test_disclosed_in_part_counts_once_whatever_else_there_was(case, clerk):
    provide(case, 1, clerk)
    search(case, clerk)
    matters.decide(nth(case, 2), situation="not_found", reasons="档案室和业务系统均未查到", by=clerk)
    matters.decide(
        nth(case, 3),
        situation="internal",
        ground="INTERNAL_AFFAIRS",
        ground_kind="内部工作流程",
        reasons="属于内部值班安排",
        by=clerk,
    )

    assert answered(case).outcome.result.key == "granted_in_part"
    with pytest.raises(Refusal, match="部分公开"):
        actions.reply(case, on=date(2023, 3, 20), by=clerk, outcome="granted")
    case = actions.reply(case, on=date(2023, 3, 20), by=clerk, outcome="granted_in_part")
    assert (case.status, case.outcome) == ("closed", "granted_in_part")


def test_excessive_needs_reasons_that_were_asked_for_and_judged(case, clerk):
    """条例第三十五条."""
    before = kept(case)

    with pytest.raises(Refusal, match="还没有要求说明理由"):
        matters.decide(nth(case, 1), situation="excessive", reasons="件数多，所述理由不合理", by=clerk)

    assert kept(case) == before


def test_with_nothing_disclosed_a_person_names_the_main_ground(clerk):
    case = application(clerk, matters=["会议记录", "不存在的名录"])
    matters.decide(
        nth(case, 1),
        situation="deliberative",
        ground="DELIBERATIVE",
        ground_kind="讨论记录",
        reasons="属于讨论记录",
        by=clerk,
    )
    search(case, clerk, matter=nth(case, 2))
    matters.decide(nth(case, 2), situation="not_found", reasons="经检索没有", by=clerk)

    proposed = answered(case).outcome
    assert (proposed.result.key, proposed.is_proposal) == ("withheld_deliberative", True)
    with pytest.raises(Refusal, match="先确定主要理由"):
        actions.reply(case, on=date(2023, 3, 20), by=clerk, outcome="withheld_deliberative")
    with pytest.raises(Refusal, match="各项结果之一"):
        matters.name_main_ground(case, "granted", by=clerk)
    matters.name_main_ground(case, "unavailable_not_held", by=clerk)

    case = actions.reply(case, on=date(2023, 3, 20), by=clerk, outcome="unavailable_not_held")
    assert case.outcome == "unavailable_not_held"


def test_a_later_decision_stands_and_the_earlier_stays_readable(case, clerk):
    provide(case, 1, clerk)
    matters.decide(nth(case, 1), situation="already_public", reasons="https://www.example.gov.cn/1", by=clerk)

    assert [each.situation for each in nth(case, 1).decisions.all()] == ["already_public", "provided"]


@pytest.mark.parametrize(
    ("situation", "given", "missing"),
    [
        ("not_found", {"reasons": "没有"}, "还没有检索记录"),
        ("provided", {"ground": "STATE_SECRET"}, "不能用“国家秘密”作理由"),
        ("secret", {"reasons": "已定密"}, "还没有选不予公开的理由"),
        ("internal", {"ground": "INTERNAL_AFFAIRS", "reasons": "内部"}, "属于哪一类：人事管理、后勤管理"),
        ("internal", {"ground": "DELIBERATIVE", "reasons": "内部"}, "不能用“四类过程性信息”"),
        (
            "third_party_silent",
            {"ground": "THIRD_PARTY", "ground_kind": "个人隐私", "reasons": "甲"},
            "征求第三方",
        ),
        ("public_interest", {"reasons": "重大影响"}, "征求第三方"),
        ("still_unclear", {"reasons": "仍不明确"}, "补正的记录"),
        ("not_corrected", {}, "告知补正的记录"),
        ("fee_unpaid", {}, "收费通知的记录"),
        ("repeat", {}, "写明此前答复的文号和日期"),
        ("another_agency", {"reasons": "  "}, "负责公开的机关的名称、联系方式"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_decided(case, clerk, situation, given, missing):
    before = kept(case)

    with pytest.raises(Refusal, match=missing):
        matters.decide(nth(case, 1), situation=situation, by=clerk, **given)

    assert kept(case) == before


def test_every_situation_that_needs_words_says_which():
    closes = {each.key for each in SITUATIONS if each.result}

    assert set(SAID) < closes
    assert closes - set(SAID) == {"provided", "co_maker_silent", "not_corrected", "fee_unpaid"}


def test_a_third_partys_refusal_rests_on_the_consultation(case, clerk):
    actions.consult(case, on=ON, by=clerk, key="1", consulted=Consulted.THIRD_PARTY)
    decided = matters.decide(
        nth(case, 1),
        situation="third_party_refuses",
        ground="THIRD_PARTY",
        ground_kind="商业秘密",
        reasons="公司书面表示不同意，所附理由合理",
        by=clerk,
    )

    assert decided.result == "withheld_third_party"


def a_document(case, clerk, *, pages=10) -> FoundDocument:
    return matters.list_document(nth(case, 1), title="工程名录", pages=pages, by=clerk)


def test_pages_are_decided_in_runs_and_a_later_run_gives_way_to_none_but_its_own(case, clerk):
    document = a_document(case, clerk)
    matters.decide_pages(document, first=1, last=10, fate="disclosed", by=clerk)
    matters.decide_pages(document, first=4, last=5, fate="withheld", ground="DELIBERATIVE", by=clerk)

    runs = list(document.runs.values_list("first", "last", "fate"))
    assert runs == [(1, 3, "disclosed"), (4, 5, "withheld"), (6, 10, "disclosed")]
    matters.decide_pages(document, first=3, last=6, fate="redacted", ground="THIRD_PARTY", by=clerk)
    runs = list(document.runs.values_list("first", "last", "fate"))
    assert runs == [(1, 2, "disclosed"), (3, 6, "redacted"), (7, 10, "disclosed")]


def test_pages_left_open_are_named_and_stop_the_decision(case, clerk):
    document = a_document(case, clerk)
    matters.decide_pages(document, first=2, last=3, fate="disclosed", by=clerk)
    matters.decide_pages(document, first=7, last=7, fate="disclosed", by=clerk)

    assert undecided_pages(document) == "1、4—6、8—10"
    with pytest.raises(Refusal, match="第1、4—6、8—10页还没有决定"):
        provide(case, 1, clerk)


def test_what_the_pages_say_and_what_is_decided_must_agree(case, clerk):
    document = a_document(case, clerk, pages=2)
    matters.decide_pages(document, first=1, last=1, fate="disclosed", by=clerk)
    matters.decide_pages(document, first=2, last=2, fate="redacted", ground="THIRD_PARTY", by=clerk)

    with pytest.raises(Refusal, match="区分处理"):
        provide(case, 1, clerk)
    severed = matters.decide(
        nth(case, 1),
        situation="severed",
        ground="THIRD_PARTY",
        ground_kind="个人隐私",
        reasons="第2页的住址",
        by=clerk,
    )
    assert severed.result == "granted_in_part"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first": 0, "last": 2, "fate": "disclosed"}, "页码"),
        ({"first": 3, "last": 2, "fate": "disclosed"}, "页码"),
        ({"first": 1, "last": 11, "fate": "disclosed"}, "页码"),
        ({"first": 1, "last": 2, "fate": "withheld"}, "要选理由"),
        ({"first": 1, "last": 2, "fate": "disclosed", "ground": "DELIBERATIVE"}, "公开的页不写理由"),
        ({"first": 1, "last": 2, "fate": "burnt"}, "怎么处理"),
    ],
)
def test_a_wrong_run_of_pages_changes_nothing(case, clerk, values, words):
    document = a_document(case, clerk)
    before = kept(case)

    with pytest.raises(Refusal, match=words):
        matters.decide_pages(document, by=clerk, **values)

    assert kept(case) == before


def test_what_is_struck_out_stays_and_counts_no_more(case, clerk):
    matters.strike_matter(nth(case, 3), reason="与第1项重复", by=clerk)
    found = search(case, clerk)
    matters.strike_search(found, reason="登记错了", by=clerk)

    provide(case, 1, clerk)
    with pytest.raises(Refusal, match="检索记录"):
        matters.decide(nth(case, 2), situation="not_found", reasons="没有", by=clerk)
    provide(case, 2, clerk)
    assert answered(case).outcome.result.key == "granted"
    assert case.matters.count() == 3
    with pytest.raises(Refusal, match="已经划去"):
        provide(case, 3, clerk)


def test_numbers_go_on_and_are_never_given_twice(case, clerk):
    matters.strike_matter(nth(case, 3), reason="登记错了", by=clerk)
    matters.add_matters(case, ["  补正后的内容 ", ""], by=clerk)

    assert [each.number for each in case.matters.all()] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("texts", "words"),
    [([], "没有填写"), ([" "], "没有填写"), (["字"] * 98, "最多列100项"), (["字" * 2001], "最多2000字")],
)
def test_matters_that_cannot_be_listed_leave_nothing(case, clerk, texts, words):
    before = kept(case)

    with pytest.raises(Refusal, match=words):
        matters.add_matters(case, texts, by=clerk)

    assert kept(case) == before


def test_a_search_is_dated_between_receipt_and_today(case, clerk):
    before = kept(case)

    for day, words in ((date(2023, 3, 1), "早于收到"), (date(2999, 1, 1), "今天之后")):
        with pytest.raises(Refusal, match=words):
            search(case, clerk, searched_on=day)

    assert kept(case) == before


def test_nothing_is_changed_on_a_case_that_is_closed_or_of_another_agency(case, clerk):
    """ACL-02."""
    stranger = keeper()
    before = kept(case)
    for act in (
        lambda by: matters.add_matters(case, ["再要一份"], by=by),
        lambda by: provide(case, 1, by),
        lambda by: search(case, by),
        lambda by: a_document(case, by),
        lambda by: matters.strike_matter(nth(case, 1), reason="不要了", by=by),
    ):
        with pytest.raises(Refusal, match="其他机关"):
            act(stranger)
    assert kept(case) == before

    actions.close(case, on=ON, by=clerk, outcome="other_remaining", note="申请人撤回")
    before = kept(case)
    with pytest.raises(Refusal, match="已经办结"):
        provide(case, 1, clerk)
    assert kept(case) == before
