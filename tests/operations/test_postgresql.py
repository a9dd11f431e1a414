"""Setup, backup and restore on PostgreSQL, with a server of the test's own and the real client programs."""

import os
import shutil
import subprocess
import sys

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
            for name in ("elsewhere", "elsewhere_public", "models", "models_public"):
                connection.execute(f"CREATE DATABASE {name}")
        yield address


# Whatever the database itself enforces or is quick by, without the order in which columns came to be.
# The libraries' own tables differ in the widths of keys.
LIBRARIES = ("account_", "auth_", "axes_", "django_", "mfa_", "taggit_", "wagtail")
STRUCTURE = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') FROM pg_indexes"
    " WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


def structure(url: str) -> dict[str, set]:
    with psycopg.connect(url) as connection:
        return {
            name: {row for row in connection.execute(query).fetchall() if not row[0].startswith(LIBRARIES)}
            for name, query in STRUCTURE.items()
        }


def compare_with_the_models(url: str) -> None:
    """The migrations make just what the models make, so what is proved on tables made from models holds for these."""
    made = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")},
        "DATABASE_URL": f"{url}/models",
        "PUBLIC_DATABASE_URL": f"{url}/models_public",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    subprocess.run([sys.executable, "-m", "tests.operations.from_models"], env=made, check=True)
    for migrated, from_models in (("gongkai", "models"), ("gongkai_public", "models_public")):
        here, there = structure(f"{url}/{migrated}"), structure(f"{url}/{from_models}")
        for name in STRUCTURE:
            assert here[name] ^ there[name] == set(), (migrated, name)
            assert here[name]


def test_what_was_backed_up_is_there_after_a_restore_into_empty_databases(url, tmp_path):
    here = {"DATABASE_URL": f"{url}/gongkai", "PUBLIC_DATABASE_URL": f"{url}/gongkai_public"}
    there = {"DATABASE_URL": f"{url}/elsewhere", "PUBLIC_DATABASE_URL": f"{url}/elsewhere_public"}
    home, elsewhere, archive, keys = (
        tmp_path / name for name in ("home", "elsewhere", "b.tar.gz", "k.tar.gz")
    )
    assert gongkai(home, "setup", **here).returncode == 0
    compare_with_the_models(url)
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
