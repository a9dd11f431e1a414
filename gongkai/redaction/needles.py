"""要查找的内容. What was covered, in every way of writing in which it could still stand in a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.screening.plain_form import plain_form

SHORTEST = 2  # characters
_LONG = 8  # bytes: shorter ones turn up by chance in the dots of a picture
_ENCODINGS = ("utf-8", "gb18030", "utf-16-be", "utf-16-le")
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Needles:
    """要查找的各项; the number of one, from 1, is all that a finding tells of it."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, covered: Iterable[str]) -> "Needles":
        """Each piece as it is, and each of its lines."""
        pieces: dict[str, None] = {}
        for text in covered:
            for piece in (text, *text.splitlines()):
                if len(bare := packed(piece)) >= SHORTEST:
                    pieces[bare] = None
        return cls(tuple(pieces)[:MOST])

    def in_text(self, text: str) -> Iterator[int]:
        bare = packed(text)
        return (number for number, word in enumerate(self.words, 1) if word in bare)

    def in_bytes(self, data: bytes) -> Iterator[int]:
        return self._among(data, least=1)

    def long_in(self, data: bytes) -> Iterator[int]:
        """Only what is long enough not to stand there by chance."""
        return self._among(data, least=_LONG)

    def _among(self, data: bytes, *, least: int) -> Iterator[int]:
        lowered = data.lower()  # ASCII letters only: the needles are lowered as well
        for number, word in enumerate(self.words, 1):
            if any(form in lowered for form in _forms(word) if len(form) >= least):
                yield number


def _forms(word: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        encoded = word.encode(encoding, "ignore")
        if encoded:
            yield encoded.lower()
            yield encoded.hex().encode()


def packed(text: str) -> str:
    """Without white space, in one way of writing, small letters."""
    return "".join(each for each in plain_form(text).text if not each.isspace()).lower()
