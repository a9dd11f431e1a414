"""数据库角色. What each process's role can and cannot do on PostgreSQL (ACL-09, AUD-05)."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from gongkai.agencies.database_roles import DESK, PORTAL, WORKER, create_roles

postgresql = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(databases=["default", "public"], transaction=True),
]


def as_role(role: str, alias: str) -> psycopg.Connection:
    given = connections[alias].settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"], dbname=given["NAME"], user=role, autocommit=True
    )


def tables(alias: str) -> list[str]:
    return connections[alias].introspection.table_names()


class TestOnPostgreSQL:
    pytestmark = postgresql

    @pytest.fixture(autouse=True)
    def _roles(self):
        create_roles(connections["default"], connections["public"])
        create_roles(connections["default"], connections["public"])

    def test_the_public_processs_role_cannot_enter_the_desks_database(self):
        """ACL-09."""
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            as_role(PORTAL, "default")

    def test_the_public_processs_role_reads_every_public_table_and_writes_none_of_the_portals(self):
        """ACL-09."""
        with as_role(PORTAL, "public") as session:
            for table in tables("public"):
                session.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            for table in (name for name in tables("public") if name.startswith("portal_")):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    session.execute(f'DELETE FROM "{table}"')

    def test_the_portals_role_has_the_rights_that_taking_in_needs_and_no_other(self):
        """ACL-09. That the pages need no more: tests/portal/intake/test_under_its_role.py."""
        asked = """SELECT table_name, privilege_type, CASE WHEN whole THEN '' ELSE column_name END FROM (
            SELECT c.table_name, c.column_name, c.privilege_type, EXISTS (
                SELECT 1 FROM information_schema.role_table_grants t WHERE t.grantee = c.grantee
                AND t.table_name = c.table_name AND t.privilege_type = c.privilege_type) AS whole
            FROM information_schema.role_column_grants c
            WHERE c.grantee = %s AND c.privilege_type <> 'SELECT') found"""
        with connections["public"].cursor() as cursor:
            cursor.execute(asked, [PORTAL])
            found = sorted({tuple(row) for row in cursor.fetchall()})
            cursor.execute(
                "SELECT privilege_type FROM information_schema.role_table_grants "
                "WHERE grantee = %s AND privilege_type IN ('DELETE', 'TRUNCATE', 'TRIGGER')",
                [PORTAL],
            )
            assert cursor.fetchall() == []

        assert found == [
            ("audit_entry", "INSERT", ""),
            ("audit_head", "INSERT", ""),
            ("audit_head", "UPDATE", ""),
            ("intake_avoided", "INSERT", ""),
            ("intake_avoided", "UPDATE", "count"),
            ("intake_count", "INSERT", ""),
            ("intake_count", "UPDATE", "count"),
            ("intake_offer", "UPDATE", "collected_at"),
            ("intake_submission", "INSERT", ""),
            ("intake_submissionfile", "INSERT", ""),
            ("intake_submissionstatus", "INSERT", ""),
            ("intake_submissionstatus", "UPDATE", "asked"),
        ]

    def test_the_desks_role_cannot_enter_the_public_database(self):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            as_role(DESK, "public")

    def test_no_role_changes_an_audit_entry(self):
        """AUD-05."""
        for role, alias in ((DESK, "default"), (WORKER, "default"), (WORKER, "public"), (PORTAL, "public")):
            with as_role(role, alias) as session:
                for statement in (
                    "UPDATE audit_entry SET actor = 'x'",
                    "DELETE FROM audit_entry",
                    "TRUNCATE audit_entry",
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        session.execute(statement)

    def test_the_desks_and_the_workers_roles_read_and_write_the_desks_tables(self):
        for role in (DESK, WORKER):
            with as_role(role, "default") as session:
                for table in tables("default"):
                    session.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
                session.execute("DELETE FROM django_session")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="says what it says elsewhere")
def test_elsewhere_the_command_says_that_it_is_for_postgresql():
    with pytest.raises(CommandError, match="只用于PostgreSQL"):
        call_command("create_roles")
