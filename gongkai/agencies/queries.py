"""看得到的人员和岗位. Every list starts from the person who asks, and ends at his agency (ACL-02, ACL-08)."""

from datetime import date

from axes.models import AccessAttempt
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from gongkai.agencies.access import during
from gongkai.agencies.models import Delegation, Person, Post, Section, Tenure


def people(*, visible_to: Person) -> QuerySet[Person]:
    """本机关人员."""
    return Person.objects.filter(agency_id=visible_to.agency_id).select_related("section")


def people_like(records: QuerySet[Person], words: str) -> QuerySet[Person]:
    """按姓名或登录名的开头查找."""
    return records.filter(name__startswith=words) | records.filter(username__startswith=words)


def handlers(*, visible_to: Person) -> QuerySet[Person]:
    """办件人员: everybody who may hold a post or be lent a power."""
    return people(visible_to=visible_to).filter(is_active=True, administrator="").order_by("name", "pk")


def locked_names(*, visible_to: Person, limit: int) -> list[str]:
    """因登录失败被锁的登录名."""
    locked = AccessAttempt.objects.filter(username=OuterRef("username"), failures_since_start__gte=limit)
    return list(people(visible_to=visible_to).filter(Exists(locked)).values_list("username", flat=True))


def sections(*, visible_to: Person) -> QuerySet[Section]:
    """本机关科室."""
    return Section.objects.filter(agency_id=visible_to.agency_id).order_by("position", "pk")


def posts(*, visible_to: Person, on: date) -> QuerySet[Post]:
    """本机关岗位, with their powers and who holds them on the day."""
    holding = Tenure.objects.filter(during(on)).select_related("person")
    return (
        Post.objects.filter(agency_id=visible_to.agency_id)
        .select_related("section")
        .prefetch_related("powers", Prefetch("tenures", holding, to_attr="held_now"))
        .order_by("name", "pk")
    )


def tenures(*, visible_to: Person) -> QuerySet[Tenure]:
    """本机关的任职, past ones too, newest first."""
    return (
        Tenure.objects.filter(post__agency_id=visible_to.agency_id)
        .select_related("post", "person")
        .order_by("-from_on", "-pk")
    )


def delegations(*, visible_to: Person) -> QuerySet[Delegation]:
    """本机关的授权."""
    return Delegation.objects.filter(holder__agency_id=visible_to.agency_id).select_related(
        "holder", "delegate"
    )
