"""数据库不在. Told from a question that was wrong: only the first is mended by waiting (D1)."""

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as Server
from django.db.backends.sqlite3.base import DatabaseWrapper as File

from gongkai.gateways.databases import is_away

pytestmark = pytest.mark.django_db


def error_of(act):
    with pytest.raises(DatabaseError) as raised:
        act()
    return raised.value


def opened(wrapper, **values):
    settings = dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), "")
    settings |= {
        "OPTIONS": {},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "AUTOCOMMIT": True,
        "TIME_ZONE": None,
    }
    connection = wrapper({**settings, **values})
    return connection.ensure_connection


def test_a_file_or_a_server_that_is_not_there_is_away(tmp_path):
    assert is_away(error_of(opened(File, NAME=str(tmp_path / "nowhere" / "x.sqlite3"))))
    assert is_away(error_of(opened(Server, NAME="x", HOST="127.0.0.1", PORT="1")))


def test_what_the_driver_says_by_itself_is_heard():
    """An export reads through a cursor on the server; closing it after the server died is the driver's error (REL-01)."""
    errors = pytest.importorskip("psycopg").errors

    assert is_away(errors.AdminShutdown())
    assert is_away(errors.InterfaceError())
    assert not is_away(errors.UndefinedTable())


def test_a_wrong_question_is_not():
    with transaction.atomic():
        wrong = error_of(lambda: connection.cursor().execute("SELECT * FROM nowhere"))
        connection.set_rollback(True)
    assert not is_away(wrong)
    assert not is_away(ValueError())
    assert not is_away(None)
    assert is_away(OperationalError())
