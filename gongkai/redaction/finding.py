"""查找和识别. Where words stand, and where personal data stand: across line ends, with letters apart, full width or half.

The text is read twice, in the order of the file and in the order of the eye, since a file may draw its letters in any
order it likes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.redaction.box import Area, without_repeats
from gongkai.redaction.reading import NOWHERE, Letters, Rectangle
from gongkai.screening.found import What
from gongkai.screening.masking import masked
from gongkai.screening.personal import personal
from gongkai.screening.plain_form import plain_form

_DOTS = frozenset("・•‧∙⋅․")  # 姓名中的间隔号, as programs write it
SHORTEST_WORD = 2  # characters: a single one stands everywhere
# What a number, a checksum or a sign proves; names and addresses by their words only are left to the officer's eye.
SURE = frozenset(
    {
        What.ID_CARD,
        What.ID_CARD_15,
        What.ID_CARD_SUSPECTED,
        What.MOBILE,
        What.HOME_TELEPHONE,
        What.BANK_CARD,
        What.PASSPORT,
        What.TRAVEL_PERMIT,
        What.LICENCE_PLATE,
        What.EMAIL,
    }
)


@dataclass(frozen=True, slots=True)
class Hit:
    """找到的一处: what it is, how it may be shown, and where: one area for each line it takes."""

    what: str
    shown: str
    areas: tuple[Area, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Text:
    """一种读法: the text, and page and place of each of its characters."""

    text: str
    places: tuple[tuple[int, Rectangle], ...]

    def areas(self, start: int, end: int) -> tuple[Area, ...]:
        return tuple(_lines(place for place in self.places[start:end] if place[1] != NOWHERE))


class Reading:
    """读过的文件: asked as often as wanted."""

    def __init__(self, pages: Sequence[Letters]) -> None:
        self._readings = (_in_order_of_file(pages), _in_order_of_eye(pages))
        self._pages = pages

    def find(self, words: Iterable[str]) -> tuple[Hit, ...]:
        """The places of the words; white space and the way of writing do not matter."""
        wanted = {bare: word.strip() for word in words if len(bare := _bare(word)) >= SHORTEST_WORD}
        hits: list[Hit] = []
        for reading in self._readings:
            plain = plain_form(reading.text)
            kept = [at for at, character in enumerate(plain.text) if not character.isspace()]
            packed = "".join(_folded(plain.text[at]) for at in kept)
            for bare, word in wanted.items():
                at = packed.find(bare)
                while at >= 0:
                    start, end = plain.span(kept[at], kept[at + len(bare) - 1] + 1)
                    hits.append(Hit(word, word, reading.areas(start, end)))
                    at = packed.find(bare, at + 1)
        return _once(hits)

    def detect(self) -> tuple[Hit, ...]:
        """The personal data; what is shown of them is masked (PII-05)."""
        hits: list[Hit] = []
        for reading in self._readings:
            plain = plain_form(reading.text)
            for each in personal(plain.text):
                areas = reading.areas(*plain.span(each.start, each.end))
                hits.append(Hit(each.what.value, masked(each.what, each.value), areas, each.what in SURE))
        return _once(hits)

    def under(self, area: Area) -> str:
        """The letters that lie in an area by their middle: what the box is to take away."""
        if not 1 <= area.page <= len(self._pages):
            return ""
        page = self._pages[area.page - 1]
        return "".join(
            character
            for character, place in zip(page.text, page.places, strict=True)
            if place != NOWHERE and _middle_in(place, area)
        )


def _bare(word: str) -> str:
    return "".join(_folded(character) for character in plain_form(word).text if not character.isspace())


def _folded(character: str) -> str:
    if character in _DOTS:
        return "·"
    low = character.lower()
    return low if len(low) == 1 else character


def _in_order_of_file(pages: Sequence[Letters]) -> _Text:
    text, places = [], []
    for number, page in enumerate(pages, 1):
        text += [page.text, "\n"]
        places += [(number, place) for place in page.places]
        places.append((number, NOWHERE))
    return _Text("".join(text), tuple(places))


def _in_order_of_eye(pages: Sequence[Letters]) -> _Text:
    text: list[str] = []
    places: list[tuple[int, Rectangle]] = []
    for number, page in enumerate(pages, 1):
        for row in _rows(page):
            before: Rectangle | None = None
            for character, place in row:
                if before and place[0] - before[2] > (place[3] - place[1]):
                    text.append(" ")
                    places.append((number, NOWHERE))
                text.append(character)
                places.append((number, place))
                before = place
            text.append("\n")
            places.append((number, NOWHERE))
    return _Text("".join(text), tuple(places))


def _rows(page: Letters) -> Iterator[list[tuple[str, Rectangle]]]:
    """Letters whose middles lie on one level, from left to right."""
    drawn = [
        (character, place)
        for character, place in zip(page.text, page.places, strict=True)
        if place != NOWHERE and not character.isspace()
    ]
    drawn.sort(key=lambda each: each[1][1] + each[1][3])
    row: list[tuple[str, Rectangle]] = []
    level = 0.0
    for each in drawn:
        middle = (each[1][1] + each[1][3]) / 2
        height = each[1][3] - each[1][1]
        if row and middle - level > max(height, 1.0) * 0.4:
            yield sorted(row, key=lambda one: one[1][0])
            row = []
        if not row:
            level = middle
        row.append(each)
    if row:
        yield sorted(row, key=lambda one: one[1][0])


def _lines(places: Iterable[tuple[int, Rectangle]]) -> Iterator[Area]:
    """Neighbouring letters as one area; a new line, column or page begins another."""
    current: Area | None = None
    for number, place in places:
        letter = Area(number, *place)
        if current and _beside(current, letter):
            current = current.joined(letter)
            continue
        if current:
            yield current
        current = letter
    if current:
        yield current


def _beside(line: Area, letter: Area) -> bool:
    if line.page != letter.page:
        return False
    high = min(line.bottom - line.top, letter.bottom - letter.top)
    wide = min(line.right - line.left, letter.right - letter.left)
    level = min(line.bottom, letter.bottom) - max(line.top, letter.top)
    upright = min(line.right, letter.right) - max(line.left, letter.left)
    apart_across = max(letter.left - line.right, line.left - letter.right)
    apart_down = max(letter.top - line.bottom, line.top - letter.bottom)
    reach = 1.5 * max(letter.bottom - letter.top, letter.right - letter.left)
    in_a_row = level >= 0.5 * high and apart_across <= reach
    in_a_column = upright >= 0.5 * wide and apart_down <= reach / 3
    is_tall = line.bottom - line.top > 1.5 * (line.right - line.left)
    single = max(line.bottom - line.top, line.right - line.left) <= reach
    return in_a_row or (in_a_column and (is_tall or single) and apart_across <= 0 and level < 0.5 * high)


def _middle_in(place: Rectangle, area: Area) -> bool:
    across, down = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def _once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Each place once: both readings find most of them."""
    kept: list[Hit] = []
    in_order = sorted((hit for hit in hits if hit.areas), key=lambda hit: (hit.areas[0].page, hit.what))
    for _, same in groupby(in_order, key=lambda hit: (hit.areas[0].page, hit.what)):
        told: list[Hit] = []
        for hit in same:
            areas = without_repeats(hit.areas)
            if not any(_covers(other.areas, areas) for other in told):
                told.append(Hit(hit.what, hit.shown, areas, hit.sure))
        kept += told
    return tuple(
        sorted(kept, key=lambda hit: (hit.areas[0].page, round(hit.areas[0].top), hit.areas[0].left))
    )


def _covers(areas: Sequence[Area], others: Sequence[Area]) -> bool:
    return all(any(area.holds(other, slack=1.0) for area in areas) for other in others)


def uncovered(hits: Iterable[Hit], covers: Sequence[Area]) -> tuple[Hit, ...]:
    """Those of which a line lies under no box: forgotten, or left on purpose."""
    return tuple(
        hit
        for hit in hits
        if not all(any(cover.holds(area, slack=2.0) for cover in covers) for area in hit.areas)
    )
