"""日历订阅. What a calendar program reads by a person's secret address: titles and days, nothing that needs a log-in to see."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.actions.calendar_addresses import NoSuchAddress, TooOften, read_calendar
from gongkai.desk import home
from gongkai.desk.calendar_file import calendar_file
from gongkai.desk.gatekeeping import for_anyone
from gongkai.host_clock import queries as host_clock

_PLAIN = "text/plain; charset=utf-8"


@for_anyone
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """一个人的待办日历."""
    try:
        person = read_calendar(token)
    except NoSuchAddress:
        return HttpResponse("没有这个日历订阅，可能已经停用。\n", status=404, content_type=_PLAIN)
    except TooOften as refused:
        answer = HttpResponse("读取太频繁，请稍后再读。\n", status=429, content_type=_PLAIN)
        answer["Retry-After"] = str(refused.seconds)
        return answer
    now, today = timezone.now(), host_clock.today()
    to_dos = (
        *home.to_dos(home.WAITING, person, today),
        *home.to_dos(home.COMING, person, today),
    )
    content = calendar_file(to_dos, name="公开工作待办", desk=settings.DESK_URL, now=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="gongkai.ics"'
    return answer
