"""gongkai. One word chooses what to do; nothing is imported before it is needed, so `gongkai report` starts at once."""

import importlib
import sys
from collections.abc import Sequence

# word → (module with main(arguments) -> exit code, what it does)
COMMANDS = {
    "report": ("gongkai.report.command_line", "核对、查看、生成、转换年度报告（不需要数据库）"),
    "screen": ("gongkai.screening.command_line", "检查、清理要发布的文件和文字（不需要数据库）"),
    "period": ("gongkai.command_line.periods", "按经过计算答复期限，说明怎么算的（不需要数据库）"),
    "serve": ("gongkai.operations.serve", "启动公众侧、工作人员侧和后台"),
    "setup": ("gongkai.operations.setup", "建立数据目录、密钥和数据库"),
    "demo": ("gongkai.operations.demo", "装入示例单位的一年数据"),
    "backup": ("gongkai.operations.backup", "备份数据库和文件"),
    "restore": ("gongkai.operations.restore", "恢复备份"),
    "copy": ("gongkai.operations.static_copy", "写静态副本，看守它不被改动"),
    "verify": ("gongkai.operations.verify", "验证审计链和文件"),
    "doctor": ("gongkai.operations.doctor", "体检：检查安装、密钥、数据库、后台"),
    "manage": ("gongkai.operations.manage", "执行管理命令"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """命令行入口. Returns the exit code; 2 for an unknown word or something that cannot run."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help", "help"):
        _say(usage())
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        from gongkai import __version__

        _say(f"gongkai {__version__}")
        return 0
    if words[0] not in COMMANDS:
        sys.stderr.write(f"没有“{words[0]}”这个命令。\n\n{usage()}\n")
        return 2
    return _run(words[0], words[1:])


def usage() -> str:
    """All commands with a line each."""
    lines = [f"  {word:<9}{meaning}" for word, (_, meaning) in COMMANDS.items()]
    return "\n".join(["用法：gongkai 命令 …    （gongkai 命令 --help 看详细用法）", "", *lines])


def _run(word: str, arguments: list[str]) -> int:
    from gongkai.operations.process import CannotRun

    try:
        return int(importlib.import_module(COMMANDS[word][0]).main(arguments) or 0)
    except CannotRun as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`); closing quietly is what it expects.
        sys.stderr.close()
        return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
