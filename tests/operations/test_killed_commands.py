"""命令做到一半被杀 (D1): setup, backup and restore, killed at random moments, finish when they are started again.

GONGKAI_COMMAND_KILLS sets how often each, 50 unless told otherwise.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kills.cluster import Cluster
from tests.operations.conftest import gongkai, surroundings
from tests.with_postgresql import NONE, binaries

pytestmark = pytest.mark.prove
KILLS = int(os.environ.get("GONGKAI_COMMAND_KILLS", "50"))
_DATABASES = ("desk.sqlite3", "public.sqlite3")


def killed(home: Path, *words: str, within: float, **more: str) -> bool:
    """kill -9 of the command and all it started, at a random moment. False when it was done before."""
    command = [sys.executable, "-m", "gongkai", *words]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=surroundings(home, **more), start_new_session=True, **quiet)
    try:
        process.wait(random.uniform(0, within))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def took(home: Path, *words: str, **more: str) -> float:
    begun = time.monotonic()
    done = gongkai(home, *words, **more)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - begun


def tables(home: Path) -> list[list[tuple[str, ...]]]:
    found = []
    for name in _DATABASES:
        with sqlite3.connect(next(home.rglob(name))) as connection:
            rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2, 3")
            found.append(rows.fetchall())
    return found


def test_setup_goes_on_where_it_was_killed(prepared, tmp_path):
    """OPS; D1: kill during migration. Begun anew in another folder as often as it comes to its end."""
    kills, finished = 0, 0
    home = tmp_path / "0"
    while kills < KILLS or not finished:
        if kills < KILLS and killed(home, "setup", within=8):
            kills += 1
            continue
        took(home, "setup")
        assert tables(home) == tables(prepared)
        assert "结构为最新" in gongkai(home, "doctor").stdout
        assert gongkai(home, "verify").returncode == 0
        finished += 1
        home = tmp_path / str(finished)
    print(f"{kills} kills, {finished} finished")  # noqa: T201


def test_setup_goes_on_where_it_was_killed_on_a_server(tmp_path):
    if (programs := binaries()) is None:
        pytest.skip(NONE)
    cluster, kills = Cluster(programs), 0
    try:
        while kills < KILLS and killed(tmp_path, "setup", within=8, **cluster.urls()):
            kills += 1
        took(tmp_path, "setup", **cluster.urls())
        said = gongkai(tmp_path, "doctor", **cluster.urls()).stdout
        assert said.count("可用，结构为最新") == 2
        assert gongkai(tmp_path, "verify", **cluster.urls()).returncode == 0
        print(f"{kills} kills")  # noqa: T201
    finally:
        cluster.end()


def test_a_killed_backup_leaves_nothing_that_looks_like_one(home, tmp_path):
    """Nor, after the next, any plain copy of a database."""
    folder, kills, secret = home / "backups", 0, tmp_path / "secret"
    secret.write_text("示例口令" * 8)
    within = took(home, "backup", str(tmp_path / "b.tar.gz"), "--key-file", str(secret)) * 1.1
    while kills < KILLS:
        if not killed(home, "backup", "--key-file", str(secret), within=within):
            continue
        kills += 1
        done = [path for path in folder.glob("*.tar.gz*") if "unfinished" not in path.name]
        for path in done:
            whole = gongkai(tmp_path / "check", "restore", str(path), "--key-file", str(secret))
            assert "没有密钥" in whole.stderr, whole.stderr  # it was read to its end, and is whole
            path.unlink()
        if kills % 10 == 0:
            assert "没有备份" in gongkai(home, "doctor").stdout
    took(home, "backup", "--key-file", str(secret))
    assert len(list(folder.iterdir())) == 1
    assert len(list(folder.glob("*.tar.gz.sealed"))) == 1


def test_a_killed_restore_is_not_worked_with_and_is_done_again(home, tmp_path):
    archive, keys, kills = tmp_path / "b.tar.gz", tmp_path / "keys.tar.gz", 0
    gongkai(home, "backup", str(archive), "--keys", str(keys))
    target = tmp_path / "restored"
    within = took(tmp_path / "first", "restore", str(archive), "--keys", str(keys)) * 1.1
    refused = 0
    while kills < KILLS:
        words = ["restore", str(archive), *([] if (target / "keys").is_dir() else ["--keys", str(keys)])]
        if killed(target, *words, within=within):
            kills += 1
            if (target / "restore.unfinished").exists():
                said = gongkai(target, "verify")
                assert said.returncode
                assert "上次恢复没有做完" in said.stderr
                refused += 1
            continue
        target = tmp_path / f"restored-{kills}"
    words = ["restore", str(archive), *([] if (target / "keys").is_dir() else ["--keys", str(keys)])]
    took(target, *words)
    assert tables(target) == tables(home)
    assert gongkai(target, "verify").returncode == 0
    assert not [
        path.name for path in target.iterdir() if "unfinished" in path.name or path.name.startswith(".")
    ]
    print(f"{kills} kills, {refused} half restored")  # noqa: T201
