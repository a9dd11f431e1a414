"""查看加密内容. Who may read a sealed field, what it leaves behind, and that nothing of it stays anywhere (PII-03)."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.models import Application
from gongkai.registers import actions
from tests.factories.agencies import AgencyFactory, PersonFactory, holding, keeper
from tests.factories.applications import application
from tests.factories.people import enter

pytestmark = pytest.mark.django_db
WHY = "制作答复书，核对收件人"


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def case(clerk):
    return application(clerk, applicant_name="示例申请人", applicant_contact="示例路1号")


@pytest.fixture
def reader(client, clerk):
    person = PersonFactory(agency=clerk.agency, name="乙示例")
    return enter(client, holding(person, Power.READ_REGISTERS, Power.READ_APPLICANTS))


def at(case, name="applicant_name"):
    return reverse("registers:reveal", args=["applications", case.public_id, name])


def revealed():
    return Entry.objects.filter(action="applications.application.revealed")


def test_a_sealed_value_is_read_once_with_a_reason_that_is_kept(reader, case):
    """PII-03."""
    answer = reader.post(at(case), {"reason": WHY})

    assert '<dd class="kept-lines">示例申请人</dd>' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    entry = revealed().get()
    assert (entry.subject, entry.reason) == (f"applications.application:{case.public_id}", WHY)
    assert entry.detail == '{"field":"applicant_name"}'
    assert "示例申请人" not in f"{entry.detail}{entry.reason}{entry.subject}"
    assert "示例申请人" not in reader.get(at(case)).content.decode()


def test_who_read_it_stands_in_the_audit_trail(reader, case):
    reader.post(at(case), {"reason": WHY})

    assert revealed().get().actor == reader.get("/").context["person"].public_id


@pytest.mark.parametrize("reason", ["", "  ", "字" * 201], ids=["none", "blank", "too long"])
def test_without_a_fitting_reason_nothing_is_shown_and_nothing_recorded(reader, case, reason):
    answer = reader.post(at(case), {"reason": reason})

    assert answer.status_code == 400
    assert "示例申请人" not in answer.content.decode()
    assert 'class="wrong"' in answer.content.decode()
    assert not revealed().exists()


def test_without_the_power_it_is_refused_and_the_holders_are_named(client, clerk, case):
    holding(PersonFactory(agency=clerk.agency, name="乙示例"), Power.READ_APPLICANTS)
    officer = enter(client, clerk)

    record = officer.get(reverse("registers:record", args=["applications", case.public_id]))
    answers = [officer.get(at(case)), officer.post(at(case), {"reason": WHY})]

    assert at(case) not in record.content.decode()
    for answer in answers:
        assert answer.status_code == 403
        assert "没有“查看申请人信息”职权，不能办理。有此职权的：乙示例。" in answer.content.decode()
        assert "示例申请人" not in answer.content.decode()
    assert not revealed().exists()


def test_the_record_offers_it_to_who_may_and_shows_no_clear_value(reader, case):
    page = reader.get(reverse("registers:record", args=["applications", case.public_id])).content.decode()

    assert at(case) in page
    assert at(case, "description") not in page  # nothing was entered there
    assert "示例申请人" not in page


def test_a_value_is_not_shown_when_the_reading_cannot_be_recorded(clerk, case, monkeypatch):
    """AUD-02."""

    def fails(*_, **__):
        raise DatabaseError("审计表写不进去")

    monkeypatch.setattr(actions, "record", fails)
    holding(clerk, Power.READ_APPLICANTS)

    with pytest.raises(DatabaseError):
        actions.reveal(case, "applicant_name", reason=WHY, by=clerk)


def test_a_value_moved_from_another_record_does_not_open(reader, clerk, case):
    other = application(clerk, applicant_name="示例另一人")
    Application.objects.filter(pk=case.pk).update(applicant_name=other.applicant_name)

    answer = reader.post(at(case), {"reason": WHY})

    assert "打不开这一栏：密钥不符，或者保存的内容被改动过。" in answer.content.decode()
    assert not revealed().exists()


def test_an_empty_field_says_that_nothing_was_entered(reader, case):
    answer = reader.get(at(case, "description"))

    assert answer.status_code == 403
    assert "没有可查看的内容：登记时没有填写“申请内容”。" in answer.content.decode()


@pytest.mark.parametrize("name", ["status", "public_id", "nothing"])
def test_only_sealed_fields_have_such_an_address(reader, case, name):
    assert reader.get(at(case, name)).status_code == 404


def test_another_agencys_record_is_not_there(reader, case):
    """ACL-02."""
    theirs = application(keeper(agency=AgencyFactory()), applicant_name="示例申请人")

    assert reader.post(at(theirs), {"reason": WHY}).status_code == 404
    assert not revealed().exists()
