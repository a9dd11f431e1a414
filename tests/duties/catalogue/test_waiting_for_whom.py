"""等谁办: a draft on its way says who may take it, and that nobody can; a refused button leads back to where it stood."""

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions, queries
from gongkai.duties.catalogue.models import Version
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def page(person, version):
    client = enter(Client(SERVER_NAME="127.0.0.1"), person)
    return client.get(reverse("catalogue:version", args=[version.public_id])).content.decode()


def test_each_review_names_who_may_give_it(office):
    a_person(
        office.agency, Power.REVIEW_SECTION, name="别科示例", section=SectionFactory(agency=office.agency)
    )
    version = actions.submit(office.draft(), by=office.clerk)
    assert "可以办理的：乙示例<" in page(office.clerk, version)

    version = office.pass_on(version, until="sign_off")
    assert "可以办理的：己示例<" in page(office.clerk, version)
    assert queries.who_may_review(version) == [office.leader]


def test_a_section_without_a_head_is_said_to_the_author(office):
    office.head.is_active = False
    office.head.save()
    version = actions.submit(office.draft(), by=office.clerk)

    assert "目前综合科没有人可以办理，请安全管理员配置岗位。" in page(office.clerk, version)


def test_the_year_of_a_document_number_stands_in_its_brackets(office):
    assert office.draft(document_number="示防[2026]9号").document_number == "示防〔2026〕9号"
    assert office.draft(document_number="第3号令").document_number == "第3号令"


def test_a_refused_button_leads_back_to_its_page_on_our_own_site_alone(office):
    client = enter(Client(SERVER_NAME="127.0.0.1"), office.clerk)
    version = actions.begin(by=office.clerk, title="空稿", kind="notice", main_column=office.column)
    submit = reverse("catalogue:step", args=[version.public_id, "submit"])

    ours = client.post(submit, headers={"referer": f"http://127.0.0.1{submit}"})
    foreign = client.post(submit, headers={"referer": "http://elsewhere.test/x"})

    assert ours.status_code == foreign.status_code == 403
    assert f'href="{submit}">回到刚才的页' in ours.content.decode()
    assert "刚才的页" not in foreign.content.decode()
    assert "elsewhere" not in foreign.content.decode()
    version.refresh_from_db()
    assert version.stage == Version.Stage.DRAFTING
