"""每张表单多塞的栏都不起作用 (ACL-05): sent to the running desk. The source is read in tests/shape/test_mass_assignment.py."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.agencies.models import Person
from gongkai.duties.applications import actions as applications
from tests.audit import letters
from tests.audit.acts import House
from tests.desk.test_editor import form_of
from tests.duties.administrative_acts.publishing import CODE
from tests.factories.people import enter
from tests.factories.topics import a_topic
from tests.planting import WORDS, what_is_planted_changes

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TODAY = timezone.localdate


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return House()


def _open(house, **values):
    return applications.register_application(
        by=house.keeper, applicant_kind="natural_person", channel="in_person", received_on=TODAY(), **values
    )


def _reply(house):
    case = applications.reply(_open(house), on=TODAY(), by=house.keeper, outcome="granted")
    return case.events.get(kind="replied")


def _draft(house):
    return house.editors.draft()


# Who sends what where; what the form shows already is sent along.
FORMS: dict[str, Any] = {
    "application_counter:register": lambda h: (
        h.keeper,
        [],
        {
            "to": "register",
            "channel": "in_person",
            "received_on": str(TODAY()),
            "applicant_kind": "natural_person",
            "applicant_name": "示例申请人",
            "matters": "工程名录",
        },
    ),
    "applications:step": lambda h: (
        h.keeper,
        [_open(h).public_id],
        {"kind": "correction_asked", "on": str(TODAY()), "working_days": "15"},
    ),
    "applications:rectify_event": lambda h: (
        h.keeper,
        [_reply(h).public_id],
        {"outcome": "granted_in_part", "reason": "区分处理"},
    ),
    "matters:add": lambda h: (h.keeper, [_open(h).public_id], {"texts": "工程名录"}),
    "registers:add": lambda h: (
        h.publicity.keeper,
        ["licences"],
        {
            "number": "示防许〔2026〕9号",
            "name": "防空地下室报建审批",
            "decided_on": "2026-09-10",
            "counterpart": "示例置业有限公司",
            "counterpart_code": CODE,
            "content": "准予修建防空地下室",
        },
    ),
    "publicity:step": lambda h: (
        h.publicity.reviewer,
        ["licences", h.publicity.licence().public_id, "review"],
        {},
    ),
    "letters:draft": lambda h: (
        h.letters.clerk,
        [h.letters.case(received_on=TODAY()).public_id, "receipt"],
        {},
    ),
    "letters:edit": lambda h: (h.letters.clerk, [letters._receipt(h).public_id], {}),
    "catalogue:begin": lambda h: (
        h.editors.clerk,
        [],
        {"title": "公告", "kind": "notice", "main_column": h.editors.column.pk},
    ),
    "catalogue:write": lambda h: (h.editors.clerk, [_draft(h).public_id], {"title": "另一个标题"}),
    "agencies:add_person": lambda h: (h.security, [], {"username": "xinren", "name": "新示例", "email": ""}),
    "agencies:change_person": lambda h: (h.security, [h.keeper.public_id], {"name": "改示例"}),
    "agencies:add_post": lambda h: (h.security, [], {"name": "岗位乙", "powers": ["read_registers"]}),
    "agencies:post": lambda h: (
        h.security,
        [h.post.public_id],
        {"name": "岗位丙", "powers": ["read_registers"]},
    ),
    "agencies:add_section": lambda h: (h.security, [], {"name": "新设科"}),
    "agencies:add_tenure": lambda h: (
        h.security,
        [h.stranger.public_id],
        {"post": h.post.pk, "from_on": str(TODAY())},
    ),
    "remedies:open_reconsideration": lambda h: (
        h.keeper,
        [],
        {"case_number": "示复〔2026〕9号", "accepted_on": str(TODAY())},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_acl_05_a_field_that_no_form_has_changes_nothing(house, name):
    """Every column of every model is sent beside the form's own fields: what is written stays the same."""
    person, words, values = FORMS[name](house)
    client = enter(Client(SERVER_NAME="127.0.0.1"), person)
    address = reverse(name, args=words)
    own = shown(client.get(address))

    told, rows = what_is_planted_changes(
        lambda data: client.post(address, data), {**own, **values}, without=own
    )

    assert told == []
    assert rows > 1, "the form was not taken: it proves nothing"


def test_a_careless_view_would_be_seen(house):
    """The comparison itself: a view that writes on whatever it is sent."""

    def careless(data):
        values = {name: value for name, value in data.items() if name in ("name", "email")}
        Person.objects.filter(pk=house.stranger.pk).update(**values)
        return HttpResponse()

    told, _ = what_is_planted_changes(careless, {"name": "新示例"}, without={"name"})

    assert told == [f"agencies.Person.email: ['{WORDS}'] instead of ['{house.stranger.email}']"]


def test_acl_05_the_editors_own_form_knows_its_panels_alone(house):
    """专题: the one form that a library makes from a model. What is planted is in no page and no revision."""
    page = a_topic(house.topic_office)
    client = enter(Client(SERVER_NAME="127.0.0.1"), house.topic_office.author)
    own = form_of(page, lead="另一句导语。")

    told, rows = what_is_planted_changes(
        lambda data: client.post(f"/editor/pages/{page.pk}/edit/", data), own, without=own
    )

    assert told == []
    assert rows > 1


def shown(answer):
    """What the page's form holds, and every name that it has."""
    form = max(html.fromstring(answer.content.decode()).forms, key=lambda each: len(each.fields))
    return {**{name: "" for name in form.fields if name}, **dict(form.form_values())}
