"""查过没有. The state of stored files, and the one question before any of them is opened or released (FIL-07)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.gateways import antivirus
from gongkai.virus_checks.models import FileCheck

State = FileCheck.State
_IN_ONE_LIST = 500
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """一个文件的查毒状态. ``stop``: why it may not be opened, "" when it may."""

    words: str
    stop: str = ""


_OFF = Standing("没有接入查毒")
_CLEAN = Standing("干净")
_WAITING = Standing(
    "未查",
    "还没有查毒。查过没有问题即可使用，一般只要几秒；一直没有结果的，请系统管理员查看“运行状况”中的查毒一项。",
)


def standings(names: Collection[str]) -> dict[str, Standing]:
    """Of each of these stored files. What was found infected stays closed, also after scanning was switched off."""
    found: dict[str, Standing] = dict.fromkeys(names, _WAITING if antivirus.is_on() else _OFF)
    listed = sorted(found)
    for start in range(0, len(listed), _IN_ONE_LIST):
        rows = FileCheck.objects.filter(stored_as__in=listed[start : start + _IN_ONE_LIST])
        for name, state, virus in rows.values_list("stored_as", "state", "virus"):
            if state == State.INFECTED:
                found[name] = _infected(virus)
            elif state == State.CLEAN:
                found[name] = _CLEAN
    return found


def standing(name: str) -> Standing:
    return standings([name])[name]


def require_scanned(name: str, *, what: str = "这个文件") -> None:
    """不干净不打开: Refusal for an infected file and for one that was not scanned."""
    if stop := standing(name).stop:
        raise Refusal(f"不能打开{what}：{stop}")


def infected(names: Iterable[str]) -> set[str]:
    """有毒的 among these."""
    return set(
        FileCheck.objects.filter(state=State.INFECTED, stored_as__in=names).values_list(
            "stored_as", flat=True
        )
    )


def infected_names(*, kept_by: str) -> QuerySet[FileCheck, str]:
    """有毒的, of one place, as a subquery."""
    found = FileCheck.objects.filter(state=State.INFECTED, kept_by=kept_by)
    return found.values_list("stored_as", flat=True)


def alarm() -> str:
    """有文件等得太久: one sentence from what is written down, "" when all is well; the scanner is not asked."""
    if not antivirus.is_on():
        return ""
    late = FileCheck.objects.filter(state=State.WAITING, noted_at__lt=timezone.now() - _LATE).count()
    if not late:
        return ""
    return f"有{late}个文件等候查毒超过10分钟，查过之前打不开、发不出。请系统管理员查看查毒程序和后台。"


@dataclass(frozen=True, slots=True)
class Health:
    """查毒是否正常, for administrators: words, and whether all is well."""

    words: str
    good: bool


def health() -> Health:
    """没有接入 is told plainly and is not a fault of the machinery."""
    sealed = FileCheck.objects.filter(state=State.INFECTED).count()
    found = f"；有毒、已封存{sealed}个" if sealed else ""
    if not antivirus.is_on():
        return Health(f"没有接入查毒程序：上传和申请人提交的文件没有查毒{found}", good=True)
    waiting = FileCheck.objects.filter(state=State.WAITING)
    count = waiting.count()
    late = waiting.filter(noted_at__lt=timezone.now() - _LATE).exists()
    try:
        words = antivirus.version()
    except antivirus.ScannerAway as away:
        return Health(
            f"{away}。{count}个文件等候查毒，查过之前打不开、发不出；申请照常接收{found}", good=False
        )
    if late:
        why = waiting.exclude(why_not="").order_by("pk").values_list("why_not", flat=True).first()
        more = f"：{why}" if why else "，请核对后台是否在运行"
        return Health(f"{words}，{count}个文件等候，最早的已超过10分钟{more}{found}", good=False)
    return Health(f"{words}，{count}个文件等候{found}", good=True)


def _infected(virus: str) -> Standing:
    return Standing(
        f"有毒：{virus}",
        f"查出病毒“{virus}”，文件已封存，不能下载、打开和公开。请提交、上传的人换一份干净的文件；"
        "认为误报的，请系统管理员用另一种查毒程序核对。",
    )
