"""人员和登录. Short ways to a person, and the quick way past the log-in for tests about something else."""

import time
from itertools import count

from django.test import Client

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from tests.factories.agencies import AgencyFactory, PersonFactory, holding

_number = count(1)


def an_agency(**values: object) -> Agency:
    return AgencyFactory(**{"name": "示例市国防动员办公室", "short_name": "市国动办", **values})


def a_person(agency: Agency, *powers: Power, **values: object) -> Person:
    """A person of the agency who has not set a password; with powers, in a post of his own that gives them."""
    person = PersonFactory(agency=agency, **{"name": "林承办", **values})
    return holding(person, *powers) if powers else person


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
