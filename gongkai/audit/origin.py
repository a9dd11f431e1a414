"""来源. The address a request came from, carried beside the call so that actions need not pass it along."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("audit_address", default="")


def address() -> str:
    return _address.get()


@contextmanager
def coming_from(value: str) -> Iterator[None]:
    """Everything recorded inside bears this address."""
    token = _address.set(value[:45])
    try:
        yield
    finally:
        _address.reset(token)
