"""文件存放: named by content, durable before it is named, proved when read."""

import hashlib
import io
import os
import stat

import pytest

from gongkai.gateways.files import FileDamaged, FileMissing, FileStore, FileTooLarge

CONTENT = "示例市的一份文件".encode()
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def everything_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_named_by_the_sha256_of_its_bytes(store):
    assert store.put(CONTENT) == NAME
    assert store.read(NAME) == CONTENT
    assert store.size(NAME) == len(CONTENT)


def test_a_stream_and_its_bytes_are_one_file(store):
    store.put(CONTENT)

    assert store.put(io.BytesIO(CONTENT)) == NAME
    assert list(store.names()) == [NAME]
    assert everything_in(store.folder) == [NAME]


def test_a_stored_file_is_readable_by_its_owner_only(store):
    store.put(CONTENT)

    path = store.folder / NAME[:2] / NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_the_file_and_the_folders_naming_it_are_on_the_disk_before_its_name_is_returned(store, monkeypatch):
    """FIL, security.md §0 point 4: an acknowledged file outlives a power cut."""
    synced = []
    really = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), really(handle))
    )

    store.put(CONTENT)

    assert len(synced) == 3
    assert synced[0].startswith(f"{store.folder}/incoming-")
    assert synced[1:] == [f"{store.folder}/{NAME[:2]}", str(store.folder)]


def test_a_file_over_the_limit_is_refused_and_nothing_is_kept(store):
    with pytest.raises(FileTooLarge):
        store.put(CONTENT, limit=len(CONTENT) - 1)

    assert everything_in(store.folder) == []
    assert store.put(CONTENT, limit=len(CONTENT)) == NAME


def test_altered_bytes_are_never_returned(store):
    store.put(CONTENT)
    (store.folder / NAME[:2] / NAME).write_bytes(b"something else")

    with pytest.raises(FileDamaged):
        store.read(NAME)
    with pytest.raises(FileDamaged):
        store.check(NAME)


def test_storing_the_bytes_again_heals_a_damaged_file(store):
    store.put(CONTENT)
    (store.folder / NAME[:2] / NAME).write_bytes(b"")

    store.put(CONTENT)

    assert store.read(NAME) == CONTENT


@pytest.mark.parametrize("name", ["0" * 64, "../keys/desk.secret", "", NAME.upper(), f"{NAME}/..", "a" * 63])
def test_what_is_not_stored_or_not_a_hash_is_missing(store, name):
    store.put(CONTENT)

    assert not store.has(name)
    with pytest.raises(FileMissing):
        store.read(name)
    with pytest.raises(FileMissing):
        store.size(name)


def test_a_file_is_carried_to_another_store_under_its_name(store, tmp_path):
    other = FileStore(tmp_path / "other")
    store.put(CONTENT)

    store.carry(NAME, to=other)
    store.carry(NAME, to=other)

    assert other.read(NAME) == CONTENT
    assert everything_in(other.folder) == [NAME]


def test_a_damaged_file_does_not_travel(store, tmp_path):
    other = FileStore(tmp_path / "other")
    store.put(CONTENT)
    (store.folder / NAME[:2] / NAME).write_bytes(b"something else")

    with pytest.raises(FileDamaged):
        store.carry(NAME, to=other)

    assert everything_in(other.folder) == []


def test_a_removed_file_is_gone_and_may_be_removed_twice(store):
    store.put(CONTENT)

    store.remove(NAME)
    store.remove(NAME)

    assert not store.has(NAME)
    assert list(store.names()) == []
