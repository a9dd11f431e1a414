"""错别字和表述. Wrong → right as the caller keeps them, and names that are almost but not quite written as they should be."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from gongkai.screening.found import Level

_SHORTEST_NAME = 4  # shorter names have too many neighbours that are other words
_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """一条. ``unless`` are longer words in which ``wrong`` is right."""

    wrong: str
    right: str
    level: Level = Level.ANSWER
    note: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misprint:
    """一处: place, what stands there, what should."""

    start: int
    end: int
    wrong: str
    right: str
    level: Level
    note: str


@dataclass(frozen=True, slots=True)
class WordingList:
    """一份词表, ready for use: made once, used for many texts. Finding takes one pass, however many entries."""

    entries: tuple[Wording, ...] = ()
    names: tuple[str, ...] = ()
    _by_start: dict[str, list[Wording]] = field(init=False, repr=False, compare=False)
    _first: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _by_half: dict[str, list[tuple[int, str]]] = field(init=False, repr=False, compare=False)
    _half_sizes: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_start: dict[str, list[Wording]] = defaultdict(list)
        for entry in self.entries:
            if entry.wrong:
                by_start[entry.wrong[:2]].append(entry)
        by_half: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for name in self.names:
            if len(name) >= _SHORTEST_NAME:
                middle = len(name) // 2
                by_half[name[:middle]].append((0, name))
                by_half[name[middle:]].append((middle, name))
        firsts = "".join(sorted({entry.wrong[0] for entry in self.entries if entry.wrong}))
        object.__setattr__(self, "_by_start", dict(by_start))
        object.__setattr__(self, "_first", re.compile(f"[{re.escape(firsts)}]" if firsts else r"(?!)"))
        object.__setattr__(self, "_by_half", dict(by_half))
        object.__setattr__(self, "_half_sizes", tuple(sorted({len(half) for half in by_half})))

    def misprints(self, text: str) -> Iterator[Misprint]:
        yield from self._wrong_words(text)
        if self._by_half:
            yield from self._almost_names(text)

    def _wrong_words(self, text: str) -> Iterator[Misprint]:
        for first in self._first.finditer(text):
            at = first.start()
            for entry in (*self._by_start.get(text[at : at + 2], ()), *self._by_start.get(text[at], ())):
                end = at + len(entry.wrong)
                if text.startswith(entry.wrong, at) and not _is_right_here(entry, text, at):
                    yield Misprint(at, end, entry.wrong, entry.right, entry.level, entry.note)

    def _almost_names(self, text: str) -> Iterator[Misprint]:
        """One character of a known name is another: one of its halves is right, the other is not."""
        told: set[tuple[int, str]] = set()
        for size in self._half_sizes:
            for at in range(len(text) - size + 1):
                for offset, name in self._by_half.get(text[at : at + size], ()):
                    start = at - offset
                    written = text[start : start + len(name)] if start >= 0 else ""
                    if (start, name) not in told and self._is_almost(written, name):
                        told.add((start, name))
                        yield Misprint(
                            start,
                            start + len(name),
                            written,
                            name,
                            Level.ANSWER,
                            "与名称表中的写法相差一个字",
                        )

    def _is_almost(self, written: str, name: str) -> bool:
        if len(written) != len(name) or written in self.names or not all(map(_WORD.match, written)):
            return False
        return sum(one != other for one, other in zip(written, name, strict=True)) == 1


def _is_right_here(entry: Wording, text: str, at: int) -> bool:
    for longer in entry.unless:
        inside = longer.find(entry.wrong)
        if inside >= 0 and text.startswith(longer, max(at - inside, 0)):
            return True
    return False


@cache
def typical() -> WordingList:
    """随系统的常见错别字. A small list of our own; an office adds its own beside it."""
    lines = files("gongkai.screening").joinpath("typical_wrong.txt").read_text(encoding="utf-8").splitlines()
    return WordingList(tuple(_entry(line) for line in lines if line and not line.startswith("#")))


def parse_list(lines: Iterable[str]) -> tuple[Wording, ...]:
    """A kept list as text: 错 → 对, and after a bar the longer words in which it is right."""
    return tuple(_entry(line) for line in lines if line.strip() and not line.startswith("#"))


def _entry(line: str) -> Wording:
    wrong, _, rest = line.partition("→")
    right, _, unless = rest.partition("|")
    return Wording(wrong.strip(), right.strip(), unless=tuple(unless.split()))
