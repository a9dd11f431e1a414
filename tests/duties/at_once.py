"""同时办理. Two people press at the same moment: on PostgreSQL and on a file of SQLite; in memory one after the other."""

import threading
from collections.abc import Callable

from django.db import connection, connections

from gongkai.agencies.access import Refusal


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each answer is "done" or the refusal."""
    answers: list[str] = []

    def press(act: Callable[[], object]) -> None:
        try:
            act()
            answers.append("done")
        except Refusal as refusal:
            answers.append(str(refusal))

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        for act in acts:
            press(act)
        return answers
    start = threading.Barrier(len(acts))

    def press_together(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            press(act)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press_together, args=(act,)) for act in acts]
    for each in presses:
        each.start()
    for each in presses:
        each.join(timeout=60)
    return answers
