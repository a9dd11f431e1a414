"""先来后到. One thread of a process after the other, in the order in which they came."""

import threading
from collections import deque


class Turn:
    """A lock that is handed on: whoever has waited longest is next. An ordinary one goes to whoever asks at the right
    moment, and under load somebody waits for seconds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        ticket.acquire()  # until it is handed on

    def __exit__(self, *raised: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
