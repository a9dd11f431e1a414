"""docs/officers/个人信息查看.md, executed row by row: every personal field of an application against every role (ACL-05)."""

import re
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.desk.audit_words import action_words
from gongkai.duties.applications.consultation import actions as consultation
from gongkai.duties.applications.counter import actions as counter
from gongkai.duties.applications.frequent import actions as frequent
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.duties.applications.letters import actions as letters
from gongkai.duties.applications.rights import actions as rights
from gongkai.sealing.fields import SealedText
from tests.audit import handed_in
from tests.factories.people import a_person, an_agency, enter
from tests.portal.intake.handing_in import ADDRESS, EMAIL, MATTER, NAME, NUMBER, PHONE
from tests.rules.case_tables import rows as rows_of

pytestmark = pytest.mark.django_db
DOCUMENT = "个人信息查看.md"
WITH_REASON, LEAVES_A_TRACE, IN_HAND = "写明原因才能打开", "有职权的打开即留痕", "办理中写下的话"
WHY = "核对收件人"
CLERK = (Power.KEEP_REGISTERS, Power.READ_REGISTERS)
SCAN = b"%PDF-1.7 scan of a letter\n%%EOF"
# What the table says of a page before anything is opened: these words themselves, or an example between quotes.
STANDS = re.compile("已加密保存|(?<=“).+?(?=”)")


class Case:
    """一件申请 with every personal field filled in, and the people of the table."""

    def __init__(self) -> None:
        self.agency = an_agency()
        self.clerk = a_person(self.agency, *CLERK, name="子示例")
        self.reader = a_person(self.agency, *CLERK, Power.READ_APPLICANTS, name="丑示例")
        self.elsewhere = a_person(
            an_agency(name="示例市文书局", short_name="市文书局"), *CLERK, Power.READ_APPLICANTS
        )
        self.administrators = [
            a_person(self.agency, administrator=each) for each in ("system", "security", "audit")
        ]
        handed_in.taking_in(self)(by=None)
        self.received = ReceivedSubmission.objects.get()
        self.file = ApplicationFile.objects.get()
        self.application = self.received.application
        self.paper = counter.add_paper(
            self.application, kind="stamp", name="示例来信留影.pdf", data=SCAN, by=self.reader
        )
        self.asked = consultation.prepare(
            self.application,
            consulted="third_party",
            name="示例置业有限公司",
            address="示例街88号",
            asked="是否同意公开工艺流程",
            matters=list(self.application.matters.all()),
            by=self.reader,
        )
        frequent.look(self.application, finding="excessive", reason="件数多", by=self.reader)
        asked = frequent.ask_for_reasons(self.application, on=timezone.localdate(), by=self.reader)
        self.explained = frequent.receive_reasons(
            asked, on=timezone.localdate(), explanation="为写毕业论文", by=self.reader
        )
        self.letter = letters.draft(self.application, kind="receipt", by=self.reader)
        content = {"submission": self.received.submission, "right": "correct", "text": "请把电话改成新的"}
        self.request, _ = rights.receive("aa" * 10, asked_at=timezone.now(), content=content)

    @property
    def pages(self) -> list[str]:
        """Every page of the case, and the lists it stands in."""
        key = self.application.public_id
        rooms = (
            "applications:case",
            "applications:explained",
            "handling:case",
            "consultation:case",
            "fees:case",
        )
        rooms += ("frequent:case", "letters:case", "application_counter:papers", "application_archive:case")
        return [
            *(reverse(room, args=[key]) for room in rooms),
            *(
                reverse(f"registers:{name}", args=["applications", *more])
                for name, more in (("list", []), ("record", [key]))
            ),
            reverse("application_intake:list"),
            reverse("application_intake:one", args=[self.received.public_id]),
            reverse("application_rights:list"),
            reverse("letters:register"),
            reverse("frequent:asked", args=[self.explained.public_id, "judge"]),
        ]

    def opening(self, field: str) -> tuple[str, str]:
        """Where the field is opened, and a piece of what stands in it."""
        model, _, name = field.rpartition(".")
        of_the_case = {"applicant_name": NAME, "applicant_contact": PHONE, "description": MATTER}
        consulted = {"name": "示例置业有限公司", "address": "示例街88号", "asked": "工艺流程"}
        if model == "applications.Application":
            address = reverse("registers:reveal", args=["applications", self.application.public_id, name])
            return address, of_the_case[name]
        if model == "frequent.ReasonsAsked":
            return reverse("frequent:reveal", args=[self.explained.public_id]), "为写毕业论文"
        if model == "consultation.Consultation":
            return reverse("consultation:reveal", args=[self.asked.public_id, name]), consulted[name]
        return {
            "application_intake.ReceivedSubmission": (
                reverse("application_intake:particulars", args=[self.received.public_id]),
                NUMBER,
            ),
            "application_intake.ApplicationFile": (
                reverse("application_intake:file", args=[self.file.public_id]),
                "证件照片",
            ),
            "application_counter.ReceivedPaper": (
                reverse("application_counter:paper", args=[self.paper.public_id]),
                "示例来信留影",
            ),
            "matters.Matter": (reverse("applications:case", args=[self.application.public_id]), MATTER),
            "letters.Letter": (reverse("letters:letter", args=[self.letter.public_id]), NAME),
            "application_rights.RightsRequest": (
                reverse("application_rights:one", args=[self.request.public_id]),
                "请把电话改成新的",
            ),
        }[model]


@pytest.fixture
def case(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER = tmp_path / "files"
    return Case()


def rows(heading):
    return [
        (cells, [code.strip("`") for code in cells["对照"].split()]) for cells in rows_of(DOCUMENT, heading)
    ]


def said(answer):
    """All that an answer says, its file name too."""
    return answer.content.decode("utf-8", "ignore") + unquote(answer.get("Content-Disposition", ""))


def opened(action, by):
    return [each for each in Entry.objects.filter(actor=by.public_id) if action_words(each.action) == action]


def test_acl_05_every_sealed_field_of_an_application_stands_in_the_table():
    listed = [
        code
        for heading in (WITH_REASON, LEAVES_A_TRACE, IN_HAND)
        for _, codes in rows(heading)
        for code in codes
    ]
    sealed = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("gongkai.duties.applications")
        for field in model._meta.local_fields
        if isinstance(field, SealedText)
    ]

    assert sorted(listed) == sorted(sealed)


def test_acl_05_what_needs_a_reason_is_masked_until_it_is_given_and_each_opening_is_kept(case):
    """Field by role: masked by default; the clear value needs the right and a reason and leaves one audit row."""
    clear = [NAME, PHONE, NUMBER, EMAIL, ADDRESS]
    shut = {case.clerk: 403, case.elsewhere: 404, **dict.fromkeys(case.administrators, 403)}
    desk = {person: enter(Client(), person) for person in (*shut, case.reader)}
    seen = {
        who: "".join(said(desk[who].get(page)) for page in case.pages) for who in (case.clerk, case.reader)
    }
    reader, given = desk[case.reader], {"reason": WHY}

    for cells, [field] in rows(WITH_REASON):
        where, action = cells["个人信息"], cells["打开以后的审计记录"]
        address, value = case.opening(field)
        for person, column in ((case.clerk, "登记人"), (case.reader, "查看人，打开以前")):
            if field != "applications.Application.description" or person == case.clerk:
                assert value not in seen[person], where  # its matters are in the table below
            assert not [each for each in clear if each in seen[person]], where
            assert all(example in seen[person] for example in STANDS.findall(cells[column])), where

        for person, status in shut.items():
            answer = desk[person].post(address, given)
            assert answer.status_code == status, (where, person)
            assert value not in said(answer), (where, person)
            assert not opened(action, person), (where, person)

        before = len(opened(action, case.reader))
        assert value not in said(reader.get(address)), where
        assert value not in said(reader.post(address, {"reason": " "})), where
        assert len(opened(action, case.reader)) == before, where
        assert value in said(reader.post(address, given)), where
        kept = opened(action, case.reader)
        assert len(kept) == before + 1, where
        assert kept[-1].reason == WHY
        assert value not in f"{kept[-1].detail}{kept[-1].subject}{kept[-1].reason}", where


def test_acl_05_what_is_worked_with_is_open_to_whoever_may_and_each_opening_is_kept(case):
    shut = (case.clerk, case.elsewhere, *case.administrators)
    desk = {person: enter(Client(), person) for person in (*shut, case.reader)}

    for cells, [field, *_] in rows(LEAVES_A_TRACE):
        where, action = cells["个人信息"], cells["审计记录"]
        address, value = case.opening(field)
        for person in shut:
            answer = desk[person].get(address)
            assert value not in said(answer), (where, person)
            assert not opened(action, person), (where, person)
            assert answer.status_code in (403, 404) or person == case.clerk, (where, person)

        assert value in said(desk[case.reader].get(address)), where
        assert len(opened(action, case.reader)) == 1, where
