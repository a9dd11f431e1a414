"""归一: what a reader takes for the same is the same; what is not stays apart."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.search.folding import SIMPLIFIED, fold


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2023〕5号",
        "国办发[2023]5号",
        "国办发［2023］5号",
        "国办发（2023）5号",
        "国办发(2023) 5 号",
        "国办发﹝2023﹞5号",
        "国办发【2023】5号",
        "国办发〔２０２３〕５号",
        "国办发〔2023〕05号",
        "国办发〔2023〕第5号",
        "国办发2023-5号",
        "国办发 2023－5号",
        "国办发 2023 5号",
        "國辦發〔2023〕5號",
        "国办发 〔 2023 〕 5 号",
    ],
)
def test_a_document_number_is_one_however_it_is_written(written):
    assert fold(written) == "国办发|2023||5|号"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國防動員辦公室", "国防动员办公室"),
        ("隨著臺灣後頭髮發裏裡", "随着台湾后头发发里里"),
        ("王　伟", "王伟"),
        ("王 伟", "王伟"),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("ＰＤＦ", "pdf"),
        ("Café", "CAFE"),
        ("2023 年度", "2023年度"),
        ("国防\n动员", "国防动员"),
        ("公\u200b开\u00ad", "公开"),
        ("《条例》", "“条例”"),
        ("“三公”经费", "三公经费"),
        ("《条例》实施办法", "条例实施办法"),
        ("公开，透明", "公开、透明"),
        ("2023-01-05", "2023.01.05"),
        ("㈠", "(一)"),
        ("⽔利", "水利"),
    ],
)
def test_what_is_the_same_to_a_reader_is_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国办发〔2023〕5号", "国办发〔2023〕15号"),
        ("国办发〔2023〕5号", "国办发〔2022〕35号"),
        ("公开，透明", "公开透明"),
        ("制度\n\n审查", "制度审查"),
        ("foo bar", "foobar"),
        ("12 号", "1 2号"),
    ],
)
def test_what_differs_stays_apart(one, other):
    assert fold(one) != fold(other)


def test_the_shipped_pairs_are_those_of_opencc():
    """The table was made from it; at run time no library is needed."""
    simplify, of_hong_kong = opencc.OpenCC("t2s").convert, opencc.OpenCC("hk2s").convert
    wrong = {
        character: simple
        for character, simple in SIMPLIFIED.items()
        if simple not in (simplify(character), of_hong_kong(character), simplify(simplify(character)))
    }
    missing = [
        character
        for character in map(chr, range(0x4E00, 0xA000))
        if simplify(character) != character and character not in SIMPLIFIED
    ]

    assert wrong == {"著": "着"}
    assert missing == []
    assert not [character for character, simple in SIMPLIFIED.items() if simple in SIMPLIFIED]


@given(st.text())
def test_folded_text_holds_only_characters_words_and_the_signs(text):
    folded = fold(text)

    assert not {c for c in folded if c <= "\x1f" or c in "\"'\\#^:"}
    assert folded.count("|") % 2 == 0
    assert folded == folded.strip(" ")
    assert "  " not in folded


@given(st.text(alphabet="公开國A1 -·（）\n。"), st.text(alphabet="公开國A1 -·（）\n。"))
def test_a_blank_line_parts_what_stands_around_it(one, other):
    parts = [part for part in (fold(one), fold(other)) if part]

    assert fold(f"{one}\n\n{other}") == " ".join(parts)
