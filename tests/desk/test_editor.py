"""编辑器: which addresses of the library are open, to whom, in what words, and that it reaches its own agency alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power, held_by_post
from gongkai.desk.gatekeeping import LISTED, POLICY
from gongkai.duties.catalogue.topics import actions
from gongkai.duties.catalogue.topics.models import TopicFile, TopicPage, TopicVersion
from gongkai.outbox.models import OutboxItem
from tests.desk.addresses import every_address
from tests.factories.people import a_person, enter
from tests.factories.topics import a_picture, a_topic, an_office, png

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECRET = "不可外传的草稿一二三"
# What is written in Latin letters in Chinese too, and what a screen says only to the browser.
AT_HOME = re.compile(r"PDF|JPG|PNG|MB|https?://|HTML|zh-Hans|UTF-8")


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def client(office):
    return enter(Client(), office.author)


def addresses_of(page, *, file):
    """Every open address of the editor that names a page or a file, filled in with this one."""
    index = page.get_parent()
    revision = page.latest_revision_id
    new = {
        "content_type_app_name": "topics",
        "content_type_model_name": "topicpage",
        "parent_page_id": index.pk,
    }
    named = {
        "wagtailadmin_pages:add": new,
        "wagtailadmin_pages:preview_on_add": new,
        "wagtailadmin_pages:revisions_view": {"page_id": page.pk, "revision_id": revision},
        "wagtailadmin_pages:revisions_revert": {"page_id": page.pk, "revision_id": revision},
        "wagtailadmin_pages:revisions_compare": {
            "pk": page.pk,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
        },
        "wagtailadmin_editing_sessions:ping": {
            "app_label": "topics",
            "model_name": "topicpage",
            "object_id": page.pk,
            "session_id": 1,
        },
        "topic_pictures:chosen": {"pk": file.pk},
        "topic_documents:chosen": {"pk": file.pk},
        "topic_items:chosen": {"pk": 1},
    }
    for name in LISTED:
        if name.startswith("wagtailadmin_pages:"):
            yield reverse(name, kwargs=named.get(name, {"page_id": page.pk}))
        elif name in named:
            yield reverse(name, kwargs=named[name])
    yield reverse("topics:topic", args=[page.pk])
    yield reverse("topics:text", args=[page.pk])
    yield reverse("topics:file", args=[file.pk])
    for step in ("submit", "pass", "return", "sign", "close", "archive", "withdraw", "take_back"):
        yield reverse("topics:step", args=[page.pk, step])


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_agencys_officer_finds_nothing_at_any_open_address(office, method):
    """ACL-02, ACL-08: with every power there is, and with an index of his own."""
    page = a_topic(office, title=SECRET, cover=a_picture(office, title=SECRET))
    others = an_office(name="示例市民政局", short_name="市民政局")
    a_topic(others, title="别的专题")
    foreign = enter(Client(), a_person(others.agency, *held_by_post(), name="全权示例"))
    before = (TopicPage.objects.count(), page.revisions.count())

    for path in addresses_of(page, file=TopicFile.objects.get()):
        answer = getattr(foreign, method)(path)
        assert answer.status_code in (404, 405), path  # 405: the address is never written to, whoever asks
        assert SECRET not in answer.content.decode(), path

    assert (TopicPage.objects.count(), page.revisions.count()) == before


def test_the_choosers_and_the_list_show_the_own_agencys_alone(office):
    """ACL-08."""
    a_topic(office, title=SECRET, cover=a_picture(office, title=SECRET))
    others = an_office(name="示例市民政局", short_name="市民政局")
    foreign = enter(Client(), others.author)
    paths = ["/topics/", *(f"/editor/topics/{kind}/" for kind in ("pictures", "documents", "items"))]
    paths += [f"/editor/topics/{kind}/results/?q=外传" for kind in ("pictures", "documents", "items")]

    for path in paths:
        answer = foreign.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.content.decode().encode().decode("unicode_escape", "ignore"), path
        assert SECRET.encode("unicode_escape").decode() not in answer.content.decode(), path


@pytest.mark.parametrize("power", [power for power in held_by_post() if power != Power.DRAFT_ITEMS])
def test_nobody_enters_the_editor_without_the_power_to_draft(office, power):
    """ACL-01: neither reviewer nor signatory edits."""
    page = a_topic(office)
    client = enter(Client(), a_person(office.agency, power, name="他人示例"))

    assert client.get(f"/editor/pages/{page.pk}/edit/").status_code == 403
    assert client.get("/editor/topics/pictures/").status_code == 403


def test_only_what_is_listed_is_open(client):
    """ACL-01: of the library's addresses exactly those the editor needs."""
    ours = {"editor_home", "editor_tree", "editor_branch"}
    opened = {
        address.name
        for address in every_address()
        if address.route.startswith("editor/") and address.name in LISTED
    }

    assert opened == set(LISTED)
    for path in ("users/", "groups/", "reports/", "workflows/list/", "images/", "documents/", "account/",
                 "login/", "collections/", "choose-page/", "pages/search/", "api/main/pages/"):  # fmt: skip
        assert client.get(f"/editor/{path}").status_code == 404, path
    assert {address.name for address in every_address()} >= ours


@pytest.mark.parametrize(
    "path",
    [
        "pages/{page}/unpublish/",
        "pages/{page}/delete/",
        "pages/{page}/copy/",
        "pages/{page}/move/",
        "pages/{page}/lock/",
        "pages/{page}/revisions/{revision}/unschedule/",
        "pages/workflow/action/{page}/approve/1/",
        "bulk/wagtailcore/page/publish/?id={page}",
        "bulk/wagtailcore/page/unpublish/?id={page}",
        "bulk/wagtailcore/page/delete/?id={page}",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_door_to_publishing_is_closed(office, client, path, method):
    """PUB-01: bulk, workflow, schedule, unpublish, even of one's own topic."""
    page = a_topic(office)

    answer = getattr(client, method)("/editor/" + path.format(page=page.pk, revision=page.latest_revision_id))

    assert answer.status_code == 404
    assert TopicPage.objects.get().live is False


def form_of(page, **values):
    return {
        "title": page.title,
        "lead": page.lead,
        "cover": "",
        "keywords": page.keywords,
        "from_on": "",
        "to_on": "",
        "body-count": "0",
        "next": "",
        **values,
    }


@pytest.mark.parametrize(
    "extra", [{"action-publish": "1"}, {"action-submit": "1"}, {"go_live_at": "2020-01-01"}]
)
def test_a_crafted_form_publishes_nothing(office, client, extra):
    """PUB-01: the buttons that are not shown, pressed all the same."""
    page = a_topic(office)

    answer = client.post(f"/editor/pages/{page.pk}/edit/", form_of(page, **extra))

    kept = TopicPage.objects.get()
    assert answer.status_code == 302
    assert (kept.live, kept.go_live_at, kept.current_workflow_state) == (False, None, None)
    assert OutboxItem.objects.count() == 0


def test_saving_a_change_in_the_editor_voids_the_review_at_once(office, client):
    """PUB-02."""
    page = a_topic(office)
    version = actions.submit(page, by=office.author)
    actions.pass_review(version, by=office.reviewer)

    client.post(f"/editor/pages/{page.pk}/edit/", form_of(page, lead="另一句导语。"))

    assert TopicVersion.objects.get().stage == TopicVersion.Stage.VOID
    with pytest.raises(Refusal, match="送审后有改动，已作废"):
        actions.sign(version, by=office.signatory)


def test_a_picture_is_uploaded_with_its_words_or_not_at_all(office, client):
    """FIL-05: the chooser's form."""
    wordless = client.post("/editor/topics/pictures/create/", {"title": "", "upload": png()})
    assert TopicFile.objects.count() == 0
    assert wordless.json()["step"] == "reshow_creation_form"

    client.post("/editor/topics/pictures/create/", {"title": "一面旗", "upload": png()})

    assert (TopicFile.objects.get().title, TopicFile.objects.get().media_type) == ("一面旗", "image/png")


def visible(text):
    """What a person meets: text, and what is spoken or shown over a control; templates are shown later."""
    page = html.fromstring(f"<div>{text}</div>")
    for silent in page.xpath("//script | //style | //*[local-name()='svg']"):
        silent.drop_tree()
    spoken = page.xpath(
        "//@aria-label | //@title | //@placeholder | //@alt | //@data-w-tooltip-content-value"
    )
    return AT_HOME.sub("", " ".join([*page.itertext(), *spoken]))


def test_the_editor_speaks_chinese(office, client):
    """Every open screen, with a topic that has every kind of trace: two versions, a picture, an error."""
    page = a_topic(office, cover=a_picture(office))
    page.get_latest_revision_as_object().save_revision(user=office.author)
    page.refresh_from_db()
    answers = [
        client.get(path) for path in addresses_of(page, file=TopicFile.objects.get()) if "/ping/" not in path
    ]
    answers += [
        client.post(f"/editor/pages/{page.pk}/edit/", form_of(page, title="")),
        client.get("/editor/topics/pictures/"),
        client.get("/editor/topics/documents/"),
        client.get("/editor/topics/items/"),
        client.get("/topics/"),
    ]
    foreign = {}
    for answer in answers:
        if answer.status_code != 200 or answer["Content-Type"].startswith("image/"):
            continue
        if answer["Content-Type"].startswith("application/json"):
            text = visible(str(answer.json().get("html", "")))
        else:
            text = visible(re.split(r"<body[^>]*>", answer.content.decode())[-1])
        for words in re.findall(r"[A-Za-z]{4,}(?: [A-Za-z]+)*", text):
            foreign.setdefault(words, answer.request["PATH_INFO"])

    assert foreign == {}


def test_the_editors_script_words_are_chinese(client):
    """The library's own catalogue and ours together."""
    catalogue = client.get("/editor/jsi18n/").content.decode()

    assert json.dumps("加入一部分")[1:-1] in catalogue
    assert json.dumps("改动已自动保存。")[1:-1] in catalogue


def test_no_script_may_stand_in_a_page_of_the_editor(office, client):
    """WEB-01: exceptions are for style and for the frame of the preview, and for these addresses alone."""
    page = a_topic(office, cover=a_picture(office))
    answer = client.get(f"/editor/pages/{page.pk}/edit/")
    policy = answer["Content-Security-Policy"].split("; ")  # in no fixed order

    assert "script-src 'self'" in policy
    assert set().union(*(set(each) for each in POLICY.values())) == {
        "style-src",
        "frame-src",
        "frame-ancestors",
    }
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", answer.content.decode())
    assert scripts == []


def test_the_preview_stands_in_the_editors_own_frame_alone(office, client):
    """WEB-01: framed by the desk itself, by nobody else, and still without scripts of its own."""
    page = a_topic(office)
    path = f"/editor/pages/{page.pk}/edit/preview/?mode="

    client.post(path, form_of(page))
    answer = client.get(path)

    assert "九月是全民国防教育月" in answer.content.decode()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_drafts_words_are_on_no_public_address(office, client):
    """PUB-03: saved, submitted, reviewed, returned; never released."""
    from gongkai.portal.models import PublishedPage

    page = a_topic(office, title=SECRET)
    version = actions.submit(page, by=office.author)
    actions.return_for_changes(version, by=office.reviewer, opinion="不合适")

    assert PublishedPage.objects.count() == 0
    assert OutboxItem.objects.count() == 0


def test_a_new_topic_is_first_saved_by_a_person(office, client):
    """On a slow network a saving of its own and a person's, at once, made two topics."""
    page = a_topic(office)
    new = reverse("wagtailadmin_pages:add", args=["topics", "topicpage", page.get_parent().pk])

    assert "w-autosave#save" not in client.get(new).content.decode()
    assert (
        "w-autosave#save" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
