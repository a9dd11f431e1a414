"""成串的数字. Figures that belong together although spaces, line breaks, hyphens or cells part them."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

GAP = r"[ \t\n\-./|·]"
_CHAIN = re.compile(rf"[0-9](?:{GAP}{{0,3}}[0-9Xx])*")
_SINGLES = 1
_SMALL, _MOSTLY = "012", 0.75  # a table of what happened how often is nearly all of these
_LONG_LINE = 6  # characters before a number on a line that was broken because it was full


@dataclass(frozen=True, slots=True)
class Window:
    """一段数字. Its figures, its place, the sizes of its groups, and whether other figures touch it."""

    figures: str
    start: int
    end: int
    groups: tuple[int, ...]
    loose: bool  # no other figure directly before or after
    alone: bool  # the whole chain: no other figures near

    @property
    def is_whole(self) -> bool:
        return len(self.groups) == 1

    @property
    def is_spelt_out(self) -> bool:
        """Each figure by itself, as in a form with a cell for each; a row of a table of counts is not."""
        small = sum(figure in _SMALL for figure in self.figures)
        return (
            self.alone
            and all(size == _SINGLES for size in self.groups)
            and small < len(self.figures) * _MOSTLY
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """一串数字: the figures and the place of each."""

    figures: str
    places: tuple[int, ...]

    def window(self, first: int, length: int) -> Window:
        last = first + length - 1
        places = self.places[first : last + 1]
        groups, size = [], 1
        for before, after in pairwise(places):
            if after - before > 1:
                groups.append(size)
                size = 0
            size += 1
        return Window(
            self.figures[first : last + 1],
            places[0],
            places[-1] + 1,
            (*groups, size),
            self.is_parted(first) and self.is_parted(last + 1),
            length == len(self.figures),
        )

    def is_parted(self, at: int) -> bool:
        """Whether something stands between the figure ``at`` and the one before it."""
        return at in (0, len(self.figures)) or self.places[at] - self.places[at - 1] > 1


def chains(text: str, *, shortest: int) -> Iterator[Chain]:
    for match in _CHAIN.finditer(text):
        if match.end() - match.start() >= shortest:
            places = tuple(
                place for place in range(match.start(), match.end()) if text[place] in "0123456789Xx"
            )
            if len(places) >= shortest:
                yield Chain("".join(text[place] for place in places).upper(), places)


def in_one_cell(text: str, window: Window) -> bool:
    """No line or cell ends inside."""
    inside = text[window.start : window.end]
    return "\n" not in inside and "\t" not in inside


def cells_are_parts(text: str, window: Window, parts: Container[int]) -> bool:
    """Whether the cells it runs through end where the number has its parts, or hold a figure each: not whatever stands
    side by side in a table."""
    sizes = [sum(map(str.isalnum, cell)) for cell in text[window.start : window.end].split("\t")]
    return all(size == _SINGLES for size in sizes) or all(end in parts for end in accumulate(sizes[:-1]))


def is_a_fraction(text: str, window: Window) -> bool:
    """Behind 0. stand the places of a decimal; what a list numbers begins at 1."""
    return (
        text[window.start - 2 : window.start] == "0."
        and not text[window.start - 3 : window.start - 2].isdigit()
    )


def is_a_broken_line(text: str, window: Window) -> bool:
    """One line break inside, and a line before it long enough to have been broken."""
    inside = text[window.start : window.end]
    line_start = text.rfind("\n", 0, window.start) + 1
    return len(window.groups) == 2 and "\n" in inside and window.start - line_start >= _LONG_LINE
