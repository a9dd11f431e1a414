"""数据库角色. On PostgreSQL each process logs in as a role of its own that can do no more than it must (ACL-09, AUD-05).

The portal's role reads the public database and cannot even connect to the desk's; beyond that it takes in what people
hand in, and changes or deletes nothing it has taken in. No role changes or deletes an audit entry. The owner of the
tables, who migrates them, is none of these roles.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

PORTAL, DESK, WORKER = "gongkai_portal", "gongkai_desk", "gongkai_worker"
# What the portal writes, column by column where it changes a row; ids come from identity columns, which need no grant.
_PORTAL_WRITES = {
    "audit_entry": "INSERT",
    "audit_head": "INSERT, UPDATE",
    "intake_submission": "INSERT",
    "intake_submissionfile": "INSERT",
    "intake_submissionstatus": "INSERT, UPDATE (asked)",  # a right asked for; where a case stands is the worker's
    "intake_offer": "UPDATE (collected_at)",
    "intake_count": "INSERT, UPDATE (count)",
    "intake_avoided": "INSERT, UPDATE (count)",
}


def create_roles(desk: BaseDatabaseWrapper, public: BaseDatabaseWrapper) -> None:
    """建立角色并授权; safe to run again, and to be run after every upgrade."""
    for connection, statements in ((desk, _on_the_desk(_name(desk))), (public, _in_public(_name(public)))):
        with connection.cursor() as cursor:
            for statement in (*_roles(), *statements):
                cursor.execute(statement)


def _roles() -> Iterator[str]:
    for role in (PORTAL, DESK, WORKER):
        yield (
            f"DO $$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )


def _on_the_desk(database: str) -> Iterator[str]:
    yield from _shut(database)
    yield from _open(database, DESK, WORKER)
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM {DESK}, {WORKER}"


def _in_public(database: str) -> Iterator[str]:
    yield from _shut(database)
    yield from _open(database, WORKER)
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM {WORKER}"
    yield f'GRANT CONNECT ON DATABASE "{database}" TO {PORTAL}'
    yield f"GRANT USAGE ON SCHEMA public TO {PORTAL}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {PORTAL}"
    for table, rights in _PORTAL_WRITES.items():
        yield f"GRANT {rights} ON {table} TO {PORTAL}"


def _shut(database: str) -> Iterator[str]:
    """PostgreSQL lets everybody connect to a new database; here nobody who is not named."""
    yield f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC, {PORTAL}, {DESK}, {WORKER}'
    yield f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {PORTAL}, {DESK}, {WORKER}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {PORTAL}, {DESK}, {WORKER}"


def _open(database: str, *roles: str) -> Iterator[str]:
    names = ", ".join(roles)
    yield f'GRANT CONNECT ON DATABASE "{database}" TO {names}'
    yield f"GRANT USAGE ON SCHEMA public TO {names}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {names}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {names}"


def _name(connection: BaseDatabaseWrapper) -> str:
    name = str(connection.settings_dict["NAME"])
    if '"' in name:
        raise ValueError("数据库名里不能有引号")
    return name
