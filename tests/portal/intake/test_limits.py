"""公众侧的限制 (ABU-01): one table, every form under it, and above a limit a question, never a silent drop."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.config import urls_portal
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.models import Application
from gongkai.portal.addresses import address
from gongkai.portal.intake import limits
from gongkai.portal.intake.limits import FORMS
from gongkai.portal.intake.models import Count, Submission
from tests.portal.intake.handing_in import NUMBER, code_on, fresh_token, picture, send, typed
from tests.portal.intake.test_apply_pages import question_of, right_answer
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
# Forms that take nothing in: what they do instead.
TAKES_NOTHING_IN = {
    "display": "sets the reader's own cookie",
    "apply_look_first": "searches what is published",
    "apply_form": "looks the form over and gives it back",
}
# Above its limit this one is passed over in silence: it is no submission, one more reader found what was published.
NOT_ASKED = {"apply_found"}
SOURCES = {
    limits.APPLICATIONS_OF_IDENTITY: lambda: limits.source_of_identity(NUMBER),
}


def at_the_limit(limit):
    source = SOURCES.get(limit, lambda: limits.source_of_address("127.0.0.1"))()
    limits.add(limit, source, times=limit.most)


def test_abu_01_the_table_of_limits_says_what_is_asked():
    """The log-in's five in 15 minutes stand in the settings of the desk."""
    table = [each for each in vars(limits).values() if isinstance(each, limits.Limit)]

    assert {(each.scope, each.most, each.window) for each in table} == {
        ("application", 5, limits._HOUR),
        ("application-id", 10, limits._DAY),
        ("file", 30, limits._HOUR),
        ("status", 10, limits._HOUR),
        ("letter", 3, limits._HOUR),
        ("survey", 1, limits._EVER),
        ("collect", 60, limits._HOUR),
        ("avoided", 10, limits._HOUR),
    }
    assert settings.AXES_FAILURE_LIMIT == 5
    assert timedelta(minutes=15) == settings.AXES_COOLOFF_TIME


def test_abu_01_every_form_of_the_public_side_has_its_limit_in_the_table(readers):
    """A page that is added to the addresses can be sent nothing before it has a line, and a line without a limit says why."""
    assert {name for name, line in FORMS.items() if not line} == set(TAKES_NOTHING_IN)

    for pattern in urls_portal.urlpatterns:
        if "<" in str(pattern.pattern) or "(?P" in str(pattern.pattern):
            continue  # no form has an argument in its address: middleware compares whole addresses
        answer = readers.post(address(pattern.name))
        assert (answer.status_code == 405) == (pattern.name not in FORMS), pattern.name


@pytest.mark.parametrize(
    ("name", "limit"),
    [(name, limit) for name, line in FORMS.items() if name not in NOT_ASKED for limit in line],
    ids=lambda value: getattr(value, "scope", value),
)
def test_abu_01_each_form_asks_above_each_of_its_limits_and_takes_nothing_in(readers, name, limit):
    token = fresh_token(readers)
    at_the_limit(limit)
    before = Submission.objects.count()
    sent = {
        **typed(),
        "token": token,
        "to": "send",
        "identity_file": picture(),
        "code": "",
        "second": NUMBER[-4:],
    }

    asked = readers.post(address(name), sent)

    assert question_of(asked)[0], name
    assert asked.status_code in (422, 429)
    assert Submission.objects.count() == before


def test_abu_01_what_is_counted_once_for_ever_is_not_forgotten(readers):
    at_the_limit(limits.ANSWERS_OF_DEVICE)
    at_the_limit(limits.LETTERS_OF_ADDRESS)

    limits.forget_old(timezone.now() + timedelta(days=400))

    assert [row.scope for row in Count.objects.all()] == ["survey"]


def test_abu_01_above_the_limit_an_application_is_filed_all_the_same(readers):
    """From the sixth form of an hour to the register of the desk: asked once, then taken in like any other."""
    Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")
    at_the_limit(limits.APPLICATIONS_OF_ADDRESS)
    at_the_limit(limits.APPLICATIONS_OF_IDENTITY)
    token = fresh_token(readers)
    signed, words = question_of(send(readers, token=token))

    receipt = send(readers, token=token, question=signed, answer=str(right_answer(words)))
    code = code_on(receipt)
    pulling.pull()

    assert code
    filed = Application.objects.get()
    assert (filed.channel, filed.events.get().kind) == ("online", "received")
    status = readers.post(address("apply_status"), {"code": code, "second": NUMBER[-4:]})
    assert status.status_code == 200
