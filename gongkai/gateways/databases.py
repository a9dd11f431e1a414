"""数据库. Whether an error says that the database is away, busy or full, and not that we asked it wrongly."""

from django.db import InterfaceError, OperationalError

# SQLite says "operational" of a wrong question too; these are its states: busy, locked, read-only, I/O, full, no file.
_STATES = frozenset({5, 6, 8, 10, 13, 14})


def is_away(error: BaseException | None) -> bool:
    """数据库没有应答: waiting mends it. Whether the last write is in, nobody knows yet."""
    if _of_the_server(error):
        return True
    if not isinstance(error, InterfaceError | OperationalError):
        return False
    cause = error.__cause__
    if type(cause).__module__.partition(".")[0] == "sqlite3":
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _STATES
    return True


def _of_the_server(error: BaseException | None) -> bool:
    """The driver's own error: closing what an export was reading tells it without Django's coat."""
    return any(
        kind.__module__.partition(".")[0] == "psycopg"
        and kind.__name__ in ("InterfaceError", "OperationalError")
        for kind in type(error).__mro__
    )


def came_of_away(error: BaseException | None) -> bool:
    """Whether what was raised hides that the database is away: the session says of itself that somebody deleted it."""
    while error is not None and not is_away(error):
        error = error.__context__
    return error is not None
