"""gongkai setup. Makes the data folder, the keys and both databases; safe to run again."""

import argparse
import os
import subprocess
import sys

from gongkai.config import env
from gongkai.operations.process import CannotRun, say
from gongkai.sealing.keys import create_key

KEYS = ("desk.secret", "portal.secret", "fields.key", "index.key")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai setup", description="建立数据目录、密钥和两侧数据库；可重复运行。"
    )
    parser.parse_args(arguments)
    prepare()
    say(f"已就绪：{env.home()}")
    return 0


def prepare() -> None:
    """Keys first, then the desk's tables, then the public side's."""
    env.home().mkdir(parents=True, exist_ok=True)
    for name in KEYS:
        create_key(env.folder(env.KEYS, "keys"), name)
    for side in ("desk", "portal"):
        _migrate(side)


def _migrate(side: str) -> None:
    # A process of its own: each side has its own settings, and Django reads them once.
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
        env={**os.environ, "GONGKAI_SIDE": side, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["没有输出"]
        raise CannotRun(f"无法建立{_NAMES[side]}数据库：{last[0]}。请检查数据库地址和权限。")


_NAMES = {"desk": "工作人员侧", "portal": "公众侧"}
