"""网站信息. From the system administrator's form, through the outbox, to the foot of the public side's pages."""

from dataclasses import replace

import pytest
from django.urls import reverse
from lxml import html

from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.site import save_site
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.agencies.site import SiteFacts, faults, site_payload
from gongkai.audit.models import Entry
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedPage, Site
from tests.factories.agencies import PersonFactory, holding
from tests.factories.people import an_agency, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
FACTS = SiteFacts(
    site_name="示例市国防动员办公室网站",
    site_domain="gfdy.example.gov.cn",
    site_id_code="0000000000",
    telephone="0000-0000000、0000-0000001",
    site_organiser="示例市国防动员办公室",
    site_operator="示例市大数据中心",
    address="示例市示例路1号",
    postcode="000000",
    fax="0000-0000002",
    email="gongkai@example.gov.cn",
    office_hours="工作日9:00—17:00",
    icp_number="示ICP备00000000号-1",
    police_number="示公网安备00000000000001号",
    identity_url="https://www.example.gov.cn/biaoshi",
    error_report_url="https://www.example.gov.cn/zhaocuo?site=1",
    copyright_line="版权所有：示例市国防动员办公室",
)


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def system(agency):
    return PersonFactory(agency=agency, name="系统示例", administrator="system")


def typed(facts=FACTS, **other):
    return {name: getattr(facts, name) for name in facts.__slots__} | other


def test_what_is_saved_stands_at_the_foot_of_the_public_side(client, system, agency):
    answer = enter(client, system).post(reverse("agencies:site"), typed())
    while run_waiting():
        pass

    assert (answer.status_code, answer["Location"]) == (302, reverse("agencies:site"))
    site = Site.objects.get()
    told = site_payload(Agency.objects.get(pk=agency.pk), site.version)
    for name in ("name", "domain", "id_code", "organiser", "operator", "icp_number", "copyright_line"):
        assert getattr(site, name) == getattr(told, name) != ""
    assert site.police_url == "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000001"
    assert site.error_report_url == FACTS.error_report_url
    assert "公众侧已经更新" in client.get(reverse("agencies:site")).content.decode()


def test_the_three_notes_of_the_site_go_out_with_it(system):
    save_site(FACTS, by=system)
    while run_waiting():
        pass

    pages = {page.slug: page for page in PublishedPage.objects.all()}
    assert {slug: page.title for slug, page in pages.items()} == {
        "contact": "联系我们",
        "privacy": "隐私与个人信息",
        "accessibility": "无障碍说明",
    }
    assert all(page.column is None for page in pages.values())
    contact = html.fromstring(pages["contact"].html)
    assert contact.xpath("//td/text()")[1:5] == [
        FACTS.address,
        FACTS.postcode,
        FACTS.office_hours,
        FACTS.telephone,
    ]
    assert FACTS.error_report_url in contact.xpath("//a/@href")
    for page in pages.values():
        assert FACTS.telephone in page.html


def test_what_is_typed_cannot_break_out_of_the_notes(system):
    save_site(replace(FACTS, address="<script>x</script>示例路"), by=system)
    while run_waiting():
        pass

    assert "<script" not in PublishedPage.objects.get(slug="contact").html


def test_saving_again_replaces_what_the_public_side_shows(system):
    save_site(FACTS, by=system)
    save_site(replace(FACTS, telephone="0000-1111111", icp_number=""), by=system)
    while run_waiting():
        pass

    site = Site.objects.get()
    assert (site.telephone, site.icp_number) == ("0000-1111111", "")
    saved = Entry.objects.filter(action="site.saved").order_by("sequence").last()
    assert saved.detail == '{"fields":["telephone","icp_number"]}'


WRONG = {
    "site_name": ["", "字" * 101, "示例\u200b网站"],
    "site_domain": ["", "http://www.example.gov.cn", "www.example.gov.cn/", "示例", "localhost", "a..b.cn"],
    "site_id_code": ["", "12345", "bm1234567", "00000000001", "１２３４５６７８９０"],
    "telephone": ["", "电话", "12"],
    "postcode": ["12345", "ABCDEF"],
    "fax": ["无"],
    "email": ["gongkai", "a@b", "a b@example.gov.cn"],
    "icp_number": ["ICP备12345678号", "示ICP备1号", "示ICP备12345678"],
    "police_number": ["示公网安备1号", "公网安备00000000000001号"],
    "identity_url": ["www.example.gov.cn", "javascript:alert(1)", "https://", "https://a b.cn/"],
    "error_report_url": ["ftp://example.gov.cn/", "https://user:x@example.gov.cn/", "http://example:99999/"],
    "copyright_line": ["字" * 101, "版权\u202e所有"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_bad_value_is_refused_beside_its_field_and_nothing_is_sent(client, system, agency, name, text):
    answer = enter(client, system).post(reverse("agencies:site"), typed(**{name: text}))

    assert answer.status_code == 200
    field = answer.context["form"][name]
    assert len(field.errors) == 1
    assert field.errors[0].endswith("。")
    assert not answer.context["form"].non_field_errors()
    assert not OutboxItem.objects.exists()
    agency.refresh_from_db()
    assert agency.site_domain == ""


@pytest.mark.parametrize("code", ["1304000009", "bm14000002"])
def test_the_codes_of_local_and_of_ministry_sites_are_accepted(code):
    assert faults(replace(FACTS, site_id_code=code)) == {}


@pytest.mark.parametrize("number", ["示ICP备00000000号", "示ICP备2026000000号-12"])
def test_a_record_number_with_and_without_a_site_number_is_accepted(number):
    assert faults(replace(FACTS, icp_number=number)) == {}


def test_the_action_refuses_what_the_form_would(system):
    with pytest.raises(Refusal, match=r"^不能保存：邮政编码不是邮政编码。应是6位数字。$"):
        save_site(replace(FACTS, postcode="1"), by=system)

    assert not OutboxItem.objects.exists()
    assert not Entry.objects.filter(action="site.saved").exists()


@pytest.mark.parametrize("kind", ["security", "audit", ""])
def test_only_the_system_administrator_sets_the_site(client, agency, kind):
    person = PersonFactory(agency=agency, administrator=kind)
    if not kind:
        holding(
            person,
            *[
                power
                for power in Power
                if power.value not in ("manage_system", "manage_security", "read_audit")
            ],
        )

    answer = enter(client, person).post(reverse("agencies:site"), typed())

    assert answer.status_code == 403
    assert not OutboxItem.objects.exists()
