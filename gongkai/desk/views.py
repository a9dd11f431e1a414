"""工作台页面. The home screen, and the pages for what cannot be shown."""

import logging
import secrets
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.access import known_once
from gongkai.desk import home as today_at_the_office
from gongkai.desk.gatekeeping import for_anyone, for_staff, person_of
from gongkai.duties.applications.intake import queries as intake
from gongkai.gateways.databases import came_of_away, is_away
from gongkai.host_clock import queries as host_clock

log = logging.getLogger(__name__)
_UNREADABLE = (
    "浏览器发来的内容不完整，或者打开工作台用的网址不是本单位登记的网址。"
    "请核对网址后重新打开；仍不行时，请告诉系统管理员。"
)
_TOO_LARGE = (
    "一次提交的文字超过5MB，没有保存。请返回上一页，把文字分几次提交，或者作为附件上传（附件不超过20MB）。"
)
_FORBIDDEN = "这个地址不向您开放，没有办理。请从菜单进入；确实需要的，请联系安全管理员配置职权。"
_DATABASE_AWAY = (
    "数据库暂时没有应答，通常几分钟内恢复。刚才的操作可能没有保存：恢复后请先打开这一件查看，没有登记的再办理一次。"
    "一直不恢复的，请告诉系统管理员。"
)
_NOT_ALLOWED = (
    "这个地址只在页面上点按钮时使用，直接打开没有内容，也没有办理任何事项。请从菜单进入相应的页面，再点按钮。"
)


@for_staff
def home(request: HttpRequest) -> HttpResponse:
    """工作台."""
    today = host_clock.today()
    with known_once():
        screen = today_at_the_office.screen(person_of(request), today=today)
        shown = {"day": screen.day, "panels": screen.panels, "reminders": screen.reminders}
        return render(request, "desk/home.html", shown)


@for_anyone
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """活着没有: that the desk answers, its database does, nothing handed in on the portal lies there unseen, and the clock is
    to be believed.

    Nothing more; the home page and the system administrator's page say why.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if intake.alarm(timezone.now()):
        return _told("submissions waiting", status=503)
    if not host_clock.in_order():
        return _told("host clock", status=503)
    return _told("ok")


def _told(words: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """不能识别的请求: of a wrong host name, for one; so nothing of the request is in the answer."""
    if isinstance(exception, RequestDataTooBig):
        return _alone("内容太多", _TOO_LARGE, status=413)
    if isinstance(exception, SessionInterrupted) and came_of_away(exception):
        return _database_away()
    return _alone("不能识别的请求", _UNREADABLE, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """不能打开, where a library refuses without a reason of ours."""
    return _alone("不能打开", _FORBIDDEN, status=403)


def word_not_allowed(refused: HttpResponse) -> None:
    """不能这样打开: an address of a button that was typed or kept as a bookmark. Its headers stay as they are."""
    refused.content = _alone("不能这样打开", _NOT_ALLOWED, status=405).content
    refused["Content-Type"] = "text/html; charset=utf-8"
    refused["Content-Length"] = str(len(refused.content))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """没有这一页: the same answer for what does not exist and for what belongs to another agency (ACL-02)."""
    return render(request, "desk/not_found.html", {"title": "没有这一页"}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """没有办成: an id for the person; the log has the same id and where the fault lies (WEB-04).

    A database that is away is waited for: nobody knows yet whether the last step was kept.
    """
    if is_away(sys.exc_info()[1]):
        return _database_away()
    error_id = secrets.token_hex(4)
    match = request.resolver_match
    log.error("error %s at %s", error_id, match.view_name if match else "no address", exc_info=True)
    return _alone("没有办成", error_id=error_id, template="desk/failed.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单过期: the token of the form is missing or old (WEB-02)."""
    return render(request, "desk/stale_form.html", {"title": "表单已经过期"}, status=403)


def _database_away() -> HttpResponse:
    log.warning("database away")
    response = _alone("暂时不能办理", _DATABASE_AWAY, status=503)
    response["Retry-After"] = "10"
    return response


def _alone(
    title: str, words: str = "", *, status: int, template: str = "desk/alone.html", error_id: str = ""
) -> HttpResponse:
    """A page that asks nothing of the database and knows nobody: either may be what failed."""
    context = {"title": title, "words": words, "error_id": error_id}
    return HttpResponse(render_to_string(template, context), status=status)
