"""查阅清单. The editions of an agency's lists, and which wait for whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.administrative_acts.lists.models import ListEdition, ListKind

Stage = ListEdition.Stage
SEEN_BY = (
    Power.READ_REGISTERS,
    Power.KEEP_REGISTERS,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
UNDER_WAY = (Stage.REVIEW, Stage.SIGN_OFF, Stage.RELEASING)


@dataclass(frozen=True, slots=True)
class Standing:
    """一种清单的情况: the edition in force, and the one on its way."""

    kind: ListKind
    in_force: ListEdition | None
    under_way: ListEdition | None


@dataclass(frozen=True, slots=True)
class Difference:
    """和现行版次的差别."""

    added: tuple[list[str], ...]
    removed: tuple[list[str], ...]


def editions(person: Person) -> QuerySet[ListEdition]:
    found = ListEdition.objects.filter(agency=person.agency)
    return found.select_related("agency", "author", "reviewer", "signatory")


def standing(person: Person) -> list[Standing]:
    found = editions(person).defer("rows").filter(stage__in=(*UNDER_WAY, Stage.PUBLISHED))
    by_kind: dict[str, dict[bool, ListEdition]] = {}
    for each in found:
        by_kind.setdefault(each.kind, {})[each.stage == Stage.PUBLISHED] = each
    return [
        Standing(kind, by_kind.get(kind, {}).get(True), by_kind.get(kind, {}).get(False)) for kind in ListKind
    ]


def difference(edition: ListEdition) -> Difference | None:
    """What the edition adds to the one in force and leaves out of it; None when it is the first or in force itself."""
    before = (
        ListEdition.objects.filter(agency=edition.agency, kind=edition.kind, stage=Stage.PUBLISHED)
        .exclude(pk=edition.pk)
        .first()
    )
    if before is None or edition.stage not in UNDER_WAY:
        return None
    old, new = {tuple(row) for row in before.rows}, {tuple(row) for row in edition.rows}
    return Difference(
        tuple(row for row in edition.rows if tuple(row) not in old),
        tuple(row for row in before.rows if tuple(row) not in new),
    )


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等这个人审查、签发的清单."""
    powers = powers_of(person, on=today)
    due = Q(pk__in=())
    if Power.REVIEW_CONFIDENTIALITY in powers:
        due |= Q(stage=Stage.REVIEW) & ~Q(author=person)
    if Power.SIGN_ITEMS in powers:
        due |= Q(stage=Stage.SIGN_OFF) & ~Q(author=person) & ~Q(reviewer=person)
    for each in editions(person).defer("rows").filter(due).order_by("pk"):
        url = reverse("public_lists:edition", args=[each.kind, each.public_id])
        yield ToDo("清单", f"{each}　{each.get_stage_display()}", url)
