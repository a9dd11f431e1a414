"""先来后到. On SQLite those who hand in wait for each other here, and not in SQLite.

SQLite asks for its lock again and again, at ever longer intervals: among fifty writers somebody has no luck for seconds.
The threads of a process wait on a lock, the processes on a file beside the database, which wakes the next at once.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

_threads = threading.Lock()


@contextmanager
def turn(alias: str) -> Iterator[None]:
    """轮到. Only one writer at a time goes on; elsewhere than on SQLite all do."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).is_file():
        yield
        return
    with _threads, open(f"{name}-turn", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed
        yield
