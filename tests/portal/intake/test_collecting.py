"""门户领取. A signed letter goes out sealed to one receipt code; its owner takes it; the desk has the day and the proof."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions as steps
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.intake import handing_out, pulling
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.letters import actions, to_do
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.models import Delivery
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import actions as redaction
from gongkai.gateways.files import desk_files, intake_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake import accepting, collecting, limits
from gongkai.portal.intake import pulling as portal
from gongkai.portal.intake.models import Offer, SubmissionStatus
from gongkai.redaction.box import Origin
from gongkai.rules.regulations_2019.delivery import COLLECT_WITHIN_DAYS, OFFERED_FOR_DAYS
from tests.duties.applications.letters.office import REASONS, Office
from tests.duties.redaction.office import AREA, document
from tests.portal.intake.handing_in import CONTENT, NAME, NUMBER, handed_in
from tests.portal.intake.test_apply_pages import question_of, right_answer
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECOND = NUMBER[-4:]
ONLINE = {**CONTENT, "access_form": "electronic", "access_means": "portal", "matters": ["2022年人防工程名录"]}


@pytest.fixture
def house(readers):
    agency = Agency.objects.create(
        public_id=AGENCY,
        name="示例市国防动员办公室",
        short_name="市国动办",
        telephone="0000-0000001",
        address="示例路1号",
    )
    return Office(agency=agency)


@pytest.fixture
def code(house):
    return handed_in(content=ONLINE, files=[]).code


@pytest.fixture
def letter(house, code):
    """The reply, signed and on its way to the portal."""
    pulling.pull()
    case = steps.confirm_receipt(Application.objects.get(), on=timezone.localdate(), by=house.clerk)
    matters.decide(case.matters.get(), situation="provided", by=house.clerk)
    return house.issued(house.draft(case), way="portal")


def status_of(readers, code, second=SECOND):
    return readers.post("/apply/status/", {"code": code, "second": second})


def take(readers, code, *, second=SECOND, position="0", offer=None, **more):
    offer = offer or Offer.objects.get().public_id
    data = {"code": code, "second": second, "offer": offer, "position": position, **more}
    return readers.post("/apply/collect/", data)


def test_a_reply_is_collected_by_its_code_and_by_nothing_else(readers, house, code, letter):
    """From the signature to the proof in the file, without a script; FIL-08: a download, kept nowhere."""
    delivery = letter.deliveries.get()
    assert (delivery.state, letter.application.status) == ("waiting", "handling")
    assert "可以领取的文书" not in status_of(readers, code).content.decode()

    run_waiting()
    delivery.refresh_from_db()
    case = Application.objects.get()
    assert (delivery.state, delivery.counted_on, case.closed_on) == (
        "sent",
        timezone.localdate(),
        case.closed_on,
    )
    assert case.status == "closed"
    page = status_of(readers, code).content.decode()
    assert f"答复书 {letter.number}" in page
    assert re.search(r'<form method="post" action="/apply/collect/">', page)

    for wrong in ({"second": "0000"}, {"position": "9"}, {"position": "x"}, {"offer": "0" * 20}):
        assert take(readers, code, **wrong).status_code == 404
    assert take(readers, "HRT9-PDJM-3RHF-WF44-7X3F").status_code == 404
    assert Offer.objects.get().collected_at is None
    taken = take(readers, code)
    assert taken.content == kept(letter, "issued_pdf")
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Cache-Control"] == "no-store"

    assert (handing_out.take_note(), handing_out.take_note()) == (1, 0)
    delivery.refresh_from_db()
    letter.refresh_from_db()
    assert (delivery.state, delivery.collected_at, letter.state) == (
        "delivered",
        Offer.objects.get().collected_at,
        "delivered",
    )
    proof = next(paper for paper in papers(case) if paper.title.endswith("的领取记录"))
    assert letter.pdf_sha256 in proof.content.decode()
    assert Entry.objects.using("default").filter(action="letters.delivery.collected").count() == 1
    assert "已领取" in status_of(readers, code).content.decode()


def test_whoever_copies_the_public_side_has_nothing(settings, tmp_path, house, code, letter):
    """PII-03, CRY-02: neither tables nor files of the public side say anything of the letter, and the desk's key opens none
    of it; nothing of it stands in the outbox either."""
    run_waiting()
    dump = tmp_path / "public.json"
    call_command("dumpdata", "intake", database="public", output=str(dump), verbosity=0)
    said = dump.read_text()
    stored = [intake_files().read(name) for name in intake_files().names()]

    assert letter.public_id not in said
    assert "offer" in said
    for secret in (NAME, letter.number, letter.number.encode("unicode_escape").decode(), "答复书", code):
        assert secret not in said
    assert len(stored) == 1
    assert not [box for box in stored if b"%PDF" in box]
    assert NAME not in str(list(OutboxItem.objects.values()))


def test_the_key_follows_from_the_code_and_is_kept_nowhere(house, code):
    """AUTH-11: the table holds one half of the slow hash; the other, which opens, is nobody's but the applicant's."""
    row = SubmissionStatus.objects.get()
    known = accepting.slow_hash(code, SECOND, bytes(row.salt))
    pulling.pull()

    assert bytes(row.code_hash) == known[:32]
    assert known[32:].hex() not in str(SubmissionStatus.objects.values().get())
    assert len(bytes.fromhex(ReceivedSubmission.objects.get().collection_key)) == 32


def test_another_case_collects_nothing_of_this_one(readers, house, code, letter):
    other = handed_in("another form", content=ONLINE, files=[]).code
    run_waiting()

    assert "可以领取" not in status_of(readers, other).content.decode()
    assert take(readers, other).status_code == 404


def test_an_offer_put_twice_is_one(house, code, letter):
    """REL-04: the worker may do it again."""
    run_waiting()
    first = Offer.objects.get()
    OutboxItem.objects.filter(kind="letters.offer").update(status="waiting", not_before=None)
    Delivery.objects.update(state="waiting")
    run_waiting()

    assert Offer.objects.get().offered_at == first.offered_at
    assert Application.objects.get().events.filter(kind="replied").count() == 1


def test_above_the_limit_a_question_is_asked_and_whoever_answers_collects(
    readers, house, code, letter, monkeypatch
):
    """ABU-01: one's own letter is never refused for being asked for often."""
    run_waiting()
    monkeypatch.setattr(limits, "COLLECTIONS_OF_ADDRESS", limits.Limit("collect", 1))
    take(readers, code)
    asked = take(readers, code)
    signed, words = question_of(asked)

    assert asked.status_code == 429
    assert take(readers, code, question=signed, answer=right_answer(words)).status_code == 200


def test_what_nobody_collects_is_a_to_do_and_goes_by_post(readers, settings, house, code, letter):
    run_waiting()
    later = timezone.now() + timedelta(days=COLLECT_WITHIN_DAYS + 2)
    settings.ROOT_URLCONF = "gongkai.config.urls_desk"
    told = str(list(to_do.waiting(house.clerk, later.date())))
    settings.ROOT_URLCONF = "gongkai.config.urls_portal"
    assert "没有领取，请登记未送达，改为邮寄" in told
    delivery = letter.deliveries.get()
    with pytest.raises(Refusal, match="由系统记录"):
        actions.record_signing(delivery, on=timezone.localdate(), by=house.clerk)

    actions.record_failure(delivery, reason="七天没有领取", by=house.clerk)
    run_waiting()
    assert not Offer.objects.exists()
    assert take(readers, code, offer=delivery.public_id).status_code == 404
    actions.deliver(
        letter, way="post", counted_on=timezone.localdate(), receipt_number="XA00000001", by=house.clerk
    )
    assert Application.objects.get().events.filter(kind="replied").count() == 1


def test_after_its_time_it_is_taken_off_with_its_files(house, code, letter):
    """PII-06: rows first, then the sealed files that no row names."""
    run_waiting()
    with time_machine.travel(timezone.now() + timedelta(days=OFFERED_FOR_DAYS + 2)):
        portal.sweep(timezone.now())

    assert not Offer.objects.exists()
    assert not list(intake_files().names())


def test_only_what_came_through_the_portal_can_be_collected(house):
    case = house.granted()
    letter = house.issued(house.draft(case))
    with pytest.raises(Refusal, match="不能用门户领取"):
        actions.deliver(letter, way="portal", by=house.clerk)

    assert not letter.deliveries.exists()


def test_what_was_withdrawn_meanwhile_is_told_to_nobody(house, code, letter):
    run_waiting()
    found = accepting.look_up(code, SECOND)
    collecting.withdraw_offer(Offer.objects.get().public_id)

    assert collecting.offered(found) == []
    assert collecting.collect(found, offer="x", position=0) is None


# 遮盖后的材料 -----------------------------------------------------------------------------


def test_a_reply_with_what_was_covered_is_collected_byte_for_byte(readers, house, code):
    """Decision 27: the letter and each file that two people agreed to give out; nothing else of the case, nothing in clear."""
    pulling.pull()
    case = steps.confirm_receipt(Application.objects.get(), on=timezone.localdate(), by=house.clerk)
    left, given = (
        redaction.begin(case, title=title, name="批复.pdf", data=document(), by=house.clerk)
        for title in "甲乙"
    )
    given = redaction.cover(given, [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=house.clerk)
    redaction.make(given, resolution=150, left_open_reason="已公开的号码", by=house.clerk)
    run_waiting()
    given.refresh_from_db()
    redaction.agree(given, having_seen=given.output_file, by=house.reviewer)
    matter = case.matters.get()
    found = matters.list_document(matter, title="批复", pages=2, by=house.clerk)
    matters.decide_pages(found, first=1, last=1, fate="redacted", ground="INTERNAL_AFFAIRS", by=house.clerk)
    matters.decide_pages(found, first=2, last=2, fate="disclosed", by=house.clerk)
    matters.decide(
        matter,
        situation="severed",
        ground="INTERNAL_AFFAIRS",
        ground_kind="内部工作流程",
        reasons=REASONS,
        by=house.clerk,
    )
    letter = house.issued(house.draft(case), way="portal")
    run_waiting()

    page = status_of(readers, code).content.decode()
    assert page.count('action="/apply/collect/"') == 2
    assert "提供的材料1" in page
    covered = desk_files().read(given.output_file)
    for position, content in enumerate((kept(letter, "issued_pdf"), covered)):
        taken = take(readers, code, position=str(position))
        assert (taken.status_code, taken.content) == (200, content)
        assert taken["Content-Disposition"].startswith("attachment")
    assert take(readers, code, position="2").status_code == 404  # what nobody agreed to is not among them
    assert left.stage == "marking"

    stored = [intake_files().read(name) for name in intake_files().names()]
    assert len(stored) == 2
    assert not [box for box in stored if b"%PDF" in box or covered in box]
