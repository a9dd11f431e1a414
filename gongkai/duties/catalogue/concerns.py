"""发布前检查 of a version: what its text and attachments hold that must be seen first, and what people answered (PII-04)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.models import Answer, Attachment, Version
from gongkai.duties.catalogue.wording import queries as wording
from gongkai.screening.found import Found, Level, What
from gongkai.screening.text import look
from gongkai.screening.web_words import words_of
from gongkai.screening.wording import WordingList


@dataclass(frozen=True, slots=True)
class Concern:
    """一处发现: where, what it is, how it may be shown, what to do, and the answer somebody gave."""

    where: str
    found: Found
    fingerprint: str
    answer: Answer | None = None

    @property
    def is_open(self) -> bool:
        """Still in the way: what may never go out, and what nobody has answered."""
        level = self.found.level
        return level is Level.REFUSE or (level is Level.ANSWER and self.answer is None)


def concerns(version: Version, *, wordings: WordingList | None = None) -> tuple[Concern, ...]:
    """Everything found, in the order of the form; the open ones stand in the way of submission and release.
    ``wordings`` are the agency's, for who asks about many of its texts."""
    own = wordings or wording.of(version.agency)
    answers = {answer.fingerprint: answer for answer in version.answers.all()}
    return tuple(
        Concern(where, found, print_, answers.get(print_))
        for where, found in (
            *((where, found) for where, text in _texts(version) for found in look(text, wordings=own)),
            *(("正文里的链接", found) for found in _dead_links(version)),
        )
        for print_ in (_fingerprint(where, found),)
    )


def hidden_in(file: Attachment) -> list[str]:
    """看不见的内容 of an attachment, each in a line."""
    return [
        f"{each['trace']}（{each['place']}）" if each["place"] else str(each["trace"]) for each in file.hidden
    ]


def _dead_links(version: Version) -> Iterator[Found]:
    for link in links.dead(version):
        advice = f"{link.why}。请改正或者删去；确认读者能打开的，写明理由。"
        yield Found(What.LINK, Level.ANSWER, 0, 0, link.address, advice)


def _texts(version: Version) -> Iterator[tuple[str, str]]:
    yield "标题", version.title
    yield "内容概述", version.summary
    yield "关键词", version.keywords
    yield "更新说明", version.change_note
    yield "正文", words_of(version.body)
    yield from leaders.words(version)
    yield from guide.words(version)
    for file in attachments(version):
        yield f"附件“{file.name}”", file.text


def _fingerprint(where: str, found: Found) -> str:
    """The same thing at the same place. The place is part of it: an answer is for one place, not for a number anywhere."""
    words = f"{where}|{found.what}|{found.shown}|{found.start}"
    return hashlib.sha256(words.encode()).hexdigest()
