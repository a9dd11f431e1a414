"""Finding what to cover: by word and by what personal data look like, however the file writes it."""

import pytest

from gongkai.redaction import files
from gongkai.redaction.box import Area
from gongkai.redaction.finding import Reading
from gongkai.redaction.reading import Letters
from tests.redaction import making


def covered(data: bytes, areas: tuple[Area, ...]) -> str:
    reading = files.read(data, len(files.pages(data)))
    return "".join("".join(reading.under(area).split()) for area in areas)


@pytest.mark.parametrize(
    "body",
    [
        "<p>申请人张示例。</p>",
        "<p>申请人张 示　例。</p>",
        "<p>申请人张<b>示</b><i>例</i>。</p>",
        "<p style='letter-spacing:14pt'>申请人张示例。</p>",
        "<p style='width:5em'>申请人张示例。</p>",  # the line ends inside the name
        "<p style='width:4em'>申请人张示例。</p>",
        "<p>申请人张\u200b示\u200b例。</p>",
        "<table><tr><td>张</td><td>示</td><td>例</td></tr></table>",
        "<p style='position:absolute;left:2em'>示</p><p style='position:absolute;left:3em'>例</p>"
        "<p style='position:absolute;left:1em'>张</p>",
    ],
    ids=[
        "plain",
        "spaces",
        "runs",
        "spread",
        "two lines",
        "two lines again",
        "zero width",
        "cells",
        "drawn in another order",
    ],
)
def test_a_name_is_found_however_it_is_written(body):
    data = making.chinese(body)

    hits = files.find(data, [making.PERSON])

    assert len(hits) == 1
    assert "".join(sorted(covered(data, hits[0].areas).replace("\u200b", ""))) == "".join(
        sorted(making.PERSON)
    )


def test_a_name_broken_by_a_page_is_found_on_both_pages():
    data = making.chinese("<p>前文张示</p><p style='break-before:page'>例后文</p>")

    [hit] = files.find(data, [making.PERSON])

    assert [area.page for area in hit.areas] == [1, 2]


@pytest.mark.parametrize(
    "written", ["１３８００１３８０００", "138 0013 8000", "138-0013-8000", "13800138000"]
)
def test_full_width_and_grouped_figures_are_found(written):
    data = making.chinese(f"<p>手机{written}。</p>")

    [found] = files.detect(data)

    assert found.what == "手机号码"
    assert found.shown == "138****8000"
    assert len(covered(data, found.areas).replace("-", "")) == 11


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        ("⻢示例", "马示例"),  # a radical for the character that looks like it, as fonts name it
        ("⻓安⻋⼾", "长安车户"),
        ("欧阳・示范", "欧阳·示范"),
        ("买买提•示例", "买买提·示例"),
    ],
)
def test_characters_that_look_the_same_are_the_same(drawn, wanted):
    """PII-04: what a person reads on the page is what is found."""
    places = tuple((10.0 * at, 0.0, 10.0 * at + 9, 12.0) for at in range(len(drawn)))

    [hit] = Reading([Letters(drawn, places)]).find([wanted])

    assert (hit.areas[0].left, hit.areas[-1].right) == (0.0, 10.0 * len(drawn) - 1)


def test_every_place_of_a_word_is_found_and_no_other():
    data = making.chinese("<p>张示例和李示例、张示例。</p>" * 3 + "<p>张示范</p>")

    hits = files.find(data, [making.PERSON])

    assert len(hits) == 6
    assert all(covered(data, hit.areas) == making.PERSON for hit in hits)


def test_a_single_character_is_not_looked_for():
    assert files.find(making.chinese("<p>张示例</p>"), ["张", " "]) == ()


def test_personal_data_are_found_by_their_checksums_and_shown_masked():
    """PII-04, PII-05."""
    data = making.chinese(
        f"<p>身份证号{making.IDENTITY}，手机{making.MOBILE}，银行卡号{making.CARD}，邮箱{making.MAIL}。</p>"
        "<p>文号示例发〔2026〕12号，金额12000000.00元。</p>"
    )

    hits = files.detect(data)

    assert {hit.what for hit in hits} == {"身份证号码", "手机号码", "银行卡号", "个人电子邮箱"}
    clear = (making.IDENTITY, making.MOBILE, making.CARD, making.MAIL)
    assert not any(value in hit.shown for hit in hits for value in clear)
    assert {covered(data, hit.areas) for hit in hits} == set(clear)


def test_words_on_turned_pages_give_boxes_within_the_page():
    for turn in (0, 90, 180, 270):
        data = making.page(
            lines=[(60, 200, making.SECRET)], turn=turn, crop=(30, 30, 390, 290), origin=(7, -9)
        )
        [page] = files.pages(data)

        [hit] = files.find(data, [making.SECRET])

        [area] = hit.areas
        assert 0 <= area.left < area.right <= page.width
        assert 0 <= area.top < area.bottom <= page.height


def test_letters_one_below_the_other_are_one_area():
    places = tuple((100.0, 100.0 + 20 * at, 112.0, 112.0 + 20 * at) for at in range(3))

    [hit] = Reading([Letters(making.PERSON, places)]).find([making.PERSON])

    assert hit.areas == (Area(1, 100.0, 100.0, 112.0, 152.0),) or len(hit.areas) == 3
