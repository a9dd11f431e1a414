"""读出文字. Every letter of a page with the place it takes on the page as seen, drawn or not."""

import ctypes
from array import array
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.redaction import opening
from gongkai.redaction.box import CannotRedact

Rectangle = tuple[float, float, float, float]
NOWHERE: Rectangle = (0.0, 0.0, 0.0, 0.0)  # of a space or line end that the page only implies
_FINE = 1 << 16  # steps in which the page is measured to find how it is turned


@dataclass(frozen=True, slots=True)
class Letters:
    """一页的文字: one rectangle (left, top, right, bottom) for every character of the text."""

    text: str
    places: tuple[Rectangle, ...]

    def packed(self) -> bytes:
        return array("f", [value for place in self.places for value in place]).tobytes()

    @classmethod
    def unpacked(cls, text: str, packed: bytes) -> "Letters":
        values = array("f")
        values.frombytes(packed)
        if len(values) != 4 * len(text):
            raise CannotRedact("文字和位置对不上，文件可能已损坏。请重新生成PDF。")
        return cls(text, tuple(zip(*[iter(values)] * 4, strict=True)))


def letters(data: bytes, first: int, last: int) -> list[Letters]:
    with opening.document(data) as held:
        found = []
        for number in range(first, min(last, len(held)) + 1):
            with opening.page(held, number) as shown:
                found.append(_of_page(shown, number))
        return found


def _of_page(shown: Any, number: int) -> Letters:
    """The letters, and those as drawn where the file says that they mean others (ActualText): both can be read there."""
    meant = _as_told(shown, number)
    if not _take_other_words_away(shown):
        return meant
    drawn = _as_told(shown, number)
    known = set(zip(meant.text, meant.places, strict=True))
    more = [each for each in zip(drawn.text, drawn.places, strict=True) if each not in known]
    if not any(place != NOWHERE for _, place in more):
        return meant
    return Letters(
        "".join((meant.text, "\n", *(letter for letter, _ in more))),
        (*meant.places, NOWHERE, *(place for _, place in more)),
    )


def _take_other_words_away(shown: Any) -> bool:
    """Whether a part of the page says that its letters mean others. Nothing of the page is drawn otherwise for it."""
    found = False
    for item in shown.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=opening.DEEPEST):
        for at in range(max(0, pdfium.FPDFPageObj_CountMarks(item))):
            mark = pdfium.FPDFPageObj_GetMark(item, at)
            if mark and pdfium.FPDFPageObjMark_RemoveParam(item, mark, b"ActualText"):
                found = True
    return found


def _as_told(shown: Any, number: int) -> Letters:
    textpage = shown.get_textpage()
    count = textpage.count_chars()
    if count > opening.MOST_LETTERS:
        raise CannotRedact(f"第{number}页的文字过多（{count}字），请把这一页分开后重新生成PDF。")
    turn = _turn(shown, number)
    text: list[str] = []
    places: list[Rectangle] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        text.append("\n" if letter in "\r\n" else letter)
        if pdfium.FPDFText_IsGenerated(textpage, at) == 1 or not pdfium.FPDFText_GetCharBox(
            textpage, at, left, right, bottom, top
        ):
            places.append(NOWHERE)
            continue
        tight = (left.value, bottom.value, right.value, top.value)
        if pdfium.FPDFText_GetLooseCharBox(textpage, at, loose):
            tight = _with_room(tight, (loose.left, loose.bottom, loose.right, loose.top))
        places.append(turn(tight))
    textpage.close()
    return Letters("".join(text), tuple(places))


def _with_room(tight: Rectangle, loose: Rectangle) -> Rectangle:
    """The ink, and the room that the font gives the letter; a font may claim less than its ink."""
    low, high = min(loose[1], loose[3]), max(loose[1], loose[3])
    first, last = min(loose[0], loose[2]), max(loose[0], loose[2])
    return min(tight[0], first), min(tight[1], low), max(tight[2], last), max(tight[3], high)


def _turn(shown: Any, number: int) -> Any:
    """From the page's own measure to the page as seen: PDFium is asked where three points come to lie."""
    width, height = opening.size(shown, number)
    x, y = ctypes.c_int(), ctypes.c_int()

    def seen(a: float, b: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(shown, 0, 0, _FINE, _FINE, 0, a, b, x, y)
        return x.value * width / _FINE, y.value * height / _FINE

    reach = 1_000.0
    origin, along, up = seen(0, 0), seen(reach, 0), seen(0, reach)
    ax, ay = (along[0] - origin[0]) / reach, (along[1] - origin[1]) / reach
    bx, by = (up[0] - origin[0]) / reach, (up[1] - origin[1]) / reach

    def turned(place: Rectangle) -> Rectangle:
        across = sorted(
            (origin[0] + place[0] * ax + place[1] * bx, origin[0] + place[2] * ax + place[3] * bx)
        )
        down = sorted((origin[1] + place[0] * ay + place[1] * by, origin[1] + place[2] * ay + place[3] * by))
        return across[0], down[0], across[1], down[1]

    return turned
