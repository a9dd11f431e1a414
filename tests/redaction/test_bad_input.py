"""What cannot be redacted is refused in one sentence, and no file stops the process (FIL-01, FIL-02, FIL-09)."""

import io
import re
import time

import pikepdf
import pytest
from PIL import Image

from gongkai.redaction import files
from gongkai.redaction.box import GROUND_BY_KEY, Area, Box, CannotRedact, Origin
from gongkai.redaction.labels import known, label
from gongkai.screening.pool import Pool
from tests.redaction import making

BOX = Box(Area(1, 10, 10, 80, 40), "THIRD_PARTY", Origin.HAND)
IN_CHINESE = re.compile(r"(?:PDF|pdf|PNG|MB|[^A-Za-z])+")


def broken() -> bytes:
    data = making.page(lines=[(40, 250, "words")])
    return data[:200] + b"\0" * 300 + data[-60:]


def wide(side: float) -> bytes:
    return making.page(lines=[(40, 40, "words")], size=(side, side))


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG")
    return out.getvalue()


def no_pages() -> bytes:
    return making.changed(making.page(lines=[]), lambda pdf: pdf.pages.__delitem__(0))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (making.locked, "已加密"),
        (broken, "损坏"),
        (lambda: b"%PDF-1.7\n%%EOF", "损坏"),
        (lambda: b"", "空的"),
        (lambda: b"PK\x03\x04" + b"\0" * 200, "不完整"),
        (png, "内容却是"),
        (no_pages, "没有页面"),
        (making.dynamic_form, "动态表单"),
        (lambda: making.many(1001), "1001页"),
        (lambda: b"%PDF-1.7\n" + b"0" * 21 * 1024 * 1024 + b"%%EOF", "20MB"),
        (lambda: making.page(lines=[])[:-7], "结尾"),
    ],
    ids=[
        "locked",
        "broken",
        "nothing in it",
        "empty",
        "archive",
        "picture",
        "no pages",
        "dynamic form",
        "too many pages",
        "too large",
        "cut off",
    ],
)
def test_what_may_not_be_taken_is_refused_in_a_sentence(data, why):
    with pytest.raises(CannotRedact) as refused:
        files.apply(data(), [BOX])

    assert why in str(refused.value)
    assert IN_CHINESE.fullmatch(str(refused.value)), str(refused.value)


def test_other_files_are_told_how_to_become_a_pdf():
    with pytest.raises(CannotRedact, match="另存或者打印成PDF"):
        files.pages(making.page(lines=[]), "材料.docx")


@pytest.mark.parametrize(
    ("box", "why"),
    [
        (Box(Area(2, 1, 1, 50, 50), "THIRD_PARTY", Origin.HAND), "没有第2页"),
        (Box(Area(0, 1, 1, 50, 50), "THIRD_PARTY", Origin.HAND), "没有第0页"),
        (Box(Area(1, 1, 1, 1.5, 50), "THIRD_PARTY", Origin.HAND), "太小"),
        (Box(Area(1, 50, 50, 1, 1), "THIRD_PARTY", Origin.HAND), "太小"),
        (Box(Area(1, float("nan"), 1, 50, 50), "THIRD_PARTY", Origin.HAND), "太小"),
        (Box(Area(1, 500, 10, 600, 50), "THIRD_PARTY", Origin.HAND), "不在页面上"),
        (Box(Area(1, 1, 1, 50, 50), "", Origin.HAND), "没有理由"),
        (Box(Area(1, 1, 1, 50, 50), "OTHER", Origin.HAND), "没有理由"),
    ],
)
def test_a_box_needs_a_place_and_a_ground(box, why):
    data = making.page(lines=[(40, 250, "words")])

    with pytest.raises(CannotRedact, match=why):
        files.apply(data, [BOX, box])


def test_without_boxes_nothing_is_made():
    with pytest.raises(CannotRedact, match="还没有遮盖框"):
        files.apply(making.page(lines=[]), [])


def test_a_resolution_that_is_not_offered_is_refused():
    with pytest.raises(CannotRedact, match="分辨率"):
        files.apply(making.page(lines=[]), [BOX], 10_000)


def test_a_large_drawing_is_made_with_fewer_dots_and_one_past_reading_is_refused():
    """FIL-05."""
    output, proof = files.redact(wide(2400), [BOX], [], 300)

    assert proof.clean
    with pikepdf.open(io.BytesIO(output)) as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.I
        assert int(picture.Width) * int(picture.Height) <= 16_100_000
    with pytest.raises(CannotRedact, match="第1页太大"):
        files.apply(wide(14_000), [BOX])
    with pytest.raises(CannotRedact, match="尺寸不正常"):
        files.pages(wide(20_000))


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_file_is_refused_or_redacted_and_never_stops_the_process(number):
    """FIL-09: forty files with bytes changed."""
    data = bytearray(making.form(making.SECRET, appearance=True))
    for at in range(number * 7 + 9, len(data) - 20, 211 + number):
        data[at] = (data[at] * 31 + number) % 256

    try:
        output, proof = files.redact(bytes(data), [BOX], [making.SECRET])
    except CannotRedact as refusal:
        output, proof, told = b"", None, str(refusal)
    else:
        told = ""

    assert IN_CHINESE.fullmatch(told) if proof is None else proof.clean
    assert b"Secret" not in output


def test_a_child_that_takes_too_long_marks_its_file_only():
    """FIL-09."""
    with pytest.MonkeyPatch.context() as patch:
        slow = Pool(most=1, module="gongkai.redaction.child")
        patch.setattr(files, "POOL", slow)
        asking = slow.ask
        patch.setattr(slow, "ask", lambda *args, **more: asking(*args, **{**more, "patience": 0.0001}))
        with pytest.raises(CannotRedact, match=r"用时过长|异常退出"):
            files.pages(making.page(lines=[]))
        slow.close()

    assert len(files.pages(making.page(lines=[]))) == 1


def test_a_thousand_pages_are_made_and_proved_page_by_page():
    data = making.many(1000)
    boxes = [Box(Area(number, 10, 10, 80, 40), "INTERNAL_AFFAIRS", Origin.HAND) for number in (1, 500, 1000)]
    started = time.monotonic()

    _, proof = files.redact(data, boxes, [], 150)

    assert proof.clean
    assert proof.pages == 1000
    assert time.monotonic() - started < 120


def test_every_ground_of_the_law_has_its_words():
    assert known() == set(GROUND_BY_KEY)
    for ground in GROUND_BY_KEY:
        for size in ((400, 60), (60, 400), (40, 25), (10, 10), (2, 2)):
            words = label(ground, *size, 200 / 72)
            assert words is None or (words.width <= size[0] and words.height <= size[1])
