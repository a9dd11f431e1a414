"""解读办到哪一步. Which versions leave together, what is public, and what still has to follow."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.catalogue import queries as catalogue
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan, InterpretationPractice
from gongkai.duties.catalogue.models import InformationItem, ItemKind, Version
from gongkai.rules.interpretation_2016.plan import interpret_by
from gongkai.rules.working_days import DueDay

INTERPRETED = (ItemKind.POLICY, ItemKind.NORMATIVE)
_PUBLIC = (
    InformationItem.State.PUBLISHED,
    InformationItem.State.REGISTERED,
)  # registered: published elsewhere


def is_public(item: InformationItem) -> bool:
    return item.state in _PUBLIC


def practice_of(agency: Agency) -> InterpretationPractice:
    """本机关的解读要求; what nobody has set is the strict one."""
    return InterpretationPractice.objects.filter(agency=agency).first() or InterpretationPractice(
        agency=agency
    )


def latest_version(item: InformationItem) -> Version | None:
    """The version on its way, or the last there is."""
    found: Version | None = item.versions.select_related("item", "agency").order_by("-number").first()
    return found


def planned(version: Version) -> list[InformationItem]:
    """The interpretations in the plan of a document, oldest first."""
    plan = plan_of(version)
    return list(plan.interpretations.order_by("pk")) if plan else []


def explained(version: Version) -> list[InformationItem]:
    """The documents that a version of an interpretation explains."""
    found = InformationItem.objects.filter(interpreted_by__version=version)
    return list(found.order_by("pk"))


def together(version: Version) -> tuple[Version, ...]:
    """同步发布: every version that leaves with this one, itself first.

    A document takes its signed interpretations along, and an interpretation the other documents it explains: none of
    them is public before the others are.
    """
    found = [version]
    for each in found:  # grows while it is walked
        beside = planned(each) if each.kind in INTERPRETED else explained(each)
        for item in beside:
            other = latest_version(item)
            if not is_public(item) and other and other.stage == Version.Stage.SIGNED and other not in found:
                found.append(other)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Following:
    """待跟进的解读: a document that is public and the interpretation it still owes."""

    document: Version
    interpretation: InformationItem
    due: DueDay


def following(person: Person) -> list[Following]:
    """解读待公布 of the documents that this person sees, the most urgent first."""
    documents = _public_without_interpretation(person)
    days, found = calendar(), []
    for version in documents:
        practice = practice_of(version.agency)
        due = interpret_by(_released_on(version), days, working_days=practice.within_days)
        found += [Following(version, item, due) for item in planned(version) if not is_public(item)]
    return sorted(found, key=lambda each: each.due.day)


def _public_without_interpretation(person: Person) -> QuerySet[Version]:
    # From the plans, which are few: nearly every version is published.
    following = InterpretationPlan.objects.filter(
        timing=InterpretationPlan.Timing.FOLLOWING, interpretations__state=InformationItem.State.DRAFT
    )
    return (
        catalogue.versions(person)
        .filter(
            pk__in=following.values("version"),
            stage=Version.Stage.PUBLISHED,
            item__state=InformationItem.State.PUBLISHED,
        )
        .order_by("pk")[:50]
    )


def _released_on(version: Version) -> date:
    return timezone.localtime(version.released_at).date()
