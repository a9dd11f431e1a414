"""守门. Every desk address says who may open it; an address that says nothing is closed to everybody (ACL-01).

>>> @powered(Power.READ_REGISTERS, write=Power.KEEP_REGISTERS)   # doctest: +SKIP
... def register(request): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from csp.constants import SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.agencies.access import Refusal, Refused, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk import sessions
from gongkai.duties.catalogue.topics.queries import reaches_own_topic

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
    # Whether what the address names is within the person's reach; what is not answers as if it were not there (ACL-02).
    reaches: Callable[[Person, dict[str, Any]], bool] | None = None
    fresh: bool = False  # only shortly after the second factor was shown (AUTH-10)

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


_COMPOSING = (Power.DRAFT_ITEMS,)
_OWN_TOPIC = Gate(Who.HOLDERS, _COMPOSING, _COMPOSING, reaches=reaches_own_topic)
_COMPOSER = Gate(Who.HOLDERS, _COMPOSING, _COMPOSING)  # what these show is narrowed by the view itself

# Views of Wagtail that we offer, by the name of their address; all others are closed. Composing a special topic needs
# these and no more: nothing here publishes, deletes, moves, copies, locks or administers.
LISTED: dict[str, Gate] = {
    **dict.fromkeys(
        (
            "wagtailadmin_pages:add",
            "wagtailadmin_pages:preview_on_add",
            "wagtailadmin_pages:edit",
            "wagtailadmin_pages:preview_on_edit",
            "wagtailadmin_pages:view_draft",
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:history_results",
            "wagtailadmin_pages:revisions_view",
            "wagtailadmin_pages:revisions_revert",
            "wagtailadmin_pages:revisions_compare",
            "wagtailadmin_editing_sessions:ping",
        ),
        _OWN_TOPIC,
    ),
    **dict.fromkeys(
        (
            f"topic_{kind}:{view}"
            for kind in ("pictures", "documents", "items")
            for view in ("choose", "choose_results", "chosen")
        ),
        _COMPOSER,
    ),
    "wagtailadmin_editing_sessions:release": _COMPOSER,
    "topic_pictures:create": _COMPOSER,
    "topic_documents:create": _COMPOSER,
    "wagtailadmin_sprite": _COMPOSER,
    "wagtailadmin_javascript_catalog": _COMPOSER,
}
_EDITORS = ("wagtailadmin_pages:add", "wagtailadmin_pages:edit", "wagtailadmin_pages:revisions_revert")
FRAMED = frozenset(
    {
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:view_draft",
    }
)
# Where an address of the editor needs more than the desk's policy gives; docs/decisions/0007 names each and why.
# Scripts never: no page of the desk allows one that stands in it.
POLICY: dict[str, dict[str, list[str]]] = {
    **{name: {"frame-src": [SELF], "style-src": [SELF, UNSAFE_INLINE]} for name in _EDITORS},
    **{name: {"frame-ancestors": [SELF]} for name in FRAMED},
}


def powered(
    *read: Power, write: Power | tuple[Power, ...] = (), fresh: bool = False
) -> Callable[[View], View]:
    """凭职权: open to whoever holds one of ``read``; POST needs one of ``write``, which defaults to ``read``. ``fresh``: what
    changes how people log in or what they may do is asked for the second factor again."""
    writing = (write,) if isinstance(write, Power) else write
    return _declare(Gate(Who.HOLDERS, read, writing or read, fresh=fresh))


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
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else None
        for directive, allowed in POLICY.get(name or "", {}).items():
            response._csp_replace = {**getattr(response, "_csp_replace", {}), directive: allowed}  # type: ignore[attr-defined]
        if name in FRAMED:
            # The library asks the whole stack for a page of its own first; that answer's policy is not this address's.
            del response["Content-Security-Policy"]
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: object,
        kwargs: dict[str, Any],
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
        if refused is not None:
            return _refused(request, refused.reason)
        if gate.reaches and not gate.reaches(request.user, kwargs):
            return render(request, "desk/not_found.html", status=404)
        if gate.fresh and not sessions.is_fresh(request):
            return sessions.ask_again(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _refused(request, str(exception)) if isinstance(exception, Refusal) else None


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"reason": reason, "back": _page_before(request)}
    return render(request, "desk/refused.html", context, status=403)


def _page_before(request: HttpRequest) -> str:
    """刚才的页: where a refused button stood, so that what is wanting can be put right there; "" when it is not ours."""
    before = request.META.get("HTTP_REFERER", "")
    if request.method in SAFE_METHODS or not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return ""
    parts = urlsplit(before)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def _declare(gate: Gate) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.gate = gate  # type: ignore[attr-defined]
        return view

    return declare
