"""遮盖的子进程. ``python -m gongkai.redaction.child``: answers as the child of screening does, under the same limits (FIL-09)."""

import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any

from gongkai.redaction.box import Area, Box, Origin
from gongkai.screening.child import guarded, serve


def answer(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    return guarded(_TASKS[question["do"]], question, data)


def _pages(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.redaction import opening

    count = opening.require_taken(question["name"], data) if question["first"] == 1 else 0
    found = opening.pages(data, question["first"], question["last"])
    return {"count": count, "pages": [asdict(page) for page in found]}, b""


def _letters(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.redaction import reading

    found = reading.letters(data, question["first"], question["last"])
    return {"texts": [page.text for page in found]}, b"".join(page.packed() for page in found)


def _picture(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.redaction import painting

    picture = painting.drawn(data, question["page"], question["resolution"])
    out = BytesIO()
    picture.image.save(out, "PNG", compress_level=3)
    return {}, out.getvalue()


def _redact(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.redaction import painting, writing

    pictures = painting.redacted(
        data, question["first"], question["last"], _boxes(question), question["resolution"]
    )
    pages = [writing.packed(picture) for picture in pictures]
    told = [[page.width, page.height, page.colours, page.resolution, len(page.data)] for page in pages]
    return {"pages": told}, b"".join(page.data for page in pages)


def _prove(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.redaction import proving
    from gongkai.redaction.needles import Needles

    needles = Needles(tuple(question["words"]))
    found = proving.Findings()
    counts: dict[str, int] = {}
    if question["first"] == 1:
        found, counts = proving.whole(data, needles, question["count"])
    for each in proving.pictures(data, _boxes(question), question["first"], question["last"]):
        found.tell(each)
    return {"findings": list(found), "counts": counts}, b""


def _boxes(question: dict[str, Any]) -> list[Box]:
    return [Box(Area(*area), ground, Origin(origin)) for area, ground, origin in question["boxes"]]


_TASKS = {"pages": _pages, "letters": _letters, "picture": _picture, "redact": _redact, "prove": _prove}


def _load() -> None:
    from gongkai.redaction import painting, proving, reading, writing

    del painting, proving, reading, writing


if __name__ == "__main__":
    sys.exit(serve(answer, load=_load))
