"""gongkai setup. Makes the data folder, the keys and both databases; safe to run again."""

import argparse
import os
import subprocess
import sys

from gongkai.config import env
from gongkai.operations.process import CannotRun, require_whole, say, start_django
from gongkai.portal.static_copy.manifest import create_pair as create_copy_pair
from gongkai.sealing.keys import create_key
from gongkai.sealing.unboxing import create_pair

KEYS = ("desk.secret", "portal.secret", "fields.key", "index.key")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai setup", description="建立数据目录、密钥和两侧数据库；可重复运行。"
    )
    parser.add_argument(
        "--agency", metavar="机关全称", help="首次安装时建立机关和三位管理员，打印首次登录链接"
    )
    parser.add_argument("--short-name", metavar="简称", default="", help="行文中的自称")
    given = parser.parse_args(arguments)
    require_whole()
    prepare()
    say(f"已就绪：{env.home()}")
    if given.agency:
        _found(given.agency, given.short_name)
    return 0


def prepare() -> None:
    """Keys first, then the desk's tables, then the public side's."""
    env.home().mkdir(parents=True, exist_ok=True)
    for name in KEYS:
        create_key(env.folder(env.KEYS, "keys"), name)
    create_pair(env.folder(env.KEYS, "keys"))
    create_copy_pair(env.folder(env.KEYS, "keys"))
    for side in ("desk", "portal"):
        (env.home() / "static" / side).mkdir(parents=True, exist_ok=True)
        _migrate(side)


def _found(name: str, short_name: str) -> None:
    start_django("desk")
    from gongkai.agencies.access import Refusal
    from gongkai.agencies.actions.founding import found_agency
    from gongkai.agencies.actions.one_time_links import issue_one_time_link
    from gongkai.agencies.models import OneTimeLink

    try:
        _, administrators = found_agency(name=name, short_name=short_name)
    except Refusal as refusal:
        raise CannotRun(str(refusal)) from None
    say(
        f"已建立{name}和标准岗位，安全管理员登录后可以修改。三位管理员请分别打开自己的链接（各用一次，30分钟内有效）："
    )
    for person in administrators:
        link = issue_one_time_link(person, purpose=OneTimeLink.Purpose.INVITATION, by=None)
        say(f"  {person.name}（登录名 {person.username}）\n    {link}")


def _migrate(side: str) -> None:
    # A process of its own: each side has its own settings, and Django reads them once.
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.operations.tables"],
        env={**os.environ, "GONGKAI_SIDE": side, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["没有输出"]
        advice = _HALF if "already exists" in last[0] else "请检查数据库地址和权限。"
        raise CannotRun(f"无法建立{_NAMES[side]}数据库：{last[0]}。{advice}")


# Left by an earlier version, or by another hand: what this one does is whole or not done.
_HALF = "数据库里有没有建完的表。还没有数据的，请删去数据库文件（或清空数据库）后重新运行；已有数据的，请从备份恢复。"
_NAMES = {"desk": "工作人员侧", "portal": "公众侧"}
