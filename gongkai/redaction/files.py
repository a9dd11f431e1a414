"""遮盖一份PDF. Its pages, the words and the personal data on them, the file with boxes painted, and the proof of it.

Every step is done in child processes with limits, a few pages at a time; what breaks them is told in one sentence.
"""

import atexit
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.redaction.box import Box, CannotRedact, Page, require_sound
from gongkai.redaction.finding import Hit, Reading
from gongkai.redaction.needles import Needles
from gongkai.redaction.painting import RESOLUTIONS, USUAL
from gongkai.redaction.reading import Letters
from gongkai.redaction.writing import Packed, document
from gongkai.screening.pool import Pool

POOL = Pool(most=1, module="gongkai.redaction.child")
atexit.register(POOL.close)
_AT_ONCE = {"pages": 200, "letters": 50, "redact": 1, "prove": 5}


@dataclass(frozen=True, slots=True)
class Proof:
    """再打开再查找的结果. ``findings`` empty: nothing of what was covered is left. Nothing of it stands here either."""

    pages: int
    boxes: int
    searched: int  # pieces of text that were covered, each looked for in every way of writing
    objects: int
    streams: int
    letters: int  # that a reader could still copy
    size: int
    findings: tuple[str, ...]

    @property
    def clean(self) -> bool:
        return not self.findings


class Leaks(CannotRedact):
    """成品没有通过查找; it may not leave."""

    def __init__(self, proof: Proof) -> None:
        self.proof = proof
        super().__init__(f"成品没有通过检查，不能使用：{proof.findings[0]}，共{len(proof.findings)}处。")


def pages(data: bytes, name: str = "file.pdf") -> tuple[Page, ...]:
    """各页. Raises CannotRedact, or CannotInspect, for a file that may not be taken."""
    found: list[Page] = []
    count = first = 1
    while first <= count:
        told, _ = _ask("pages", data, name=name, first=first, last=first + _AT_ONCE["pages"] - 1)
        count = told["count"] or count
        found += [Page(**page) for page in told["pages"]]
        first += _AT_ONCE["pages"]
    if len(found) != count:
        raise CannotRedact("PDF的页数前后不一致，可能已损坏。请重新生成。")
    return tuple(found)


def read(data: bytes, count: int) -> Reading:
    """文字: read once, then searched as often as wanted."""
    found: list[Letters] = []
    for first, last in _steps(count, "letters"):
        told, packed = _ask("letters", data, first=first, last=last)
        at = 0
        for text in told["texts"]:
            found.append(Letters.unpacked(text, packed[at : at + 16 * len(text)]))
            at += 16 * len(text)
    return Reading(found)


def find(data: bytes, words: Iterable[str]) -> tuple[Hit, ...]:
    """查找."""
    return read(data, len(pages(data))).find(words)


def detect(data: bytes) -> tuple[Hit, ...]:
    """识别个人信息."""
    return read(data, len(pages(data))).detect()


def picture(data: bytes, page: int, resolution: float) -> bytes:
    """一页的图片 as PNG, without boxes."""
    return _ask("picture", data, page=page, resolution=resolution)[1]


def apply(data: bytes, boxes: Sequence[Box], resolution: int = USUAL) -> bytes:
    """遮盖: the new PDF, of pictures alone. Equal files with equal boxes give equal bytes."""
    if resolution not in RESOLUTIONS:
        raise CannotRedact(f"没有{resolution}这种分辨率，请从列表中选择。")
    shown = pages(data)
    require_sound(boxes, shown)
    return document(_redacted(data, len(shown), boxes, resolution))


def prove(output: bytes, covered: Iterable[str], boxes: Sequence[Box], pages: int) -> Proof:
    """再打开、再查找. ``covered``: the words that may not be there, see ``under``."""
    needles = Needles.of(covered)
    findings: dict[str, None] = {}
    counts: dict[str, int] = {}
    for first, last in _steps(pages, "prove"):
        told, _ = _ask(
            "prove",
            output,
            words=list(needles.words),
            boxes=_told(boxes, first, last),
            first=first,
            last=last,
            count=pages,
        )
        findings |= dict.fromkeys(told["findings"])
        counts |= told["counts"]
    return Proof(
        pages,
        len(boxes),
        len(needles.words),
        counts["objects"],
        counts["streams"],
        counts["letters"],
        counts["bytes"],
        tuple(findings),
    )


def redact(
    data: bytes, boxes: Sequence[Box], words: Iterable[str], resolution: int = USUAL
) -> tuple[bytes, Proof]:
    """遮盖并证明: what comes back was opened again and searched. Raises Leaks, and gives nothing, when anything is left."""
    shown = pages(data)
    output = apply(data, boxes, resolution)
    covered = [*words, *under(read(data, len(shown)), boxes)]
    proof = prove(output, covered, boxes, len(shown))
    if not proof.clean:
        raise Leaks(proof)
    return output, proof


def under(reading: Reading, boxes: Iterable[Box]) -> list[str]:
    """The text that the boxes take away."""
    return [text for box in boxes if (text := reading.under(box.area).strip())]


def _redacted(data: bytes, count: int, boxes: Sequence[Box], resolution: int) -> Iterator[Packed]:
    for first, last in _steps(count, "redact"):
        told, packed = _ask(
            "redact", data, boxes=_told(boxes, first, last), first=first, last=last, resolution=resolution
        )
        at = 0
        for width, height, colours, used, length in told["pages"]:
            yield Packed(int(width), int(height), int(colours), float(used), packed[at : at + length])
            at += length


def _told(boxes: Sequence[Box], first: int, last: int) -> list[list[Any]]:
    return [
        [
            [box.area.page, box.area.left, box.area.top, box.area.right, box.area.bottom],
            box.ground,
            box.origin.value,
        ]
        for box in boxes
        if first <= box.area.page <= last
    ]


def _steps(count: int, what: str) -> Iterator[tuple[int, int]]:
    step = _AT_ONCE[what]
    return ((first, min(first + step - 1, count)) for first in range(1, count + 1, step))


def _ask(do: str, data: bytes, name: str = "", **asked: Any) -> tuple[dict[str, Any], bytes]:
    told, result = POOL.ask(do, name, data, **asked)
    if told.get("refusal"):
        raise CannotRedact(told["refusal"])
    return told, result
