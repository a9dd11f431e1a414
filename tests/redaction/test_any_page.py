"""Redaction on any page, however it is turned, cropped, scaled or placed: what was covered is gone, the rest is as it was."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from gongkai.redaction import opening, painting, proving, reading, writing
from gongkai.redaction.box import Area, Box, Origin
from gongkai.redaction.finding import Reading
from gongkai.redaction.needles import Needles
from tests.redaction import making

TURNS = (0, 90, 180, 270)


def boxes_on(data: bytes, word: str) -> list[Box]:
    hits = Reading(reading.letters(data, 1, 1)).find([word])
    return [Box(area, "THIRD_PARTY", Origin.SEARCH) for hit in hits for area in hit.areas]


def made(data: bytes, boxes: list[Box], resolution: int = 150) -> bytes:
    pictures = painting.redacted(data, 1, 1, boxes, resolution)
    return writing.document(writing.packed(each) for each in pictures)


def picture_in(output: bytes) -> Image.Image:
    with pikepdf.open(io.BytesIO(output)) as pdf:
        return pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.I).as_pil_image().convert("L")


def outside(image: Image.Image, boxes: list[Box], resolution: float) -> Image.Image:
    kept = image.copy()
    for box in boxes:
        kept.paste(128, painting.dots_of(box, image.size, resolution / 72))
    return kept


def everything_in(output: bytes) -> bytes:
    """The bytes, every stream opened, every string."""
    found = [output]
    with pikepdf.open(io.BytesIO(output)) as pdf:
        for each in pdf.objects:
            found.append(
                each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse(resolved=False)
            )
    return b"\n".join(found)


@st.composite
def pages(draw):
    """A page with a secret and a neighbour on it, both within what is shown."""
    size = draw(st.tuples(st.integers(300, 900), st.integers(300, 900)))
    crop = None
    left = low = 0
    right, high = size
    if draw(st.booleans()):
        left, low = draw(st.integers(0, 40)), draw(st.integers(0, 40))
        right, high = size[0] - draw(st.integers(0, 40)), size[1] - draw(st.integers(0, 40))
        crop = (left, low, right, high)
    x = draw(st.integers(left + 10, right - 180))
    y = draw(st.integers(low + 60, high - 60))
    scale = draw(st.sampled_from((0.5, 1.0, 1.4)))
    return {
        "size": size,
        "crop": crop,
        "turn": draw(st.sampled_from(TURNS)),
        "origin": draw(st.sampled_from(((0, 0), (-100, 50), (33, -70), (1000, 2000)))),
        "scale": scale,
        "lines": [(x, y, "{}"), (x, y - 40, making.NEIGHBOUR)],
    }


def filled(given_page: dict, word: str) -> bytes:
    lines = [(x, y, words.format(word)) for x, y, words in given_page["lines"]]
    return making.page(**{**given_page, "lines": lines})


@settings(max_examples=60, deadline=None)
@given(pages())
def test_what_is_covered_is_gone_and_the_rest_is_as_it_was(given_page):
    """FIL-06 and PII-05."""
    source = filled(given_page, making.SECRET)
    boxes = boxes_on(source, making.SECRET)

    output = made(source, boxes)

    assert boxes
    needles = Needles.of([making.SECRET, "13800138000"])
    assert proving.whole(output, needles, 1)[0] == []
    assert proving.pictures(output, boxes, 1, 1) == []
    held = everything_in(output)
    assert b"Secret" not in held
    assert b"13800138000" not in held
    assert reading.letters(output, 1, 1)[0].text == ""
    before = painting.drawn(source, 1, 150).image.convert("L")
    after = picture_in(output)
    assert after.size == before.size
    assert ImageChops.difference(outside(before, boxes, 150), outside(after, boxes, 150)).getextrema()[1] <= 1
    [neighbour] = boxes_on(source, making.NEIGHBOUR)
    spot = painting.dots_of(neighbour, after.size, 150 / 72)
    dark, light = after.crop(spot).getextrema()
    assert light - dark > 150


@settings(max_examples=40, deadline=None)
@given(pages(), st.sampled_from(painting.RESOLUTIONS))
def test_under_equal_boxes_different_secrets_give_equal_bytes(given_page, resolution):
    """FIL-06 and PII-05: nothing of the secret, not even a shadow of it, has any effect on the output."""
    one, other = filled(given_page, making.SECRET), filled(given_page, "WWQ#Hidden")
    boxes = [*boxes_on(one, making.SECRET), *boxes_on(other, "WWQ#Hidden")]

    assert made(one, boxes, resolution) == made(other, boxes, resolution)
    assert made(one, [], resolution) != made(other, [], resolution)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("angle", TURNS)
def test_a_box_lies_on_the_word_as_seen_on_turned_pages_with_turned_words(turn, angle):
    source = making.page(lines=[(200, 150, making.SECRET)], turn=turn, angle=angle)
    [box] = boxes_on(source, making.SECRET)
    drawn = painting.drawn(source, 1, 150).image.convert("L")

    scale = 150 / 72
    ink = ImageChops.invert(drawn).getbbox()

    left, top, right, bottom = painting.dots_of(box, drawn.size, scale)
    assert left <= ink[0]
    assert top <= ink[1]
    assert right >= ink[2]
    assert bottom >= ink[3]
    assert (right - left) * (bottom - top) < 2.5 * (ink[2] - ink[0]) * (ink[3] - ink[1])


def test_the_inside_of_a_box_is_one_colour_but_for_the_words_of_its_ground():
    source = making.page(lines=[(100, 150, making.SECRET * 3)])
    narrow = Box(Area(1, 90, 130, 396, 165), "THIRD_PARTY", Origin.HAND)

    image = picture_in(made(source, [narrow], 200))

    left, top, right, bottom = painting.dots_of(narrow, image.size, 200 / 72)
    words = image.crop((left, top, right, bottom)).getbbox()
    assert words is not None
    assert words[2] - words[0] < (right - left) / 2
    rim = image.crop((left, top, left + words[0], bottom))
    assert rim.getextrema() == (painting.FILL, painting.FILL)


def test_words_outside_the_crop_do_not_come_along():
    source = making.page(
        lines=[(10, 10, making.SECRET), (150, 150, making.NEIGHBOUR)], crop=(100, 100, 380, 280)
    )
    box = Box(Area(1, 5, 5, 20, 20), "THIRD_PARTY", Origin.HAND)

    output = made(source, [box])

    with opening.document(output) as held, opening.page(held, 1) as shown:
        assert opening.size(shown, 1) == pytest.approx((280, 180), abs=0.5)
    assert b"Secret" not in everything_in(output)


@pytest.mark.parametrize("appearance", [True, False], ids=["drawn in the file", "drawn by the reader"])
def test_what_was_filled_into_a_form_is_found_covered_and_gone(appearance):
    source = making.form(making.SECRET, appearance=appearance)
    boxes = boxes_on(source, making.SECRET)

    output = made(source, boxes)

    assert len(boxes) == 1
    assert b"Secret" not in everything_in(output)
    assert proving.whole(output, Needles.of([making.SECRET]), 1)[0] == []
    after = picture_in(output)
    assert outside(after, [*boxes, *boxes_on(source, making.NEIGHBOUR)], 150).getextrema()[0] >= 100


def test_a_scan_is_covered_by_hand_in_its_dots():
    source, other = making.scan("SECRET"), making.scan("OTHERS")
    box = Box(Area(1, 60, 60, 260, 120), "THIRD_PARTY", Origin.HAND)

    output = made(source, [box], 200)

    assert opening.pages(source, 1, 1)[0].scanned
    assert proving.pictures(output, [box], 1, 1) == []
    assert output == made(other, [box], 200)
    assert made(source, [], 200) != made(other, [], 200)


def test_letters_drawn_as_outlines_are_pointed_out_and_a_frame_is_not():
    def drawn(content: bytes) -> bool:
        source = making.changed(
            making.page(lines=[]), lambda pdf: pdf.pages[0].contents_add(content, prepend=True)
        )
        return opening.pages(source, 1, 1)[0].scanned

    assert drawn(
        b" ".join(b"%d 100 m %d 112 l %d 100 l f" % (at, at + 3, at + 6) for at in range(20, 320, 6))
    )
    assert not drawn(b"10 10 380 280 re S 20 20 360 260 re S")


def strips(share: float) -> bytes:
    """A page of words, and a picture cut into strips that take this share of it."""

    def add(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(
            bytes(64), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8
        )
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page = pdf.pages[0]
        page.obj.Resources["/XObject"] = pikepdf.Dictionary(I=picture)
        for at in range(10):
            drawn = b"q 400 0 0 %.2f 0 %d cm /I Do Q" % (30 * share, 30 * at)
            page.contents_add(drawn, prepend=True)

    return making.changed(making.page(lines=[(20, 280, "Page 1 of a scanned paper file")]), add)


def test_a_picture_in_strips_or_pasted_among_words_is_pointed_out():
    assert opening.pages(strips(0.9), 1, 1)[0].scanned
    assert opening.pages(strips(0.08), 1, 1)[0].scanned  # a card of identity
    assert not opening.pages(strips(0.03), 1, 1)[0].scanned  # a seal


def test_outlines_among_words_are_pointed_out():
    letters = b" ".join(b"%d 100 m %d 112 %d 112 %d 100 c f" % (at, at, at + 2, at + 2) for at in range(150))
    source = making.page(lines=[(20, 280, "Words that are long enough to be read")])

    assert opening.pages(making.changed(source, lambda pdf: pdf.pages[0].contents_add(letters)), 1, 1)[
        0
    ].scanned
    assert not opening.pages(source, 1, 1)[0].scanned


def test_letters_are_found_as_drawn_where_the_file_says_that_they_mean_others():
    """PII-04: ActualText stands in a reader's copy instead of what is seen; both are looked for."""
    source = making.page(lines=[(50, 200, making.SECRET)])

    def other(pdf: pikepdf.Pdf) -> None:
        drawn = pdf.pages[0].obj.Contents.read_bytes()
        pdf.pages[0].obj.Contents = pdf.make_stream(
            b"/Span <</ActualText (Other words)>> BDC " + drawn + b" EMC"
        )

    source = making.changed(source, other)
    found = boxes_on(source, making.SECRET)

    assert len(found) == 1
    assert boxes_on(source, "Other words")
    assert making.SECRET in Reading(reading.letters(source, 1, 1)).under(found[0].area)


def test_an_area_painted_with_letters_is_pointed_out():
    def add(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].obj.Resources
        tile = pdf.make_stream(b"BT /F 12 Tf 5 5 Td (secret) Tj ET", Type=pikepdf.Name.Pattern, PatternType=1)
        tile.PaintType = tile.TilingType = 1
        tile.BBox, tile.XStep, tile.YStep = pikepdf.Array([0, 0, 90, 20]), 90, 20
        tile.Resources = pikepdf.Dictionary(Font=resources.Font)
        resources["/Pattern"] = pikepdf.Dictionary(P=tile)
        pdf.pages[0].contents_add(b"/Pattern cs /P scn 40 100 90 20 re f")

    source = making.page(lines=[(20, 280, "Words that are long enough to be read")])
    assert opening.pages(making.changed(source, add), 1, 1)[0].scanned


def test_a_page_with_much_detail_keeps_black_and_white_and_loses_shades_only():
    noise = Image.effect_noise((1000, 1400), 90).convert("RGB")
    picture = painting.Picture(noise, 150)

    small = writing.packed(picture)

    assert len(small.data) < len(writing._deflated(noise))
    assert writing.shaded(Image.new("L", (1, 1), 0)).getpixel((0, 0)) == 0
    assert writing.shaded(Image.new("L", (1, 1), 255)).getpixel((0, 0)) == 255
