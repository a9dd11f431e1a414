"""What every test shares: a cheap password hash, and the mark of the database for whatever uses it."""

import os
from importlib import import_module

import pytest

_DATABASE = {"db", "transactional_db", "django_db_setup", "client", "admin_client"}


def pytest_collection_modifyitems(items):
    """Whoever asks for the database by fixture bears its mark, so that the run on PostgreSQL finds it."""
    for item in items:
        if _DATABASE & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _cheap_passwords(request):
    if request.node.get_closest_marker("django_db"):
        settings = request.getfixturevalue("settings")
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _may_be_emptied(request):
    """A test that commits is cleared away by deleting, which the database itself refuses on SQLite: its refusals are
    taken off for that moment. Emptying makes them again, as every migration does."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that what follows comes before the emptying
    yield
    from django.apps import apps
    from django.db import connections

    for alias in marker.kwargs.get("databases") or ["default"]:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                for trigger in (each for app in apps.get_app_configs() for each in _refusals(app)):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


def _refusals(app):
    return getattr(app, "triggers", {}).get("sqlite", [])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite on files as in use (GONGKAI_TESTS_ON_FILES): in memory its writers never meet, and two at once are none."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("databases")
    for connection in connections.all():
        if os.environ.get("GONGKAI_TESTS_ON_FILES") and connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(folder / f"{connection.alias}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Without migrations (--nomigrations) what no model describes is made here: the search's index, the refusals."""
    if request.config.getoption("--nomigrations"):
        with django_db_blocker.unblock():
            make_what_no_model_describes()


def make_what_no_model_describes():
    from django.apps import apps
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from gongkai.audit import triggers
    from gongkai.registers import words

    search = import_module("gongkai.portal.migrations.0004_search")
    with connections["public"].schema_editor() as editor:
        search.make_index(None, editor)
    with connections["default"].schema_editor() as editor:
        words.make_function(None, editor)
        for index in (each for app in apps.get_app_configs() for each in getattr(app, "words", ())):
            index.make(None, editor)
    for connection in connections.all():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for made_by in {each.since for each in triggers.expected(connection.vendor)}:
            recorder.record_applied(*made_by)
        triggers.restore(connection)
