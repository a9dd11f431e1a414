"""会话. How a staff session begins, what ends it, and how a person is told (SES-01 to SES-06)."""

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.agencies.actions.sign_in import note_entry, note_exit, note_use
from gongkai.agencies.models import Person
from gongkai.host_clock.judging import TOLERANCE

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 8 * 3600
FRESH_SECONDS = 5 * 60
_NOTED_EVERY = 30  # seconds; writing each request's time would cost a write for every click
_BACKEND = "django.contrib.auth.backends.ModelBackend"

_ENDINGS = {
    "idle": "15分钟没有操作，为安全起见已经退出。请重新登录。",
    "too_long": "已连续登录8小时，请重新登录。",
    "clock": "服务器的时间调整过，请重新登录。",
    "elsewhere": "您的账号已在别处登录或者退出，这里的会话已经结束。如果不是您本人，请立即告诉安全管理员。",
}


def begin(request: HttpRequest, person: Person, *, how: str) -> None:
    """开始会话, under a new id, after every factor has been checked (SES-02)."""
    was_live = bool(person.live_session) and _seen_lately(person)
    mark = note_entry(person, how=how)
    login(request, person, backend=_BACKEND)
    request.session.cycle_key()
    request.session.update({"live": mark, "began": int(time.time()), "seen": int(time.time())})
    prove(request)
    if was_live:
        messages.warning(request, "您在另一处的登录没有退出，现已结束。")


def prove(request: HttpRequest) -> None:
    """刚验证过: the second factor was shown now."""
    request.session["proved"] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """验证不超过五分钟 (AUTH-10). In the demonstration the link was both factors, and there is nothing to show again."""
    proved = request.session.get("proved", request.session.get("began", 0))
    return settings.DEMO or int(time.time()) - proved <= FRESH_SECONDS


def ask_again(request: HttpRequest) -> HttpResponse:
    """再验证一次, then back to the page; a form that was sent too late is filled in again."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _page_before(request)
    return redirect(f"{reverse('agencies:prove')}?{urlencode({'next': back})}")


def _page_before(request: HttpRequest) -> str:
    messages.warning(request, "离上次验证已过5分钟，刚才的没有保存。验证以后请重新填写。")
    before = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()})
    return urlsplit(before).path if own else "/"


class PrintableCookies:
    """读得出的Cookie: one with control characters is none of ours, and PostgreSQL refuses NUL in a key (INP-05)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name, value in list(request.COOKIES.items()):
            if not value.isprintable():
                del request.COOKIES[name]
        return self.get_response(request)


class StaffSession:
    """会话中间件: ends what is idle, too long, or no longer the person's one live session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            why = _ending(request, request.user)
            if why:
                _end(request, request.user, why)
            elif int(time.time()) - request.session["seen"] >= _NOTED_EVERY:
                request.session["seen"] = int(time.time())
                note_use(request.user)
        return self.get_response(request)


def _ending(request: HttpRequest, person: Person) -> str:
    now, session = int(time.time()), request.session
    seen, began = session.get("seen", 0), session.get("began", 0)
    if not person.live_session or session.get("live") != person.live_session:
        return "elsewhere"
    if seen > now + TOLERANCE.total_seconds():  # it would not end for as long
        return "clock"
    if now - seen > IDLE_SECONDS:
        return "idle"
    return "too_long" if now - began > LONGEST_SECONDS else ""


def _seen_lately(person: Person) -> bool:
    idle_since = timezone.now() - timedelta(seconds=IDLE_SECONDS)
    return person.last_seen_at is not None and person.last_seen_at > idle_since


def _end(request: HttpRequest, person: Person, why: str) -> None:
    if why != "elsewhere":
        note_exit(person, why=why)
        Person.objects.filter(pk=person.pk, live_session=request.session["live"]).update(live_session="")
    logout(request)
    messages.warning(request, _ENDINGS[why])
