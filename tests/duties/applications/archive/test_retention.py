"""保留和销毁 (PII-06): proofs of identity go in time, a hold keeps them, and a backup does not bring them back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.archive import retention
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.archive.models import Disposal, Hold
from gongkai.duties.applications.archive.tasks import every_day
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.models import Application
from gongkai.gateways.files import desk_files
from gongkai.portal.intake.accepting import HandedInFile
from gongkai.rules.personal_information.retention import IDENTITY_PROOF
from tests.factories.agencies import PersonFactory, holding, keeper
from tests.portal.intake.handing_in import JPEG, handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def agency(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")


@pytest.fixture
def clerk(agency):
    return holding(PersonFactory(agency=agency), Power.KEEP_REGISTERS, Power.READ_APPLICANTS)


@pytest.fixture
def case(clerk):
    """Closed today, with a proof of identity and one other file."""
    handed_in(
        files=[
            HandedInFile("identity", "证件.jpg", "image/jpeg", JPEG),
            HandedInFile("attachment", "说明.jpg", "image/jpeg", JPEG + b"2"),
        ]
    )
    pulling.pull()
    found = Application.objects.get()
    return actions.close(found, on=found.received_on, by=clerk, outcome="other_remaining", note="撤回")


def in_time(case, extra=DAY):
    return case.closed_on + timedelta(days=IDENTITY_PROOF.days) + extra


def identity():
    return ApplicationFile.objects.get(role="identity")


def gone(django_capture_on_commit_callbacks, day):
    with django_capture_on_commit_callbacks(execute=True):
        return every_day(day)


def test_a_proof_of_identity_goes_when_its_time_is_over_and_nothing_else_does(
    case, django_capture_on_commit_callbacks
):
    assert gone(django_capture_on_commit_callbacks, in_time(case, timedelta())) == 0
    assert desk_files().has(identity().sha256)

    assert gone(django_capture_on_commit_callbacks, in_time(case)) == 1

    assert not desk_files().has(identity().sha256)
    assert desk_files().has(ApplicationFile.objects.get(role="attachment").sha256)
    assert Disposal.objects.get().rule == str(IDENTITY_PROOF)
    assert Entry.objects.filter(action="application_archive.disposed").count() == 1
    assert [paper.title for paper in papers(case)] == ["申请人提交的附件（第2个文件）"]
    assert gone(django_capture_on_commit_callbacks, in_time(case)) == 0


def test_a_hold_keeps_it_until_it_is_lifted(case, clerk, django_capture_on_commit_callbacks):
    standing = retention.hold(case, reason="申请人申请行政复议", by=clerk)
    assert gone(django_capture_on_commit_callbacks, in_time(case)) == 0

    retention.lift(standing, reason="复议终结", by=clerk)
    assert gone(django_capture_on_commit_callbacks, in_time(case)) == 1


def test_an_open_case_keeps_everything(case, clerk, django_capture_on_commit_callbacks):
    other = keeper(agency=clerk.agency)
    actions.cancel_event(case.events.get(kind="closed"), reason="登错", by=clerk, agreed_by=other)

    assert gone(django_capture_on_commit_callbacks, timezone.localdate() + timedelta(days=999)) == 0


def test_what_was_disposed_of_does_not_come_back_with_a_backup(case, django_capture_on_commit_callbacks):
    name = identity().sha256
    with desk_files().open(name) as stream:
        backup = stream.read()
    gone(django_capture_on_commit_callbacks, in_time(case))
    desk_files().put(backup)
    assert desk_files().has(name)

    assert retention.replay() == 1
    assert not desk_files().has(name)


@pytest.mark.parametrize(
    ("reason", "by", "words"),
    [(" ", "clerk", "请写明原因"), ("复议", "stranger", "其他机关"), ("复议", "again", "已经暂缓销毁")],
)
def test_a_hold_that_cannot_be_placed_changes_nothing(case, clerk, reason, by, words):
    if by == "again":
        retention.hold(case, reason="复议", by=clerk)
    before = (Hold.objects.count(), Entry.objects.count())

    with pytest.raises(Refusal, match=words):
        retention.hold(case, reason=reason, by=keeper() if by == "stranger" else clerk)

    assert (Hold.objects.count(), Entry.objects.count()) == before


def test_a_hold_is_lifted_once_and_with_a_reason(case, clerk):
    standing = retention.hold(case, reason="复议", by=clerk)
    with pytest.raises(Refusal, match="请写明原因"):
        retention.lift(standing, reason="", by=clerk)
    retention.lift(standing, reason="终结", by=clerk)

    with pytest.raises(Refusal, match="已经解除"):
        retention.lift(standing, reason="终结", by=clerk)
