"""登记时的提示. What the person who registers sees beforehand: what is published already, the same applicant, similar words."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.frequent.actions.comparing import Similar, compare_words
from gongkai.duties.applications.models import Application
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.catalogue.queries import published
from gongkai.sealing.vault import blind_index

_SHOWN = 8
_BREAKS = re.compile(r"[\s，。；：、！？,.;:!?（）()“”\"《》〈〉【】\[\]的]+")
_IDLE = frozenset(
    {"申请", "公开", "提供", "查阅", "有关", "关于", "相关", "信息", "文件", "材料", "资料", "情况"}
)
REASON = "登记申请时查找重复和相似的申请"


@dataclass(frozen=True, slots=True)
class Likenesses:
    """提示. ``compared`` is None when this person may not have sealed words compared."""

    published: tuple[InformationItem, ...]
    same_applicant: tuple[Application, ...]
    similar: tuple[Similar, ...]
    compared: int | None

    def __bool__(self) -> bool:
        return bool(self.published or self.same_applicant or self.similar)


def likenesses(person: Person, *, name: str, words: str) -> Likenesses:
    """查找. A hint for a person; nothing is refused because of it."""
    similar: tuple[Similar, ...] = ()
    compared = None
    index = blind_index("applicants", name.strip()) if name.strip() else ""
    if words.strip() and may(person, Power.READ_APPLICANTS, person.agency, on=timezone.localdate()):
        comparison = compare_words(words, name_index=index, reason=REASON, by=person)
        similar, compared = comparison.found[:_SHOWN], comparison.compared
    return Likenesses(_published(person, words), _same(person, index), similar, compared)


def _same(person: Person, index: str) -> tuple[Application, ...]:
    if not index:
        return ()
    own = Application.objects.standing().filter(agency=person.agency_id, applicant_name_index=index)
    return tuple(own.order_by("-received_on", "-pk")[:_SHOWN])


def _published(person: Person, words: str) -> tuple[InformationItem, ...]:
    """By the longest pieces of what was asked for, in the titles of what is out."""
    pieces = {piece for piece in _BREAKS.split(words[:500]) if len(piece) > 2} - _IDLE
    wanted = Q(pk__in=())
    for piece in sorted(pieces, key=len, reverse=True)[:6]:
        wanted |= Q(title__icontains=piece)
    return tuple(published(person).filter(wanted).order_by("-published_on", "-pk")[:_SHOWN]) if pieces else ()
