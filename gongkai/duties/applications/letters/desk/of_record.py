"""各室记录的文书. What the page of a room shows beside one of its records: the letter with its number, or how to draft it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.duties.applications.letters.desk.panel import Row, row_of
from gongkai.duties.applications.letters.gathering import office_setting
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.letters.permissions import READERS, may_write
from gongkai.duties.applications.letters.rooms import ROOMS, ready
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY


@dataclass(frozen=True, slots=True)
class Offer:
    """可以拟的文书: pressed once when nothing is left open, else a form."""

    name: str
    address: str
    at_once: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """一条记录的文书: those that stand, newest first, and those that may be drafted."""

    letters: tuple[Row, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def have(self) -> frozenset[str]:
        """The kinds that have a letter already: its issue and delivery are the steps, none is typed beside it."""
        return frozenset(row.letter.kind for row in self.letters)


class CaseLetters:
    """一件申请各条记录的文书, asked once a page: of the room named, or of all."""

    def __init__(self, case: Application, person: Person, where: str = "") -> None:
        today = timezone.localdate()
        reads = person.agency_id == case.agency_id and bool(powers_of(person, on=today) & set(READERS))
        self._rows = [row_of(each, reads=reads) for each in _standing(case)]
        writes = may_write(case, by=person) and case.status != Application.Status.CLOSED
        self._ready = [(kind, each.public_id) for kind, each in ready(case, where)] if writes else []
        self._case = case

    def of(self, origin: str) -> Papers:
        """The letters of one record."""
        rows = tuple(row for row in self._rows if row.letter.origin == origin)
        have = {row.letter.kind for row in rows}
        kinds = [kind for kind, each in self._ready if each == origin and kind not in have]
        return Papers(rows, tuple(_offer(self._case, kind, origin) for kind in kinds))

    def offers(self) -> tuple[Offer, ...]:
        """Every letter that some record waits for: the page of the letters lists them together."""
        have = {(row.letter.kind, row.letter.origin) for row in self._rows}
        return tuple(_offer(self._case, *each) for each in self._ready if each not in have)


def left_open(case: Application, kind: str) -> tuple[str, ...]:
    """What no record says: asked of the person who drafts."""
    if kind == "fee_notice" and office_setting(case.agency).payment:
        return ()
    return ROOMS[kind].asked


def _standing(case: Application) -> Iterable[Letter]:
    found = case.letters.exclude(origin="").filter(voided_at__isnull=True)
    return found.select_related("author", "signatory", "event").prefetch_related("deliveries")


def _offer(case: Application, kind: str, origin: str) -> Offer:
    address = reverse("letters:from_record", args=[case.public_id, kind, origin])
    return Offer(f"拟{KIND_BY_KEY[kind].name}", address, not left_open(case, kind))
