"""查毒 (FIL-07): whatever is handed in or uploaded is opened and released only when it was found clean; what waits is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.desk.home import WAITING, screen, to_dos
from gongkai.desk.register_books import REGISTERS
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.counter import actions as counter
from gongkai.duties.applications.intake import opening, pulling
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.letters import actions as letters
from gongkai.duties.applications.letters.documents.own_template import own_template
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.wording import template_bytes
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import actions as redaction
from gongkai.duties.applications.redaction import sealed_file
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.topics import actions as topics
from gongkai.duties.remedies import actions as remedies
from gongkai.gateways.files import desk_files
from gongkai.operations import doctor
from gongkai.registers import importing
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY
from gongkai.virus_checks.actions import note_unnoted
from gongkai.virus_checks.models import FileCheck
from gongkai.virus_checks.queries import alarm, health
from gongkai.virus_checks.tasks import Rounds
from tests.audit import counter as at_the_counter
from tests.audit import handed_in as house_handed_in
from tests.audit import letters as house_letters
from tests.audit import redacted
from tests.audit import remedies as house_remedies
from tests.audit.acts import House
from tests.desk.test_administration import content_of_the_tables
from tests.duties.catalogue.editorial import PDF
from tests.factories.people import enter
from tests.factories.topics import a_picture, a_topic, png
from tests.portal.intake.handing_in import JPEG, handed_in
from tests.portal.office import AGENCY
from tests.virus_checks.scanner import MARK, VIRUS, away, scanning

pytestmark = pytest.mark.django_db(databases=["default", "public"])
INFECTS = f"stream: {VIRUS} FOUND\0".encode()


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return House()


@dataclass(frozen=True, slots=True)
class Kept:
    """一处存放: the bytes as they were given, and the ways by which somebody gets at them."""

    content: bytes
    open: Callable[[], Any]


def _applicants(house: House) -> Kept:
    house_handed_in.taking_in(house)(by=None)
    file = ApplicationFile.objects.get()
    return Kept(JPEG, partial(opening.open_file, file, reason="核对", by=house.keeper))


def _paper(house: House) -> Kept:
    paper = at_the_counter._paper(house)
    _, content = counter.open_paper(paper, reason="核对", by=house.keeper)
    return Kept(content, partial(counter.open_paper, paper, reason="核对", by=house.keeper))


def _redaction(house: House) -> Kept:
    job = redacted.beginning(house)(by=house.keeper)
    return Kept(sealed_file.unsealed(job), partial(sealed_file.read, job))


def _letter(house: House) -> Kept:
    letter = house_letters.uploading(house)(by=house.letters.clerk)
    return Kept(kept(letter, "document"), partial(kept, letter, "document"))


def _proof(house: House) -> Kept:
    delivery = house_letters.proving(house)(by=house.letters.clerk)
    return Kept(kept(delivery, "proof"), partial(kept, delivery, "proof"))


def _template(house: House) -> Kept:
    template = house_letters.saving_a_template(house)(by=house.letters.leader)
    return Kept(desk_files().read(template.sha256), partial(template_bytes, template, "receipt"))


def _evidence(house: House) -> Kept:
    content = b"%PDF-1.7 evidence"
    evidence = house_remedies._evidence(house, file_name="答复书.pdf", content=content)
    return Kept(content, partial(remedies.read_evidence, evidence, by=house.keeper))


def _attachment(house: House) -> Kept:
    version = house.editors.with_file(house.editors.draft())
    url = reverse("catalogue:file", args=[version.public_id, version.attachments.get().sha256])
    return Kept(PDF, partial(_through_the_desk, house.editors.clerk, url, PDF))


def _topic_file(house: House) -> Kept:
    author = house.topic_office.author
    file = topics.keep_file(topics.read_upload("picture", png()), title="训练现场", by=author)
    content = desk_files().read(file.sha256)
    url = reverse("topics:file", args=[file.pk])
    return Kept(content, partial(_through_the_desk, author, url, content))


def _through_the_desk(person: Any, url: str, content: bytes) -> None:
    answer = enter(Client(SERVER_NAME="127.0.0.1"), person).get(url)
    if answer.content != content:
        assert answer.status_code in (400, 403, 409)
        assert content not in answer.content
        raise Refusal(answer.content.decode())


KEPT = {
    "applicants": _applicants,
    "counter": _paper,
    "redaction": _redaction,
    "letters, a document": _letter,
    "letters, a proof": _proof,
    "letters, a template": _template,
    "remedies": _evidence,
    "catalogue": _attachment,
    "topics": _topic_file,
}


def test_every_place_of_the_settings_has_a_row(settings):
    assert {name.partition(",")[0] for name in KEPT} == set(settings.CHECKED_FILES)


@pytest.mark.parametrize("place", KEPT)
def test_a_file_that_was_not_scanned_is_not_opened_and_one_that_is_infected_never(house, place):
    """FIL-07, for files kept before scanning was switched on; the worker finds them, by their own bytes."""
    file = KEPT[place](house)
    file.open()
    with scanning() as scanner:
        with pytest.raises(Refusal, match="没有查毒"):
            file.open()
        while Rounds().go(timezone.now()):
            pass
        assert file.content in scanner.seen
        file.open()

        FileCheck.objects.all().delete()
        scanner.says = INFECTS
        while Rounds().go(timezone.now()):
            pass
        with pytest.raises(Refusal, match=VIRUS):
            file.open()
    with pytest.raises(Refusal, match=VIRUS):  # switched off again: what was found stays found
        file.open()
    assert Entry.objects.filter(action="virus_checks.found").exists()


UPLOADS: dict[str, Callable[[House], Callable[[bytes], Any]]] = {
    "redaction": lambda h: partial(
        lambda case, data: redaction.begin(case, title="示例材料", name="a.pdf", data=data, by=h.keeper),
        h.case(),
    ),
    "a letter": lambda h: partial(
        lambda letter, data: letters.upload(letter, data, by=h.letters.clerk), house_letters._receipt(h)
    ),
    "a proof": lambda h: partial(
        lambda delivery, data: letters.add_proof(delivery, name="回证.pdf", data=data, by=h.letters.clerk),
        house_letters._delivery(h),
    ),
    "a template": lambda h: partial(
        lambda data, *, by: letters.save_template("receipt", name="回执.docx", data=data, by=by),
        by=h.letters.leader,
    ),
    "evidence": lambda h: partial(
        lambda file, data: remedies.add_evidence(
            file, title="答复书", file_name="答复书.pdf", content=data, by=h.keeper
        ),
        house_remedies._file(h),
    ),
    "an attachment": lambda h: partial(
        lambda version, data: catalogue.attach(version, name="方案.pdf", content=data, by=h.editors.clerk),
        h.editors.draft(),
    ),
    "a picture": lambda h: partial(
        lambda version, data: catalogue.add_picture(
            version, name="照片.jpg", content=data, words="训练现场", by=h.editors.clerk
        ),
        h.editors.draft(),
    ),
    "a topic's file": lambda h: partial(
        lambda author, data: topics.read_upload("picture", SimpleUploadedFile("a.png", data), by=author),
        h.topic_office.author,
    ),
    "a register's import": lambda h: (
        lambda data: importing.preview(REGISTERS[0], file_name="申请.csv", data=data, by=h.keeper)
    ),
}
AT_ONCE = {"a letter", "a template", "a register's import"}


@pytest.mark.parametrize("kind", UPLOADS)
def test_an_infected_upload_is_refused_at_the_door(house, kind):
    """Nothing is kept of it but that it was tried, by whom, and what was found."""
    upload = UPLOADS[kind](house)
    before = content_of_the_tables()
    with scanning(), pytest.raises(Refusal, match=VIRUS):
        upload(PDF + MARK)

    assert content_of_the_tables() == before  # the audit trail is told of apart
    assert Entry.objects.filter(action="virus_checks.refused").count() == 1


@pytest.mark.parametrize("kind", AT_ONCE)
def test_what_is_read_at_once_is_not_taken_while_the_scanner_is_away(house, kind):
    upload = UPLOADS[kind](house)
    before = content_of_the_tables()
    with away(), pytest.raises(Refusal, match="请稍后再传"):
        upload(own_template(KIND_BY_KEY["receipt"]))

    assert content_of_the_tables() == before


def test_an_application_is_taken_while_the_scanner_is_away_and_its_file_waits(house):
    """FIL-07: scanner down = wait, not pass; never is an application refused for it."""
    Agency.objects.filter(pk=house.agency.pk).update(public_id=AGENCY)
    rounds, now = Rounds(), timezone.now()
    with away():
        handed_in()
        assert pulling.pull() == 1
        assert rounds.go(now) == 0
        file = ApplicationFile.objects.get()
        assert file.application.status == Application.Status.AWAITING_CONFIRMATION
        open_it = partial(opening.open_file, file, reason="核对", by=house.keeper)
        before = Entry.objects.count()
        with pytest.raises(Refusal, match="没有查毒"):
            open_it()
        assert Entry.objects.count() == before
        page = enter(Client(SERVER_NAME="127.0.0.1"), house.keeper).get(
            reverse("application_intake:one", args=[file.received.public_id])
        )
        assert "未查" in page.content.decode()
        assert reverse("application_intake:file", args=[file.public_id]) not in page.content.decode()
        assert not health().good
        FileCheck.objects.update(noted_at=now - timedelta(minutes=11))
        assert "等候查毒超过10分钟" in alarm()
        assert alarm() in screen(house.keeper, today=timezone.localdate()).reminders
    with scanning() as scanner:
        assert rounds.go(now) == 0  # it was away a moment ago and is not asked every half second
        assert rounds.go(now + timedelta(seconds=6)) == 1
        assert scanner.seen == [JPEG]
        assert open_it() == ("证件照片.jpg", JPEG)
        assert (alarm(), health().good) == ("", True)


def test_the_officer_learns_of_an_infected_file_and_what_to_do(house):
    """It is sealed, the case goes on, the bundle says that it was there and does not carry it."""
    file, today = _applicants(house), timezone.localdate()
    with scanning() as scanner:
        scanner.says = INFECTS
        Rounds().go(timezone.now())
        told = [each for each in to_dos(WAITING, house.keeper, today) if "查出病毒" in each.title]
        [answer] = list(doctor._virus_checks())
    kept_file = ApplicationFile.objects.get()
    page = enter(Client(SERVER_NAME="127.0.0.1"), house.keeper).get(told[0].url).content.decode()

    assert len(told) == 1
    assert f"有毒：{VIRUS}" in page
    assert "换一份干净的文件" in page
    entry = Entry.objects.get(action="virus_checks.found")
    assert entry.actor == "system"
    assert VIRUS in entry.detail
    assert kept_file.sha256 in entry.detail
    with pytest.raises(Refusal):
        file.open()
    bundled = [paper for paper in papers(kept_file.application) if "申请人提交" in paper.title]
    assert ["封存，不入卷" in paper.title for paper in bundled] == [True]
    assert file.content not in bundled[0].content
    assert "封存1个" in answer.text


def test_nothing_goes_out_that_was_not_scanned(house):
    """The gate of release and the screen say so; once scanned it goes."""
    editors = house.editors
    with away():
        version = editors.with_file(editors.draft())
        with pytest.raises(Refusal, match="查毒"):
            catalogue.submit(version, by=editors.clerk)
    with scanning():
        Rounds().go(timezone.now())
        signed = editors.signed(version)
        FileCheck.objects.update(state="infected", virus=VIRUS)
        with pytest.raises(Refusal, match=VIRUS):
            catalogue.publish(signed, by=editors.clerk)
        assert [each.title for each in to_dos(WAITING, editors.clerk, timezone.localdate())].count(
            f"{version.title}　附件查出病毒，请删除后换一份"
        )


def test_no_topic_goes_out_with_a_file_that_was_not_scanned(house):
    office = house.topic_office
    with away():
        page = a_topic(office, cover=a_picture(office))
        with pytest.raises(Refusal, match="没有查毒"):
            topics.submit(page, by=office.author)
    with scanning():
        Rounds().go(timezone.now())
        version = topics.submit(page, by=office.author)
        topics.pass_review(version, by=office.reviewer)
        FileCheck.objects.update(state="infected", virus=VIRUS)
        with pytest.raises(Refusal, match=VIRUS):
            topics.sign(version, by=office.signatory)
        version.refresh_from_db()
        assert version.stage == version.Stage.SIGN_OFF


def test_without_a_scanner_files_go_as_before_and_administrators_are_told(house):
    version = house.editors.with_file(house.editors.draft())
    page = enter(Client(SERVER_NAME="127.0.0.1"), house.system).get(reverse("desk:system"))
    [answer] = doctor._virus_checks()

    assert not FileCheck.objects.exists()
    assert version.attachments.count() == 1
    assert "没有接入查毒程序" in page.content.decode()
    assert (answer.level, "没有接入查毒程序" in answer.text) == (doctor.WARNING, True)


def test_one_file_that_cannot_be_read_keeps_no_other_waiting(house):
    house.editors.with_file(house.editors.draft())
    FileCheck.objects.create(stored_as="0" * 64, kept_by="redaction")  # nothing bears it
    with scanning():
        assert note_unnoted() == 1
        Rounds().go(timezone.now())

    assert set(FileCheck.objects.values_list("kept_by", "state", "attempts")) == {
        ("redaction", "waiting", 1),
        ("catalogue", "clean", 0),
    }
