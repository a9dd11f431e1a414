"""文书的种类、用语和条款: what each letter must contain, and which articles exist."""

from datetime import date

import pytest

from gongkai.rules.citation import REGULATIONS
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.regulations_2019.articles import citations_in, known_by, number_read, objection_to
from gongkai.rules.regulations_2019.letter_words import WORDS, cited_for, formally, words_of
from gongkai.rules.regulations_2019.letters import (
    KIND_BY_KEY,
    KINDS,
    AddressedTo,
    contents_of,
    ends_the_case,
    kind_for_result,
    wants_legality_review,
)
from gongkai.rules.regulations_2019.outcome import SITUATIONS
from gongkai.rules.regulations_2019.reply import RESULTS
from gongkai.rules.regulations_2019.withholding import GROUNDS

DAY = date(2026, 3, 2)


def objections(text: str, on: date = DAY) -> list[str]:
    return [found for each in citations_in(text, on=on) if (found := objection_to(each, on=on))]


def test_every_kind_has_its_own_sign_and_name():
    assert len({kind.sign for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS) == 12


@pytest.mark.parametrize(
    "kind", [each for each in KINDS if not ends_the_case(each.key)], ids=lambda each: each.key
)
def test_every_notice_names_its_articles_and_its_contents(kind):
    keys = [each.key for each in contents_of(kind.key)]

    assert kind.basis
    assert "basis" in keys
    assert keys[-1] == "signature"
    assert ("applicant" in keys) == (kind.addressed_to is AddressedTo.APPLICANT)
    assert ("remedy" in keys) == kind.has_remedy
    assert kind.addressed_to.label


def test_every_result_has_its_letter():
    kinds = {result.key: kind_for_result(result.key) for result in RESULTS}

    assert len(kinds) == 21
    assert [key for key, kind in kinds.items() if kind == "closing"] == [
        "other_not_corrected",
        "other_fee_unpaid",
        "other_remaining",
    ]
    assert all(contents_of("reply", result.key) == result.letter for result in RESULTS)


def test_refusals_are_reviewed_and_grants_are_not():
    reviewed = {result.key for result in RESULTS if wants_legality_review("reply", result.key)}

    assert reviewed == {result.key for result in RESULTS if result.group not in ("granted", "other")}
    assert wants_legality_review("third_party_notice")
    assert not wants_legality_review("extension")


@pytest.mark.parametrize("situation", [each for each in SITUATIONS if each.result], ids=lambda each: each.key)
def test_every_situation_has_its_words(situation):
    ground = next((each.key for each in GROUNDS if each.result == situation.result), "")
    if situation.key == "severed":
        ground = "THIRD_PARTY"

    text = words_of(situation.key, ground=ground, kind="讨论记录", reasons="理由如下。")

    assert WORDS[situation.key].decides in text
    assert "{" not in text
    assert "。。" not in text
    assert formally(cited_for(situation.key, ground)) in text
    assert objections(text) == []


def test_what_no_article_says_cites_none():
    assert cited_for("reconfirm") == ()
    assert cited_for("withdrawn") == ()


def test_an_instrument_is_named_once():
    assert formally((*KIND_BY_KEY["fee_notice"].basis, PROCESSING_FEE_MEASURES.article(4))) == (
        "《中华人民共和国政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》第六条、第四条"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [("九", 9), ("二十", 20), ("一百零二", 102), ("一千二百六十", 1260), ("36", 36), ("〇", 0)],
)
def test_numbers_are_read(text, number):
    assert number_read(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国政府信息公开条例》第三十六条第七项",
        "《政府信息公开条例》第十六条第二款",
        "条例第五十六条",
        "《中华人民共和国行政复议法》第二十三条第一款第四项",
        "《行政诉讼法》第一百零三条",
        "《政府信息公开信息处理费管理办法》第六条",
        "《中华人民共和国示例法》第三百条",  # not kept: nothing is known against it
        "《中华人民共和国政府信息公开条例》第二十条第十五项",  # not divided here: not judged
        "《中华人民共和国政府信息公开条例》第三十七条、第三十六条第（三）项",
    ],
)
def test_nothing_is_known_against(text):
    assert objections(f"根据{text}的规定") == []


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("《政府信息公开条例》第五十七条", "《政府信息公开条例》没有第57条，共56条"),
        ("条例第〇条", "《条例》没有第0条，共56条"),
        ("《政府信息公开条例》第三十九条第三款", "《政府信息公开条例》第三十九条只有二款，没有第三款"),
        ("《政府信息公开条例》第十六条第三项", "《政府信息公开条例》第十六条不分项，没有第三项"),
        ("《政府信息公开条例》第三十六条第八项", "《政府信息公开条例》第三十六条只有七项，没有第八项"),
        ("《民法通则》第五条", "《民法通则》到2026年3月2日已经停止施行"),
        ("《信息处理费管理办法》第〇条", "《信息处理费管理办法》没有第0条"),
    ],
)
def test_what_does_not_exist_is_told(text, objection):
    assert objections(f"根据{text}的规定") == [objection]


def test_a_law_is_read_by_the_edition_of_the_day():
    """第九十条 is in the law of 2023 and not in the one before."""
    assert objections("《行政复议法》第九十条", date(2023, 12, 31)) == ["《行政复议法》没有第90条，共43条"]
    assert objections("《行政复议法》第九十条", date(2024, 1, 1)) == []
    assert objections("《信息处理费管理办法》第六条", date(2020, 12, 31)) == [
        "《信息处理费管理办法》到2020年12月31日还没有施行"
    ]
    assert known_by("政府信息公开条例", on=DAY) is REGULATIONS
    assert known_by("没有收录的办法", on=DAY) is None


@pytest.mark.parametrize(
    ("written", "objection"),
    [
        ("《政府信息公开条例》（国务院令第492号）第十四条", "已经停止施行"),
        ("2007年《政府信息公开条例》第十四条", "已经停止施行"),
        ("《行政复议法》（2017年修正）第九条", "已经停止施行"),
        ("《政府信息公开条例》（国务院令第711号）第十四条", ""),
        ("《政府信息公开条例》（1999年）第十四条", ""),  # no such edition: the one in force is looked at
        ("《政府信息公开条例》第三十条第1000款", "没有第1000款"),
        ("《政府信息公开条例》第三十条第九款", "没有第九款"),
        ("《政府信息公开条例》规定的第九十九条", "没有第99条"),
    ],
)
def test_the_edition_that_is_named_is_the_one_looked_at(written: str, objection: str) -> None:
    on = date(2026, 3, 2)

    [cited] = citations_in(written, on=on)

    said = objection_to(cited, on=on)
    assert objection in said
    assert bool(said) is bool(objection)
