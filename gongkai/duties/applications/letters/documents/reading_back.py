"""读回. The letter as its document says it: what goes through the check is this, whoever edited the file."""

import re

from gongkai.duties.applications.letters.documents.word import lines, margins
from gongkai.duties.applications.letters.text import DATE_SLOT, NUMBER_SLOT, LetterText

_NUMBER = re.compile(r"[^，。；]{0,20}[〔\[（(【][0-9　\s]*[〕\]）)】]\s*第?[0-9　\s]*号")
_DATE = re.compile(r"[0-9〇零一二三四五六七八九]{4}\s*年[^，。；]{1,8}日")
_TITLES = ("书", "函", "回执", "通知")
_REMEDY = re.compile("申请行政复议|提起行政诉讼")
_HEAD = 8  # the title stands among the first lines


def read_back(data: bytes, *, title: str) -> LetterText:
    """文书 from its lines. ``title`` is the one looked for first; what is not found stays empty, and the check says so."""
    every = [re.sub(r"[ \t]+", " ", line).strip() for line in lines(data)]
    at = _title_at(every, title)
    head = every[:at] if at is not None else []
    rest = every[at + 1 :] if at is not None else every
    number = next((line for line in head if line == NUMBER_SLOT or _NUMBER.fullmatch(line)), "")
    addressee = rest[0] if rest and rest[0].endswith(("：", ":")) else ""
    body = rest[1:] if addressee else rest
    dated_at = next(
        (
            place
            for place in range(len(body) - 1, -1, -1)
            if body[place] == DATE_SLOT or _DATE.fullmatch(body[place])
        ),
        None,
    )
    notes: tuple[str, ...] = ()
    dated = signature = ""
    if dated_at is not None:
        dated, notes = body[dated_at], tuple(body[dated_at + 1 :])
        body = body[:dated_at]
        signature = body.pop() if body else ""
    remedy = [line for line in body if _REMEDY.search(line)]
    return LetterText(
        issuer="".join(line for line in head if line != number),
        title=every[at] if at is not None else "",
        addressee=addressee.replace(":", "："),
        paragraphs=tuple(line for line in body if line not in remedy),
        remedy="".join(remedy),
        signature=signature,
        notes=notes,
        number=number,
        dated=dated,
        margins=tuple(line.strip() for line in margins(data)),
    )


def _title_at(every: list[str], title: str) -> int | None:
    first = every[:_HEAD]
    if title in first:
        return first.index(title)
    return next(
        (place for place, line in enumerate(first) if len(line) <= 40 and line.endswith(_TITLES)), None
    )
