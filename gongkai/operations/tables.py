"""建表. Brings this process's database forward. Run as a module of its own, since each side has its own settings.

The library's tables come first. Django renders every model that stands near a changed one, and its hundred changes are
four times as quick while ours are not there yet; which of two unrelated migrations goes first changes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor

FIRST = ("wagtailcore", "wagtailusers", "wagtaildocs", "wagtailimages", "wagtailadmin")


class WholeSteps(MigrationExecutor):
    """一步一个事务: a change of the tables and the note that it was made are one. Killed at any moment, the next run goes
    on where this one was; otherwise it would meet tables of which nothing is noted, and could not go on."""

    def apply_migration(self, state: Any, migration: Any, *words: Any, **more: Any) -> Any:
        with self._one_transaction():
            return super().apply_migration(state, migration, *words, **more)

    @contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """SQLite rebuilds tables with its checks off, which can be turned off before a transaction only."""
        checks_off = self.connection.vendor == "sqlite" and self.connection.disable_constraint_checking()
        try:
            with transaction.atomic(using=self.connection.alias):
                yield
        finally:
            if checks_off:
                self.connection.enable_constraint_checking()


def bring_forward() -> None:
    migrate.MigrationExecutor = WholeSteps  # type: ignore[attr-defined]
    installed = {app.label for app in apps.get_app_configs()}
    for label in FIRST:
        if label in installed:  # the public side has none of them
            call_command("migrate", label, interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    if settings.SIDE == "portal":
        from gongkai.portal.search import projection

        projection.bring_forward()


if __name__ == "__main__":
    django.setup()
    bring_forward()
