"""正文里的链接: looked at by the worker after saving; what readers could not open stands in the way (PUB-01, INP-07)."""

import pytest

from gongkai.agencies.access import Refusal
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.links import actions as links
from gongkai.duties.catalogue.links.models import LinkCheck
from gongkai.gateways.links import Answer, State
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.editorial import Editorial

pytestmark = pytest.mark.django_db(databases=["default", "public"])
GOOD, BAD = "https://www.example.gov.cn/a.html", "http://gone.example.gov.cn/"
BODY = f'<p><a href="{GOOD}">通告</a><a href="{BAD}">旧页</a><a href="tel:010">电话</a></p>'


@pytest.fixture
def editorial():
    return Editorial()


@pytest.fixture
def asked(settings, monkeypatch):
    """The net as it is today: what is asked, and one address that does not answer."""
    settings.LINK_CHECKS = True
    settings.PORTAL_HOST = "www.example.net"
    seen, broken = [], {BAD: Answer(State.BROKEN, "域名不存在")}

    def look_at(address):
        seen.append(address)
        return broken.get(address, Answer(State.ALIVE))

    monkeypatch.setattr(links, "look_at", look_at)
    return seen, broken


def dead(version):
    return [each.found.shown for each in concerns(version)]


def test_a_draft_waits_for_the_look_at_its_links_then_for_an_answer(editorial, asked):
    version = editorial.draft(body=BODY)
    with pytest.raises(Refusal, match="还有2个链接正在检查"):
        actions.submit(version, by=editorial.clerk)

    run_waiting()
    assert sorted(asked[0]) == [BAD, GOOD]
    assert dead(version) == [BAD]
    with pytest.raises(Refusal, match="打不开的链接"):
        actions.submit(version, by=editorial.clerk)
    version.refresh_from_db()
    assert version.stage == "drafting"

    found = concerns(version)[0]
    actions.answer(version, fingerprint=found.fingerprint, reason="政务外网可以打开", by=editorial.clerk)
    assert actions.submit(version, by=editorial.clerk).stage == "section_review"


def test_saving_again_asks_again_about_what_did_not_answer_and_only_that(editorial, asked):
    version = editorial.draft(body=BODY)
    run_waiting()
    seen, broken = asked
    seen.clear()
    broken.clear()

    actions.write(version, values={"keywords": "警报"}, edits=version.edits, by=editorial.clerk)
    run_waiting()

    assert seen == [BAD]
    assert dead(version) == []


def test_a_link_to_our_own_item_that_is_not_public_is_dead(editorial, asked):
    published = editorial.published()
    draft = editorial.draft()
    body = "".join(
        f'<p><a href="{host}/items/{key}/">见</a></p>'
        for host in ("", "http://www.example.net")
        for key in (published.item.public_id, draft.item.public_id)
    )

    version = editorial.draft(body=body)

    assert dead(version) == [f"http://www.example.net/items/{draft.item.public_id}/"]
    assert asked[0] == []


def test_where_links_are_not_checked_they_stop_nothing(editorial, settings):
    settings.LINK_CHECKS = False

    version = actions.submit(editorial.draft(body=BODY), by=editorial.clerk)

    assert version.stage == "section_review"
    assert not LinkCheck.objects.exists()


def test_many_links_are_asked_some_at_a_time(editorial, asked):
    body = "".join(f'<a href="https://example.com/{number}">x</a>' for number in range(45))

    editorial.draft(body=f"<p>{body}</p>")

    sizes = [len(each.payload["addresses"]) for each in OutboxItem.objects.filter(kind="links.check")]
    assert sizes == [20, 20, 5]
