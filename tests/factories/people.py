"""示例机关的人员. People for the tests, and the quick way through the log-in for tests about something else."""

import time
from collections.abc import Iterable
from datetime import date
from itertools import count

from django.test import Client

from gongkai.agencies.models import Agency, Person, Post, PostPower, Section, Tenure
from gongkai.agencies.powers import Power

_number = count(1)
SINCE = date(2019, 5, 15)


def an_agency(name: str = "示例市国防动员办公室", **more: object) -> Agency:
    return Agency.objects.create(name=name, short_name=name[-6:], **more)


def a_section(agency: Agency, name: str = "政策法规科") -> Section:
    return Section.objects.create(agency=agency, name=name)


def a_person(agency: Agency, *powers: Power, name: str = "林承办", **more: object) -> Person:
    """A person of the agency, with a post of his own that gives these powers."""
    number = next(_number)
    person = Person(agency=agency, name=name, username=f"person{number}", **more)
    person.set_unusable_password()
    person.save()
    if powers:
        appoint(person, powers)
    return person


def appoint(
    person: Person, powers: Iterable[Power], *, from_on: date = SINCE, to_on: date | None = None
) -> Tenure:
    post = Post.objects.create(agency=person.agency, name=f"{person.name}的岗位{next(_number)}")
    PostPower.objects.bulk_create([PostPower(post=post, power=power) for power in powers])
    return Tenure.objects.create(person=person, post=post, from_on=from_on, to_on=to_on)


def enter(client: Client, person: Person) -> Client:
    """已登录: the session a person has after both factors, without going through them."""
    mark = f"mark{next(_number)}"
    Person.objects.filter(pk=person.pk).update(live_session=mark)
    person.live_session = mark
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session.update({"live": mark, "began": int(time.time()), "seen": int(time.time())})
    session.save()
    return client
