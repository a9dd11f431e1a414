"""案卷与申请. From a delivered reply to the decision that overturns it: held, its letters as evidence, answered anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gongkai.agencies.access import Refusal
from gongkai.duties.applications.archive import retention
from gongkai.duties.applications.archive.models import Hold
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.candidates import candidates
from gongkai.gateways.files import desk_files
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.applications.letters.office import TODAY, Office
from tests.duties.remedies.files import a_reconsideration, state_of, step

pytestmark = pytest.mark.django_db
ACCEPTED, SERVED, EFFECTIVE = date(2026, 4, 1), date(2026, 4, 3), date(2026, 5, 20)
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def answered(office) -> Application:
    """Refused by a letter that was posted today."""
    case = office.refused("值班安排")
    office.issued(office.draft(case), way="post", counted_on=TODAY.date(), receipt_number="XA00000001")
    case.refresh_from_db()
    return case


@pytest.fixture
def file(office, answered):
    with _at(ACCEPTED):
        return a_reconsideration(office.clerk, accepted_on=ACCEPTED, application=answered)


def _at(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai")))


def standing_holds(case) -> list[str]:
    return [each.reason for each in Hold.objects.filter(application=case, lifted_at__isnull=True)]


def test_an_overturned_reply_from_its_letter_to_the_new_one(office, answered, file):
    """The disputed file is kept by itself, its letter is evidence without an upload, and the answer anew has its clock."""
    assert standing_holds(answered) == [f"{file.entry.case_number}还没有终结"]
    with _at(SERVED):
        file = step(file, Kind.SERVED, SERVED, office.clerk)
        letter = answered.letters.get()
        [offered] = [each for each in candidates(file) if each.key == f"paper:{letter.public_id}"]
        assert offered.title == f"答复书 {letter.number}"
        [row] = actions.draw_from_application(file, [offered.key], by=office.clerk)
    assert actions.read_evidence(row, by=office.clerk) == kept(letter, "issued_pdf")
    assert (row.source, row.file_name, row.digest) == (
        "paper",
        f"答复书 {letter.number}.pdf",
        letter.pdf_sha256,
    )
    with _at(EFFECTIVE):
        file = step(
            file,
            Kind.DECIDED,
            EFFECTIVE,
            office.clerk,
            decision="revoked_anew",
            served_on=EFFECTIVE,
            working_days=15,
        )
        again = actions.handle_again(file, by=office.clerk).reopened_as

        assert (again.status, again.received_on, again.handled_again_from) == (
            "handling",
            EFFECTIVE,
            answered,
        )
        assert again.due_on == date(2026, 6, 17)
        assert standing_holds(answered)
    with _at(date(2026, 6, 1)):
        assert again.matters.count() == 1
        matters.decide(again.matters.get(), situation="provided", by=office.clerk)
        reply = office.issued(
            office.draft(again), way="post", counted_on=date(2026, 6, 1), receipt_number="XA00000002"
        )
        assert reply.result == "granted"
        file = step(file, Kind.PERFORMED, date(2026, 6, 1), office.clerk)

    again.refresh_from_db()
    assert (again.status, file.status) == ("closed", "closed")
    assert standing_holds(answered) == []
    [hold] = answered.holds.all()
    assert (hold.lift_reason, hold.lifted_by) == (f"{file.entry.case_number}结案", office.clerk)


def test_nobody_lifts_it_while_the_case_is_open(office, answered, file):
    [hold] = answered.holds.all()

    with pytest.raises(Refusal, match="复议、诉讼还没有终结"):
        retention.lift(hold, reason="不用了", by=office.clerk)

    assert standing_holds(answered)


def test_a_person_s_own_hold_outlasts_the_case(office, answered, file):
    retention.hold(answered, reason="信访部门调阅", by=office.clerk)

    actions.void_file(file, reason="重复立卷", by=office.clerk)

    assert standing_holds(answered) == ["信访部门调阅"]


def test_a_corrected_end_holds_again(office, answered, file):
    """The case was not withdrawn after all."""
    with _at(SERVED):
        file = step(file, Kind.WITHDRAWN, SERVED, office.clerk)
        assert standing_holds(answered) == []
        event = file.events.get(kind=Kind.WITHDRAWN.value)
        proposal = actions.propose(event, reason="看错案号", by=office.clerk, cancel=True)
        actions.agree(proposal, by=office.reviewer)

    assert len(standing_holds(answered)) == 1


def test_the_hold_goes_with_the_application(office, answered, file):
    other = office.refused("另一件")

    actions.change_particulars(file, changes={"application": other}, reason="关联错了", by=office.clerk)

    assert standing_holds(answered) == []
    assert len(standing_holds(other)) == 1


def test_a_damaged_letter_is_not_listed_and_changes_nothing(office, answered, file):
    letter = answered.letters.get()
    desk_files().remove(letter.issued_pdf.partition(":")[2])
    before = state_of(file)

    with pytest.raises(Refusal, match="打不开"):
        actions.draw_from_application(file, [f"paper:{letter.public_id}"], by=office.clerk)

    assert state_of(file) == before
