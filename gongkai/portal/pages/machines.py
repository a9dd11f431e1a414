"""给机器看的: health, robots.txt, security.txt. Nothing here says more than a stranger may know (WEB-05)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone

from gongkai.portal import queries
from gongkai.portal.addresses import address

_SECURITY_TEXT_LASTS = timedelta(days=180)
_PLAIN = "text/plain; charset=utf-8"


_NOW = {"X-Accel-Expires": "0"}  # an answer about this moment is kept by nobody


def live(request: HttpRequest) -> HttpResponse:
    """存活: the process answers."""
    return HttpResponse("ok\n", content_type=_PLAIN, headers=_NOW)


def health(request: HttpRequest) -> HttpResponse:
    """健康: the process and its database answer. That nothing has been released yet is no fault."""
    return _answered_by(queries.state)


def ready(request: HttpRequest) -> HttpResponse:
    """就绪: there is a site to show; until then a proxy in front sends readers elsewhere."""
    return _answered_by(queries.site)


def _answered_by(question: Callable[[], object]) -> HttpResponse:
    try:
        question()
    except (DatabaseError, queries.NothingReleasedYet):
        return HttpResponse("unavailable\n", content_type=_PLAIN, status=503, headers=_NOW)
    return HttpResponse("ok\n", content_type=_PLAIN, headers=_NOW)


def icon(request: HttpRequest) -> HttpResponse:
    """favicon.ico, which browsers ask for without being told of it."""
    return redirect(static("portal/favicon.ico"))


def robots(request: HttpRequest) -> HttpResponse:
    lines = (
        "User-agent: *",
        f"Disallow: {address('search')}",
        "Disallow: /leaving/",
        f"Sitemap: {request.build_absolute_uri(address('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=_PLAIN)


def security_text(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): whom to tell about a hole."""
    site = queries.site()
    contact = f"mailto:{site.email}" if site.email else f"tel:{site.telephone}"
    expires = datetime.combine(
        timezone.now().date() + _SECURITY_TEXT_LASTS, time(), tzinfo=timezone.get_default_timezone()
    )
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh",
        f"Canonical: {request.build_absolute_uri(address('security_text'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=_PLAIN)
