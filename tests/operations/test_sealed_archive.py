"""A sealed archive opens to the same bytes, and to nothing once a byte of it has changed (OPS-04)."""

import pytest

from gongkai.operations import sealed_archive
from gongkai.operations.process import CannotRun
from gongkai.sealing.suite import INTERNATIONAL, NATIONAL

SECRET = b"a password for the tests alone"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealed_archive, "_PIECE", 64)
    monkeypatch.setitem(sealed_archive._WORK, "n", 2)  # its cost is not what is tested here


def sealed(folder, content: bytes, suite=NATIONAL):
    plain, target = folder / "plain", folder / "sealed"
    plain.write_bytes(content)
    sealed_archive.seal(plain, target, secret=SECRET, suite=suite)
    return target


@pytest.mark.parametrize("suite", [NATIONAL, INTERNATIONAL], ids=lambda suite: suite.name)
@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 128, 1000])
def test_it_opens_to_the_same_bytes(tmp_path, suite, length):
    content = bytes(range(256)) * 4
    path = sealed(tmp_path, content[:length], suite)

    with sealed_archive.opened_with(path, SECRET) as plain:
        assert plain.read_bytes() == content[:length]


def test_a_changed_byte_anywhere_is_refused(tmp_path):
    path = sealed(tmp_path, b"x" * 200)
    whole = path.read_bytes()
    for position in range(len(sealed_archive._MAGIC), len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])

        with pytest.raises(CannotRun, match=r"备份损坏|口令文件不是"):
            refuse(path)


def test_a_cut_or_lengthened_file_is_refused(tmp_path):
    path = sealed(tmp_path, b"x" * 200)
    whole = path.read_bytes()
    for content in (
        *(whole[:length] for length in range(len(sealed_archive._MAGIC), len(whole))),
        whole + b"x",
    ):
        path.write_bytes(content)

        with pytest.raises(CannotRun, match=r"备份损坏|口令文件不是"):
            refuse(path)


def test_another_key_is_told_apart_from_damage(tmp_path):
    path = sealed(tmp_path, b"x" * 200)

    with pytest.raises(CannotRun, match="口令文件不是加密这份备份时所用的那一个"):
        refuse(path, b"another password of some length")


def refuse(path, secret: bytes = SECRET) -> None:
    with sealed_archive.opened_with(path, secret):
        raise AssertionError("opened")
