"""静态副本: every page and file as the portal gives it; what is withdrawn is gone; what somebody alters is found and put
right from the public database (WEB-07, PUB-06)."""

import http.client
import json
import os
import random
import shutil
import socket

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from bench import nginx
from gongkai.audit.models import Entry
from gongkai.operations import copy_watch
from gongkai.outbox.models import WorkerBeat
from gongkai.portal import release
from gongkai.portal.static_copy import manifest as manifests
from gongkai.portal.static_copy.asking import Answer, address_of, file_of, is_copied
from gongkai.portal.static_copy.keeping import Keeper, PortalAway
from gongkai.portal.static_copy.manifest import MANIFEST, SIGNATURE, Manifest
from gongkai.portal.static_copy.models import CopyFinding, CopyState
from gongkai.portal.static_copy.proving import faults
from tests.portal.channels import PublicSide, asking, beginnings
from tests.portal.items import attachment, item, key, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def office_with_items(readers, settings):
    settings.PORTAL_HOST = "127.0.0.1"
    for signal in (
        request_started,
        request_finished,
    ):  # as the test's own client does: they would end its transaction
        signal.disconnect(close_old_connections)
    released(*(item(number, files=(attachment(f"附件{number}"),)) for number in range(1, 6)))
    yield readers
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def keeper(office_with_items, tmp_path):
    keeper = Keeper(tmp_path / "copy")
    keeper.follow()
    assert keeper.watch() == []
    return keeper


def standing(keeper) -> dict[str, bytes]:
    return {
        path.relative_to(keeper.folder.site).as_posix(): path.read_bytes()
        for path in keeper.folder.site.rglob("*")
        if path.is_file()
    }


def proved(keeper, keys) -> list[str]:
    return faults(keeper.folder.root, keys=keys)


def test_the_copy_is_what_the_portal_says(keeper, office_with_items, settings):
    """Every page that a reader can reach by links stands there, byte for byte, and nothing that is asked with a query."""
    reader, files = office_with_items, standing(keeper)
    public = PublicSide(asking(reader))
    public.look(words=[])
    expected = {
        address
        for address, answer in public.answers.items()
        if answer.status == 200 and "?" not in address and is_copied(address)
    }

    assert expected - {address_of(file) for file in files} == set()
    assert {
        file_of(address) for address in (*beginnings(), f"/items/{key(1)}/") if address in expected
    } <= set(files)
    for address in expected:
        assert files[file_of(address)] == public.answers[address].body, address
    assert any(name.startswith("static/") for name in files)
    assert not [name for name in files if name.startswith(("apply", "search", "health"))]
    assert proved(keeper, settings.KEYS_FOLDER) == []
    assert Manifest.of(keeper.folder.read_beside(MANIFEST)).stamp == CopyState.objects.get().stamp
    names = {path.name for path in keeper.folder.root.rglob("*")}
    assert not names & {path.name for path in settings.KEYS_FOLDER.iterdir()}


def test_it_follows_releases_and_withdrawals(keeper, settings):
    """PUB-06: a withdrawn item leaves its page, its data, its files and every list; what is new is there; the rest stays."""
    before = standing(keeper)
    first = keeper.folder.site / f"items/{key(1)}/index.html"
    untouched = keeper.folder.site / f"items/{key(3)}/index.html"
    written = untouched.stat().st_mtime_ns
    [its_file] = [name for name in before if name.startswith("files/") and "附件1".encode() in before[name]]

    assert keeper.follow() == 0  # nothing happened
    release.withdraw_item(key(1), version=2, note="内容有误。")
    released(item(2, version=2, title="改过的标题"), item(9, title="新的一条"))
    keeper.follow()
    after = standing(keeper)

    assert not first.exists()
    assert its_file not in after
    assert [name for name in after if key(1) in name] == []
    assert [name for name, content in after.items() if key(1).encode() in content] == []
    assert "改过的标题".encode() in after[f"items/{key(2)}/index.html"]
    assert "新的一条".encode() in after[f"items/{key(9)}/index.html"]
    assert "新的一条".encode() in after["index.html"]
    assert untouched.stat().st_mtime_ns == written
    assert keeper.watch() == []
    assert proved(keeper, settings.KEYS_FOLDER) == []
    keeper.renew()
    assert standing(keeper) == after  # what was changed piece by piece is what would be written anew


def test_what_is_withdrawn_does_not_wait_for_the_end_of_a_long_pass(keeper, monkeypatch):
    """PUB-06: gone in the middle of it; the lists follow with the next look."""
    gone, seen, ask = keeper.folder.site / f"items/{key(1)}/index.html", [], keeper.portal.ask
    monkeypatch.setattr("gongkai.portal.static_copy.keeping._LOOK_EVERY", 5)

    def asked(path):
        if len(seen) == 3:
            release.withdraw_item(key(1), version=2, note="内容有误。")
        seen.append(gone.exists())
        return ask(path)

    monkeypatch.setattr(keeper.portal, "ask", asked)
    keeper.renew()
    assert seen[4:7] == [False] * 3
    keeper.follow()

    assert not gone.exists()
    assert [name for name, content in standing(keeper).items() if key(1).encode() in content] == []
    assert keeper.watch() == []


def test_a_public_side_that_is_away_empties_nothing(keeper, monkeypatch):
    """D7: readers keep reading while the database is gone; the copy is made good when it is back."""
    right = standing(keeper)
    with monkeypatch.context() as patched:
        patched.setattr(keeper.portal, "ask", lambda path: Answer(503, "text/plain", b""))
        with pytest.raises(PortalAway):
            keeper.renew()
        assert standing(keeper) == right
        (keeper.folder.site / "index.html").write_bytes(b"altered")
        assert [each.file for each in keeper.watch()] == ["index.html"]
        assert not (keeper.folder.site / "index.html").exists()  # what was altered is not served either

    keeper.watch()
    keeper.follow()
    assert standing(keeper) == right
    assert keeper.watch() == []


@pytest.mark.parametrize("goes_on", [True, pytest.param(False, marks=pytest.mark.prove)])
def test_a_hundred_altered_deleted_and_added_files_are_found_and_put_right(keeper, settings, goes_on):
    """WEB-07: alter 100 files, 100 found; while the process watches, and when it was not running meanwhile."""
    released(*(item(number) for number in range(10, 36)))
    keeper.follow()
    right, site, draw = standing(keeper), keeper.folder.site, random.Random(7)
    chosen = draw.sample(sorted(right), 80)
    for name in chosen[:40]:
        (site / name).write_bytes(right[name] + b"<p>altered")
    for name in chosen[40:50]:  # of the same length, and with its time put back
        told = (site / name).stat()
        (site / name).write_bytes(bytes(reversed(right[name])))
        os.utime(site / name, ns=(told.st_atime_ns, told.st_mtime_ns))
    for name in chosen[50:80]:
        (site / name).unlink()
    added = [f"items/{key(number)}/shell.php" for number in range(10, 28)]
    for name in added:
        (site / name).write_bytes(b"<?php")
    (site / "link.html").symlink_to("/etc/hostname")
    (site / "disclosure" / "elsewhere").symlink_to(site.parent)
    added += ["link.html", "disclosure/elsewhere"]
    palindromes = {name for name in chosen[40:50] if bytes(reversed(right[name])) == right[name]}

    keeper = keeper if goes_on else Keeper(keeper.folder.root)
    found = keeper.watch(thoroughly=not goes_on)

    assert {each.file for each in found} == {*chosen, *added} - palindromes
    assert len(found) == 100
    assert standing(keeper) == right
    assert not (site / "link.html").is_symlink()
    assert keeper.watch(thoroughly=True) == []
    assert proved(keeper, settings.KEYS_FOLDER) == []
    kinds = list(CopyFinding.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"altered": 50, "missing": 30, "added": 20}
    entry = Entry.objects.using("public").get(action="portal.copy.tampered")
    assert json.loads(entry.detail)["count"] == 100
    assert len(list(keeper.folder.evidence.iterdir())) >= 68  # kept to be looked at


@pytest.mark.prove
def test_a_folder_in_the_place_of_a_file_and_a_link_in_the_place_of_a_folder(keeper, tmp_path):
    right, site = standing(keeper), keeper.folder.site
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"elsewhere")
    (site / "index.html").unlink()
    (site / "index.html").mkdir()
    (site / "index.html" / "x").write_bytes(b"x")
    shutil.rmtree(site / "disclosure")
    (site / "disclosure").symlink_to(outside)

    assert keeper.watch()
    assert standing(keeper) == right
    assert (outside / "index.html").read_bytes() == b"elsewhere"
    assert keeper.watch(thoroughly=True) == []


def test_a_forged_manifest_is_found_and_so_is_an_old_one(keeper, settings, tmp_path):
    """WEB-07: signed with another key, not signed, and one of ours that is no longer true."""
    root, right = keeper.folder.root, standing(keeper)
    old = {name: (root / name).read_bytes() for name in (MANIFEST, SIGNATURE)}
    old_page = (keeper.folder.site / f"items/{key(1)}/index.html").read_bytes()
    release.withdraw_item(key(1), version=2, note="内容有误。")
    keeper.follow()
    right = standing(keeper)

    forged = json.loads(old[MANIFEST])
    forged["files"]["index.html"]["digest"] = manifests.digest_of(b"forged", settings.SUITE)
    content = json.dumps(forged).encode()
    (root / MANIFEST).write_bytes(content)
    (root / SIGNATURE).write_bytes(Ed25519PrivateKey.generate().sign(content).hex().encode())
    (keeper.folder.site / "index.html").write_bytes(b"forged")
    assert proved(keeper, settings.KEYS_FOLDER) == ["清单不是用这把密钥签的，或者被改动过"]
    assert {each.kind for each in keeper.watch()} == {"manifest", "altered"}
    assert standing(keeper) == right
    assert proved(keeper, settings.KEYS_FOLDER) == []

    for name, kept in old.items():  # rightly signed, with the page that was withdrawn
        (root / name).write_bytes(kept)
    place = keeper.folder.site / f"items/{key(1)}/index.html"
    place.parent.mkdir(parents=True)
    place.write_bytes(old_page)
    again = Keeper(root)
    found = [*again.found_at_start, *again.watch(thoroughly=True)]
    again.follow()
    assert {each.kind for each in found} >= {"manifest"}
    assert not place.exists()
    assert standing(again) == right
    assert again.watch(thoroughly=True) == []


def test_a_crash_in_the_middle_of_writing_is_not_taken_for_tampering(keeper, monkeypatch):
    released(item(1, version=2, title="改过的标题"))

    def crash(self, file, content):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("gongkai.portal.static_copy.folder.CopyFolder.write", crash)
        with pytest.raises(KeyboardInterrupt):
            keeper.follow()
    again = Keeper(keeper.folder.root)
    again.follow()

    assert again.found_at_start == []
    assert again.watch(thoroughly=True) == []
    assert "改过的标题".encode() in standing(again)[f"items/{key(1)}/index.html"]


def test_the_worker_tells_administrators_what_was_found(keeper):
    from django.utils import timezone

    (keeper.folder.site / "index.html").write_bytes(b"altered")
    keeper.watch()

    assert copy_watch.look(timezone.now()) == 1
    assert copy_watch.look(timezone.now()) == 0
    told = Entry.objects.using("default").get(action="static_copy.tampered")
    assert json.loads(told.detail) == {"count": 1, "kinds": ["altered"], "files": ["index.html"]}
    assert WorkerBeat.objects.get(name=copy_watch.NAME).at == CopyState.objects.get().checked_at


@pytest.mark.skipif(not nginx.found(), reason="这台机器没有nginx：没有经它读副本。")
def test_readers_go_on_reading_the_copy_while_the_application_is_down(keeper, tmp_path):
    """D7: pages, data and files from the copy, with the portal's headers; what only the application can answer is not made up."""
    [file] = [each for each in keeper.manifest.files if each.startswith("files/")][:1]
    with socket.socket() as free, socket.socket() as nobody:
        free.bind(("127.0.0.1", 0))
        nobody.bind(("127.0.0.1", 0))
        port, silent = free.getsockname()[1], nobody.getsockname()[1]
    with nginx.running(tmp_path, port=port, portal=silent, copy=True):
        pages = {
            path: _read(port, path)
            for path in ("/", f"/items/{key(1)}/", f"/data/items/{key(1)}.json", "/feed.atom", f"/{file}")
        }
        others = [
            _read(port, path)[0] for path in ("/search/?q=1", "/?page=2", "/apply/", f"/items/{key(99)}/")
        ]
        posted = _read(port, "/", method="POST")[0]
        kept_out = _read(port, "/../manifest.json")[0]

    for path, (status, headers, body) in pages.items():
        assert (status, body) == (200, keeper.folder.read(file_of(path))), path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "'none'" in headers["Content-Security-Policy"]
    assert [headers["Content-Type"].partition(";")[0] for _, headers, _ in pages.values()] == [
        "text/html",
        "text/html",
        "application/json",
        "application/atom+xml",
        "application/octet-stream",
    ]
    assert pages[f"/{file}"][1]["Content-Disposition"] == "attachment"
    assert [*others, posted] == [502, 502, 502, 502, 502]
    assert kept_out == 400


def _read(port, path, *, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    try:
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()
