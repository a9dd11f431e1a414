"""CRY-03, CRY-07: key files."""

import stat

import pytest

from gongkai.sealing.keys import KeyMissing, create_key, read_key, secret_key


def test_a_new_key_is_readable_by_its_owner_only(tmp_path):
    key = create_key(tmp_path / "keys", "fields.key")

    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "keys" / "fields.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_key_is_made_once(tmp_path):
    assert create_key(tmp_path, "fields.key") == create_key(tmp_path, "fields.key")


def test_a_missing_key_stops_the_start_with_advice(tmp_path):
    with pytest.raises(KeyMissing, match="gongkai setup"):
        read_key(tmp_path, "fields.key")


def test_a_short_key_stops_the_start(tmp_path):
    (tmp_path / "fields.key").write_bytes(b"short")

    with pytest.raises(KeyMissing, match="不完整（5字节"):
        read_key(tmp_path, "fields.key")


def test_the_two_sides_sign_with_different_keys(tmp_path):
    create_key(tmp_path, "portal.secret")
    create_key(tmp_path, "desk.secret")

    assert secret_key(tmp_path, side="portal") != secret_key(tmp_path, side="desk")
