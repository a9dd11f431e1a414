"""One byte wrong anywhere in a backup's data is found before anything is restored."""

import hashlib
import io
import json
import tarfile

import pytest

from gongkai.operations import restore
from gongkai.operations.backup import MANIFEST, check
from gongkai.operations.process import CannotRun

# The header of a gzip file: its time and system are no part of what is kept.
HEADER = 10


def _archive() -> bytes:
    content = "示例市公开办".encode() * 40
    manifest = {"parts": {"files/one": hashlib.sha256(content).hexdigest()}}
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz", compresslevel=1) as archive:
        for name, data in (("files/one", content), (MANIFEST, json.dumps(manifest).encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return written.getvalue()


def test_every_byte_counts(tmp_path):
    whole, path = _archive(), tmp_path / "backup.tar.gz"
    path.write_bytes(whole)
    check(path)  # as it was made it is right

    for position in range(HEADER, len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        with pytest.raises(CannotRun):
            check(path)


def test_damaged_keys_are_never_put_in_place(tmp_path):
    """No list of digests goes with the keys: only the checksum of the whole tells a wrong key from a right one."""
    whole, path, keys = _archive(), tmp_path / "keys.tar.gz", tmp_path / "keys"

    for position in range(HEADER, len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        with pytest.raises(CannotRun):
            restore.restore_keys(path, keys)

        assert not keys.exists()

    path.write_bytes(whole)
    restore.restore_keys(path, keys)

    assert (keys / MANIFEST).exists()


def test_a_backup_cut_short_is_refused(tmp_path):
    whole, path = _archive(), tmp_path / "backup.tar.gz"

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(CannotRun):
            check(path)
