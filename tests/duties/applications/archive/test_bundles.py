"""归档: the complete file of a closed case as one PDF/A with its index, sealed, and taken out with a reason."""

import hashlib
import io
import re
from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.archive import actions as archive
from gongkai.duties.applications.archive.models import Bundle
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake.accepting import HandedInFile
from tests.duties.applications.archive.structure import breaches
from tests.factories.agencies import PersonFactory, holding, keeper
from tests.factories.people import enter
from tests.portal.intake.handing_in import JPEG, MATTER, NAME, handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def agency(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")


@pytest.fixture
def clerk(agency):
    return holding(
        PersonFactory(agency=agency), Power.READ_APPLICANTS, Power.KEEP_REGISTERS, Power.READ_REGISTERS
    )


@pytest.fixture
def case(clerk):
    """Handed in on the portal with a proof of identity, answered point by point, closed."""
    handed_in(
        files=[
            HandedInFile("identity", "证件.jpg", "image/jpeg", JPEG),
            HandedInFile("attachment", "说明.jpg", "image/jpeg", JPEG + b"2"),
        ]
    )
    pulling.pull()
    found = Application.objects.get()
    found = actions.confirm_receipt(found, on=found.received_on, by=clerk)
    for matter in found.matters.all():
        matters.decide(matter, situation="provided", by=clerk)
    outcome = "granted"
    return actions.reply(found, on=found.received_on, by=clerk, outcome=outcome)


def made(case, clerk):
    archive.put_together(case, by=clerk)
    run_waiting()
    return Bundle.objects.get()


def test_the_bundle_holds_the_case_and_what_was_handed_in_and_says_what_it_holds(case, clerk):
    bundle = made(case, clerk)

    content = archive.read(bundle, reason="复议答辩用", by=clerk)

    assert bundle.state == Bundle.State.MADE
    assert hashlib.sha256(content).hexdigest() == bundle.digest
    with pikepdf.open(io.BytesIO(content)) as document:
        meta = bytes(document.Root.Metadata.read_bytes()).decode()
        attached = {name: bytes(spec.get_file().read_bytes()) for name, spec in document.attachments.items()}
    assert re.search(r'pdfaid:part="3"', meta)
    assert re.search(r'pdfaid:conformance="B"', meta)
    assert breaches(content) == []
    assert attached["02.jpg"] == JPEG + b"2"
    assert hashlib.sha256(JPEG).hexdigest() in attached["01.txt"].decode()  # PII-06: named, and not copied
    assert JPEG not in attached.values()
    assert [(line["title"], line["sha256"]) for line in bundle.index] == [
        (
            "申请人提交的身份证明（第1个文件）（不入卷，到期销毁）",
            hashlib.sha256(attached["01.txt"]).hexdigest(),
        ),
        ("申请人提交的附件（第2个文件）", hashlib.sha256(JPEG + b"2").hexdigest()),
    ]


def test_pii_03_nothing_of_the_person_stands_plainly_on_the_disk_or_in_the_row(case, clerk):
    made(case, clerk)

    stored = b"".join(path.read_bytes() for path in desk_files().folder.rglob("*") if path.is_file())
    row = str(Bundle.objects.values().get())
    for plain in (NAME, MATTER):
        assert plain.encode() not in stored
        assert plain not in row
    assert b"%PDF" not in stored


def test_the_same_state_of_a_case_is_archived_once(case, clerk):
    made(case, clerk)
    before = (Bundle.objects.count(), OutboxItem.objects.count(), Entry.objects.count())

    with pytest.raises(Refusal, match="已经归档"):
        archive.put_together(case, by=clerk)

    assert (Bundle.objects.count(), OutboxItem.objects.count(), Entry.objects.count()) == before


def test_the_worker_doing_it_twice_changes_nothing(case, clerk):
    bundle = made(case, clerk)
    digest = bundle.digest

    receipt = archive.carry_out({"bundle": bundle.public_id})
    archive.finish({"bundle": bundle.public_id}, receipt)

    bundle.refresh_from_db()
    assert (bundle.digest, receipt) == (digest, {})


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda clerk: (keeper(agency=clerk.agency), "open"), "还没有办结"),
        (lambda clerk: (keeper(), "closed"), "其他机关"),
        (lambda clerk: (PersonFactory(agency=clerk.agency), "closed"), "登记台账"),
    ],
)
def test_who_may_not_and_what_is_open_is_not_archived(case, clerk, prepare, words):
    by, which = prepare(clerk)
    if which == "open":
        case = actions.register_application(
            by=clerk, applicant_kind="natural_person", channel="in_person", received_on=date(2023, 3, 2)
        )
    before = Entry.objects.count()

    with pytest.raises(Refusal, match=words):
        archive.put_together(case, by=by)

    assert (Bundle.objects.count(), Entry.objects.count()) == (0, before)


def test_a_bundle_with_a_hole_is_not_made_and_may_be_asked_for_again(case, clerk):
    file = ApplicationFile.objects.first()
    path = next(path for path in desk_files().folder.rglob(file.sha256))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    bundle = made(case, clerk)
    assert (bundle.state, bundle.file) == (Bundle.State.FAILED, "")
    assert "打不开" in bundle.failure

    path.write_bytes(whole)
    archive.put_together(case, by=clerk)
    run_waiting()
    assert [each.state for each in Bundle.objects.all()] == ["made", "failed"]


def test_a_bundle_is_taken_out_with_a_reason_that_is_kept(case, clerk):
    bundle = made(case, clerk)
    before = Entry.objects.count()

    for reason, by, words in (
        (" ", clerk, "请写明原因"),
        ("复议", keeper(agency=clerk.agency), "查看申请人信息"),
        ("复议", keeper(), "其他机关"),
    ):
        with pytest.raises(Refusal, match=words):
            archive.read(bundle, reason=reason, by=by)
    assert Entry.objects.count() == before

    archive.read(bundle, reason="复议答辩用", by=clerk)
    assert Entry.objects.get(action="application_archive.read").reason == "复议答辩用"


def test_the_page_shows_the_index_and_gives_the_file_for_a_reason(case, clerk):
    bundle = made(case, clerk)
    client = enter(Client(), clerk)

    text = client.get(reverse("application_archive:case", args=[case.public_id])).content.decode()
    assert "申请人提交的身份证明" in text
    assert NAME not in text
    answer = client.post(
        reverse("application_archive:read", args=[bundle.public_id]), {"reason": "复议答辩用"}
    )

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert hashlib.sha256(answer.content).hexdigest() == bundle.digest
