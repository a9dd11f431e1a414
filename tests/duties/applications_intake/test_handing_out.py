"""申请人的文件怎样交给工作人员: always a download of its own, whatever it is called and whatever stands in it (FIL-08)."""

from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.portal.intake.accepting import HandedInFile
from tests.factories.agencies import PersonFactory, holding
from tests.factories.people import enter
from tests.portal.intake.handing_in import handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
PAGE = b"\xff\xd8\xff\xe0<html><script>alert(document.domain)</script></html>"
NAMES = [
    "证件照片.jpg",
    'a"; filename="b.html".jpg',
    "a\r\nSet-Cookie: x=1\r\n\r\n<script>.jpg",
    "<img src=x onerror=alert(1)>.jpg",
    "通知\u202egpj.exe.jpg",
    "../../etc/passwd.jpg",
    "%0d%0aX-Own: 1.jpg",
]


@pytest.fixture
def reader(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    agency = Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")
    return holding(
        PersonFactory(agency=agency), Power.READ_APPLICANTS, Power.KEEP_REGISTERS, Power.READ_REGISTERS
    )


def test_a_file_of_an_applicant_is_a_download_that_runs_nothing(reader):
    """FIL-08: attachment with its name by RFC 6266, nosniff, sandbox, an address of its own, kept nowhere on the way."""
    handed_in(files=[HandedInFile("attachment", name, "image/jpeg", PAGE) for name in NAMES])
    pulling.pull()
    desk = enter(Client(SERVER_NAME="127.0.0.1"), reader)

    for file, name in zip(ApplicationFile.objects.order_by("position"), NAMES, strict=True):
        address = reverse("application_intake:file", args=[file.public_id])
        assert "Content-Disposition" not in desk.get(address)  # the page that asks why
        answer = desk.post(address, {"reason": "核对身份证明"})

        assert (answer.status_code, answer.content) == (200, PAGE)
        said = answer["Content-Disposition"]
        read = EmailMessage()
        read["Content-Disposition"] = said
        assert read.get_content_disposition() == "attachment"
        assert said.isprintable()
        assert name != NAMES[0] or said == f"attachment; filename*=utf-8''{quote(name)}"
        assert said.isascii()
        assert "html" not in str(read["Content-Disposition"].params.get("filename", "")).rpartition(".")[2]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Type"] == "image/jpeg"
        assert not {"X-Own", "Set-Cookie"} & set(answer.headers)

    assert Entry.objects.filter(action="application_intake.file_opened").count() == len(NAMES)


def test_it_is_not_handed_out_without_a_reason_or_to_another_agency(reader):
    handed_in()
    pulling.pull()
    address = reverse("application_intake:file", args=[ApplicationFile.objects.get().public_id])
    elsewhere = holding(PersonFactory(), Power.READ_APPLICANTS, Power.READ_REGISTERS)
    before = Entry.objects.count()

    for person, data in ((reader, {"reason": " "}), (elsewhere, {"reason": "核对"})):
        answer = enter(Client(SERVER_NAME="127.0.0.1"), person).post(address, data)
        assert "Content-Disposition" not in answer

    assert Entry.objects.count() == before
