"""金丝雀. Nothing that the office has not released is found on the public side, wherever and however one looks (D2)."""

import pytest

from gongkai.gateways.files import desk_files, public_files
from gongkai.portal.models import PublishedItem
from tests.duties.canaries import hidden_elsewhere, shown_elsewhere
from tests.duties.catalogue import canaries
from tests.duties.catalogue.editorial import Editorial
from tests.portal.channels import PublicSide, asking

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def editorial(office):
    return Editorial()


def guesses(planted):
    """Addresses that somebody who knows the keys and hashes would try."""
    key = planted.version.item.public_id
    yield from (f"/items/{key}/", f"/data/items/{key}.json", f"/items/{planted.version.public_id}/")
    for file in planted.version.attachments.all():
        yield from (
            f"/files/{file.sha256}",
            f"/media/{file.sha256}",
            f"/files/{file.original or file.sha256}",
        )


def test_pub_01_pub_03_pub_04_no_mark_of_what_is_not_released_is_found_anywhere(readers, editorial):
    """PUB-03: every place of an item, in every state, on every channel; PUB-04: its files by their own addresses too."""
    hidden = list(canaries.in_every_state(editorial))
    shown = canaries.published(editorial)
    assert len(hidden) == 15

    public = PublicSide(asking(readers))
    every_mark = [mark for planted in hidden for mark in planted.marks.values()]
    searched = [mark for planted in hidden for mark in (planted.marks["title"], planted.marks["file text"])]
    public.look(
        words=[*searched, shown.marks["title"]],
        also=[address for planted in (*hidden, shown) for address in guesses(planted)],
    )

    found = {mark: public.where(mark) for mark in every_mark}
    assert {mark: where for mark, where in found.items() if where} == {}
    # The same eyes find what is out, or they would find nothing anywhere.
    assert [place for place in canaries.SHOWN if not public.where(shown.marks[place])] == []
    assert [place for place in canaries.NEVER if public.where(shown.marks[place])] == []
    assert len(public.answers) >= 24
    assert len(every_mark) * len(public.answers) >= 1536


def test_pub_03_nothing_of_it_is_in_the_public_databases_files(editorial, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(using="public", execute=True):
        hidden = list(canaries.in_every_state(editorial))
    keys = {planted.version.item.public_id: planted.state for planted in hidden}

    out = {keys[key] for key in PublishedItem.objects.filter(key__in=keys).values_list("key", flat=True)}
    stored = {path.name for path in public_files().folder.rglob("*") if path.is_file()}
    kept_back = {
        file.sha256: planted.state
        for planted in hidden
        for file in planted.version.attachments.all()
        if planted.state not in ("superseded",)
    }

    assert out == {"superseded"}
    assert {state for sha256, state in kept_back.items() if sha256 in stored} == set()
    assert all(desk_files().folder.joinpath(sha256[:2], sha256).exists() for sha256 in kept_back)


def test_pub_03_no_mark_of_acts_lists_documents_topics_or_notes_is_found_anywhere(readers, editorial):
    """PUB-03: what is not public of every other kind, and what people wrote to each other about it, on every channel."""
    shown = shown_elsewhere(editorial)
    hidden = hidden_elsewhere(editorial)
    assert len(hidden) >= 35

    public = PublicSide(asking(readers))
    public.look(
        words=[next(iter(each.marks.values())) for each in (*hidden, *shown)],
        also=[address for each in hidden for address in each.guesses],
    )

    marks = [(each.where, place, mark) for each in hidden for place, mark in each.marks.items()]
    assert {(where, place): public.where(mark) for where, place, mark in marks if public.where(mark)} == {}
    # The same eyes find what is out.
    assert [
        (each.where, place) for each in shown for place, mark in each.marks.items() if not public.where(mark)
    ] == []
    assert len(marks) * len(public.answers) >= 1536
