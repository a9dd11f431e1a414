"""出错时的页面. They help to find the way and show an id, never a detail (WEB-04); hidden and absent look alike."""

import logging
import secrets
import sys
from collections.abc import Iterable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404

from gongkai.gateways.databases import is_away
from gongkai.portal.models import Withdrawn
from gongkai.portal.old_addresses import moved_to
from gongkai.portal.queries import NothingReleasedYet

log = logging.getLogger("gongkai.portal")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for whatever is not there, hidden or absent (PUB-08): nothing of the request is in them.

    An address of the site before this one leads on to what stood there, while that is public.
    """
    if isinstance(exception, Resolver404) and (place := moved_to(request.get_full_path())):
        return HttpResponsePermanentRedirect(place)
    try:
        return render(request, "portal/not_found.html", {"path": "/"}, status=404)
    except NothingReleasedYet:
        return nothing_released_yet(request)


def withdrawn(request: HttpRequest, notice: Withdrawn) -> HttpResponse:
    return render(request, "portal/withdrawn.html", {"notice": notice}, status=410)


def not_allowed(methods: Iterable[str]) -> HttpResponse:
    """不能这样打开: a way of asking that this address does not know."""
    response = _alone("portal/not_allowed.html", status=405)
    response["Allow"] = ", ".join(methods)
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _alone("portal/forbidden.html", status=403, words=str(exception or ""))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large()
    return _alone("portal/bad_request.html", status=400)


def too_large() -> HttpResponse:
    """提交的内容太多."""
    return _alone("portal/too_large.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """The reader gets an id; the log gets the same id and what went wrong. A database that is away is no fault of ours."""
    if is_away(error := sys.exc_info()[1]):
        log.warning("database away: %s", type(error).__name__)
        return database_away()
    error_id = secrets.token_hex(6)
    log.error("portal error %s", error_id, exc_info=True)
    return _alone("portal/server_error.html", status=500, error_id=error_id)


def database_away() -> HttpResponse:
    """数据库没有应答. Whether what was being sent is in, nobody knows yet: the same form again tells (REL-02)."""
    response = _alone("portal/database_away.html", status=503)
    response["Retry-After"] = "10"
    return response


def nothing_released_yet(request: HttpRequest) -> HttpResponse:
    response = _alone("portal/nothing_released_yet.html", status=503)
    response["Retry-After"] = "60"
    return response


def _alone(template: str, *, status: int, **words: str) -> HttpResponse:
    """A page that asks nothing of the database, which may be what failed."""
    return HttpResponse(render_to_string(template, words), status=status)
