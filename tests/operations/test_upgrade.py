"""The steps of UPGRADE.md, on a data folder as an older version left it (REL-07, on a small scale)."""

import sqlite3
from pathlib import Path

from tests.operations.conftest import gongkai
from tests.operations.test_commands import audit

# The last migration of one app: an index with what keeps it, so its lack is easily seen and nothing else depends on it.
LATER = ("mailbox", "0003_words", "mailbox_letter_words")


def older(home: Path) -> None:
    """Take the folder back to before a migration, as an older version has it."""
    app, name, index = LATER
    with sqlite3.connect(home / "desk.sqlite3") as database:
        for kept in ("added", "removed", "changed"):
            database.execute(f"DROP TRIGGER {index}_{kept}")
        database.execute(f"DROP TABLE {index}")
        database.execute("DELETE FROM django_migrations WHERE app = ? AND name = ?", (app, name))


def made(home: Path) -> set[str]:
    with sqlite3.connect(home / "desk.sqlite3") as database:
        return {row[0] for row in database.execute("SELECT name FROM sqlite_master")}


def test_an_older_folder_is_backed_up_brought_forward_and_verified(home, tmp_path):
    audit(home)
    older(home)
    assert "项结构变更未执行，请运行 gongkai setup" in gongkai(home, "doctor").stdout
    refused = gongkai(home, "serve", "worker")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "有1项结构变更没有执行。请先备份，再运行 gongkai setup" in refused.stderr

    done = [
        gongkai(home, *words)
        for words in (("verify",), ("backup", str(tmp_path / "b.tar.gz")), ("setup",), ("verify",))
    ]

    assert [each.returncode for each in done] == [0, 0, 0, 0], [each.stderr for each in done]
    assert {LATER[2], f"{LATER[2]}_added"} <= made(home)
    assert "结构变更未执行" not in gongkai(home, "doctor").stdout
