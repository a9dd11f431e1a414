"""核对 (N11). Letters with one planted fault are all stopped and told where; right ones pass."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.duties.applications.letters.case_facts import MatterFacts
from gongkai.duties.applications.letters.check import check, stops
from gongkai.duties.applications.letters.composing import compose
from gongkai.duties.applications.letters.text import NUMBER_SLOT
from gongkai.rules.regulations_2019.letters import KINDS
from gongkai.rules.regulations_2019.reply import RESULTS
from tests.duties.applications.letters.faults import FAULTS, planted
from tests.duties.applications.letters.right import every, facts, issued, matter, replies


def missed(rounds: int) -> tuple[int, set[str], set[str], list[tuple[str, str]]]:
    """How many faulty letters were made, by which faults, in which kinds and results, and those that were let through."""
    made, names, of, through = 0, set(), set(), []
    for case in every(rounds):
        text, numbered = issued(case)
        for n, fault in enumerate(FAULTS):
            changed = planted(text, numbered, fault, n + made)
            if changed is None:
                continue
            made += 1
            names.add(fault.name)
            of.add(case.result or case.kind)
            findings = check(changed, numbered)
            if not {each.code for each in findings if each.stops} & fault.codes:
                through.append((fault.name, changed.whole))
    return made, names, of, through


def test_every_planted_fault_is_found():
    made, names, of, through = missed(1)

    assert through == []
    assert made >= 500
    assert names == {fault.name for fault in FAULTS}
    assert of >= {result.key for result in RESULTS}
    assert of >= {kind.key for kind in KINDS} - {"reply", "closing"}


@pytest.mark.prove
def test_every_planted_fault_is_found_in_many_letters():
    made, _, _, through = missed(12)

    assert through == []
    assert made >= 20_000


@pytest.mark.parametrize("is_issued", [True, False])
def test_right_letters_pass(is_issued):
    """Of every kind and every situation, of one matter and of two, before 2024 and after."""
    wrong, looked = [], 0
    for case in every(8):
        text, numbered = issued(case) if is_issued else (compose(case), case)
        looked += 1
        wrong += [(text.whole, str(each)) for each in check(text, numbered) if each.stops]

    assert wrong == []
    assert looked >= 500


def test_a_finding_says_where_and_what_to_do():
    text, case = issued(facts("correction", n=1))
    wrong = replace(text, addressee="李旁人：")

    [finding] = check(wrong, case)

    assert str(finding) == "主送：收文的人或者单位与记录不一致。请改为“欧阳示范”。"
    assert stops((finding,))


def test_spaces_marks_and_courtesy_change_nothing():
    text, case = issued(facts("reply", matters=(matter("not_found", 1),)))
    loose = replace(
        text,
        addressee=text.addressee.replace("：", "先生："),
        paragraphs=tuple(
            each.replace("，", ", ").replace("“", "《").replace("”", "》") for each in text.paragraphs
        ),
    )

    assert [each for each in check(loose, case) if each.code not in ("unknown_instrument",)] == []


def test_numbers_in_chinese_read_as_numbers():
    text, case = issued(facts("reply", n=3, matters=(matter("internal", 1),)))
    worded = replace(text, remedy=text.remedy.replace("60日", "六十日").replace("15日", "十五日"))

    assert not stops(check(worded, case))
    assert stops(check(replace(text, remedy=text.remedy.replace("60日", "三十日")), case))


def test_the_item_may_stand_in_brackets():
    text, case = issued(facts("reply", matters=(matter("provided", 1),)))
    bracketed = replace(
        text, paragraphs=tuple(each.replace("第二项", "第（二）项") for each in text.paragraphs)
    )

    assert not stops(check(bracketed, case))


def test_the_law_of_the_day_decides_the_road():
    """A refusal decided in 2023 may go to court at once, one decided in 2024 may not."""
    refusal = (matter("internal", 1),)
    before, after = (
        replace(facts("reply", matters=refusal), day=day) for day in (date(2023, 12, 29), date(2024, 1, 2))
    )

    assert "可以自收到" in compose(before).remedy
    assert "应当自收到" in compose(after).remedy
    swapped = replace(compose(after), remedy=compose(before).remedy)
    assert "remedy_road" in {each.code for each in check(swapped, after)}


def test_another_law_is_for_a_person_to_look_at():
    prohibited = MatterFacts(
        1,
        "测绘成果",
        "prohibited",
        "PROHIBITED_BY_LAW",
        "",
        "《中华人民共和国示例法》第三十条规定不得对外提供",
    )
    text, case = issued(facts("reply", n=2, matters=(prohibited,)))

    findings = check(text, case)

    assert [(each.code, each.stops) for each in findings] == [("unknown_instrument", False)]


def test_an_undecided_matter_stops_the_reply():
    case = facts("reply", matters=(matter("provided", 1),))
    undecided = replace(case, matters=(*case.matters, MatterFacts(2, "另一名录")))

    assert "undecided" in {each.code for each in check(compose(case), undecided)}


def test_the_number_stays_open_until_it_is_given():
    case = facts("extension")
    text = compose(case)

    assert text.number == NUMBER_SLOT
    assert not stops(check(text, case))
    assert {each.code for each in check(replace(text, number="示动延〔2026〕3号"), case)} == {"number"}
    numbered = replace(case, number="示动延〔2026〕3号")
    assert {"blank", "number"} <= {each.code for each in check(text, numbered)}


def test_what_the_applicant_asked_for_may_be_repeated_to_him():
    asked = MatterFacts(1, "王旁人名下房屋的登记材料，电话13800138000")
    text, case = issued(facts("receipt", matters=(asked,)))

    assert not stops(check(text, case))


def test_the_check_changes_nothing_and_says_the_same_again():
    for case in replies(2):
        text, numbered = issued(case)
        assert check(text, numbered) == check(text, numbered)
