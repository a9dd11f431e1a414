"""Redacting a document of a case: uploaded, covered, made and proved, agreed to by another, and only then handed out."""

import io
import json

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.duties.applications.redaction import actions, queries, sealed_file
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.redaction import files
from gongkai.redaction.box import Area, Origin
from gongkai.sealing.suite import CannotOpen
from tests.duties.redaction.office import AREA, NAME, Office, document, held
from tests.factories.agencies import SectionFactory, holding
from tests.factories.people import a_person
from tests.redaction import making

pytestmark = pytest.mark.django_db
Stage = RedactionJob.Stage


@pytest.fixture
def office(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    return Office()


def refused(act, why: str) -> None:
    """The act is refused for this reason and has changed nothing."""
    before = held()
    with pytest.raises(Refusal) as refusal:
        act()
    assert why in str(refusal.value)
    assert held() == before


def test_the_whole_way_from_the_upload_to_the_file_that_may_leave(office):
    """FIL-06 and ACL-04."""
    job = office.begun()
    reading = queries.reading_of(job)
    names = reading.find([NAME])
    job = actions.cover(
        job,
        [area for hit in names for area in hit.areas],
        ground="THIRD_PARTY",
        origin=Origin.SEARCH,
        words=[NAME],
        by=office.keeper,
    )
    for hit in reading.detect():
        job = actions.cover(
            job,
            list(hit.areas),
            ground="THIRD_PARTY",
            origin=Origin.DETECTED,
            what=hit.what,
            by=office.keeper,
        )
    job = actions.make(job, resolution=150, by=office.keeper)
    while run_waiting():
        pass
    job.refresh_from_db()
    assert (job.stage, job.left_open, job.failure) == (Stage.REVIEW, 0, "")
    job = actions.agree(job, having_seen=job.output_file, by=office.reviewer)

    content = actions.hand_out(job, by=office.keeper)

    [output] = queries.outputs(office.case)
    assert (output.sha256, output.pages, output.boxes) == (job.output_file, 2, 4)
    assert job.proof["findings"] == []
    assert job.proof["searched"] >= 3
    assert files.read(content, 2).find([NAME, making.IDENTITY, making.MOBILE]) == ()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}


def test_no_clear_value_is_kept_in_the_database_the_files_or_the_audit_trail(office):
    """PII-03, PII-05, PII-09."""
    job = office.begun()
    job = actions.cover(
        job, [AREA], ground="THIRD_PARTY", origin=Origin.SEARCH, words=[NAME], by=office.keeper
    )
    actions.make(job, resolution=150, left_open_reason="已经公开", by=office.keeper)
    while run_waiting():
        pass

    told = json.dumps(held(), ensure_ascii=False, default=str)
    kept = b"".join(desk_files().read(name) for name in desk_files().names())
    for value in (NAME, making.IDENTITY, making.MOBILE):
        assert value not in told
        assert value.encode() not in kept
    assert document() not in kept
    job.refresh_from_db()
    assert queries.words_of(job) == [NAME]
    assert sealed_file.read(job) == document()


def test_an_original_moved_to_another_job_does_not_open(office):
    """CRY-01."""
    one, other = office.begun(), office.begun()
    other.source_file, other.source_key = one.source_file, one.source_key

    with pytest.raises(CannotOpen):
        sealed_file.read(other)


@pytest.mark.parametrize("person", ["reviewer", "secrecy", "reader"])
def test_who_keeps_no_register_neither_uploads_nor_covers_nor_makes(office, person):
    """ACL-01."""
    job = office.covered()
    by = getattr(office, person)

    refused(lambda: office.begun(by=by), "没有“登记台账”职权")
    refused(
        lambda: actions.cover(job, [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=by),
        "没有“登记台账”职权",
    )
    refused(lambda: actions.uncover(job, [job.boxes[0]["id"]], by=by), "没有“登记台账”职权")
    refused(lambda: actions.make(job, resolution=150, left_open_reason="理由", by=by), "没有“登记台账”职权")
    refused(lambda: actions.abandon(job, reason="不用了", by=by), "没有“登记台账”职权")


def test_another_section_does_not_redact_this_section_s_case(office):
    mine, theirs = SectionFactory(agency=office.agency), SectionFactory(agency=office.agency)
    office.case.section = mine
    office.case.save(update_fields=["section"])
    stranger = holding(a_person(office.agency, section=theirs), "keep_registers")
    job = office.covered()

    refused(
        lambda: actions.cover(job, [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=stranger),
        "只能登记本科室的",
    )
    assert list(queries.jobs(stranger, on=job.recorded_at.date())) == []
    assert list(queries.jobs(office.reviewer, on=job.recorded_at.date())) == [job]


def test_another_agency_sees_nothing(office):
    """ACL-08."""
    office.covered()
    other = Office(name="示例市水务局", short_name="市水务局")

    assert list(queries.jobs(other.reviewer, on=other.case.received_on)) == []


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("批复.docx", b"PK", "只能遮盖PDF"),
        ("批复.pdf", b"", "空的"),
        ("批复.pdf", making.locked(), "已加密"),
        ("批复.pdf", b"%PDF-1.7\n%%EOF", "损坏"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_and_nothing_is_kept(office, name, data, why):
    """FIL-01."""
    refused(lambda: actions.begin(office.case, title="材料", name=name, data=data, by=office.keeper), why)
    assert list(desk_files().names()) == []


@pytest.mark.parametrize(
    ("area", "ground", "why"),
    [
        (AREA, "", "没有理由"),
        (AREA, "SOMETHING", "没有理由"),
        (Area(3, 1, 1, 50, 50), "THIRD_PARTY", "没有第3页"),
        (Area(1, 1, 1, 1, 50), "THIRD_PARTY", "太小"),
        (Area(1, 2000, 1, 3000, 50), "THIRD_PARTY", "不在页面上"),
    ],
)
def test_a_box_without_ground_or_place_is_refused(office, area, ground, why):
    job = office.covered()

    refused(
        lambda: actions.cover(job, [AREA, area], ground=ground, origin=Origin.HAND, by=office.keeper), why
    )


def test_without_boxes_nothing_is_made(office):
    job = office.begun()

    refused(lambda: actions.make(job, resolution=150, by=office.keeper), "还没有遮盖框")


def test_what_was_looked_for_or_detected_and_stays_open_needs_a_reason(office):
    """PII-04."""
    job = actions.cover(
        office.begun(), [AREA], ground="THIRD_PARTY", origin=Origin.SEARCH, words=[NAME], by=office.keeper
    )

    refused(
        lambda: actions.make(job, resolution=150, by=office.keeper),
        "还有3处没有遮盖（第1页身份证号码、第2页查找过的词、第2页手机号码）",
    )

    job = actions.make(job, resolution=150, left_open_reason="当事人同意公开", by=office.keeper)
    assert (job.left_open, job.left_open_reason) == (3, "当事人同意公开")


def test_a_box_taken_away_is_gone_and_told(office):
    job = office.covered()

    job = actions.uncover(job, [job.boxes[0]["id"]], by=office.other_keeper)

    assert job.boxes == []
    refused(lambda: actions.uncover(job, ["00000000"], by=office.keeper), "没有这个遮盖框")


@pytest.mark.parametrize("who", ["keeper", "other_keeper", "reader"])
def test_who_has_no_power_to_review_does_not_agree(office, who):
    job = office.made()

    refused(
        lambda: actions.agree(job, having_seen=job.output_file, by=getattr(office, who)),
        "没有“合法性审核”职权",
    )


def test_whoever_took_part_does_not_agree(office):
    """ACL-04: uploading, covering and making each count."""
    uploaded = office.made(by=office.both)
    refused(
        lambda: actions.agree(uploaded, having_seen=uploaded.output_file, by=office.both), "应由另一个人复核"
    )
    refused(lambda: actions.send_back(uploaded, opinion="不对", by=office.both), "应由另一个人复核")

    job = office.covered()
    job = actions.cover(job, [AREA], ground="DELIBERATIVE", origin=Origin.HAND, by=office.both)
    job = actions.make(job, resolution=150, left_open_reason="理由", by=office.keeper)
    while run_waiting():
        pass
    job.refresh_from_db()
    refused(lambda: actions.agree(job, having_seen=job.output_file, by=office.both), "应由另一个人复核")
    assert actions.agree(job, having_seen=job.output_file, by=office.secrecy).stage == Stage.AGREED


def test_agreeing_is_for_the_bytes_that_were_seen(office):
    job = office.made()

    refused(lambda: actions.agree(job, having_seen="0" * 64, by=office.reviewer), "重新制作过")


def test_an_output_damaged_on_the_disk_is_neither_agreed_to_nor_handed_out(office):
    job, agreed = office.made(), office.agreed()
    for path in desk_files().folder.glob("??/*"):
        if path.name in (job.output_file, agreed.output_file):
            path.write_bytes(b"other bytes")

    refused(lambda: actions.agree(job, having_seen=job.output_file, by=office.reviewer), "已丢失或者损坏")
    refused(lambda: actions.hand_out(agreed, by=office.keeper), "已丢失或者损坏")


def test_nothing_is_handed_out_before_it_was_agreed_to(office):
    for job in (office.begun(), office.covered(), office.asked(), office.made()):
        refused(lambda job=job: actions.hand_out(job, by=office.keeper), "还没有复核通过")
    agreed = office.agreed()
    refused(lambda: actions.hand_out(agreed, by=office.reader), "职权")
    assert queries.outputs(office.case) != []


def test_what_is_sent_back_or_taken_back_must_be_made_and_agreed_to_anew(office):
    returned = actions.send_back(office.made(), opinion="漏了第二页", by=office.reviewer)
    taken = actions.take_back(office.agreed(), reason="当事人又同意公开", by=office.keeper)

    assert (returned.stage, returned.output_file, returned.opinion) == (Stage.MARKING, "", "漏了第二页")
    assert (taken.stage, taken.output_file, taken.reviewed_hash) == (Stage.MARKING, "", "")
    assert queries.outputs(office.case) == []
    refused(lambda: actions.hand_out(taken, by=office.keeper), "还没有复核通过")
    refused(lambda: actions.send_back(returned, opinion="再退", by=office.reviewer), "现在是“画框”")


def test_a_file_taken_back_while_it_is_being_made_does_not_come_back(office):
    job = actions.take_back(office.asked(), reason="还要改", by=office.keeper)

    while run_waiting():
        pass

    job.refresh_from_db()
    assert (job.stage, job.output_file) == (Stage.MARKING, "")


def test_a_file_that_does_not_pass_goes_back_with_the_reason_and_gives_nothing(office, monkeypatch):
    """FIL-06."""
    real = files.document

    def leaking(pages):
        def plant(pdf):
            pdf.docinfo["/Title"] = making.IDENTITY

        return making.changed(real(pages), plant)

    monkeypatch.setattr(files, "document", leaking)
    job = office.made()

    assert (job.stage, job.output_file, job.proof) == (Stage.MARKING, "", None)
    assert job.failure.startswith("成品没有通过检查，不能使用：")
    assert making.IDENTITY not in job.failure
    assert OutboxItem.objects.get().status == OutboxItem.Status.DONE


def test_the_original_lost_is_told(office):
    job = office.asked()
    desk_files().remove(job.source_file)

    while run_waiting():
        pass

    job.refresh_from_db()
    assert job.failure.startswith("原件已丢失或者损坏")


def test_making_twice_gives_the_same_bytes(office):
    one, other = office.made(), office.made()

    assert one.output_file == other.output_file


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "agreed"},
        {"stage": "agreed", "reviewed_hash": "OUTPUT"},
        {"stage": "review", "output_file": ""},
        {"stage": "review", "proof": None},
        {"left_open": 2, "left_open_reason": ""},
    ],
)
def test_the_database_itself_refuses_a_file_without_proof_or_second_person(office, change):
    """ACL-04."""
    job = office.made()
    if "reviewed_hash" in change:
        change = {**change, "reviewed_hash": job.output_file, "reviewer": job.author}

    with pytest.raises(IntegrityError), transaction.atomic():
        RedactionJob.objects.filter(pk=job.pk).update(**change)


def test_what_waits_is_told_to_whom_it_waits_for(office):
    job = office.made()
    day = office.case.received_on

    assert [each.title for each in queries.waiting(office.reviewer, day)] == [
        f"申请{office.case.register_number}的材料　复核遮盖"
    ]
    assert list(queries.waiting(office.keeper, day)) == []
    actions.send_back(job, opinion="漏了", by=office.reviewer)
    assert [each.title for each in queries.waiting(office.keeper, day)] == [
        f"申请{office.case.register_number}的材料　修改遮盖"
    ]


def test_what_is_found_beside_the_page_is_left_out_and_drawn_beside_it_is_refused(office):
    """Letters that were cropped away stand in no picture."""
    job, beside = office.begun(), Area(1, 2000, 2000, 2100, 2020)
    chosen = {"ground": "THIRD_PARTY", "words": [NAME], "by": office.keeper}

    job = actions.cover(job, [AREA, beside], origin=Origin.SEARCH, **chosen)

    assert len(job.boxes) == 1
    refused(lambda: actions.cover(job, [beside], origin=Origin.SEARCH, **chosen), "不用遮盖")
    refused(lambda: actions.cover(job, [AREA, beside], origin=Origin.HAND, **chosen), "不在页面上")
