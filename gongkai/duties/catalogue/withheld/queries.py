"""不公开的信息里看得到什么. One's own section's; the whole office's for its heads; what is due on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from gongkai.agencies.access import holders, powers_of
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.catalogue.models import Attribute, InformationItem, Version
from gongkai.duties.catalogue.withheld.models import AssessmentPractice, Withholding
from gongkai.rules.regulations_2019.withholding import REVIEW_MONTHS, ReviewDay, next_review

_WHOLE_AGENCY = frozenset({Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS})
SEEN_BY = (Power.DRAFT_ITEMS, Power.REVIEW_SECTION, *_WHOLE_AGENCY)


def withheld(person: Person, *, today: date) -> QuerySet[Withholding]:
    """What was determined, each with whether it has been turned to disclosure since (``disclosing``)."""
    powers = powers_of(person, on=today)
    within = Q(pk__in=())
    if powers & {Power.DRAFT_ITEMS, Power.REVIEW_SECTION}:
        within |= Q(section=person.section_id) if person.section_id else Q(agency=person.agency_id)
    if powers & _WHOLE_AGENCY:
        within = Q()
    found = Withholding.objects.filter(within, agency=person.agency_id)
    found = found.annotate(disclosing=Exists(_later()))
    return found.select_related("item", "section", "determined_by", "version")


def is_disclosing(withholding: Withholding) -> bool:
    return Withholding.objects.filter(Exists(_later()), pk=withholding.pk).exists()


def _later() -> QuerySet[Version]:
    """Versions since the determination that were not given up: the information is on its way out, or was."""
    later = Version.objects.filter(item=OuterRef("item"), number__gt=OuterRef("version__number"))
    return later.exclude(stage=Version.Stage.ABANDONED)


def further(withholding: Withholding, seen: QuerySet[Version]) -> Version | None:
    """转为公开的那一份, among what the person sees."""
    later = seen.filter(item=withholding.item_id, number__gt=withholding.version.number)
    return later.exclude(stage=Version.Stage.ABANDONED).order_by("number").last()


def kept(person: Person, *, today: date) -> QuerySet[Withholding]:
    """The one that is due first first."""
    return withheld(person, today=today).filter(~Exists(_later())).order_by("due_on", "pk")


def one(person: Person, public_id: str, *, today: date) -> Withholding:
    """By its public id; what is out of reach answers as if it did not exist (ACL-02)."""
    return get_object_or_404(withheld(person, today=today), public_id=public_id)


def undetermined(person: Person, *, today: date) -> QuerySet[Version]:
    """待确定不公开的草稿: of the section that one heads, with a ground, by somebody else."""
    if Power.REVIEW_SECTION not in powers_of(person, on=today):
        return Version.objects.none()
    own = Q(section=person.section_id) if person.section_id else Q()
    found = Version.objects.filter(own, agency=person.agency_id, stage=Version.Stage.DRAFTING)
    found = found.exclude(attribute=Attribute.PROACTIVE).exclude(attribute_ground="").exclude(author=person)
    found = found.exclude(item__state=InformationItem.State.PUBLISHED)
    return found.select_related("item").order_by("pk")


def who_determines(version: Version, *, today: date) -> list[str]:
    """谁可以确定: the heads of its section but for the author, by name."""
    people = holders(Power.REVIEW_SECTION, version.agency, on=today).exclude(pk=version.author_id)
    people = people.filter(Q(section=version.section_id) | Q(section__isnull=True))
    return [person.name for person in people]


def with_withholding(versions: QuerySet[Version]) -> QuerySet[Version]:
    """For ``is_closed_by``, without a question for each."""
    return versions.select_related("item__withholding")


def is_closed_by(version: Version) -> bool:
    """Whether it is closed because it was determined, and not given up."""
    kept = getattr(version.item, "withholding", None)
    return bool(kept and kept.version_id == version.pk)


def months_of(agency: Agency) -> int:
    practice = AssessmentPractice.objects.filter(agency=agency).first()
    return practice.months if practice else REVIEW_MONTHS


def due_after(agency: Agency, day: date) -> ReviewDay:
    """下次评估日期, by the office's own period, with its reason."""
    return next_review(day, calendar(), months=months_of(agency))
