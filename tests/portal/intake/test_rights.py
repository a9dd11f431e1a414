"""个人信息权利 (PII-07). Viewed, exported, corrected, deleted: asked by the code, answered from the product, with a log."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions as steps
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.rights import actions, to_do
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.intake import accepting, collecting, limits
from gongkai.portal.intake.models import Submission
from gongkai.rules.personal_information.retention import IDENTITY_PROOF
from tests.duties.applications.letters.office import Office
from tests.portal.intake.handing_in import ADDRESS, CONTENT, EMAIL, NAME, NUMBER, PHONE, handed_in
from tests.portal.office import AGENCY

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECOND = NUMBER[-4:]


@pytest.fixture
def house(readers):
    return Office(
        agency=Agency.objects.create(public_id=AGENCY, name="示例市国防动员办公室", short_name="市国动办")
    )


@pytest.fixture
def code(house):
    code = handed_in().code
    pulling.pull()
    return code


def ask(readers, code, right, text="", *, second=SECOND, **more):
    data = {"code": code, "second": second, "right": right, "text": text, **more}
    return readers.post("/apply/rights/", data)


def asked(readers, code, right, text="请改"):
    assert ask(readers, code, right, text).status_code == 200
    pulling.pull()
    return RightsRequest.objects.latest("pk")


def collected(code):
    """Everything that can be collected by the code, by its title."""
    run_waiting()
    found = accepting.look_up(code, SECOND)
    lines = collecting.offered(found)
    return {
        line.title: collecting.collect(found, offer=line.offer, position=line.position).content.decode()
        for line in lines
    }


def close(house):
    return steps.close(
        Application.objects.get(), on=timezone.localdate(), by=house.clerk, outcome="other_remaining"
    )


def test_a_copy_is_given_by_the_product_to_whoever_has_the_code(readers, house, code):
    """Seen on the status page what is held and for how long; all of it to print and for a program, no officer between."""
    page = readers.post("/apply/status/", {"code": code, "second": SECOND}).content.decode()
    assert "您的个人信息" in page
    assert f"{IDENTITY_PROOF.days}日后销毁" in page
    assert NAME not in page
    assert "已收到您的请求：查阅、复制" in ask(readers, code, "copy").content.decode()
    assert NAME not in str(list(Submission.objects.values())) + str(list(OutboxItem.objects.values()))
    pulling.pull()

    got = collected(code)
    data = json.loads(got["个人信息副本（数据）"])
    said = str(data["申请表"]) + got["个人信息副本（打印用）"]
    assert all(said.count(each) >= 2 for each in (NAME, NUMBER, PHONE, EMAIL, ADDRESS))
    assert data["提交的文件"] == [{"用途": "身份证明", "文件名": "证件照片.jpg", "已销毁": False}]
    request = RightsRequest.objects.get()
    assert (request.decision, request.answered_by) == ("granted", None)
    log = [entry.action for entry in Entry.objects.using("default").order_by("pk")]
    assert log[-2:] == ["application_rights.received", "application_rights.answered"]
    assert readers.post("/apply/status/", {"code": code, "second": "0000"}).status_code == 404


def test_a_correction_waits_for_an_officer_and_its_answer_is_read_by_the_code(readers, house, code):
    request = asked(readers, code, "correct", "电话改为0000-1111111")
    assert request.due_on == timezone.localdate() + timedelta(days=30)
    assert "0000-1111111" not in str(RightsRequest.objects.values().get())

    with pytest.raises(Refusal, match="请填更正后的"):
        actions.answer(request, decision="granted", words="已核实", by=house.clerk)
    actions.answer(
        request, decision="granted", words="已核实，已经更正", contact="电话：0000-1111111", by=house.clerk
    )

    case = Application.objects.get()
    assert (case.unseal("applicant_contact"), case.unseal("applicant_name")) == ("电话：0000-1111111", NAME)
    assert "已核实，已经更正" in collected(code)["个人信息权利请求的答复（更正、补充）"]
    with pytest.raises(Refusal, match="已经答复"):
        actions.answer(request, decision="refused", words="改主意", by=house.clerk)
    with pytest.raises(Refusal):
        actions.answer(asked(readers, code, "delete"), decision="refused", words="不行", by=house.stranger)


def test_deletion_waits_while_the_data_is_needed_and_then_leaves_nothing(
    readers, house, code, django_capture_on_commit_callbacks
):
    """PII-06: refused with its reason while the case is handled and while it may be disputed."""
    request = asked(readers, code, "delete", "请删除我的电话和证件")
    identity = desk_files().names()
    stored = list(identity)
    with pytest.raises(Refusal, match="申请还在办理"):
        actions.answer(request, decision="granted", words="同意", by=house.clerk)
    close(house)
    with pytest.raises(Refusal, match="复议、诉讼期间还要用"):
        actions.answer(request, decision="granted", words="同意", by=house.clerk)
    assert NUMBER in ReceivedSubmission.objects.get().unseal("particulars")

    later = timezone.now() + timedelta(days=IDENTITY_PROOF.days + 1)
    with time_machine.travel(later), django_capture_on_commit_callbacks(execute=True):
        actions.answer(request, decision="granted", words="已经删除", by=house.clerk)
    left = ReceivedSubmission.objects.get().unseal("particulars")
    assert not [each for each in (NUMBER, PHONE, EMAIL, ADDRESS) if each in left]
    assert CONTENT["matters"][0] in left
    assert Application.objects.get().unseal("applicant_contact") == ""
    assert not [name for name in stored if desk_files().has(name)]


def test_a_refusal_says_why(readers, house, code):
    request = asked(readers, code, "delete")
    assert [each.due_on for each in _desk_to_do(house)] == [request.due_on]
    with pytest.raises(Refusal):
        actions.answer(request, decision="refused", words=" ", by=house.clerk)
    actions.answer(request, decision="refused", words="申请还在办理", by=house.clerk)

    assert "不同意\n\n申请还在办理" in collected(code)["个人信息权利请求的答复（删除）"]
    assert _desk_to_do(house) == []


def _desk_to_do(house):
    from django.urls import set_urlconf

    set_urlconf("gongkai.config.urls_desk")
    try:
        return list(to_do.waiting(house.clerk, timezone.localdate()))
    finally:
        set_urlconf(None)


def test_sent_twice_it_is_one_and_pulled_twice_it_is_one(readers, house, code):
    """REL-02."""
    ask(readers, code, "delete", "请删除")
    again = ask(readers, code, "delete", "请删除")
    assert "今天已经提出过" in again.content.decode()
    assert [pulling.pull(), pulling.pull(again=True)] == [1, 0]

    assert RightsRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("right", "text", "second", "status"),
    [
        ("delete", "", SECOND, 422),
        ("delete", "长" * 1001, SECOND, 422),
        ("made_up", "x", SECOND, 422),
        ("delete", "x", "0000", 404),
        ("copy\x00", "\x00", SECOND, 422),
    ],
)
def test_what_cannot_be_asked_says_why_and_nothing_is_taken(
    readers, house, code, right, text, second, status
):
    before = Submission.objects.count()

    assert ask(readers, code, right, text, second=second).status_code == status
    assert Submission.objects.count() == before


def test_guessing_by_this_door_is_limited_like_a_query(readers, house, code):
    """ABU-02."""
    for _ in range(limits.QUERIES_OF_ADDRESS.most):
        ask(readers, code, "copy", second="0000")

    assert ask(readers, code, "copy").status_code == 429
