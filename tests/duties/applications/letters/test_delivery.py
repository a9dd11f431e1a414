"""送达. The replied day is the day that counts for the way; attempts, proofs, mail."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from gongkai.agencies.access import Refusal
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.models import Delivery
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_next
from tests.duties.applications.letters.office import TODAY, Office
from tests.duties.applications.letters.test_life import everything

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TODAY_ON = TODAY.date()


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.MAIL_URL, settings.MAIL_FROM = f"file://{tmp_path}/mail", "gongkai@example.gov.cn"
    return tmp_path / "mail"


def test_a_reply_handed_over_counts_from_the_signature(office):
    """Until then the case is open and its period runs."""
    case = office.refused()
    letter = office.issued(office.draft(case))
    with time_machine.travel(TODAY + timedelta(days=1)):
        delivery = actions.deliver(letter, way="direct", by=office.clerk)
        case.refresh_from_db()
        assert case.status == "handling"
    with time_machine.travel(TODAY + timedelta(days=3)):
        actions.record_signing(delivery, on=date(2026, 3, 12), by=office.clerk)

    case.refresh_from_db()
    letter.refresh_from_db()
    assert (case.status, case.closed_on) == ("closed", date(2026, 3, 12))
    assert (letter.state, letter.event.happened_on) == ("delivered", date(2026, 3, 12))


def test_a_correction_notice_counts_from_the_day_it_reached_the_applicant(office):
    """条例第三十条: known after the issue; until then nobody has given up, and after it the period runs its length."""
    case = office.case()
    letter = office.issued(office.correction(case))
    case.refresh_from_db()
    assert case.waiting_until == date(2026, 3, 30)
    with time_machine.travel(TODAY + timedelta(days=30)):
        with pytest.raises(Refusal, match="送达之日还没有登记"):
            applications.close(case, on=date(2026, 4, 8), by=office.clerk, outcome="other_not_corrected")
        sent = actions.deliver(
            letter, way="post", counted_on=date(2026, 3, 10), receipt_number="XA00000001", by=office.clerk
        )
        actions.record_signing(sent, on=date(2026, 3, 13), by=office.clerk)

        case.refresh_from_db()
        assert (case.waiting_until, case.status) == (date(2026, 4, 3), "awaiting_correction")
        with pytest.raises(Refusal, match="还没有届满"):
            applications.close(case, on=date(2026, 4, 3), by=office.clerk, outcome="other_not_corrected")
        case = applications.close(case, on=date(2026, 4, 8), by=office.clerk, outcome="other_not_corrected")
    assert case.status == "closed"


def test_a_correction_notice_handed_over_is_delivered_once(office):
    case = office.case()
    office.issued(office.correction(case), way="direct", counted_on=TODAY_ON)

    kinds = [event.kind for event in case.events.all()]
    assert kinds.count("correction_delivered") == 0
    assert case.events.get(kind="correction_asked").delivered_on == TODAY_ON


def test_a_reply_by_post_counts_from_the_posting(office):
    case = office.refused()
    letter = office.issued(office.draft(case))
    with time_machine.travel(TODAY + timedelta(days=7)):
        delivery = actions.deliver(
            letter, way="post", counted_on=date(2026, 3, 10), receipt_number="XA00000001", by=office.clerk
        )
        actions.record_signing(delivery, on=date(2026, 3, 13), by=office.clerk)

    case.refresh_from_db()
    letter.refresh_from_db()
    assert case.closed_on == date(2026, 3, 10)
    assert letter.event.delivery_means == "post"


def test_posted_in_time_stays_posted_in_time_when_it_comes_back(office):
    case = office.refused()
    letter = office.issued(office.draft(case), way="post", counted_on=TODAY_ON, receipt_number="XA00000001")
    [first] = letter.deliveries.all()

    actions.record_failure(first, reason="原址查无此人", by=office.clerk)
    second = actions.deliver(letter, way="direct", counted_on=TODAY_ON, by=office.clerk)

    case.refresh_from_db()
    letter.refresh_from_db()
    assert case.closed_on == TODAY_ON
    assert (second.attempt, letter.state) == (2, "delivered")
    assert case.events.filter(kind="replied").count() == 1


def test_mail_goes_out_with_the_letter_and_nothing_of_it_in_the_open(office, mailbox):
    """PII-09: subject, body and outbox name nobody."""
    case = office.refused()
    letter = office.issued(office.draft(case), way="email", address="zhang@example.com")
    case.refresh_from_db()
    assert case.status == "handling"
    item = OutboxItem.objects.get(kind="letters.mail")
    assert set(item.payload) == {"delivery", "key"}

    assert run_next()

    [file] = mailbox.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["Subject"] == "示例市国防动员办公室政府信息公开文书"
    assert "张示例" not in mail.get_body().get_content()
    [attached] = mail.iter_attachments()
    assert attached.get_content() == kept(letter, "issued_pdf")
    case.refresh_from_db()
    assert (case.status, case.closed_on) == ("closed", TODAY_ON)
    delivery = letter.deliveries.get()
    assert (delivery.state, delivery.sent_on) == ("sent", TODAY_ON)
    assert "zhang@example.com" not in str(Delivery.objects.values().get())


def test_mail_told_twice_replies_once(office, mailbox):
    case = office.refused()
    letter = office.issued(office.draft(case), way="email", address="zhang@example.com")
    payload = OutboxItem.objects.get(kind="letters.mail").payload
    run_next()

    actions.confirm_mailed(payload, {"sent": True, "on": "2026-03-09"})

    assert case.events.filter(kind="replied").count() == 1
    assert letter.deliveries.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"way": "post"}, "交邮之日"),
        ({"way": "post", "counted_on": TODAY_ON}, "编号"),
        ({"way": "post", "counted_on": TODAY_ON + timedelta(days=1), "receipt_number": "1"}, "今天之后"),
        ({"way": "direct", "counted_on": TODAY_ON - timedelta(days=1)}, "早于文书的成文日期"),
        ({"way": "email", "address": "a@example.com"}, "没有设置发信服务器"),
        ({"way": "pigeon"}, "选择送达方式"),
    ],
)
def test_what_cannot_be_delivered_so_changes_nothing(office, values, said):
    letter = office.issued(office.draft(office.refused()))
    before = everything()

    with pytest.raises(Refusal, match=said):
        actions.deliver(letter, by=office.clerk, **values)

    assert everything() == before


def test_a_draft_is_not_delivered(office):
    letter = office.correction()
    before = everything()

    with pytest.raises(Refusal, match="现在是“草稿”"):
        actions.deliver(letter, way="direct", by=office.clerk)

    assert everything() == before


def test_a_proof_is_kept_sealed(office, settings):
    letter = office.issued(office.correction(), way="direct")
    scan = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"

    delivery = actions.add_proof(letter.deliveries.get(), name="回证.pdf", data=scan, by=office.clerk)

    assert kept(delivery, "proof") == scan
    stored = [path.read_bytes() for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]
    assert not any(scan in each for each in stored)
    before = everything()
    with pytest.raises(Refusal, match=r"不能使用这个文件|凭证应当是"):
        actions.add_proof(delivery, name="回证.exe", data=b"MZ", by=office.clerk)
    assert everything() == before


@pytest.mark.parametrize(("name", "kind"), [("回证.jpg", "JPEG"), ("回证.png", "PNG")])
def test_a_photograph_of_the_receipt_is_a_proof(office, name, kind):
    letter, photograph = office.issued(office.correction(), way="direct"), BytesIO()
    Image.new("RGB", (40, 30), "white").save(photograph, kind)

    delivery = actions.add_proof(
        letter.deliveries.get(), name=name, data=photograph.getvalue(), by=office.clerk
    )

    assert kept(delivery, "proof") == photograph.getvalue()


def test_signed_for_once(office):
    letter = office.issued(office.correction(), way="direct", counted_on=TODAY_ON)
    before = everything()

    with pytest.raises(Refusal, match="已经登记过签收"):
        actions.record_signing(letter.deliveries.get(), on=TODAY_ON, by=office.clerk)

    assert everything() == before


def test_a_consultation_signed_for_begins_the_fifteen_days(office):
    case = office.case()
    draft = office.draft(
        case,
        "third_party_consultation",
        recipient="示例测绘有限公司",
        said="测绘报告",
        consultation_key="1",
    )
    letter = office.issued(draft, way="entrusted")

    actions.record_signing(letter.deliveries.get(), on=TODAY_ON, by=office.clerk)

    [told] = case.events.filter(kind="consultation_delivered")
    assert (told.happened_on, told.consultation_key) == (TODAY_ON, "1")


def test_a_correction_notice_handed_over_tells_the_day(office):
    letter = office.issued(office.correction(), way="direct", counted_on=TODAY_ON)

    assert letter.event.delivered_on == TODAY_ON
