"""系统管理. Whether the machinery runs: the clock, workers, what waits, what failed, backups, this year's holidays. No case
content."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.gateways import mail
from gongkai.host_clock import queries as host_clock
from gongkai.host_clock.actions import confirm
from gongkai.host_clock.judging import TOLERANCE
from gongkai.outbox import daily_cap, file_findings, queries
from gongkai.outbox.actions import try_again
from gongkai.outbox.copy_findings import tamperings
from gongkai.outbox.models import WorkerBeat
from gongkai.virus_checks import queries as virus_checks

_WORKER_SILENT = timedelta(minutes=2)
_BACKUP_OLD = timedelta(days=2)
_SHOWN = 100
_COPY_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sign:
    """一项运行状况, good or not, with what to do when it is not."""

    name: str
    words: str
    good: bool


@powered(Power.MANAGE_SYSTEM)
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """运行状况."""
    now = timezone.now()
    signs = [
        Sign("工作人员侧数据库", f"{connection.display_name}，可用", good=True),
        _clock(),
        *_workers(),
        _waiting(),
        _mail(),
        _virus_checks(),
        _files(now),
        *_static_copy(now),
        _newest_backup(settings.HOME / "backups"),
        *_holidays(now.year),
    ]
    context = {
        "title": "运行状况",
        "signs": signs,
        "shelved": queries.shelved()[:_SHOWN],
        "at": now,
        "stands_still": not host_clock.in_order(),
        "clock_form": ClockForm() if host_clock.to_confirm() else None,
    }
    return render(request, "desk/system.html", context)


class ClockForm(DeskForm):
    """确认时间: nobody confirms it without saying by what."""

    reason = forms.CharField(
        label="怎样核对的",
        max_length=300,
        help_text="如：10:32与国家授时中心的时间一致，已开启时间同步。确认后以现在的时间为准，记入审计。",
    )


@powered(Power.MANAGE_SYSTEM)
@require_POST
def confirm_clock(request: HttpRequest) -> HttpResponse:
    """确认主机时间."""
    form = ClockForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有确认：" + "".join(map(str, form.errors["reason"])))
    elif confirm(by=person_of(request), reason=form.cleaned_data["reason"]):
        messages.success(request, "已确认，以现在的时间为准。后台半分钟内恢复按日期办的事。")
    else:
        messages.warning(request, "没有需要确认的：时钟没有发现问题，或者已经由别人确认。")
    return redirect("desk:system")


@powered(Power.MANAGE_SYSTEM)
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """重新办理多次失败的事项."""
    item = get_object_or_404(queries.shelved(), pk=number)
    if try_again(item, by=person_of(request)):
        messages.success(request, "已放回待办，后台很快会再办。")
    else:
        messages.warning(request, "这件事项已经由别人放回待办。")
    return redirect("desk:system")


def _clock() -> Sign:
    found = host_clock.health()
    return Sign("主机时钟", found.words, found.good)


def _workers() -> list[Sign]:
    beats = list(queries.beats())
    if not beats:
        return [Sign("后台", "从未启动。请在服务器上运行 gongkai serve worker。", good=False)]
    return [_worker(beat) for beat in beats]


def _worker(beat: WorkerBeat) -> Sign:
    silent = timezone.now() - beat.at
    if -silent > TOLERANCE:
        at = timezone.localtime(beat.at)
        return Sign(
            "后台", f"{beat.name}，最近的动静记在{at:%Y-%m-%d %H:%M}，比现在晚，请看“主机时钟”。", good=False
        )
    words = f"{beat.name}，{int(silent.total_seconds())}秒前有动静"
    good = silent < _WORKER_SILENT
    return Sign("后台", words if good else f"{words}，可能已停止，请检查。", good=good)


def _waiting() -> Sign:
    return Sign(
        "待发事项",
        f"{queries.waiting_count()}件在等，{queries.shelved().count()}件多次失败",
        not queries.shelved().exists(),
    )


def _mail() -> Sign:
    held = daily_cap.held()
    if held.count:
        return Sign("发信", f"{held.words}。", good=False)
    state, words = mail.condition()
    return Sign("发信", words.rstrip("。"), good=state is not mail.State.BROKEN)


def _virus_checks() -> Sign:
    found = virus_checks.health()
    return Sign("查毒", found.words, found.good)


def _files(now: datetime) -> Sign:
    found = file_findings.health(now)
    return Sign("文件", f"{found.words}。", found.good)


def _static_copy(now: datetime) -> list[Sign]:
    """静态副本 that somebody altered, as long as it is news; that it runs is told by its beat."""
    last = tamperings().first()
    if last is None or now - last.at > _COPY_NEWS:
        return []
    words = f"{last.at:%m-%d %H:%M}发现{json.loads(last.detail)['count']}个文件被改动，已按公众侧数据库恢复。"
    return [Sign("静态副本", f"{words}请查明是谁改的，见审计记录和副本文件夹的found。", good=False)]


def _newest_backup(folder: Path) -> Sign:
    made = [path.stat().st_mtime for path in folder.glob("*.tar.gz*") if ".unfinished" not in path.name]
    if not made:
        return Sign("备份", "数据目录中没有备份。请在服务器上运行 gongkai backup，并定期执行。", good=False)
    at = datetime.fromtimestamp(max(made), tz=timezone.get_current_timezone())
    good = timezone.now() - at < _BACKUP_OLD
    words = f"最近一份：{at:%Y-%m-%d %H:%M}"
    return Sign("备份", words if good else f"{words}，超过2天，请补做。", good=good)


def _holidays(year: int) -> list[Sign]:
    days = calendar()
    return [
        Sign(
            f"{number}年放假安排",
            "还没有录入，期限暂算并注明" if days.year(number).provisional else str(days.year(number)),
            not days.year(number).provisional,
        )
        for number in (year, year + 1)
    ]
