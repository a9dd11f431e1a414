"""The database's own refusals stand after every migration, and a rebuilt table has them again (AUD-05, ACL-03)."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate
from django.test import override_settings

from gongkai.agencies.models import Person, Tenure
from gongkai.audit import triggers
from gongkai.audit.models import Entry
from gongkai.operations import doctor
from gongkai.operations.doctor import FAULT, FINE


@pytest.fixture
def migrated(tmp_path, django_db_blocker):
    """A SQLite database of its own, its agencies and audit migrated from nothing."""
    # Migrated also where the tests' own databases are made without (--nomigrations).
    with django_db_blocker.unblock(), override_settings(MIGRATION_MODULES={}):
        place = {**connections["default"].settings_dict, "NAME": str(tmp_path / "own.sqlite3")}
        place |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
        connections["own"] = DatabaseWrapper(place, alias="own")
        try:
            for app in ("audit", "agencies"):
                call_command("migrate", app, database="own", verbosity=0)
            yield connections["own"]
        finally:
            connections["own"].close()
            del connections["own"]


def _sql(database) -> dict[str, str]:
    with database.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


@pytest.mark.django_db(databases=["default", "public"])
@pytest.mark.parametrize("alias", ["default", "public"])
def test_every_trigger_stands_after_migrating_from_nothing(alias):
    with connections[alias].cursor() as cursor:
        tables = connections[alias].introspection.table_names(cursor)
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connections[alias].vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        present = {row[0] for row in cursor.fetchall()}

    wanted = {each.name for each in triggers.expected(connections[alias].vendor) if each.table in tables}
    assert present == wanted
    assert wanted


@pytest.mark.parametrize("model", [Tenure, Person, Entry])
def test_a_rebuilt_table_has_its_triggers_again(migrated, model):
    before = _sql(migrated)
    _send(pre_migrate)
    with migrated.schema_editor() as editor:
        editor._remake_table(model)  # as SQLite does for most changes of a column
    lost = {each.name for each in triggers.missing(migrated)}

    _send(post_migrate)

    assert {name for name in before if name.startswith(model._meta.db_table)} <= lost
    assert _sql(migrated) == before


def _send(signal) -> None:
    """What ``migrate`` sends to the apps that have triggers, with a plan that goes forward."""
    for app in ("audit", "agencies"):
        config = apps.get_app_config(app)
        signal.send(sender=config, app_config=config, using="own", plan=[(None, False)])


def test_doctor_names_a_trigger_that_is_missing(migrated):
    assert [each.level for each in doctor.refusals("own", "工作人员侧")] == [FINE]
    with migrated.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_entry_no_delete")

    [answer] = doctor.refusals("own", "工作人员侧")

    assert answer.level == FAULT
    assert answer.text.endswith("audit_entry_no_delete，请运行 gongkai setup，并查明是谁删除的")


@pytest.mark.django_db
def test_nothing_is_made_twice():
    assert triggers.restore(connection) == []
