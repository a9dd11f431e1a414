"""gongkai verify. Proves the audit chains and the stored files, and names whatever does not hold."""

import argparse
from typing import TYPE_CHECKING

from gongkai.config import env
from gongkai.operations.process import say, start_django

if TYPE_CHECKING:
    from gongkai.gateways.files import FileStore

_NAMES = {"default": "工作人员侧", "public": "公众侧"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai verify", description="验证审计链和文件；有不符之处时退出码为1。"
    )
    parser.parse_args(arguments)
    start_django("worker")
    return 0 if _chains_hold() & _files_hold() else 1


def _chains_hold() -> bool:
    from gongkai.audit import anchors, proof

    holds = True
    for alias, name in _NAMES.items():
        kept = anchors.read(env.folder(env.ANCHORS, "anchors"), alias)
        result = proof.prove(alias, anchors=kept)
        holds &= result.holds
        mark = "✓" if result.holds else "✗"
        say(f"{mark} {name}审计链：{result.entries}条，锚{len(kept)}个，链头 {result.head[:16]}")
        for fault in result.faults[:20]:
            say(f"    第{fault.sequence}条  {fault.message}")
        if len(result.faults) > 20:
            say(f"    另有{len(result.faults) - 20}处")
    return holds


def _files_hold() -> bool:
    from gongkai.gateways.files import desk_files, intake_files, public_files

    holds = True
    for store, name in (
        (desk_files(), "工作人员侧"),
        (public_files(), "公众侧"),
        (intake_files(), "公众提交、等候接收的"),
    ):
        count, damaged = _count_and_damaged(store)
        holds &= not damaged
        say(
            f"{'✗' if damaged else '✓'} {name}文件：{count}个"
            + (f"，损坏{len(damaged)}个" if damaged else "")
        )
        for digest in damaged[:20]:
            say(f"    {digest}  内容与名称不符，请从备份恢复")
    return holds


def _count_and_damaged(store: "FileStore") -> tuple[int, list[str]]:
    from gongkai.gateways.files import FileDamaged

    count, damaged = 0, []
    for digest in store.names():
        count += 1
        try:
            store.check(digest)
        except FileDamaged:
            damaged.append(digest)
    return count, damaged
