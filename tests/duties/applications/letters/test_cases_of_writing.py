"""文书核对案例 (N11). The officers' cases: the same fault however it is written, and right letters in many hands."""

from dataclasses import replace

import pytest

from gongkai.duties.applications.letters.check import check, stops
from gongkai.rules.regulations_2019.letters import KINDS
from gongkai.rules.regulations_2019.outcome import SITUATIONS
from tests.duties.applications.letters.right import facts, issued, matter
from tests.rules.case_tables import Row, cases

DOCUMENT = "文书核对案例.md"
N = 11  # the case that the document describes
CODES = {
    "日期": {"date"},
    "依据": {"basis"},
    "条款": {"article", "other_article"},
    "文号": {"number"},
    "救济期限": {"remedy_period"},
    "救济途径": {"remedy_road"},
    "复议机关": {"remedy_body"},
    "决定": {"decision"},
    "天数": {"working_days"},
    "金额": {"amount", "contents"},
    "内容": {"contents"},
    "理由": {"ground"},
    "第三方": {"third_party"},
    "申请人": {"personal", "applicant_told"},
}
KIND = {kind.name: kind.key for kind in KINDS}
SITUATION = {each.label: each.key for each in SITUATIONS}


def changed(case: Row):
    named = case["文书"]
    if named in SITUATION:
        made = facts("reply", n=N, matters=(matter(SITUATION[named], N),))
    else:
        made = facts(KIND[named], n=N)
    text, numbered = issued(made)
    if not case["把"]:
        return replace(text, paragraphs=(*text.paragraphs, case["改成"])), numbered
    other = replace(
        text,
        paragraphs=tuple(line.replace(case["把"], case["改成"]) for line in text.paragraphs),
        remedy=text.remedy.replace(case["把"], case["改成"]),
    )
    assert other != text, f"文书里没有“{case['把']}”"
    return other, numbered


@pytest.mark.parametrize("case", cases(DOCUMENT, "找得出的差错"))
def test_a_fault_is_found_however_it_is_written(case: Row):
    assert CODES[case["找出"]] & {each.code for each in check(*changed(case)) if each.stops}


@pytest.mark.parametrize("case", cases(DOCUMENT, "照样放行的写法"))
def test_a_right_letter_passes_in_any_hand(case: Row):
    assert not stops(check(*changed(case))), [str(each) for each in check(*changed(case))]
