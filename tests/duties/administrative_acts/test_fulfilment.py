"""公示落实职责: what registers show counts towards article 20 (5), (6), (8), on the desk, at night and to readers."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from lxml import html

from gongkai.agencies.models import Section
from gongkai.agencies.powers import Power
from gongkai.duties.administrative_acts import actions as publicity
from gongkai.duties.catalogue.upkeep import actions, duty_list
from gongkai.duties.catalogue.upkeep.checking import faults
from gongkai.duties.catalogue.upkeep.duty_list import Standing
from gongkai.portal import queries
from tests.duties.administrative_acts.publishing import TODAY, Publicity, carried
from tests.duties.administrative_acts.test_lists import public as a_public_list
from tests.factories.people import a_person, an_agency, enter
from tests.factories.registers import PowerItemFactory

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = date.fromisoformat(TODAY[:10])


@pytest.fixture
def office():
    """With article 20 (5) and (8) handed down to be renewed every 30 days."""
    queries._counted_registers.cache_clear()  # time stands still, so another test left the same stamp
    with time_machine.travel(TODAY, tick=False):
        office = Publicity()
        office.manager = a_person(office.agency, Power.MANAGE_COLUMNS, Power.READ_REGISTERS, name="戊示例")
        section = Section.objects.create(agency=office.agency, name="行政许可科")
        owner = a_person(office.agency, Power.DRAFT_ITEMS, name="己示例", section=section)
        for duty in ("licences", "charges"):
            actions.hand_down(
                duty,
                section=section,
                owner=owner,
                reviewer=office.reviewer,
                period_days=30,
                by=office.manager,
            )
        yield office


def line(office, duty="licences", *, today=DAY):
    [found] = [each for each in duty_list.lines(office.agency, today=today) if each.duty.key == duty]
    return found


def faults_of_duties(office, *, today=DAY):
    return {
        each.duty: each.kind
        for each in faults(office.agency, today=today)
        if each.duty in ("licences", "charges")
    }


def test_a_licence_shown_fulfils_its_head_until_it_is_called_back_or_grows_old(office, client):
    office.reviewed(office.licence(number="示防许〔2026〕2号"))  # not shown, so not counted
    assert line(office).standing is Standing.EMPTY

    licence = office.public()

    assert (line(office).standing, line(office).total, line(office).due_on) == (
        Standing.IN_TIME,
        1,
        DAY + timedelta(days=30),
    )
    assert faults_of_duties(office) == {"charges": "duty_empty"}  # the nightly check
    assert faults_of_duties(office, today=DAY + timedelta(days=31))["licences"] == "duty_overdue"
    page = html.fromstring(enter(Client(), office.manager).get("/upkeep/duties/").content.decode())
    assert page.xpath("//a[.='行政许可1件']/@href") == ["/publicity/licences/"]

    carried(publicity.withdraw(licence, cause="revoked", note="复议撤销", by=office.caller_back))

    assert (line(office).standing, line(office).total) == (Standing.EMPTY, 0)
    assert queries.registers_of_duties() == {}


def test_lists_in_force_count_once_whatever_their_edition(office):
    PowerItemFactory(agency=office.agency, code="示防权-001")
    a_public_list(office)
    PowerItemFactory(agency=office.agency, code="示防权-002")
    a_public_list(office, change_note="新增1项")

    assert [(each.label, each.count, each.newest_on) for each in line(office).registers] == [
        ("权力清单", 1, DAY)
    ]
    assert line(office, "charges").registers == ()
    assert [each.name for each in queries.registers_of_duties()["penalties_and_compulsion"]] == ["权力清单"]


def test_another_agency_shows_nothing_for_ours(office):
    office.public()
    other = an_agency(name="示例市档案馆", short_name="市档案馆")

    assert [each.registers for each in duty_list.lines(other, today=DAY)] == [()] * 22
