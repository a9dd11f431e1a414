"""Backup and restore on PostgreSQL, with a server of the test's own and the real client programs."""

import shutil

import psycopg
import pytest

from tests.operations.conftest import gongkai
from tests.operations.test_commands import AUDIT
from tests.with_postgresql import NONE, binaries, server


@pytest.fixture
def url():
    programs = binaries()
    if programs is None or not shutil.which("pg_dump"):
        pytest.skip(NONE)
    with server(programs) as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            for name in ("elsewhere", "elsewhere_public"):
                connection.execute(f"CREATE DATABASE {name}")
        yield address


def test_what_was_backed_up_is_there_after_a_restore_into_empty_databases(url, tmp_path):
    here = {"DATABASE_URL": f"{url}/gongkai", "PUBLIC_DATABASE_URL": f"{url}/gongkai_public"}
    there = {"DATABASE_URL": f"{url}/elsewhere", "PUBLIC_DATABASE_URL": f"{url}/elsewhere_public"}
    home, elsewhere, archive, keys = (
        tmp_path / name for name in ("home", "elsewhere", "b.tar.gz", "k.tar.gz")
    )
    assert gongkai(home, "setup", **here).returncode == 0
    assert (
        gongkai(
            home, "manage", "shell", "--no-imports", "--command", AUDIT.format(count=3), **here
        ).returncode
        == 0
    )

    done = gongkai(home, "backup", str(archive), "--keys", str(keys), **here)
    assert done.returncode == 0, done.stderr
    done = gongkai(elsewhere, "restore", str(archive), "--keys", str(keys), **there)
    assert done.returncode == 0, done.stderr

    proof = gongkai(elsewhere, "verify", **there)
    assert proof.returncode == 0, proof.stdout
    assert "✓ 工作人员侧审计链：3条" in proof.stdout
    again = gongkai(elsewhere, "restore", str(archive), **there)
    assert again.returncode == 2
    assert "不覆盖" in again.stderr
