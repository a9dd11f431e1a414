"""免于申请. Shows what is already published before anything is handed in, and counts those whom that served."""

import re
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.config.router import public_database
from gongkai.portal import queries
from gongkai.portal.intake import limits
from gongkai.portal.intake.models import Avoided
from gongkai.portal.search import finding
from gongkai.portal.search.models import SearchEntry
from gongkai.portal.search.query import read

MOST_SHOWN = 8
_MOST_QUESTIONS = 6
_LONGEST_LOOKED_AT = 500
_BREAKS = re.compile(r"[\s，。；：、！？,.;:!?（）()“”\"《》〈〉【】\[\]]+")
# What applications say and titles do not.
_IDLE = re.compile(
    r"^(?:我|本人|本单位|现|特|请|希望|要求|想|需要|向贵|贵)*(?:依法|依申请)?(?:申请|要求|请求)?(?:公开|提供|查阅|获取|了解)?(?:关于|有关)?"
    r"|(?:的)?(?:相关|有关|全部|所有)?(?:政府信息|信息|文件|材料|资料|情况|内容)?$"
)


def similar(text: str) -> tuple[SearchEntry, ...]:
    """已经公开的相近信息: first what holds every piece of the text, then what holds its longest pieces."""
    found: dict[int, SearchEntry] = {}
    for words in _questions(text[:_LONGEST_LOOKED_AT]):
        for entry in finding.most_relevant(read(words)).entries:
            found.setdefault(entry.pk, entry)
        if len(found) >= MOST_SHOWN:
            break
    return tuple(found.values())[:MOST_SHOWN]


def count_one(*, source: str) -> None:
    """One more person did not need to apply. Above the limit the same source is not counted again."""
    with limits.counted(limits.AVOIDED_OF_ADDRESS, source) as over:
        if over:
            return
        with transaction.atomic(using=public_database()):
            row, _ = Avoided.objects.get_or_create(
                agency=queries.site().agency, year=timezone.localdate().year
            )
            Avoided.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _questions(text: str) -> Iterator[str]:
    pieces = [piece for piece in (_IDLE.sub("", part) for part in _BREAKS.split(text)) if len(piece) > 1]
    if not pieces:
        return
    yield " ".join(pieces[:4])
    for piece in sorted(dict.fromkeys(pieces), key=len, reverse=True)[:_MOST_QUESTIONS]:
        if len(pieces) > 1:
            yield piece
        yield from (part for part in piece.split("的") if len(part) > 1 and part != piece)
