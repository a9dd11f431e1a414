"""办理状态. Only words of the list leave the desk, and an older word never replaces a newer one."""

import pytest

from gongkai.audit.models import Entry
from gongkai.portal.intake.accepting import find
from gongkai.portal.intake.models import SubmissionStatus
from gongkai.portal.intake.statuses import StatusRefused, put_status
from tests.portal.intake.handing_in import NUMBER, handed_in

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def code(stores):
    return handed_in().code


def put(version=1, state="handling", days=None):
    submission = SubmissionStatus.objects.get().public_id
    return put_status(submission, version=version, state=state, days=days or {"due_on": "2026-12-28"})


def test_a_status_is_shown_with_its_days(code):
    put()

    standing = find(code, NUMBER[-4:])
    assert standing.state.label == "办理中"
    assert [(label, str(day)) for label, day in standing.days] == [("答复期限", "2026-12-28")]


def test_an_older_status_changes_nothing(code):
    """REL-04: the outbox may bring it twice and late."""
    put(version=3, state="closed", days={"closed_on": "2026-12-20"})
    before = SubmissionStatus.objects.values().get(), Entry.objects.using("public").count()

    receipts = [put(version=2), put(version=3)]

    assert [receipt["version"] for receipt in receipts] == [3, 3]
    assert (SubmissionStatus.objects.values().get(), Entry.objects.using("public").count()) == before


@pytest.mark.parametrize(
    ("state", "days"),
    [("甲示例，待补正", {}), ("handling", {"甲示例": "2026-01-01"}), ("handling", {"due_on": "甲示例"})],
)
def test_no_free_word_can_leave_the_desk(code, state, days):
    """PII-09 in its way: neither as a state nor as a day."""
    before = SubmissionStatus.objects.values().get()

    with pytest.raises((StatusRefused, ValueError)):
        put(state=state, days=days)

    assert SubmissionStatus.objects.values().get() == before


def test_a_status_of_nothing_handed_in_is_refused(stores):
    with pytest.raises(StatusRefused):
        put_status("0" * 20, version=1, state="handling", days={})
