"""进程. Starts Django for one side, and says in one sentence why it cannot."""

import os
import sys
from pathlib import Path

from gongkai.config import env
from gongkai.sealing.keys import KeyMissing


class CannotRun(RuntimeError):
    """运维命令无法执行: carries the sentence the operator reads."""


def half_restored() -> Path:
    """恢复没有做完的标记: stands while a restore is at work, and after one that was broken off."""
    return env.home() / "restore.unfinished"


def require_whole() -> None:
    """What a broken-off restore left is not to be worked with. Raises CannotRun."""
    if half_restored().exists():
        raise CannotRun("上次恢复没有做完，数据不全，不能使用。请重新运行 gongkai restore，做完以后再启动。")


def start_django(side: str, *, restoring: bool = False) -> None:
    """Set up Django for ``side``. Raises CannotRun when keys, settings or a restore are not in order."""
    if not restoring:
        require_whole()
    os.environ["GONGKAI_SIDE"] = side
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (KeyMissing, ImproperlyConfigured) as error:
        raise CannotRun(str(error)) from error


def require_current_tables() -> None:
    """The tables of this side are as this program knows them. Raises CannotRun; a database that is away is waited for later."""
    from django.apps import apps
    from django.db import DatabaseError, connection
    from django.db.migrations.recorder import MigrationRecorder

    try:
        done = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return
    known = {
        (app.label, each.stem)
        for app in apps.get_app_configs()
        for each in Path(app.path, "migrations").glob("[0-9]*.py")
    }
    if done and (missing := known - done):
        raise CannotRun(
            f"数据库是旧版本的，有{len(missing)}项结构变更没有执行。请先备份，再运行 gongkai setup，做完以后启动。"
        )


def say(text: str) -> None:
    """A line to the operator."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
