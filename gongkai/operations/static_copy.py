"""gongkai copy. Writes the static copy, follows what is released and withdrawn, watches over it; in the foreground."""

import argparse
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from gongkai.config import env
from gongkai.operations.process import CannotRun, say, start_django

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

FOLLOW = 1.0  # seconds between looks at whether anything changed
WATCH = timedelta(seconds=20)
THOROUGH = timedelta(hours=1)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai copy",
        description="写静态副本并看守：跟上发布和撤下，发现改动即按公众侧数据库恢复；Ctrl-C停止。",
    )
    parser.add_argument("--once", action="store_true", help="写一遍、核对一遍就结束；发现改动时退出码为1")
    parser.add_argument("--prove", action="store_true", help="只按签名的清单核对，不写；不符时退出码为1")
    given = parser.parse_args(arguments)
    if not env.COPY():
        raise CannotRun("没有设置静态副本文件夹。请设置 GONGKAI_COPY。")
    start_django("portal")
    folder = env.folder(env.COPY, "")
    if given.prove:
        return _prove(folder)
    return _once(folder) if given.once else _keep(folder)


def _once(folder: "Path") -> int:
    from gongkai.portal.static_copy.keeping import Keeper

    keeper = Keeper(folder)
    found = [*keeper.found_at_start, *keeper.watch(thoroughly=True)]
    began = time.monotonic()
    written = keeper.follow()
    say(f"静态副本：{len(keeper.manifest.files)}个文件，写入{written}个，{time.monotonic() - began:.1f}秒")
    for each in found[:20]:
        say(f"    {each.kind.label}：{each.file}（已恢复）")
    return 1 if found else 0


def _prove(folder: "Path") -> int:
    from django.conf import settings

    from gongkai.portal.static_copy.proving import faults

    found = faults(folder, keys=settings.KEYS_FOLDER)
    for each in found[:20]:
        say(f"✗ {each}")
    say("✓ 静态副本与签名的清单一致" if not found else f"静态副本有{len(found)}处不符")
    return 1 if found else 0


def _keep(folder: "Path") -> int:
    from django.db import Error, close_old_connections
    from django.utils import timezone

    from gongkai.operations.serve import Stop
    from gongkai.portal.static_copy.keeping import Keeper, PortalAway

    stopping = Stop()
    keeper: Keeper | None = None
    watched = proved = timezone.now() - THOROUGH
    day = timezone.localdate()
    while not stopping.asked:
        close_old_connections()
        try:
            keeper = keeper or Keeper(folder)
            now = timezone.now()
            if abs(now - watched) >= WATCH:  # also when the clock was set back
                thoroughly = abs(now - proved) >= THOROUGH
                keeper.watch(thoroughly=thoroughly)
                watched, proved = now, now if thoroughly else proved
            if day != (today := timezone.localdate()):
                keeper.renew()
                day = today
            keeper.follow()
        except (Error, PortalAway) as error:
            log.warning("public side away: %s", type(error).__name__)
        time.sleep(FOLLOW)
    return 0
