"""INP-01: what readers and staff are shown of three hundred hostile texts runs no script, in a real browser, and asks for none."""

import itertools
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html as parsed
from playwright.sync_api import Page

from gongkai.duties.administrative_acts import actions as acts
from gongkai.duties.catalogue import actions
from gongkai.portal import release
from tests.duties.catalogue.editorial import PDF, Editorial
from tests.factories.people import enter
from tests.journeys.browser import chromium
from tests.portal.conftest import portal, portal_client, stores  # noqa: F401 — fixtures
from tests.portal.items import NOTICES, item
from tests.portal.office import SITE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "public"])]
_RUN = ("alert(1)", "window.ran=1", "top['al'+'ert'](1)", "eval('window.ran=1')", "fetch('/ran')")
_CARRIERS = (
    "<script>{run}</script>",
    "<ScRiPt\n>{run}</sCrIpT>",
    "<script src=data:,{run}></script>",
    "<img src=x onerror={run}>",
    "<img src=x onerror\n=\n'{run}'>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x>",
    "<math><mtext></p><img src=x onerror={run}>",
    "<body onload={run}>",
    "<iframe srcdoc='<script>{run}</script>'>",
    "<iframe src='javascript:{run}'>",
    "<a href='javascript:{run}' autofocus onfocus={run}>看</a>",
    "<a href='java\tscript:{run}'>看</a>",
    "<a href='&#106;avascript:{run}'>看</a>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    "<video><source onerror={run}></video>",
    "<object data='javascript:{run}'>",
    "<embed src='javascript:{run}'>",
    "<form action='javascript:{run}'><button>看</button></form>",
    "<style>*{{background:url('javascript:{run}')}}</style>",
    "<link rel=stylesheet href='javascript:{run}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<base href='javascript:{run}//'>",
    "<template><script>{run}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<p style='animation:x' onanimationstart={run}>字</p>",
)
_BEFORE = ("", "\"'>", "--></title></textarea>")
PAYLOADS = [
    f"{before}{carrier.format(run=run)}"
    for before, carrier, run in itertools.product(_BEFORE, _CARRIERS, _RUN)
]


def as_text(payload: str) -> str:
    """As a person would type it into a field of one line."""
    return " ".join(payload.split())[:190]


def test_there_are_three_hundred():
    assert len(set(PAYLOADS)) >= 300


def runnable(page: str) -> list[str]:
    """What of a page a browser without any policy would run: handlers, scripts that are not ours, addresses that are code."""
    tree = parsed.fromstring(page)
    handlers = tree.xpath("//@*[starts-with(name(), 'on')]")
    scripts = [
        each
        for each in tree.xpath("//script")
        if not each.get("nonce") and not (each.get("src") or "").startswith("/static/")
    ]
    code = [
        each
        for each in tree.xpath("//@href | //@src | //@action | //@data | //@srcdoc")
        if "".join(each.split()).lower().startswith(("javascript:", "data:text", "<"))
    ]
    return [*map(str, handlers), *(parsed.tostring(each, encoding="unicode") for each in scripts), *code]


class Watched:
    """A window in which any script of a page, and any complaint of its policy, is noticed."""

    def __init__(self, page: Page) -> None:
        self.page, self.noticed = page, []
        page.on("dialog", lambda dialog: (self.noticed.append(dialog.message), dialog.dismiss()))
        page.on("console", self._listen)
        page.route("**/*", self._answer)

    def _listen(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.noticed.append(message.text)

    def _answer(self, route) -> None:
        if "/ran" in route.request.url:
            self.noticed.append(route.request.url)
        if route.request.is_navigation_request() and not route.request.frame.parent_frame:
            route.fulfill(status=200, headers=dict(self.shown.headers), body=self.shown.content)
        else:
            route.abort()

    def show(self, address: str, answer) -> None:
        self.shown = answer
        self.page.goto(f"http://portal.test{address}", wait_until="load")
        if self.page.evaluate("window.ran === 1"):
            self.noticed.append(f"ran at {address}")


def noticed_of(answers) -> list[str]:
    """What a browser notices of these pages, read beforehand: the database is not asked while the browser runs."""
    with chromium() as browser:
        window = Watched(browser.new_context().new_page())
        for address, answer in answers.items():
            window.show(address, answer)
        return window.noticed


def read(client: Client, addresses) -> dict[str, HttpResponse]:
    answers = {address: client.get(address) for address in addresses}
    assert {
        address: answer.status_code for address, answer in answers.items() if answer.status_code != 200
    } == {}
    left = {
        address: found for address, answer in answers.items() if (found := runnable(answer.content.decode()))
    }
    assert left == {}
    return answers


def test_inp_01_readers_are_shown_them_as_text(portal_client):  # noqa: F811 — the fixture
    release.put_site(SITE)
    release.put_column(NOTICES)
    for number, payload in enumerate(PAYLOADS, start=1):
        text = as_text(payload)
        values = {
            "title": text,
            "description": text,
            "change_note": text,
            "keywords": text[:90],
            "genre": text[:20],
        }
        release.put_item(item(number, html=f"<p>{payload}</p>", **values))
    pages = [f"/items/{item(number).key}/" for number in range(1, len(PAYLOADS) + 1)]
    lists = [
        "/",
        "/map/",
        f"/disclosure/{NOTICES.slug}/",
        "/search/?q=alert",
        "/search/?q=<img src=x onerror=alert(1)>",
    ]

    answers = read(portal_client, [*lists, *pages])

    assert noticed_of({address: answers[address] for address in (*lists, *pages[::12])}) == []


def test_inp_01_staff_are_shown_them_as_text():
    editorial = Editorial()
    some = PAYLOADS[:: len(PAYLOADS) // 40]
    for payload in some:
        editorial.draft(title=as_text(payload))
    everything = "".join(f"<p>{payload}</p>" for payload in PAYLOADS)
    hostile = as_text(PAYLOADS[3])
    names = ("title", "summary", "keywords", "co_issued_by", "attribute_ground")
    version = editorial.draft(body=everything, **dict.fromkeys(names, hostile[:90]))
    actions.attach(version, name=f"{hostile[:40].replace('/', '')}.pdf", content=PDF, by=editorial.clerk)
    licence = acts.register_licence(
        by=editorial.keeper,
        number="示防许〔2026〕1号",
        name=hostile,
        decided_on=date(2026, 9, 10),
        counterpart=hostile[:90],
        counterpart_code="91350100M000100Y43",
        content="".join(PAYLOADS)[:500],
    )
    acts.send_back(licence, reason=hostile, by=editorial.reviewer)
    client, answers = Client(), {}

    for person, addresses in (
        (
            editorial.clerk,
            [
                reverse("desk:home"),
                reverse("catalogue:items"),
                reverse("catalogue:version", args=[version.public_id]),
                reverse("catalogue:record", args=[version.public_id]),
                reverse("catalogue:write", args=[version.public_id]),
            ],
        ),
        (
            editorial.keeper,
            [
                reverse("publicity:list", args=["licences"]),
                reverse("publicity:decision", args=["licences", licence.public_id]),
                reverse("registers:record", args=["licences", licence.public_id]),
            ],
        ),
    ):
        enter(client, person)
        answers |= read(client, addresses)

    assert noticed_of(answers) == []
