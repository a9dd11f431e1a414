"""菜单. The section one is in stays marked on every page of it, and on a phone the menu folds without a script."""

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.agencies.powers import Power, held_by_post
from gongkai.desk.menu import menu_for, section_of
from tests.factories.agencies import PersonFactory, holding
from tests.factories.applications import application
from tests.factories.people import an_agency, enter
from tests.factories.registers import LicenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = holding(PersonFactory(agency=an_agency()), *held_by_post())
    enter(client, person)
    return person


def marked(client, path):
    page = html.fromstring(client.get(path).content)
    return {
        (link.text, link.get("aria-current"))
        for link in page.xpath("//nav[@aria-label='主菜单']//a[@aria-current]")
    }


def test_a_list_marks_its_own_entry_as_this_page(client, officer):
    assert marked(client, reverse("registers:list", args=["licences"])) == {("行政许可", "page")}


@pytest.mark.parametrize("name", ["add", "import", "imports"])
def test_the_pages_below_a_list_mark_its_entry(client, officer, name):
    assert marked(client, reverse(f"registers:{name}", args=["licences"])) == {("行政许可", "true")}


@pytest.mark.parametrize("name", ["record", "rectify", "void"])
def test_the_pages_of_a_record_mark_its_register(client, officer, name):
    licence = LicenceFactory(agency=officer.agency)

    path = reverse(f"registers:{name}", args=["licences", licence.public_id])

    assert marked(client, path) == {("行政许可", "true")}


def test_the_steps_of_an_application_mark_the_applications(client, officer):
    case = application(officer)

    path = reverse("applications:step", args=[case.public_id])

    assert marked(client, path) == {("申请台账", "true")}


@pytest.mark.parametrize(
    ("name", "label"), [("application_intake:list", "网上收件"), ("application_counter:find", "扫条码")]
)
def test_a_section_inside_another_is_the_only_one_marked(client, officer, name, label):
    assert marked(client, reverse(name)) == {(label, "page")}


@pytest.mark.parametrize("name", ["handling:case", "consultation:case", "fees:case", "letters:case"])
def test_every_tab_of_a_case_marks_the_applications(client, officer, name):
    assert marked(client, reverse(name, args=[application(officer).public_id])) == {("申请台账", "true")}


def test_the_home_page_is_the_only_one_that_marks_the_desk(client, officer):
    assert marked(client, "/") == {("工作台", "page")}


def test_a_page_outside_every_section_marks_nothing(client, officer):
    assert marked(client, reverse("agencies:own_account")) == set()


def test_the_administrators_pages_mark_their_sections(client):
    security = PersonFactory(agency=an_agency(), administrator="security")
    enter(client, security)

    assert marked(client, reverse("agencies:add_person")) == {("人员", "true")}
    assert marked(client, reverse("agencies:person", args=[security.public_id])) == {("人员", "true")}


def test_one_years_holidays_mark_the_holidays(client):
    enter(client, PersonFactory(agency=an_agency(), administrator="system"))

    assert marked(client, reverse("agencies:holiday_year", args=[timezone.localdate().year])) == {
        ("放假安排", "true")
    }


def test_the_nearest_section_is_marked_where_one_stands_inside_another():
    groups = menu_for(frozenset(Power))

    entry = section_of(groups, "/registers/applications/0000/")

    assert entry is not None
    assert entry.label == "申请台账"


def test_the_folded_menu_names_the_section_and_needs_no_script(client, officer):
    page = html.fromstring(client.get(reverse("registers:list", args=["licences"])).content)

    folded, plain = page.xpath("//nav[@aria-label='主菜单']")
    assert folded.xpath("./details/summary/text()") == ["菜单：行政许可"]
    assert folded.xpath("./details/@open") == []
    assert folded.xpath(".//a/@href") == plain.xpath(".//a/@href")
