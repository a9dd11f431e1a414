"""网上收件. From the portal into the register exactly once, whatever fails on the way, and the status back out."""

import json
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.desk.home import screen
from gongkai.duties.applications import actions
from gongkai.duties.applications.intake import opening, public_status, pulling, queries, receiving
from gongkai.duties.applications.intake.models import (
    ApplicationFile,
    PullFailure,
    ReceivedSubmission,
    Watch,
)
from gongkai.duties.applications.intake.tasks import Rounds
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.gateways.files import desk_files, intake_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake import pulling as portal
from gongkai.portal.intake.accepting import find
from gongkai.portal.intake.models import Avoided, Submission, SubmissionFile
from tests.factories.agencies import PersonFactory, holding, keeper
from tests.factories.people import enter
from tests.portal.intake.handing_in import CONTENT, JPEG, NAME, NUMBER, PERSONAL, handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])


class Crash(BaseException):
    """The process is gone: nobody catches this."""


@pytest.fixture(autouse=True)
def agency(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")


@pytest.fixture
def reader(agency):
    return holding(
        PersonFactory(agency=agency), Power.READ_APPLICANTS, Power.KEEP_REGISTERS, Power.READ_REGISTERS
    )


def decide_all(case, reader):
    for matter in case.matters.all():
        matters.decide(matter, situation="secret", ground="STATE_SECRET", reasons="已定密", by=reader)


def once():
    """What must stand after one application came in, however often it was tried."""
    return (
        Application.objects.count(),
        ApplicationEvent.objects.count(),
        ReceivedSubmission.objects.count(),
        ApplicationFile.objects.count(),
        Entry.objects.using("default").filter(action="application_intake.received").count(),
        OutboxItem.objects.filter(kind="intake.put_status").count(),
        Submission.objects.filter(acknowledged_at__isnull=True).count(),
    )


def test_an_application_from_the_portal_stands_in_the_register():
    """条例第三十一条第三项: it awaits the confirmation by both sides, from which the period will count."""
    code = handed_in().code

    assert pulling.pull() == 1

    case = Application.objects.get()
    assert (case.channel, case.status, case.applicant_kind) == (
        "online",
        "awaiting_confirmation",
        "natural_person",
    )
    assert case.received_on == timezone.localdate()
    assert (case.recorded_by, case.events.get().by) == (None, None)
    assert case.unseal("applicant_name") == NAME
    assert case.unseal("description") == f"1. {CONTENT['matters'][0]}\n2. {CONTENT['matters'][1]}"
    assert "电话：0000-7654321" in case.unseal("applicant_contact")
    assert case.access_form == "纸质文本，邮寄，可改用其他方式"
    assert once() == (1, 1, 1, 1, 1, 1, 0)
    run_waiting()
    assert find(code, NUMBER[-4:]).state.label == "本机关已接收，等候双方确认"


def test_a_single_matter_bears_no_number():
    handed_in(content={**CONTENT, "matters": ["一份文件"]})
    pulling.pull()

    assert Application.objects.get().unseal("description") == "一份文件"


@pytest.mark.parametrize("suggested", [True, False])
def test_that_the_applicant_suggests_publication_is_told_on_the_case(reader, suggested):
    """条例第四十四条: to whoever may read what the applicant wrote, and as the reason when it is proposed."""
    handed_in(content={**CONTENT, "suggest_publication": suggested})
    pulling.pull()
    case = Application.objects.get()

    shown = enter(Client(), reader).get(reverse("applications:case", args=[case.public_id]))
    form = enter(Client(), reader).get(reverse("turning:propose", args=[case.public_id])).context["form"]

    assert ("申请人建议主动公开" in shown.content.decode()) is suggested
    assert form.initial["source"] == ("applicant" if suggested else "officer")


def test_however_many_wait_a_round_ends_and_the_worker_turns_to_the_rest(monkeypatch):
    """REL-04, PUB-06: withdrawals wait for nobody who hands in."""
    monkeypatch.setattr(pulling, "_AT_ONCE", 2)
    monkeypatch.setattr(pulling.portal, "waiting", partial(portal.waiting, count=1))
    for form in "abc":
        handed_in(form)

    assert [pulling.pull(), pulling.pull(), pulling.pull()] == [2, 1, 0]


def test_pulling_again_changes_nothing():
    handed_in()
    pulling.pull()
    before = once()

    assert [pulling.pull(), pulling.pull(again=True)] == [0, 0]
    assert once() == before


STEPS = [
    (pulling, "open_box"),
    (pulling, "receive"),
    (receiving.actions, "register_application"),
    (receiving, "record"),
    (public_status, "enqueue"),
    (portal, "acknowledge"),
    (portal, "record"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_any_step_loses_nothing_and_doubles_nothing(monkeypatch, module, name, when):
    """REL-04, D1: the worker dies just before or just after each step; the next one does the rest."""
    handed_in()
    step = getattr(module, name)

    def crash(*args, **kwargs):
        if when == "after":
            step(*args, **kwargs)
        raise Crash

    with monkeypatch.context() as planted:
        planted.setattr(module, name, crash)
        with pytest.raises(Crash):
            pulling.pull()

    pulling.pull(again=True)
    assert once() == (1, 1, 1, 1, 1, 1, 0)
    assert Application.objects.get().register_number.endswith("1号")


def test_a_crash_while_the_files_are_carried(monkeypatch):
    handed_in()
    carry = type(desk_files()).carry

    def crash(self, name, *, to):
        carry(self, name, to=to)
        raise Crash

    with monkeypatch.context() as planted:
        planted.setattr(type(desk_files()), "carry", crash)
        with pytest.raises(Crash):
            pulling.pull()

    pulling.pull()
    assert once() == (1, 1, 1, 1, 1, 1, 0)
    assert list(desk_files().names()) == [ApplicationFile.objects.get().sha256]


def test_two_workers_with_the_same_submission(monkeypatch):
    """The second one's insert fails at the row that names the submission; it acknowledges and leaves it at that."""
    handed_in()
    submission = portal.waiting()[0]
    pulling.take_in(submission)
    before = once()

    def too_late(handed_in):
        raise IntegrityError("planted: the other worker was faster")

    monkeypatch.setattr(pulling, "receive", too_late)

    assert pulling.take_in(submission) is False
    assert once() == before


def test_another_contradiction_is_not_taken_for_a_second_worker(monkeypatch):
    handed_in()

    def contradiction(handed_in):
        raise IntegrityError("planted")

    monkeypatch.setattr(pulling, "receive", contradiction)

    assert pulling.pull() == 0
    assert Submission.objects.get().acknowledged_at is None
    assert PullFailure.objects.get().words == "IntegrityError"


def test_after_a_restore_what_the_desk_lacks_is_taken_in_again():
    """D8: the desk's copy is older than the acknowledgement that the public side's copy holds."""
    handed_in()
    portal.acknowledge(Submission.objects.get())

    assert pulling.pull() == 0
    assert pulling.pull(again=True) == 1
    assert once() == (1, 1, 1, 1, 1, 1, 0)


def test_one_that_cannot_be_opened_keeps_no_other_waiting(settings, tmp_path):
    """REL-04: it stays on the public side as it is, is tried again and again, and the alarm stays."""
    handed_in("bad")
    Submission.objects.update(sealed=b"\x01" * 100)
    handed_in("good")

    assert pulling.pull() == 1
    assert (Application.objects.count(), Submission.objects.filter(acknowledged_at=None).count()) == (1, 1)
    failure = PullFailure.objects.get()
    assert (failure.attempts, failure.words) == (1, "这份提交是用另一把公钥加密的，密钥目录里没有对应的私钥")
    assert pulling.pull() == 0
    assert PullFailure.objects.get().attempts == 1  # not before its time
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        pulling.pull()
    assert PullFailure.objects.get().attempts == 2


def test_one_that_is_mended_leaves_no_failure_behind(monkeypatch):
    handed_in()
    with monkeypatch.context() as planted:
        planted.setattr(pulling, "open_box", lambda *a, **k: 1 / 0)
        pulling.pull()
    assert PullFailure.objects.get().words == "ZeroDivisionError"

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert pulling.pull() == 1
    assert PullFailure.objects.count() == 0


def test_what_fails_says_nothing_of_the_person(monkeypatch, caplog):
    """PII-09: neither in the log nor in the table that the administrator reads."""
    handed_in()

    def fail(*args, **kwargs):
        raise ValueError(f"cannot take in {CONTENT}")

    monkeypatch.setattr(receiving.actions, "register_application", fail)
    pulling.pull()

    assert PullFailure.objects.get().words == "ValueError"
    assert "not taken in" in caplog.text
    assert not [word for word in PERSONAL if word in caplog.text]


def test_nothing_of_the_person_stands_plainly_on_the_desk(settings, tmp_path):
    """PII-03: every table and every stored file of the desk."""
    handed_in()
    pulling.pull()

    dump = tmp_path / "dump.json"
    apps = ["applications", "application_intake", "audit", "outbox", "registers"]
    call_command("dumpdata", *apps, database="default", output=str(dump), verbosity=0)
    said = json.dumps(json.loads(dump.read_text()), ensure_ascii=False)
    assert "application_intake.received" in said
    stored = [path.read_bytes() for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]
    assert len(stored) == 1
    for secret in PERSONAL:
        assert secret not in said
        assert not [file for file in stored if secret.encode() in file]
    assert not [file for file in stored if JPEG[:20] in file]


# 打开 -------------------------------------------------------------------------------------


def test_a_file_is_opened_with_a_reason_that_is_kept(reader):
    """ACL-05."""
    handed_in()
    pulling.pull()
    file = ApplicationFile.objects.get()

    assert opening.open_file(file, reason="核对身份证明", by=reader) == ("证件照片.jpg", JPEG)

    line = Entry.objects.using("default").get(action="application_intake.file_opened")
    assert (line.actor, line.reason) == (reader.public_id, "核对身份证明")


def test_the_form_is_opened_with_a_reason_that_is_kept(reader):
    handed_in()
    pulling.pull()

    assert opening.open_particulars(ReceivedSubmission.objects.get(), reason="联系补正", by=reader) == CONTENT
    assert Entry.objects.using("default").filter(action="application_intake.particulars_opened").count() == 1


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
def test_without_a_reason_nothing_is_opened(reader, reason):
    handed_in()
    pulling.pull()
    before = Entry.objects.using("default").count()

    with pytest.raises(Refusal):
        opening.open_file(ApplicationFile.objects.get(), reason=reason, by=reader)
    with pytest.raises(Refusal):
        opening.open_particulars(ReceivedSubmission.objects.get(), reason=reason, by=reader)
    assert Entry.objects.using("default").count() == before


def test_without_the_power_or_from_another_agency_nothing_is_opened(agency):
    handed_in()
    pulling.pull()
    before = Entry.objects.using("default").count()
    elsewhere = holding(PersonFactory(), Power.READ_APPLICANTS)

    for person in (keeper(agency=agency), elsewhere):
        with pytest.raises(Refusal):
            opening.open_file(ApplicationFile.objects.get(), reason="核对", by=person)
        with pytest.raises(Refusal):
            opening.open_particulars(ReceivedSubmission.objects.get(), reason="核对", by=person)
    assert Entry.objects.using("default").count() == before


def test_a_file_altered_on_the_disk_is_not_given_out(reader):
    handed_in()
    pulling.pull()
    file = ApplicationFile.objects.get()
    (desk_files().folder / file.sha256[:2] / file.sha256).write_bytes(b"altered")

    with pytest.raises(Refusal, match="损坏"):
        opening.open_file(file, reason="核对身份证明", by=reader)


def test_a_file_moved_to_another_place_is_not_given_out(reader):
    """CRY-02."""
    handed_in("one")
    handed_in("two")
    pulling.pull()
    first, second = ApplicationFile.objects.order_by("pk")
    ApplicationFile.objects.filter(pk=first.pk).update(sha256=second.sha256)
    first.refresh_from_db()

    with pytest.raises(Refusal, match="打不开"):
        opening.open_file(first, reason="核对身份证明", by=reader)


# 状态 -------------------------------------------------------------------------------------


def test_each_step_on_the_desk_is_told_to_the_applicant(reader):
    code = handed_in().code
    pulling.pull()
    case, today = Application.objects.get(), timezone.localdate()
    seen = []

    def look():
        public_status.tell_changes()
        run_waiting()
        standing = find(code, NUMBER[-4:])
        seen.append((standing.state.label, [label for label, _ in standing.days]))

    case = actions.confirm_receipt(case, on=today, by=reader)
    look()
    case = actions.ask_for_correction(case, on=today, by=reader, working_days=10)
    look()
    case = actions.receive_correction(case, on=today, by=reader)
    look()
    decide_all(case, reader)
    actions.reply(case, on=today, by=reader, outcome="withheld_state_secret")
    look()

    assert seen == [
        ("办理中", ["登记日期", "收到申请之日", "答复期限"]),
        ("等候您补正", ["登记日期", "收到申请之日", "请您在此日前办理"]),
        ("办理中", ["登记日期", "收到申请之日", "答复期限"]),
        ("已办结", ["登记日期", "收到申请之日", "办结日期"]),
    ]


def test_what_is_told_holds_neither_the_result_nor_anything_of_the_person(reader):
    handed_in()
    pulling.pull()
    case = actions.confirm_receipt(Application.objects.get(), on=timezone.localdate(), by=reader)
    decide_all(case, reader)
    actions.reply(case, on=timezone.localdate(), by=reader, outcome="withheld_state_secret")
    public_status.tell_changes()

    for item in OutboxItem.objects.filter(kind="intake.put_status"):
        assert set(item.payload) == {"submission", "version", "state", "days"}
        said = json.dumps(item.payload, ensure_ascii=False)
        assert not [word for word in (*PERSONAL, "withheld", case.register_number) if word in said]


def test_nothing_new_is_told_twice(reader):
    handed_in()
    pulling.pull()
    public_status.tell_changes()

    assert [public_status.tell_changes(), public_status.tell_changes(everything=True)] == [0, 0]
    assert OutboxItem.objects.filter(kind="intake.put_status").count() == 1


def test_a_change_without_an_event_is_found_by_the_full_look(reader):
    """A new holiday notice moves a due day, and a voiding is no event either."""
    code = handed_in().code
    pulling.pull()
    actions.confirm_receipt(Application.objects.get(), on=timezone.localdate(), by=reader)
    public_status.tell_changes()
    Application.objects.update(due_on=date(2030, 1, 2))

    assert public_status.tell_changes(everything=True) == 1
    run_waiting()
    assert ("答复期限", date(2030, 1, 2)) in find(code, NUMBER[-4:]).days
    actions.void_application(Application.objects.get(), reason="重复登记", by=reader)
    assert public_status.tell_changes(everything=True) == 1
    run_waiting()
    assert find(code, NUMBER[-4:]).state.label == "登记已作废"


# 报警 -------------------------------------------------------------------------------------


def test_what_waits_longer_than_ten_minutes_is_an_alarm(monkeypatch):
    """Nobody can "not have seen it"."""
    handed_in()
    monkeypatch.setattr(pulling, "open_box", lambda *a, **k: 1 / 0)
    pulling.pull()
    pulling.watch()
    assert queries.alarm(timezone.now()) == ""

    later = timezone.now() + timedelta(minutes=11)
    Watch.objects.update(looked_at=later)

    assert "有1份提交还没有接收，最早的已等候11分钟" in queries.alarm(later)


def test_a_worker_that_does_not_look_is_an_alarm():
    pulling.watch()

    assert queries.alarm(timezone.now() + timedelta(minutes=9)) == ""
    assert "没有查看公众侧的提交" in queries.alarm(timezone.now() + timedelta(minutes=11))


def test_all_taken_in_is_no_alarm():
    handed_in()
    pulling.pull()
    pulling.watch()

    assert queries.alarm(timezone.now() + timedelta(minutes=9)) == ""
    assert queries.watch().waiting == 0


def test_the_alarm_is_in_the_health_and_on_the_home_page(client, reader):
    """OPS-05: and the health answer says nothing but that."""
    assert client.get("/health").status_code == 200
    Watch.objects.create(looked_at=timezone.now(), waiting=1, oldest=timezone.now() - timedelta(minutes=30))

    answer = client.get("/health")

    assert (answer.status_code, answer.content) == (503, b"submissions waiting\n")
    assert "还没有接收" in "".join(screen(reader, today=timezone.localdate()).reminders)
    nobody = PersonFactory(agency=reader.agency)
    assert "接收" not in "".join(screen(nobody, today=timezone.localdate()).reminders)


# 清扫和计数 -------------------------------------------------------------------------------


def test_a_day_after_the_desk_has_it_the_sealed_row_goes_and_the_status_stays():
    """decisions.md 7, and a backup taken meanwhile lacks nothing."""
    code = handed_in().code
    pulling.pull()
    portal.sweep(timezone.now() + timedelta(hours=23))
    assert (Submission.objects.count(), len(list(intake_files().names()))) == (1, 1)

    portal.sweep(timezone.now() + timedelta(hours=25))

    assert (Submission.objects.count(), SubmissionFile.objects.count()) == (0, 0)
    assert find(code, NUMBER[-4:]) is not None
    assert len(list(desk_files().names())) == 1


def test_what_the_desk_lacks_is_never_swept():
    handed_in()

    portal.sweep(timezone.now() + timedelta(days=400))

    assert (Submission.objects.count(), len(list(intake_files().names()))) == (1, 1)


def test_a_round_does_all_of_it(reader):
    code = handed_in().code
    rounds = Rounds()

    rounds.go(timezone.now())
    run_waiting()

    assert find(code, NUMBER[-4:]).state.label == "本机关已接收，等候双方确认"
    assert queries.watch().waiting == 0
    assert rounds.go(timezone.now()) == 0


def test_the_desk_reads_how_many_need_not_apply(agency):
    Avoided.objects.create(agency=AGENCY, year=2026, count=7)
    pulling.watch()
    Avoided.objects.update(count=8)
    pulling.watch()

    assert queries.avoided(agency) == {2026: 8}
