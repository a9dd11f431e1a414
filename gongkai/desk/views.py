"""工作台页面. The home screen, and the pages for what cannot be shown."""

import logging
import secrets

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk import home as today_at_the_office
from gongkai.desk.gatekeeping import for_anyone, for_staff, person_of

log = logging.getLogger(__name__)


@for_staff
def home(request: HttpRequest) -> HttpResponse:
    """工作台."""
    today = timezone.localdate()
    screen = today_at_the_office.screen(person_of(request), today=today)
    return render(
        request, "desk/home.html", {"day": screen.day, "panels": screen.panels, "reminders": screen.reminders}
    )


@for_anyone
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """活着没有: that the desk answers and its database does. Nothing more; the system administrator's page says why."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """不能识别的请求: of a wrong host name, for one; so nothing of the request is in the answer."""
    return HttpResponseBadRequest(render_to_string("desk/bad_request.html"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """没有这一页: the same answer for what does not exist and for what belongs to another agency (ACL-02)."""
    return render(request, "desk/not_found.html", {"title": "没有这一页"}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """没有办成: an id for the person; the log has the same id and where the fault lies (WEB-04)."""
    error_id = secrets.token_hex(4)
    match = request.resolver_match
    log.error("error %s at %s", error_id, match.view_name if match else "no address", exc_info=True)
    return render(request, "desk/failed.html", {"error_id": error_id}, status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单过期: the token of the form is missing or old (WEB-02)."""
    return render(request, "desk/stale_form.html", {"title": "表单已经过期"}, status=403)
