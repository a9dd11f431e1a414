"""触发器. By them the database itself refuses; each app lists its own, and they are made again after every migration.

SQLite changes a table by making a new one and dropping the old, with its triggers: without this, a later migration
would take the refusals away and nobody would notice (AUD-05, ACL-03). Nor does it rebuild a table that another one's
trigger reads, so such triggers are set aside while migrations run; ``doctor`` names them if one breaks off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, slots=True)
class Trigger:
    """一个触发器 on one kind of database. The migration ``since`` made it first; ``sql`` makes it again."""

    name: str
    table: str
    since: tuple[str, str]
    sql: str
    reads: str = ""  # another table


def watch(app: AppConfig) -> None:
    """Set the app's triggers aside before a migration and make them again after it. For its ``ready``."""
    pre_migrate.connect(_before_migration, sender=app, dispatch_uid=f"triggers of {app.label}")
    post_migrate.connect(_after_migration, sender=app, dispatch_uid=f"triggers of {app.label}")


def missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """缺少的触发器: those whose table and migration are there and that are not."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        present = {row[0] for row in cursor.fetchall()}
    applied = set(MigrationRecorder(connection).applied_migrations())
    return [
        each
        for each in expected(connection.vendor)
        if each.table in tables and each.since in applied and each.name not in present
    ]


def restore(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """补上缺少的触发器; safe to run again. Returns those made."""
    made = missing(connection)
    with connection.cursor() as cursor:
        for each in made:
            cursor.execute(each.sql)
    return made


def expected(vendor: str) -> Iterator[Trigger]:
    """Every trigger of every app, from its configuration's ``triggers``."""
    for app in apps.get_app_configs():
        yield from getattr(app, "triggers", {}).get(vendor, ())


def _before_migration(
    sender: AppConfig, *, using: str, plan: Sequence[tuple[Migration, bool]], **given: Any
) -> None:
    connection = connections[using]
    # Backwards, the migration that made a trigger drops it itself.
    if connection.vendor != "sqlite" or not plan or any(backwards for _, backwards in plan):
        return
    with connection.cursor() as cursor:
        for each in getattr(sender, "triggers", {})["sqlite"]:
            if each.reads:
                cursor.execute(f"DROP TRIGGER IF EXISTS {each.name}")


def _after_migration(sender: AppConfig, *, using: str, **given: Any) -> None:
    restore(connections[using])
