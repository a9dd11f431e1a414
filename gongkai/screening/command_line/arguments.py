"""命令的写法. The two commands, their options, and help in Chinese."""

import argparse
from collections.abc import Sequence

from gongkai.command_line import parser
from gongkai.command_line.parser import Parser

_DESCRIPTION = (
    "发布前检查文件和文字：看不见的内容、个人信息、密级和内部标志、常见错误表述。不需要数据库，不联网。"
)
_KINDS = "pdf、docx、xlsx、pptx、ofd、jpg、png（旧的doc、xls、ppt、wps、et、dps只提示另存）、txt、html"
_EXIT_CODES = "退出码：0 没有发现；1 有发现；2 有文件不能接受、不能检查，或者命令写法不对。"
_HERE = "gongkai.screening.command_line"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its options; ``run`` carries it out."""
    return parser.parse(_parser(), arguments)


def _parser() -> Parser:
    words = Parser(prog="gongkai screen", description=_DESCRIPTION, epilog=_EXIT_CODES)
    commands = words.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser, dest="命令"
    )
    check = commands.add_parser(
        "check", help="列出发布前要处理的内容", description=_DESCRIPTION, epilog=_EXIT_CODES
    )
    _add_sources(check, "；“-”表示从标准输入读文字")
    check.add_argument("--json", action="store_true", help="以JSON输出，供程序使用；个人信息只有遮盖后的写法")
    check.set_defaults(run=parser.lazily(f"{_HERE}.checking"))

    clean = commands.add_parser(
        "clean",
        help="去掉看不见的内容，另存一份",
        description="去掉可以由程序去掉的看不见的内容，另存一份；原件不动。去掉以后再检查一遍。",
        epilog=_EXIT_CODES,
    )
    _add_sources(clean, "")
    clean.add_argument(
        "-o",
        "--output",
        metavar="文件",
        help="输出文件；处理多份文件时为目录；不写时在原件旁边，名称末尾加“（已清理）”",
    )
    clean.set_defaults(run=parser.lazily(f"{_HERE}.cleaning"))
    return words


def _add_sources(command: argparse.ArgumentParser, more: str) -> None:
    command.add_argument(
        "sources",
        nargs="+",
        metavar="文件",
        help=f"文件，也可以是目录（包括下级目录）{more}。可以检查：{_KINDS}",
    )
