"""文书的页面: from the case to a delivered letter, by the buttons on the screen."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.desk.panel import panel
from gongkai.duties.applications.letters.documents.own_template import own_template
from gongkai.duties.applications.letters.models import Letter, Template
from gongkai.duties.applications.letters.rooms import ROOMS
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, KINDS
from tests.duties.applications.letters.office import CLERK, TODAY, Office
from tests.duties.applications.letters.test_documents import changed, parts_of
from tests.factories.agencies import AgencyFactory
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def desk(client, office):
    """Opens and posts as somebody."""

    def at(person, name, *words, **posted):
        enter(client, person)
        address = reverse(f"letters:{name}", args=words)
        return client.post(address, posted) if posted else client.get(address)

    return at


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_letter_goes_its_way_by_the_buttons(desk, office):
    case = office.refused()
    assert "还没有文书" in words(desk(office.clerk, "case", case.public_id))

    answer = desk(office.clerk, "draft", case.public_id, "reply", x="1")
    letter = Letter.objects.get()
    assert answer.url == reverse("letters:letter", args=[letter.public_id])
    shown = words(desk(office.clerk, "letter", letter.public_id))
    assert "没有发现不符" in shown
    assert "送审" in shown
    desk(office.clerk, "step", letter.public_id, "submit", x="1")
    desk(office.reviewer, "step", letter.public_id, "pass", seen=letter.content_hash)
    desk(office.leader, "step", letter.public_id, "sign", seen=letter.content_hash)
    answer = desk(office.clerk, "step", letter.public_id, "issue", x="1")
    assert answer.url == reverse("letters:deliver", args=[letter.public_id])
    desk(
        office.clerk,
        "deliver",
        letter.public_id,
        way="post",
        counted_on="2026-03-09",
        receipt_number="XA00000001",
    )

    case.refresh_from_db()
    assert case.status == "closed"
    shown = words(desk(office.clerk, "letter", letter.public_id))
    assert "邮政企业挂号邮寄" in shown
    assert "登记签收、未送达" in shown  # the next step, not another sending
    assert "市国动办复〔2026〕1号" in words(desk(office.clerk, "register"))


def test_the_findings_stand_beside_the_text(desk, office):
    letter = office.correction()
    enterable = {
        "title": "政府信息公开申请补正告知书",
        "addressee": "李旁人：",
        "paragraphs": "请于15个工作日内补正。",
        "signature": "示例市国防动员办公室",
    }
    desk(office.clerk, "edit", letter.public_id, **enterable)

    shown = words(desk(office.clerk, "letter", letter.public_id))
    assert "收文的人或者单位与记录不一致" in shown
    assert "不能送审" in shown
    refused = desk(office.clerk, "step", letter.public_id, "submit", x="1")
    assert refused.status_code == 400
    assert "与案件核对有" in words(refused)


def test_opening_a_letter_is_written_down(desk, office):
    """AUD-01."""
    letter = office.correction()
    before = Entry.objects.count()

    for name in ("letter", "word", "pdf"):
        desk(office.leader, name, letter.public_id)

    assert Entry.objects.filter(action="letters.letter.opened", sequence__gt=before).count() == 3


def test_who_only_reads_registers_sees_numbers_and_no_names(desk, office):
    reader = a_person(office.agency, Power.READ_REGISTERS, name="只查阅")
    letter = office.issued(office.correction())

    book = words(desk(reader, "register"))
    assert letter.number in book
    assert "张示例" not in book
    assert "张示例" not in words(desk(reader, "case", letter.application.public_id))
    assert desk(reader, "letter", letter.public_id).status_code == 403


def test_another_agency_finds_nothing(desk, office):
    """ACL-02."""

    other = a_person(AgencyFactory(), *CLERK, Power.SIGN_LETTERS, name="外机关")
    letter = office.correction()

    for name in ("letter", "word", "pdf", "edit"):
        assert desk(other, name, letter.public_id).status_code == 404
    assert desk(other, "case", letter.application.public_id).status_code == 404
    assert desk(other, "step", letter.public_id, "submit", x="1").status_code == 404


def test_the_book_is_searched_filtered_and_exported(desk, office, client):
    first = office.issued(office.draft(office.case(), "receipt"))
    office.issued(office.correction())
    actions.void(first, reason="印错了", by=office.clerk)

    enter(client, office.clerk)
    found = client.get(reverse("letters:register"), {"q": "补〔2026〕1号"})
    assert "市国动办补〔2026〕1号" in words(found)
    assert "市国动办收" not in words(found)
    voided = words(client.get(reverse("letters:register"), {"show": "voided"}))
    assert "印错了" in voided
    assert "市国动办补" not in voided
    csv = b"".join(client.get(reverse("letters:export")).streaming_content).decode("utf-8-sig")
    assert csv.count("\n") == 3
    assert "张示例" not in csv


def test_the_book_asks_the_database_a_bounded_number_of_times(desk, office, django_assert_max_num_queries):
    """P9."""
    for _ in range(4):
        office.issued(office.draft(office.case(), "receipt"))

    with django_assert_max_num_queries(60):
        assert desk(office.clerk, "register").status_code == 200


@pytest.mark.parametrize("kind", [each.key for each in KINDS])
def test_every_kind_has_its_form_and_its_template_page(desk, office, kind):
    case = office.refused()

    drafted = desk(office.clerk, "draft", case.public_id, kind)
    if kind in ROOMS:
        assert "的记录拟稿" in words(drafted)
    else:
        assert drafted.status_code == 200
    assert "{{文号}}" in words(desk(office.leader, "template", kind))
    file = desk(office.leader, "template_file", kind)
    assert file.content.startswith(b"PK")
    assert "attachment" in file["Content-Disposition"]
    assert "sandbox" in file["Content-Security-Policy"]  # FIL-08


def test_an_office_puts_its_own_template_in_and_takes_it_out(client, office):
    enter(client, office.leader)
    address = reverse("letters:template", args=["receipt"])
    own = SimpleUploadedFile("本办回执.docx", own_template(KIND_BY_KEY["receipt"]))

    assert client.post(address, {"what": "upload", "file": own}).status_code == 302
    assert "本办回执.docx" in words(client.get(address))
    assert client.post(address, {"what": "restore"}).status_code == 302
    assert not Template.objects.filter(set_aside_at__isnull=True).exists()
    wrong = SimpleUploadedFile("x.docx", b"PK not a document")
    refused = client.post(address, {"what": "upload", "file": wrong})
    assert refused.status_code == 400
    assert "不能使用这个模板" in words(refused)


def test_a_letter_comes_out_by_the_template_that_the_office_edited(desk, office):
    """Downloaded, changed in Word or WPS, put back; with a place missing it is refused and the one in use stays."""
    taken = desk(office.leader, "template_file", "receipt").content
    without_text = changed(taken, "{{正文}}", "见附页")
    refused = desk(
        office.leader,
        "template",
        "receipt",
        what="upload",
        file=SimpleUploadedFile("回执.docx", without_text),
    )
    assert refused.status_code == 400
    assert "正文" in words(refused)
    assert not Template.objects.exists()
    assert office.leader.name in words(desk(office.clerk, "template", "receipt"))  # who may, when one may not

    edited = changed(taken, "{{附注}}", "经办科室：公开科，编号{{登记编号}}")
    desk(office.leader, "template", "receipt", what="upload", file=SimpleUploadedFile("回执.docx", edited))
    case = office.case()
    desk(office.clerk, "draft", case.public_id, "receipt", x="1")

    letter = Letter.objects.get()
    said = f"经办科室：公开科，编号{case.register_number}"
    assert said in words(desk(office.clerk, "letter", letter.public_id))
    document = desk(office.clerk, "word", letter.public_id).content
    assert said in "".join(re.findall(r"<w:t[^>]*>([^<]*)", parts_of(document)["word/document.xml"].decode()))


def test_the_panel_offers_what_may_be_drafted_now(office):
    case = office.refused()
    office.correction(case)

    offered = panel(case, office.clerk)
    assert [each.name for each in offered["letter_offers"]][:3] == ["登记回执", "补正告知书", "答复书"]
    assert "终止办理告知书" not in [each.name for each in offered["letter_offers"]]
    assert offered["letters"][0].letter.kind == "correction"
    assert panel(case, office.leader)["letter_offers"] == []
    office.issued(office.draft(case), way="post", counted_on=TODAY.date(), receipt_number="XA1")
    case.refresh_from_db()
    assert [each.name for each in panel(case, office.clerk)["letter_offers"]] == []
