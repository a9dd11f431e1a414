"""个人信息不外露 (PII-03, PII-09). Fifty planted values, through everything that happens to an application; then every table,
file, log line, queue row, session and letter of both sides is looked through for them."""

import logging
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.duties.applications import actions as steps
from gongkai.duties.applications.archive import actions as archive
from gongkai.duties.applications.counter import actions as counter
from gongkai.duties.applications.frequent.actions import compare
from gongkai.duties.applications.intake import handing_out, opening, pulling
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.rights import actions as rights
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake.accepting import HandedInFile
from gongkai.portal.intake.models import Offer
from gongkai.registers import actions as registers
from tests.duties.applications.letters.office import Office
from tests.portal.intake.handing_in import CONTENT, JPEG, handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
MARKS = [f"藏雀{number:02d}号qz{number * 7919}" for number in range(50)]


@pytest.fixture
def house(readers):
    return Office(
        agency=Agency.objects.create(
            public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办", telephone="0000-0000001"
        )
    )


def lived_through(readers, house) -> str:
    """From the form to the file of the case; the receipt code."""
    planted = iter(MARKS)
    fields = ("name", "representative", "postal_address", "certificate_number")
    content = {**CONTENT, **{name: next(planted) for name in fields}}
    content |= {"phone": next(planted), "email": f"{next(planted)}@example.cn"}
    content |= {
        "access_form": "electronic",
        "access_means": "portal",
        "matters": [next(planted) for _ in range(10)],
    }
    files = [
        HandedInFile(role, f"{next(planted)}.jpg", "image/jpeg", JPEG + next(planted).encode())
        for role in ("identity", "attachment", "attachment")
    ]
    code = handed_in(content=content, files=files, second="1234").code
    pulling.pull()
    case, clerk = Application.objects.get(), house.clerk
    for kind in ("application", "envelope", "stamp"):
        data = b"%PDF-1.7 " + next(planted).encode() + b"\n%%EOF"
        counter.add_paper(case, kind=kind, name=f"{next(planted)}.pdf", data=data, by=clerk)
    steps.confirm_receipt(case, on=timezone.localdate(), by=clerk)
    opening.open_particulars(ReceivedSubmission.objects.get(), reason="联系", by=clerk)
    opening.open_file(ApplicationFile.objects.order_by("pk")[0], reason="核对", by=clerk)
    registers.reveal(case, "applicant_name", reason="联系", by=clerk)
    compare(case, reason="比对", by=clerk)
    for matter in case.matters.all():
        matters.decide(matter, situation="provided", by=clerk)
    house.issued(house.draft(case), way="portal")
    run_waiting()
    second = {"code": code, "second": "1234"}
    readers.post("/apply/status/", second)
    readers.post("/apply/collect/", {**second, "offer": Offer.objects.get().public_id, "position": "0"})
    for right, text in (("copy", ""), ("correct", "".join(planted)), ("delete", MARKS[-1])):
        readers.post("/apply/rights/", {**second, "right": right, "text": text})
    pulling.pull()
    handing_out.take_note()
    for request in RightsRequest.objects.filter(answered_at__isnull=True):
        rights.answer(request, decision="refused", words=MARKS[-1], by=clerk)
    archive.put_together(Application.objects.get(), by=clerk)
    with override_settings(ROOT_URLCONF="gongkai.config.urls_desk"):
        run_waiting()
    return code


def test_fifty_planted_values_stand_nowhere_in_the_clear(readers, house, settings, tmp_path, caplog):
    """PII-03, PII-09, AUTH-11: nor does the receipt code."""
    caplog.set_level(logging.DEBUG)
    code = lived_through(readers, house)
    assert list(OutboxItem.objects.exclude(status="done").values("kind", "failure")) == []

    for alias in ("default", "public"):
        call_command(
            "dumpdata", "--database", alias, "--output", str(tmp_path / f"{alias}.json"), verbosity=0
        )
    dumps = [(tmp_path / f"{alias}.json").read_text() for alias in ("default", "public")]
    tables = "".join(
        re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), dump) for dump in dumps
    )
    stored = b"".join(
        path.read_bytes()
        for folder in (settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER)
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert "application_rights.answered" in tables
    assert len(stored) > 10_000
    said = tables + caplog.text + str(getattr(cache, "_cache", ""))
    assert [mark for mark in (*MARKS, code) if mark in said or mark.encode() in stored] == []
