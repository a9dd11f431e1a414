"""守门. Every desk address says who may open it; an address that says nothing is closed to everybody (ACL-01).

>>> @powered(Power.READ_REGISTERS, write=Power.KEEP_REGISTERS)   # doctest: +SKIP
... def register(request): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.agencies.access import Refusal, Refused, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Who(StrEnum):
    """谁能打开."""

    ANYONE = "anyone"  # log-in pages and the health check: nothing of the office's work is on them
    STAFF = "staff"  # everybody who has logged in
    HOLDERS = "holders"  # those who hold one of the powers


@dataclass(frozen=True, slots=True)
class Gate:
    """一个网址的门: who opens it, and with which powers it is read and written. One of the powers is enough."""

    who: Who
    read: tuple[Power, ...] = ()
    write: tuple[Power, ...] = ()

    def powers(self, method: str | None) -> tuple[Power, ...]:
        return self.read if method in SAFE_METHODS else self.write

    def refusal(self, person: Person, method: str | None) -> Refused | None:
        """Why this person may not, or None. A refusal counts as false in a condition, so ask ``is None``."""
        if self.who is not Who.HOLDERS:
            return None
        today = timezone.localdate()
        refused: list[Refused] = []
        for power in self.powers(method):
            answer = may(person, power, person.agency, on=today)
            if not isinstance(answer, Refused):
                return None
            refused.append(answer)
        return refused[0] if refused else None


# Views of Wagtail or another library that we offer, by the name of their address. None yet: the item
# editor of a later issue will list what it needs, one by one.
LISTED: dict[str, Gate] = {}


def powered(*read: Power, write: Power | tuple[Power, ...] = ()) -> Callable[[View], View]:
    """凭职权: open to whoever holds one of ``read``; POST needs one of ``write``, which defaults to ``read``."""
    writing = (write,) if isinstance(write, Power) else write
    return _declare(Gate(Who.HOLDERS, read, writing or read))


def for_staff(view: View) -> View:
    """全体工作人员: everybody who has logged in."""
    return _declare(Gate(Who.STAFF))(view)


def for_anyone(view: View) -> View:
    """不需登录: log-in itself, and what a monitor asks."""
    return _declare(Gate(Who.ANYONE))(view)


def gate_of(view: Callable[..., HttpResponseBase], name: str | None) -> Gate | None:
    """The gate a view declares, or the one listed for its address; None is a closed address."""
    declared = getattr(view, "gate", None)
    return declared if isinstance(declared, Gate) else LISTED.get(name or "")


def person_of(request: HttpRequest) -> Person:
    """办理的人: who asks. Behind a gate for staff or holders it is always a person."""
    if not isinstance(request.user, Person):
        raise TypeError("这个网址的门没有要求登录")
    return request.user


class GateKeeper:
    """守门中间件: asks each address's gate, and words a refusal that a view did not word itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else None
        gate = gate_of(view, name)
        if gate and gate.who is Who.ANYONE:
            return None
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path() if request.method in SAFE_METHODS else "/")
        if gate is None:
            return render(request, "desk/not_found.html", status=404)
        refused = gate.refusal(request.user, request.method)
        return _refused(request, refused.reason) if refused is not None else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _refused(request, str(exception)) if isinstance(exception, Refusal) else None


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "desk/refused.html", {"reason": reason}, status=403)


def _declare(gate: Gate) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.gate = gate  # type: ignore[attr-defined]
        return view

    return declare
