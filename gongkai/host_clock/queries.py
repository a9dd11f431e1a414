"""时钟可信吗. What the desk, the doctor and the lists of deadlines ask."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.host_clock.judging import TOLERANCE
from gongkai.host_clock.models import Doubt, HostClock

_TO_DO = "请系统管理员校准主机时间，再在“运行状况”里确认。"
_SHORT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Health:
    """时钟是否正常: words for administrators, and whether all is well."""

    words: str
    good: bool


def in_order() -> bool:
    """No host's clock is in doubt at this moment. While one is, nothing is done that only the date asks for."""
    return not HostClock.objects.exclude(doubt="").exists() and not _ahead_of(timezone.now())


def today() -> date:
    """今天, for the lists of deadlines: never before the newest day that is stored, so that a clock set back takes nothing off
    a list (TIM-05)."""
    now: datetime = timezone.now()
    return timezone.localdate(max([now, *_ahead_of(now)]))


def alarm() -> str:
    """One sentence for everybody who counts on the dates, "" when all is well."""
    now = timezone.now()
    found = _words(now)
    return f"服务器的时间不可信：{found}收到、办理的日期可能记错。{_TO_DO}" if found else ""


def health() -> Health:
    """For administrators, who see the chain's newest entry as well: true also while no worker runs."""
    now = timezone.now()
    if found := _words(now):
        return Health(f"{found}{_TO_DO}", good=False)
    last = Entry.objects.order_by("-sequence").first()
    if last and last.at > now + TOLERANCE:
        return Health(
            f"现在是{_local(now)}，最近一条审计记录（第{last.sequence}条）却是{_local(last.at)}。{_TO_DO}",
            good=False,
        )
    return Health(f"{_local(now)}，与已存的时刻相接", good=True)


def to_confirm() -> bool:
    """Whether there is something that a person has to confirm."""
    return HostClock.objects.exclude(found="", newest__lte=timezone.now() + TOLERANCE).exists()


def _ahead_of(now: datetime) -> list[datetime]:
    return list(HostClock.objects.filter(newest__gt=now + TOLERANCE).values_list("newest", flat=True))


def _words(now: datetime) -> str:
    for row in HostClock.objects.order_by("pk"):
        if row.found and row.expected and row.seen:
            back = row.found == Doubt.SET_BACK
            still = "" if row.doubt else "现在的时间已经接上；"
            return (
                f"{row.name}的时钟{row.get_found_display()}，应当{'不早于' if back else '是'}{_local(row.expected)}，"
                f"当时显示{_local(row.seen)}（审计记录第{row.after}条起请核对）；{still}"
            )
        if row.newest > now + TOLERANCE:
            return f"{row.name}已经记到{_local(row.newest)}，现在却是{_local(now)}；"
    return ""


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime(_SHORT)
