"""窗口收件. Registered over the counter with what is like it in view, scans sealed and proved, found again by its barcode."""

from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions as steps
from gongkai.duties.applications import barcode
from gongkai.duties.applications.archive import retention
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.counter import actions, queries
from gongkai.duties.applications.counter.desk import views
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.models import Application
from gongkai.gateways.files import desk_files
from gongkai.rules.personal_information.retention import IDENTITY_PROOF
from tests.duties.applications.letters.office import Office
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SCAN = b"%PDF-1.7 scan of the envelope of Zhang\n%%EOF"
OTHER = b"%PDF-1.7 another scan\n%%EOF"
KNOWN = (
    "110100100001001011000010010000110100001011001110001011011101101000111011000101001110110010"
    "01110011011100101100100010111101101100110011001101100100100110001100011101011"
)
TYPED = {
    "channel": "ordinary_post",
    "received_on": "2026-03-02",
    "applicant_kind": "natural_person",
    "applicant_name": "张示例",
    "matters": "2022年人防工程名录\n值班安排",
}


@pytest.fixture(autouse=True)
def _stores(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def office():
    return Office()


def added(office, case, **values):
    given = {"kind": "envelope", "name": "信封.pdf", "data": SCAN, "by": office.clerk}
    return actions.add_paper(case, **{**given, **values})


# 条码 -----------------------------------------------------------------------------------


def test_a_barcode_says_the_number():
    """Code 128, set B: start, the characters, the check modulo 103, stop; drawn alike by another program."""
    assert barcode.modules("abcXYZ019~ !") == KNOWN
    for number, said in (("〔2026〕12号", "2026-12"), ("GK-0012", "GK-0012"), ("县申字第3号", "x" * 20)):
        assert barcode.carried(number, "x" * 20) == said
        assert number in barcode.numbers(said) or said == "x" * 20


@pytest.mark.parametrize("typed", ["2026-12", "２０２６－１２", " 2026-0012 ", "〔2026〕12号", "[2026]12号"])
def test_a_number_is_read_however_it_is_typed(typed):
    assert "〔2026〕12号" in barcode.numbers(typed)


def test_the_gun_goes_straight_to_the_case(office, client):
    case, voided = office.case(), office.case()
    steps.void_application(voided, reason="重复登记", by=office.clerk)
    stranger = a_person(an_agency(name="示例县档案局"), Power.READ_REGISTERS)
    enter(client, office.clerk)
    find = reverse("application_counter:find")

    scanned = client.get(find, {"number": barcode.carried(case.register_number, case.public_id)})
    assert scanned["Location"] == reverse("applications:case", args=[case.public_id])
    unknown = client.get(find, {"number": "2026-99999"})
    assert (unknown.status_code, "没有这个登记编号的申请" in unknown.content.decode()) == (404, True)
    twin = office.case(register_number=voided.register_number)
    found = client.get(find, {"number": voided.register_number})
    assert found["Location"] == reverse("applications:case", args=[twin.public_id])
    assert client.get(f"{find}?number=%ED%A0%80").status_code == 404
    for odd in ("\x00", "9" * 60, "2026-" + "9" * 40):
        assert client.get(find, {"number": odd}).status_code == 404
    enter(client, stranger)
    assert client.get(find, {"number": case.register_number}).status_code == 404


def test_label_and_receipt_bear_the_bars_and_nobody(office, client):
    case = office.case()
    enter(client, office.clerk)
    page = client.get(reverse("application_counter:label", args=[case.public_id])).content.decode()

    carried = barcode.carried(case.register_number, case.public_id)
    assert page.count(str(barcode.svg(carried))) == 2
    assert carried in page
    assert "data:image/svg+xml" in page  # the slip's own words, for a telephone
    slip = "\n".join(views._slip(case, queries.arrival(case)))
    assert f"登记编号：{case.register_number}" in slip
    assert "张示例" not in page + slip


# 登记 -----------------------------------------------------------------------------------


def test_what_is_like_it_is_shown_before_it_is_registered(office, client):
    """As on the portal; ABU-05: a hint, and nothing is refused."""
    earlier = office.case("2022年人防工程名录")
    enter(client, office.clerk)
    address = reverse("application_counter:register")

    looked = client.post(address, TYPED).content.decode()
    assert (Application.objects.count(), earlier.register_number in looked) == (1, True)
    assert "同一申请人" in looked
    assert Entry.objects.using("default").filter(action="frequent.compared").count() == 1
    back = client.post(address, {**TYPED, "to": "edit"}).content.decode()
    assert "2022年人防工程名录\n值班安排" in back
    sent = client.post(address, {**TYPED, "to": "register"})

    case = Application.objects.latest("pk")
    assert sent["Location"] == reverse("application_counter:papers", args=[case.public_id])
    assert (case.status, case.matters.count()) == ("awaiting_confirmation", 2)


def test_who_may_not_read_applicants_compares_nothing(office, client):
    office.case("2022年人防工程名录")
    enter(client, a_person(office.agency, Power.KEEP_REGISTERS))
    looked = client.post(reverse("application_counter:register"), TYPED).content.decode()

    assert "没有比对内容" in looked
    assert not Entry.objects.using("default").filter(action="frequent.compared").exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"confirmed_on": "2026-03-01"}, "确认之日不能早于收到日期"),
        ({"confirmed_on": "2026-03-03", "channel": "registered_post"}, "不需要确认"),
        ({"received_on": "2999-01-01"}, "日期在今天之后"),
        ({"matters": "\n".join("一二三四五六七八九十甲")}, "最多10项"),
        ({"channel": "online"}, "没有这一项"),
        ({"applicant_name": "张\x00"}, "看不见的字符"),
    ],
)
def test_what_cannot_be_registered_says_why(office, client, changed, words):
    enter(client, office.clerk)
    answer = client.post(reverse("application_counter:register"), {**TYPED, "to": "register", **changed})

    assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert not Application.objects.exists()


def test_both_times_of_receipt_stand_beside_the_scans(office, client):
    """条例第三十一条: signing for registered post, confirming ordinary post; the system's time of each entry is kept."""
    registered = office.case(channel="registered_post")
    plain = office.case(channel="ordinary_post")
    enter(client, office.clerk)
    assert not queries.arrival(registered).awaits_confirmation
    page = reverse("application_counter:papers", args=[plain.public_id])
    assert "还没有确认" in client.get(page).content.decode()
    steps.confirm_receipt(plain, on=plain.received_on + timedelta(days=2), by=office.clerk)

    found = queries.arrival(plain)
    assert (found.arrived_on, found.confirmed_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert found.confirmation_recorded_at > found.arrival_recorded_at
    assert "以确认之日为收到之日" in client.get(page).content.decode()


def test_an_oral_application_is_printed_to_be_signed(office, client):
    """条例第二十九条."""
    case = office.case("值班安排", channel="oral")
    enter(client, office.clerk)
    page = client.get(reverse("application_counter:oral_record", args=[case.public_id])).content.decode()

    assert "以上内容已向我宣读" in page
    assert "值班安排" in page
    assert (
        Entry.objects.using("default").filter(action="application_counter.oral_record_printed").count() == 1
    )
    with pytest.raises(Refusal, match="只有口头提出"):
        actions.print_oral_record(office.case(), by=office.clerk)


# 扫描件 ---------------------------------------------------------------------------------


def test_a_scan_is_sealed_and_opened_with_a_reason(office, client):
    """PII-03, ACL-05: neither the store nor the row holds it in the clear; who opened it and why is kept."""
    case = office.case()
    enter(client, office.clerk)
    sent = client.post(
        reverse("application_counter:add", args=[case.public_id]),
        {"kind": "stamp", "file": SimpleUploadedFile("张示例的信.pdf", SCAN), "note": "3月2日"},
    )
    assert sent.status_code == 302
    paper = ReceivedPaper.objects.get()
    assert "张示例" not in str(ReceivedPaper.objects.values().get())
    assert all(SCAN not in desk_files().read(name) for name in desk_files().names())

    address = reverse("application_counter:paper", args=[paper.public_id])
    assert client.post(address, {"reason": ""}).headers["Content-Type"].startswith("text/html")
    opened = client.post(address, {"reason": "核对邮戳日期"})
    assert opened.content == SCAN
    assert opened["Content-Disposition"].startswith("attachment")
    line = Entry.objects.using("default").get(action="application_counter.paper_opened")
    assert line.reason == "核对邮戳日期"
    enter(client, a_person(office.agency, Power.KEEP_REGISTERS))
    assert client.post(address, {"reason": "好奇"}).status_code == 403


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG")])
def test_a_picture_of_the_paper_is_a_scan_too(office, client, ending, kind):
    case, picture = office.case(), BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, kind)

    paper = actions.add_paper(
        case, kind="stamp", name=f"信封.{ending}", data=picture.getvalue(), by=office.clerk
    )

    assert paper.media_type == f"image/{kind.lower()}"
    enter(client, office.clerk)
    opened = client.post(reverse("application_counter:paper", args=[paper.public_id]), {"reason": "核对邮戳"})
    assert opened.content == picture.getvalue()
    assert opened["Content-Type"].startswith(f"image/{kind.lower()}")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "信封.pdf", "data": b"not a scan"}, "不能登记这个文件"),
        ({"name": "信封.docx"}, "不能登记这个文件"),
        ({"data": b""}, "空的"),
        ({"data": SCAN.ljust(actions.LARGEST + 1, b" ")}, "超过20MB"),
        ({"kind": "made_up"}, "请选择"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_kept(office, values, words):
    """FIL-01, FIL-02."""
    case = office.case()
    with pytest.raises(Refusal, match=words):
        added(office, case, **values)

    assert not ReceivedPaper.objects.exists()
    assert not list(desk_files().names())


def test_twice_the_same_and_too_many_are_refused(office, monkeypatch):
    case = office.case()
    added(office, case)
    with pytest.raises(Refusal, match="已经登记"):
        added(office, case)
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(Refusal, match="最多1份"):
        added(office, case, data=OTHER)

    assert case.papers.count() == 1


def test_a_scan_goes_into_the_file_unless_it_was_taken_out(office):
    case = office.case()
    right, wrong = added(office, case), added(office, case, data=OTHER, kind="other")
    actions.take_out(wrong, reason="别的申请的信封", by=office.clerk)

    assert [(paper.title, paper.content) for paper in papers(case)] == [
        ("收到的纸质材料：信封邮戳", SCAN),
    ]
    with pytest.raises(Refusal, match="已经撤出"):
        actions.take_out(wrong, reason="再一次", by=office.clerk)
    right.refresh_from_db()
    assert right.taken_out_at is None


def test_a_scanned_proof_of_identity_goes_in_time(office, django_capture_on_commit_callbacks):
    """PII-06."""
    case = office.case()
    proof, envelope = added(office, case, kind="identity"), added(office, case, data=OTHER)
    case = steps.close(case, on=case.received_on, by=office.clerk, outcome="other_remaining")
    day = case.closed_on + timedelta(days=IDENTITY_PROOF.days + 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.dispose(office.agency, today=day - timedelta(days=1)) == 0
        assert retention.dispose(office.agency, today=day) == 1

    assert (desk_files().has(proof.stored_as), desk_files().has(envelope.stored_as)) == (False, True)
    with pytest.raises(Refusal, match="到期销毁"):
        actions.open_paper(proof, reason="核对", by=office.clerk)


def test_the_receipt_letter_bears_the_bars(office):
    """The slip that goes to the applicant."""
    letter = office.issued(office.draft(office.case(), "receipt"))
    with pikepdf.open(BytesIO(kept(letter, "issued_pdf"))) as pdf:
        drawn = b"".join(
            pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in pdf.pages
        )
    assert drawn.count(b" re") > 30
