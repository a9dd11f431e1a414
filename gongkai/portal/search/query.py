"""检索式. What a reader typed, as words: all of them must occur; “…” is one phrase; a word after a minus must not occur.

>>> [word.typed for word in read("政府信息 公开指南 -废止").words]
['政府信息', '公开指南']
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.portal.search import tokens
from gongkai.portal.search.folding import QUOTES, fold, is_han

LONGEST = 100  # characters of a query that are looked at
MOST_WORDS = 10

_QUOTED = {"“": "”", '"': '"', "「": "」", "『": "』", "＂": "＂", "”": "”"}
_PIECE = re.compile(
    r"(?P<minus>(?<!\S)[-－−–])?(?:[“”]([^“”]+)[“”]?|\"([^\"]+)\"?|＂([^＂]+)＂?|「([^」]+)」?|『([^』]+)』?|([^\s“”\"＂「」『』]+))"
)
# 〔2023〕 5号, 2023 5号: one number, however it is spaced. The word before it may be its agency's or another.
_SPACED_NUMBER = re.compile(
    r"(?<![0-9０-９])(?:([\[〔（(【［﹝])\s*)?([12１２][0-9０-９]{3})\s*(?:([\]〕）)】］﹞])\s*[-－]?|[-－]|\s)"
    r"\s*(第?)\s*([0-9０-９]{1,6})\s*(?=[号號])"
)
_PARTING = {ord(mark): "，" for mark in QUOTES}
_SHORTEST_PREFIX, _SHORTEST_NUMBER_PREFIX = 2, 5


@dataclass(frozen=True, slots=True)
class Word:
    """检索词: one folded word. ``open``: letters or digits may go on after it, as in a prefix."""

    typed: str
    folded: str
    open: bool = False

    @property
    def tokens(self) -> list[str]:
        return tokens.of_word(self.folded)

    @property
    def is_character(self) -> bool:
        return len(self.folded) == 1

    @property
    def needle(self) -> str:
        """What must stand in the folded text."""
        return self.folded.removesuffix("|") if self.open else self.folded

    @property
    def certain(self) -> bool:
        """The index alone answers for it; otherwise the text is looked at too."""
        found = self.tokens
        if len(found) != 1 or len(found[0]) == tokens.LONGEST:
            return False
        return self.folded in (found[0], f"|{found[0]}|")


@dataclass(frozen=True, slots=True)
class Query:
    """检索式. ``too_long``: only its beginning was looked at."""

    text: str = ""
    words: tuple[Word, ...] = ()
    without: tuple[Word, ...] = ()
    too_long: bool = False

    def only(self, *words: Word) -> "Query":
        return Query(" ".join(word.typed for word in words), words)


def read(typed: str) -> Query:
    """读检索式. Whatever was typed is a query; what cannot be looked for is left out."""
    text = "".join(c if c.isprintable() or c.isspace() else "" for c in typed).strip()
    shortened = text[:LONGEST].strip()
    words: list[Word] = []
    without: list[Word] = []
    for minus, written, quoted in _joined(_pieces(_SPACED_NUMBER.sub(r"\1\2\3-\4\5", shortened))):
        found = _words(written, whole=quoted or minus)
        (without if minus else words).extend(
            word for word in found if word not in (without if minus else words)
        )
    return Query(
        shortened,
        tuple(words[:MOST_WORDS]),
        tuple(without[:MOST_WORDS]),
        len(text) > LONGEST or len(words) > MOST_WORDS or len(without) > MOST_WORDS,
    )


def _pieces(text: str) -> Iterator[tuple[bool, str, bool]]:
    for found in _PIECE.finditer(text):
        minus, *quoted, plain = found.groups()
        phrase = next(filter(None, quoted), "")
        yield bool(minus), phrase or plain, bool(phrase)


def _joined(pieces: Iterator[tuple[bool, str, bool]]) -> Iterator[tuple[bool, str, bool]]:
    """单字相连: 王　伟 is how a name of two characters is set, and means 王伟."""
    waiting = ""
    for minus, written, quoted in pieces:
        if not minus and not quoted and len(written) == 1 and is_han(written):
            waiting += written
            continue
        if waiting:
            yield False, waiting, False
            waiting = ""
        yield minus, written, quoted
    if waiting:
        yield False, waiting, False


def _words(written: str, *, whole: bool) -> Iterator[Word]:
    """A phrase, and what must not occur, is one word. Otherwise punctuation parts words: 公开、透明 asks for both,
    and 《条例》解读 for both as well, though in a text the marks are looked through."""
    folded = fold(written if whole else written.translate(_PARTING))
    for part in [folded] if whole else folded.split(" "):
        if part:
            yield Word(written if whole or part == folded else part.replace("|", ""), part, _open(part))


def _open(folded: str) -> bool:
    if not folded.endswith("|"):
        return False
    last = folded[:-1].rpartition("|")[2]
    return len(last) >= (_SHORTEST_NUMBER_PREFIX if last.isdigit() else _SHORTEST_PREFIX)
