"""保留和销毁 (PII-06): proofs of identity go in time, a hold keeps them, and a backup does not bring them back."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.archive import actions as archive
from gongkai.duties.applications.archive import retention
from gongkai.duties.applications.archive.binding import bind
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.archive.models import Bundle, Disposal, Hold
from gongkai.duties.applications.archive.tasks import every_day
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.models import Application
from gongkai.gateways.files import desk_files, intake_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake import pulling as portal
from gongkai.portal.intake.accepting import HandedInFile
from gongkai.rules.explanation import day_text
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


def test_pii_06_no_copy_of_it_is_left_anywhere(case, clerk, django_capture_on_commit_callbacks):
    """Not on either side, in a bundle made before or after, in the queue; no thumbnails are ever made."""
    plain = hashlib.sha256(JPEG).hexdigest()
    archive.put_together(case, by=clerk)
    run_waiting()
    sealed = identity().sha256
    gone(django_capture_on_commit_callbacks, in_time(case))
    with time_machine.travel(timezone.now() + 400 * DAY):  # past the portal's own day
        portal.sweep(timezone.now())
    bundle = Bundle.objects.get()

    assert list(intake_files().names()) == []
    assert set(desk_files().names()) == {
        bundle.file.partition(":")[2],
        ApplicationFile.objects.get(role="attachment").sha256,
    }
    with pikepdf.open(io.BytesIO(archive.read(bundle, reason="核查", by=clerk))) as document:
        inside = [bytes(spec.get_file().read_bytes()) for spec in document.attachments.values()]
    assert len(inside) == 2
    assert plain not in [hashlib.sha256(each).hexdigest() for each in inside]
    assert sealed not in str(list(OutboxItem.objects.values("payload", "receipt")))

    content, index = bind(case)  # the file of the case as it would be bound now
    assert [line["title"] for line in index if "身份证明" in line["title"]] == [
        f"申请人的身份证明（第1个文件）（已于{day_text(timezone.localdate())}销毁）"
    ]
    assert JPEG not in content


def test_the_night_finds_a_file_that_came_back(case, django_capture_on_commit_callbacks):
    """PII-06: the job looks for every file it ever destroyed."""
    with desk_files().open(identity().sha256) as stream:
        copy = stream.read()
    gone(django_capture_on_commit_callbacks, in_time(case))
    desk_files().put(copy)

    every_day(in_time(case))
    assert not desk_files().has(identity().sha256)


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
