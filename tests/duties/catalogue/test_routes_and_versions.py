"""审查流程在页面上设定；版本之间改了什么，用办件的人读得懂的话说; attachments that hide much are still readable."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import ReviewRoute, Version
from gongkai.duties.catalogue.routes import route_of
from tests.factories.people import enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ROUTES = reverse("catalogue:routes")


def desk(person):
    return enter(Client(SERVER_NAME="127.0.0.1"), person)


def test_a_route_is_set_on_its_screen_for_a_column_and_a_kind(office):
    """From the next submission on a notice of this column passes the legal office, and no head of a section."""
    client, version = desk(office.keeper), office.draft()
    asked = {"column": office.column.pk, "kind": "notice", "legality_review": "on"}

    saved = client.post(ROUTES, asked, follow=True)

    assert "已保存审查流程。" in saved.content.decode()
    assert "起草 → 合法性审核 → 保密审查 → 签发 → 公开" in saved.content.decode()
    assert route_of(version) == ("legality_review", "confidentiality_review", "sign_off")
    assert actions.submit(version, by=office.clerk).stage == Version.Stage.LEGALITY_REVIEW
    assert Entry.objects.filter(action="catalogue.route.set").count() == 1


def test_a_route_that_leaves_out_what_must_be_is_refused_beside_the_form(office):
    refused = desk(office.keeper).post(ROUTES, {"kind": "policy", "section_review": "on"})
    stranger = desk(office.clerk).post(ROUTES, {"kind": "notice", "section_review": "on"})

    assert (refused.status_code, stranger.status_code) == (400, 403)
    assert "不能去掉合法性审核" in refused.content.decode()
    assert not ReviewRoute.objects.exists()


def test_what_changed_since_the_last_version_is_read_sentence_by_sentence(office):
    first = office.published(office.draft(document_number="示防〔2026〕9号"))
    second = actions.revise(first.item, by=office.clerk)
    second = actions.write(
        second,
        values={
            "body": "<p>九月十八日试鸣防空警报。</p><p>请勿惊慌。</p>",
            "genre": "公告",
            "change_note": "补充提示",
        },
        edits=second.edits,
        by=office.clerk,
    )
    client = desk(office.clerk)

    page = client.get(reverse("catalogue:compare", args=[second.public_id])).content.decode()
    alone = client.get(reverse("catalogue:compare", args=[first.public_id]))

    assert "第1版和第2版的不同" in page
    assert "九月十八日试鸣防空警报。<ins>\n请勿惊慌。</ins>" in page
    assert "<ins>公告</ins>" in page
    assert page.count("<del>") == 1  # the sign at the head of the page
    assert "文号" not in page.partition("<main")[2]
    assert (alone.status_code, "这是第一版" in alone.content.decode()) == (403, True)


def test_an_attachment_that_hides_much_is_told_in_short_and_whole():
    places = [
        {"trace": "隐藏的行", "place": f"第{number}行", "content": "内部", "advice": ""}
        for number in range(1, 26)
    ]

    told = render_to_string(
        "catalogue/hidden.html", {"file": SimpleNamespace(hidden=places, for_a_person=())}
    )

    assert "看不见的内容共25处" in told
    assert (told.partition("<details>")[0].count("<li"), told.count("<li")) == (20, 25)
