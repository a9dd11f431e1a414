"""gongkai doctor. Looks at everything that may be wrong with an installation and says what to do about it."""

import argparse
import importlib.util
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from gongkai.config import env
from gongkai.operations.process import CannotRun, say, start_django


@dataclass(frozen=True, slots=True)
class Answer:
    """一项检查: fine, a warning (only a feature is off), or a fault."""

    level: str  # "✓", "!" or "✗"
    text: str


_COPY_SILENT = 120  # seconds
FINE, WARNING, FAULT = "✓", "!", "✗"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai doctor", description="体检：检查安装、密钥、数据库、后台和数据年份。"
    )
    parser.parse_args(arguments)
    faults = 0
    for answer in examine():
        say(f"{answer.level} {answer.text}")
        faults += answer.level == FAULT
    say("没有发现问题。" if not faults else f"发现{faults}处问题，请按上面的说明处理。")
    return 1 if faults else 0


def examine() -> Iterator[Answer]:
    """Every answer in turn; what needs the database comes after it is known to be there."""
    yield _python()
    yield from _optional_parts()
    yield _disk()
    try:
        start_django("worker")
    except CannotRun as error:
        yield Answer(FAULT, str(error))
        return
    yield _keys()
    yield _mail()
    for check in (
        _databases,
        _clock,
        _holidays,
        _worker,
        _outbox,
        _virus_checks,
        _files,
        _static_copy,
        _backups,
    ):
        yield from _guarded(check)


def _guarded(check: Callable[[], Iterator[Answer]]) -> Iterator[Answer]:
    from django.db.utils import DatabaseError

    try:
        yield from check()
    except DatabaseError as error:
        yield Answer(FAULT, f"数据库：{str(error).splitlines()[0]}。首次安装请运行 gongkai setup。")


def _python() -> Answer:
    version = ".".join(map(str, sys.version_info[:3]))
    return Answer(FINE if sys.version_info >= (3, 11) else FAULT, f"Python {version}（需要3.11以上）")


def _optional_parts() -> Iterator[Answer]:
    try:
        import weasyprint  # noqa: F401

        yield Answer(FINE, "PDF：Pango可用")
    except OSError:
        yield Answer(
            WARNING,
            "PDF：缺少Pango，不能生成PDF（其余不受影响）。请安装 libpango-1.0-0 和 libpangoft2-1.0-0。",
        )
    fonts = shutil.which("fc-list") and _has_chinese_font()
    yield Answer(
        FINE if fonts else WARNING,
        "字体：有中文字体"
        if fonts
        else "字体：没有中文字体，PDF会缺字。请安装 fonts-noto-cjk，或把字体放入 GONGKAI_FONTS。",
    )
    office = shutil.which("soffice")
    yield Answer(
        FINE if office else WARNING,
        "DOC、WPS文件：" + ("可以读取" if office else "没有LibreOffice，不能读取（其余不受影响）"),
    )
    ocr = importlib.util.find_spec("rapidocr")
    yield Answer(
        FINE if ocr else WARNING,
        "扫描件：" + ("可以识别" if ocr else "没有安装识别组件，不能读取（其余不受影响）"),
    )


def _has_chinese_font() -> bool:
    import subprocess

    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)  # noqa: S607
    return bool(listed.stdout.strip())


def _disk() -> Answer:
    place = env.home()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 1e9
    return Answer(
        FINE if free > 2 else FAULT,
        f"磁盘：剩余{free:.1f} GB" + ("" if free > 2 else "，不足2 GB，请清理或扩容"),
    )


def _keys() -> Answer:
    folder = env.folder(env.KEYS, "keys")
    open_to_others = [key.name for key in folder.iterdir() if stat.S_IMODE(key.stat().st_mode) & 0o077]
    if open_to_others:
        return Answer(FAULT, f"密钥：{'、'.join(open_to_others)} 其他用户可读，请执行 chmod 600")
    return Answer(FINE, f"密钥：{folder}，只有本用户可读")


def _mail() -> Answer:
    from gongkai.gateways import mail

    level = {mail.State.FINE: FINE, mail.State.LIMITED: WARNING, mail.State.BROKEN: FAULT}
    state, words = mail.condition()
    return Answer(level[state], f"发信：{words}")


def _databases() -> Iterator[Answer]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from gongkai.config.router import PUBLIC

    for alias, name in (("default", "工作人员侧"), ("public", "公众侧")):
        connection = connections[alias]
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if alias == "public":
            plan = [step for step in plan if step[0].app_label in PUBLIC | {"audit"}]
        if plan:
            yield Answer(
                FAULT,
                f"{name}数据库（{connection.display_name}）：有{len(plan)}项结构变更未执行，请运行 gongkai setup",
            )
        else:
            yield Answer(FINE, f"{name}数据库（{connection.display_name}）：可用，结构为最新")
            yield from refusals(alias, name)


def refusals(alias: str, name: str) -> Iterator[Answer]:
    """数据库自己的拒绝: the triggers that keep the audit chain and the three administrators as they must be."""
    from django.db import connections

    from gongkai.audit import triggers

    missing = triggers.missing(connections[alias])
    if missing:
        names = "、".join(each.name for each in missing)
        yield Answer(FAULT, f"{name}数据库：缺少触发器 {names}，请运行 gongkai setup，并查明是谁删除的")
    else:
        yield Answer(FINE, f"{name}数据库：拒绝改动审计记录的触发器都在")


def _clock() -> Iterator[Answer]:
    from gongkai.host_clock.queries import health

    found = health()
    yield Answer(FINE if found.good else FAULT, f"主机时钟：{found.words}")


def _holidays() -> Iterator[Answer]:
    from django.utils import timezone

    from gongkai.rules.working_days import shipped_year

    this_year = timezone.localdate().year
    for year in (this_year, this_year + 1):
        known = shipped_year(year) or any(env.folder(env.HOLIDAYS, "holidays").glob(f"{year}.*"))
        late = year == this_year or timezone.localdate().month == 12
        text = f"放假安排：{year}年" + ("已录入" if known else "还没有，期限暂算并注明。通知印发后请录入。")
        yield Answer(FINE if known else FAULT if late else WARNING, text)


def _worker() -> Iterator[Answer]:
    from django.utils import timezone

    from gongkai.outbox.models import WorkerBeat

    last = WorkerBeat.objects.order_by("-at").first()
    if last is None:
        yield Answer(WARNING, "后台：从未启动。请运行 gongkai serve 或 gongkai serve worker。")
        return
    age = timezone.now() - last.at
    alive = abs(age) < timedelta(minutes=2)
    if age < timedelta():
        at = timezone.localtime(last.at)
        yield Answer(FINE if alive else FAULT, f"后台：{last.name}，最近一次记在{at:%Y-%m-%d %H:%M:%S}")
        return
    yield Answer(
        FINE if alive else WARNING,
        f"后台：{last.name}，{int(age.total_seconds())}秒前" + ("" if alive else "，已停止"),
    )


def _outbox() -> Iterator[Answer]:
    from django.utils import timezone

    from gongkai.outbox import daily_cap
    from gongkai.outbox.models import OutboxItem
    from gongkai.outbox.worker import BROKEN_OFF

    if (held := daily_cap.held()).count:
        yield Answer(FAULT, f"发信：{held.words}")
    shelved = OutboxItem.objects.filter(status=OutboxItem.Status.SHELVED)
    if count := shelved.count():
        broken_off = shelved.filter(failure=BROKEN_OFF).count()
        yield Answer(
            FAULT,
            f"待发事项：{count}项多次失败，请在工作台“系统管理”中查看"
            + (f"；其中{broken_off}项每次都使后台中断，请先查看后台日志和内存" if broken_off else ""),
        )
    late = OutboxItem.objects.filter(
        status=OutboxItem.Status.WAITING, created_at__lt=timezone.now() - timedelta(minutes=10)
    ).count()
    yield Answer(FAULT if late else FINE, f"待发事项：超过10分钟未办{late}项")


def _files() -> Iterator[Answer]:
    from django.utils import timezone

    from gongkai.outbox.file_findings import health

    found = health(timezone.now())
    yield Answer(FINE if found.good else FAULT, f"文件：{found.words}")


def _static_copy() -> Iterator[Answer]:
    from django.utils import timezone

    from gongkai.portal.static_copy.models import CopyFinding, CopyState

    if not env.COPY():
        return
    state = CopyState.objects.filter(pk=1).first()
    if state is None or state.checked_at is None:
        yield Answer(WARNING, "静态副本：还没有写。请运行 gongkai serve 或 gongkai copy。")
        return
    age = int((timezone.now() - state.checked_at).total_seconds())
    fine = age < _COPY_SILENT
    found = CopyFinding.objects.filter(found_at__gt=timezone.now() - timedelta(days=7)).count()
    yield Answer(
        FAULT if not fine else WARNING if found else FINE,
        f"静态副本：{state.files}个文件，{age}秒前核对"
        + ("" if fine else "，已停止：撤下的内容会留在副本里，请立即启动 gongkai copy")
        + (f"；7天内发现{found}处改动，已恢复，请查明原因" if found else ""),
    )


def _virus_checks() -> Iterator[Answer]:
    from gongkai.gateways import antivirus
    from gongkai.virus_checks.queries import health

    found = health()
    level = FAULT if not found.good else FINE if antivirus.is_on() else WARNING
    yield Answer(level, f"查毒：{found.words}")


def _backups() -> Iterator[Answer]:
    from gongkai.operations.backup import newest
    from gongkai.operations.sealed_archive import is_sealed

    made = newest(env.home() / "backups")
    if made is None:
        yield Answer(WARNING, "备份：数据目录中没有备份。请运行 gongkai backup，并定期执行。")
        return
    if is_sealed(made):
        yield Answer(FINE, f"备份：最近一份 {made.name}，已加密")
    else:
        yield Answer(
            WARNING,
            f"备份：最近一份 {made.name} 没有加密。请用 --key-file 或者 GONGKAI_BACKUP_KEY 给出口令文件。",
        )
