"""撤回. What is published is found on every channel, and once withdrawn on none of them, by whatever way one looks."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.hot_pages import HotPages
from gongkai.portal.models import FileText, SearchEntry, SearchText
from gongkai.portal.payloads import ActPayload, ListPayload, PagePayload
from tests.portal.channels import Answer, PublicSide, asking, links, says
from tests.portal.items import NOTICES, attachment, item, key, released
from tests.portal.office import NAME, subordinate_report

pytestmark = pytest.mark.django_db(databases=["default", "public"])

MARKS = {
    name: f"标记{number:04d}zq"
    for number, name in enumerate(
        (
            *("title", "html", "document_number", "issued_by", "co_issued_by", "genre", "subject"),
            *("keywords", "description", "change_note", "index_number", "kind", "file name", "file text"),
        )
    )
}
PLACES = {
    "/": "首页",
    "/disclosure/": "公开专栏",
    "/disclosure/notices/": "栏目",
    "/disclosure/budgets/": "另一个栏目",
    "/duties/emergencies/": "法定事项",
    "/feed.atom": "全站订阅",
    "/disclosure/notices/feed.atom": "栏目订阅",
    f"/items/{key(7)}/": "信息页",
    f"/data/items/{key(7)}.json": "一条数据",
    "/sitemap.xml": "sitemap",
}


@pytest.fixture
def marked(office):
    """One item with a mark of its own in every field and in its attachment."""
    fields = {name: mark for name, mark in MARKS.items() if not name.startswith("file")}
    payload = item(
        7,
        **fields
        | {
            "html": f'<p>{MARKS["html"]}<a href="https://www.example.com/{MARKS["html"]}">外部</a></p>',
            "duty": "emergencies",
            "other_columns": ("budgets",),
            "validity": "有效",
            "dated_on": "2023-09-01",
            "files": (attachment(MARKS["file text"], f"{MARKS['file name']}.pdf"),),
        },
    )
    released(payload)
    release.put_page(
        PagePayload(
            version=1,
            slug="topic",
            column=NOTICES.slug,
            title="专题",
            source=NAME,
            html="<p>另一页</p>",
        )
    )
    return payload


def hot(client):
    """The site as its server has it, with the pages it keeps."""
    from django.test import RequestFactory

    site = HotPages(WSGIHandler())

    def ask(address, headers):
        environ = RequestFactory(HTTP_HOST="127.0.0.1").get(address, headers=dict(headers)).environ
        heard = []
        answer = site(environ, lambda status, given, *rest: heard.append((status, given)))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        status, given = heard[-1]
        return Answer(int(status[:3]), {name.lower(): value for name, value in given}, body)

    return ask


@pytest.fixture
def published_everything(marked, monkeypatch):
    """One published thing of every kind, and a sitemap that is already in parts."""
    from gongkai.portal.pages import sitemaps

    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 1)
    release.put_report(subordinate_report(2023))
    for slug, name in (("licences", "行政许可"), ("powers", "权力清单")):
        release.put_column(replace(NOTICES, slug=slug, name=name, layout="acts"))
    release.put_act(
        ActPayload(
            version=1,
            key=key(70),
            kind="licence",
            number="示防许〔2026〕1号",
            title="防空地下室报建审批",
            issued_by=NAME,
            decided_on="2026-09-10",
            shown_until="2027-09-10",
            fields=(("number", "决定书文号", "示防许〔2026〕1号"),),
        )
    )
    for edition in (1, 2):
        release.put_list(
            ListPayload(
                version=1,
                kind="powers",
                edition=edition,
                title="权力清单",
                issued_by=NAME,
                heads=("事项",),
                rows=((f"报建审批{edition}",),),
                change_note="调整",
            )
        )


@pytest.fixture(params=["application", "kept pages"])
def public(request, readers):
    """A reader; asked through the pages the server keeps as well."""
    if request.param == "application":
        yield PublicSide(asking(readers))
        return
    from django.core import signals
    from django.db import close_old_connections

    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield PublicSide(hot(readers))
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def test_pub_06_a_withdrawn_item_leaves_every_channel_at_once(
    public, marked, django_capture_on_commit_callbacks
):
    """PUB-06: page, lists, home, duty, search, feeds, sitemap, open data, prompt, file, and what a browser kept."""
    public.look(words=MARKS.values())
    assert {place for place in PLACES if place not in public.where(MARKS["title"])} <= {"/sitemap.xml"}
    assert f"http://127.0.0.1/items/{key(7)}/" in public.answers["/sitemap.xml"].body.decode()
    assert [name for name, mark in MARKS.items() if not public.where(mark)] == []
    file = f"/files/{marked.files[0].sha256}"
    assert public.answers[file].status == 200

    with django_capture_on_commit_callbacks(using="public", execute=True):
        release.withdraw_item(marked.key, version=2)
    public.look(words=MARKS.values())

    assert {name: public.where(mark) for name, mark in MARKS.items()} == {name: [] for name in MARKS}
    assert public.where(marked.key) == []
    assert public.where(marked.files[0].sha256) == []
    gone = (f"/items/{marked.key}/", f"/data/items/{marked.key}.json", file, f"/leaving/item/{marked.key}/1/")
    absent = public.ask("/nowhere/", {}).body
    assert {each: (public.answers[each].status, public.answers[each].body == absent) for each in gone} == (
        dict.fromkeys(gone, (404, True))
    )
    assert not public_files().folder.joinpath(marked.files[0].sha256[:2], marked.files[0].sha256).exists()


def test_pub_06_a_notice_tells_the_title_and_the_reason_at_the_old_addresses_alone(public, marked):
    release.withdraw_item(marked.key, version=2, note="内容有误，已撤回。")
    public.look(also=[f"/items/{marked.key}/", f"/data/items/{marked.key}.json"])

    assert public.where(MARKS["title"]) == [f"/data/items/{marked.key}.json", f"/items/{marked.key}/"]
    assert {public.answers[each].status for each in public.where("内容有误，已撤回。")} == {410}
    others = {name: public.where(mark) for name, mark in MARKS.items() if name != "title"}
    assert others == {name: [] for name in others}


def test_pub_06_nothing_of_it_stays_in_the_public_database(marked, office):
    release.withdraw_item(marked.key, version=2)

    assert not SearchEntry.objects.filter(key=marked.key).exists()
    assert not SearchText.objects.filter(text__contains="标记").exists()
    assert not FileText.objects.filter(text__contains="标记").exists()
    with connections["public"].cursor() as cursor:
        tables = connections["public"].introspection.table_names(cursor)
        # The index of tokens holds no text; tests/portal/search proves that it forgets.
        for table in (name for name in tables if name[:7] == "portal_" and "search_words" not in name):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "zq" not in str(cursor.fetchall()), table


def test_pub_06_a_topic_that_lists_it_and_a_notice_that_links_to_it_name_it_no_more(readers, marked):
    """Their texts stay as they were reviewed; what is read and found leaves it out, and has it back if it comes back."""
    link = f'<a href="/items/{marked.key}/">{MARKS["title"]}</a>'
    released(item(8, title="后一公告", html=f"<p>见{link}第一条。</p>"), item(9))
    other = f'<li><a href="/items/{key(9)}/">另一条</a></li>'
    topic = PagePayload(
        version=2,
        slug="topic",
        column=NOTICES.slug,
        title="专题",
        source=NAME,
        html=f"<ul><li>{link}</li>{other}</ul><ul><li>{link}</li></ul>",
    )
    release.put_page(topic)
    public = PublicSide(asking(readers))
    public.look(words=[MARKS["title"]])
    assert {"/pages/topic/", f"/items/{key(8)}/", f"/data/items/{key(8)}.json"} <= set(
        public.where(MARKS["title"])
    )

    release.withdraw_item(marked.key, version=2)
    public.look(words=[MARKS["title"]])

    assert public.where(MARKS["title"]) == []
    assert "<p>见<span>〔信息已撤回〕</span>第一条。</p>" in public.answers[f"/items/{key(8)}/"].body.decode()
    shown = public.answers["/pages/topic/"].body.decode()
    assert f'<div class="prose"><ul>{other}</ul></div>' in shown

    release.put_item(replace(marked, version=3))
    public.look(words=[MARKS["title"]])

    assert "/pages/topic/" in public.where(MARKS["title"])
    assert '<ol class="results">' in public.answers[_search(MARKS["title"])].body.decode()


def test_a_new_version_takes_the_old_one_from_every_channel(readers, marked):
    release.put_item(replace(marked, version=2, html="<p>改后的正文</p>", files=(), description="改后的概述"))
    public = PublicSide(asking(readers))

    public.look(words=[MARKS["html"]])

    assert [
        name for name in ("html", "file name", "file text", "description") if public.where(MARKS[name])
    ] == []
    assert f"/items/{marked.key}/" in public.where("改后的正文")


def test_every_address_of_the_portal_is_reached_by_following_links(readers, marked, published_everything):
    """A channel nobody can find would be a channel nobody looks at."""
    public = PublicSide(asking(readers))

    public.look(words=["试鸣"], also=())

    assert public.unseen() == set()
    wrong = {each: answer.status for each, answer in public.answers.items() if answer.status >= 400}
    assert wrong == {}


def test_the_reader_sees_through_escaping_files_and_headers():
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<t>试鸣&amp;警报</t>" * 50)

    assert says(Answer(200, {}, b"<p>&#35797;&#40483;</p>"), "试鸣")
    assert says(Answer(200, {}, rb'{"a": "\u8bd5\u9e23"}'), "试鸣")
    assert says(Answer(200, {"content-disposition": "filename*=utf-8''%E8%AF%95%E9%B8%A3"}, b""), "试鸣")
    assert says(Answer(200, {}, packed.getvalue()), "试鸣")
    assert not says(Answer(200, {"a": "b"}, "试验".encode()), "试鸣")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=utf-8", '<a href="/a/">x</a>'),
        ("application/xml", '<?xml version="1.0"?><u><loc>http://127.0.0.1/a/</loc></u>'),
        ("application/json", '{"a": [{"b": "http://127.0.0.1/a/"}]}'),
        ("text/csv; charset=utf-8", "\ufeff网址\r\nhttp://127.0.0.1/a/\r\n"),
    ],
)
def test_the_reader_follows_links_of_every_kind(kind, body):
    answer = Answer(200, {"content-type": kind, "link": '</b/?after=1>; rel="next"'}, body.encode())

    assert set(links("/", answer)) == {"/a/", "/b/?after=1"}


def _search(word):
    return f"/search/?q={quote(word)}"
