"""建立机关. The first rows of an installation: the agency, its standard posts, and its three administrators."""

from collections.abc import Mapping

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person, Post, PostPower
from gongkai.agencies.standard_posts import STANDARD_POSTS
from gongkai.audit.record import record

ADMINISTRATORS: Mapping[str, tuple[str, str]] = {
    Person.Administrator.SYSTEM: ("xitong", "系统管理员"),
    Person.Administrator.SECURITY: ("anquan", "安全管理员"),
    Person.Administrator.AUDIT: ("shenji", "审计管理员"),
}


@transaction.atomic
def found_agency(*, name: str, short_name: str = "", **facts: object) -> tuple[Agency, list[Person]]:
    """建立机关 on an installation that has none: the agency, posts nobody holds yet, and three administrators without
    passwords, who come in by links (AUTH-07).

    ``facts`` are further fields of Agency. Raises Refusal when there is an agency already.
    """
    if Agency.objects.filter(people__isnull=False).exists():
        raise Refusal("已经建立过机关，不能再次建立。新增人员请由安全管理员在工作台办理。")
    if not name.strip():
        raise Refusal("请给出机关全称。")
    agency = Agency.objects.create(name=name.strip(), short_name=short_name.strip() or "本机关", **facts)
    record("agency.founded", by=None, subject=agency)
    _found_posts(agency)
    people = []
    for kind, (username, title) in ADMINISTRATORS.items():
        person = Person(username=username, name=title, agency=agency, administrator=kind)
        person.set_unusable_password()
        person.save()
        record("person.added", by=None, subject=person, detail={"administrator": kind})
        people.append(person)
    return agency, people


def _found_posts(agency: Agency) -> None:
    for standard in STANDARD_POSTS:
        post = Post.objects.create(agency=agency, name=standard.name)
        given = sorted(power.value for power in standard.powers)
        PostPower.objects.bulk_create([PostPower(post=post, power=power) for power in given])
        record("post.saved", by=None, subject=post, detail={"given": given, "taken": []})
