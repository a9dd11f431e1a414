"""PII-04, PII-05: personal data are found however they are written, what is nobody's is left alone, and no clear value stays."""

import itertools
import json
import random
from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.screening.found import Found, Level, What
from gongkai.screening.masking import masked
from gongkai.screening.numbers import is_bank_card, is_credit_code, is_id_card
from gongkai.screening.text import look
from gongkai.screening.web_words import words_of
from tests.screening import corpus
from tests.screening.containers import CONTAINERS


def personal(text: str) -> list[Found]:
    return [each for each in look(text) if each.is_personal]


def told(text: str) -> list[tuple[What, str]]:
    return [(each.what, text[each.start : each.end]) for each in personal(text)]


def _key(what: What, shown: str) -> tuple[What, str]:
    return (
        what,
        "" if what is What.HOME_ADDRESS else shown,
    )  # an address begins where its writer lets it begin


def missed_and_mistaken(
    container: str, seed: int
) -> tuple[list[corpus.Positive], Counter[tuple[What, str]], Counter[tuple[What, str]]]:
    planted = list(corpus.positives(seed))
    text = CONTAINERS[container]([each.line for each in planted])
    found = Counter(_key(each.what, each.shown) for each in personal(text))
    wanted = Counter(_key(each.what, masked(each.what, each.value)) for each in planted)
    return planted, wanted - found, found - wanted


@pytest.mark.parametrize("container", CONTAINERS)
def test_pii_04_personal_data_are_found_in_every_place_and_disguise(container):
    planted, missed, mistaken = missed_and_mistaken(container, seed=len(container))

    assert len(planted) >= 90
    assert (missed, mistaken) == (Counter(), Counter())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("李四110101198003070121", "110101198003070121"),
        ("王五13912345678一并通知", "13912345678"),
        ("赵六一三九一二三四五六七八", "一三九一二三四五六七八"),
        ("①13912345678", "13912345678"),
        ("13912345678²", "13912345678"),
        ("⑩110101198003070121", "110101198003070121"),
        ("陈一6222021000112233449一张", "6222021000112233449"),
        ("一3912345678", "一3912345678"),
        ("13①12345678", "13①12345678"),
    ],
)
def test_pii_04_a_name_or_a_mark_that_touches_a_number_does_not_hide_it(text, number):
    assert [shown for _, shown in told(text)] == [number]


@pytest.mark.parametrize(
    "row",
    ["1 1 0 0 2 1 0 0 0 1 2 0 1 0 3", "1 3 0 0 1 2 0 0 0 1 1", "1\t3\t0\t0\t0\t0\t0\t0\t0\t0\t0"],
)
def test_pii_04_a_row_of_a_table_of_counts_is_nobodys_number(row):
    assert personal(f"总计\n{row}\n五、存在的主要问题") == []
    assert told(f"总计\n{row}\n手机 1 3 8 0 0 1 2 0 0 0 1") == [(What.MOBILE, "1 3 8 0 0 1 2 0 0 0 1")]


@pytest.mark.parametrize(
    "text",
    ["比率0.6222021234567890128", "0.837124051112683", "0.13800138000", "11010\t519491\t2310\t02X"],
)
def test_pii_04_decimals_and_what_stands_side_by_side_in_a_table_are_nobodys(text):
    assert personal(text) == []


@pytest.mark.prove
def test_pii_04_recall_and_precision_over_the_whole_corpus():
    """D5: 2,000 positives, 2,000 negatives; recall at least 99.5 %, precision at least 95 %."""
    positives = missed = mistaken = 0
    for container, seed in itertools.product(CONTAINERS, range(1, 4)):
        planted, lost, wrong = missed_and_mistaken(container, seed * 1_000 + len(container))
        positives += len(planted)
        missed += lost.total()
        mistaken += wrong.total()
    negatives = list(itertools.islice(corpus.negatives(7), 4_000))
    mistaken += len(personal("\n".join(negatives)))
    found = positives - missed

    assert positives >= 2_000
    assert found / positives >= 0.995
    assert found / (found + mistaken) >= 0.95


def test_pii_04_numbers_of_offices_projects_and_money_are_nobody_s():
    lines = list(itertools.islice(corpus.negatives(11), 400))

    assert [(line, told(line)) for line in lines if told(line)] == []


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("身份证号11010519491231002X", What.ID_CARD, "11010519491231002X"),
        (
            "身份证号１１０１０５１９４９１２３１００２ｘ",
            What.ID_CARD,
            "１１０１０５１９４９１２３１００２ｘ",
        ),
        ("身份证号1101051949\n1231002X。", What.ID_CARD, "1101051949\n1231002X"),
        ("身份证号110105194912310021", What.ID_CARD_SUSPECTED, "110105194912310021"),
        ("电话+8613800138000", What.MOBILE, "13800138000"),
        ("电话0086-138-0013-8000", What.MOBILE, "138-0013-8000"),
        ("电话一三八〇〇一三八〇〇〇", What.MOBILE, "一三八〇〇一三八〇〇〇"),
        ("电话壹叁捌零零壹叁捌零零零", What.MOBILE, "壹叁捌零零壹叁捌零零零"),
        ("卡号6222 0212 3456 7890 128", What.BANK_CARD, "6222 0212 3456 7890 128"),
        ("京A·12345", What.LICENCE_PLATE, "京A·12345"),
        ("粤B D12345", What.LICENCE_PLATE, "粤B D12345"),
        ("zhang (at) example.com", What.EMAIL, "zhang (at) example.com"),
        ("微信号：zhang_san88", What.ACCOUNT, "zhang_san88"),
        ("家住示例县东山镇西村3组12号，", What.HOME_ADDRESS, "示例县东山镇西村3组12号"),
        ("家庭电话：8308 6688", What.HOME_TELEPHONE, "8308 6688"),
        ("台胞证号：12345678", What.TRAVEL_PERMIT, "12345678"),
    ],
)
def test_a_number_is_told_at_its_place_in_the_text_as_given(text, what, value):
    assert told(text) == [(what, value)]


@pytest.mark.parametrize(
    "text",
    [
        "金额13800138000元",
        "订单号：13800138000",
        "单位代码91350100M000100Y43",
        "索引号：110105202401010028",
        "3\t1\t5\t0\t2\t0\t0\t3\t0\t0\t1\t0\t7\n1\t3\t5\t0\t2\t0\t0\t3\t0\t0\t1\t0\t7",
        "监督电话：010-83086688",
        "办公邮箱：bgs@163.com",
        "信箱：xxgk@example.gov.cn",
        "办公地址：示例市和平路8号3号楼501室",
        "2024年，学生高考报名人数为12345人。",
        "患者就医方便，儿童安全。",
        "1101051949123100210",
    ],
)
def test_what_only_looks_personal_is_left_alone(text):
    assert told(text) == []


@pytest.mark.parametrize("what", corpus.MAKERS)
def test_pii_05_the_masked_form_keeps_no_recoverable_rest(what):
    """No more than the shown ends of the value stand anywhere in what is found."""
    make, frames = corpus.MAKERS[what]
    value = make(random.Random(3))
    [found] = personal(frames[0].format(value))
    told_to_all = json.dumps(asdict(found), ensure_ascii=False)

    assert value not in told_to_all
    assert "*" in found.shown
    if value.isdecimal():
        longest = max(len(run) for run in found.shown.split("*"))
        assert longest <= 4
        assert value[4:-4] not in told_to_all


def test_pii_05_a_place_may_hide_more_or_less_by_its_own_practice():
    assert [each.shown for each in look("手机13800138000", practice={What.MOBILE: (0, 4)})] == ["*******8000"]


def test_a_name_after_child_or_patient_is_a_hint_for_the_reviewer():
    [hint] = look("患者李小明，已出院")

    assert (hint.what, hint.level, hint.shown) == (What.PATIENT, Level.HINT, "李**")


def test_the_words_of_a_page_are_read_as_they_are_seen():
    """Tags inside a number part nothing, comments and link targets are read too."""
    page = '<p>手机138<b>0013</b>8000</p><!-- 13900139000 --><a href="tel:13700137000">联系</a><p>&#49;3600136000</p>'

    assert sorted(each.shown for each in personal(words_of(page))) == [
        "136****6000",
        "137****7000",
        "138****8000",
        "139****9000",
    ]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_looked_at_and_every_place_lies_inside_it(text):
    for found in look(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.integers(0, 10**6), st.text("\u200b\u2060\ufeff", max_size=3))
@settings(max_examples=200, deadline=None)
def test_unseen_characters_hide_no_identity_number(seed, unseen):
    value = corpus.id_card(random.Random(seed))
    at = seed % 17 + 1

    assert [each.what for each in personal(f"号码{value[:at]}{unseen}{value[at:]}。")] == [What.ID_CARD]


@given(st.integers(0, 10**6), st.integers(0, 16), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_one_wrong_figure_breaks_the_check_character(seed, at, by):
    value = corpus.id_card(random.Random(seed))
    changed = value[:at] + str((int(value[at]) + by) % 10) + value[at + 1 :]

    assert is_id_card(value)
    assert not is_id_card(changed)


def test_invented_numbers_of_every_kind_are_well_formed():
    """INP-06: the makers and the checks agree on five thousand numbers."""
    rng = random.Random(5)

    assert all(is_id_card(corpus.id_card(rng)) for _ in range(2_000))
    assert all(is_bank_card(corpus.bank_card(rng)) for _ in range(1_000))
    assert all(is_credit_code(corpus.credit_code(rng)) for _ in range(2_000))
