"""命令的写法. The four commands, their options, and help in Chinese."""

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
_DESCRIPTION = "核对、查看、生成、转换政府信息公开工作年度报告。不需要数据库，不联网。"
_READABLE = "网页、Word、PDF、Excel（含XLS、ET、ODS）、文本、Markdown、JSON；装有LibreOffice时还可以是DOC、WPS、RTF、ODT；装有gongkai[ocr]时还可以是扫描件和图片"
_EXIT_CODES = "退出码：0 没有差错和警示；1 有差错或者警示；2 有文件或者整张表读不出、没有可以判断的内容，或者命令写法不对。"
_TRANSLATED = (
    (r"the following arguments are required: (.+)", r"缺少\1"),
    (r"unrecognized arguments: (.+)", r"不认识\1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1后面缺少内容"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"\1不能是“\2”，可以是\3"),
    (r"argument (.+?): ambiguous option.*", r"\1的写法不完整"),
)


class Usage(Exception):
    """用法, to be printed: because it was asked for, or because the command was not understood."""

    def __init__(self, text: str, *, was_asked_for: bool = False) -> None:
        super().__init__(text)
        self.was_asked_for = was_asked_for


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: object, groups: object, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # type: ignore[arg-type]


class _Parser(argparse.ArgumentParser):
    """argparse that raises instead of leaving, and speaks Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action=_ShowHelp, nargs=0, help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _TRANSLATED:
            found = re.fullmatch(english, message)
            if found:
                message = found.expand(chinese)
                break
        else:
            message = "参数有误"
        raise Usage(f"命令写法不对：{message}。\n{self.format_usage()}查看说明：{self.prog} --help")


class _ShowHelp(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        raise Usage(parser.format_help().rstrip(), was_asked_for=True)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its options; ``run`` carries it out."""
    parser = _parser()
    if not arguments:
        raise Usage(parser.format_help().rstrip())
    return parser.parse_args(arguments)


def _parser() -> _Parser:
    parser = _Parser(prog="gongkai report", description=_DESCRIPTION, epilog=_EXIT_CODES)
    commands = parser.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=_Parser, dest="命令"
    )
    check = commands.add_parser(
        "check", help="核对报告，说明哪里不符", description="核对报告，说明哪里不符。", epilog=_EXIT_CODES
    )
    _add_sources(check)
    check.add_argument(
        "--last-year",
        metavar="上年报告",
        help="上一年度的报告，用来核对结转和增减；核对多份报告时给目录，按单位名称和年份对应",
    )
    check.add_argument("--json", action="store_true", help="以JSON输出，供程序使用")
    check.add_argument("--html", metavar="文件", help="把汇总写成网页，可以打印")
    check.set_defaults(run=_check)

    show = commands.add_parser("show", help="显示读出的内容", description="显示从文件中读出的文字和三张表。")
    _add_sources(show)
    show.set_defaults(run=_show)

    render = commands.add_parser(
        "render", help="生成网页、Word、PDF、Excel", description="按官方格式和公文版式生成文件。"
    )
    _add_sources(render)
    _add_target(render)
    render.set_defaults(run=_convert)

    convert = commands.add_parser(
        "convert", help="转换格式，默认输出JSON", description="把报告转换为另一种格式，默认输出JSON。"
    )
    _add_sources(convert)
    _add_target(convert, default="json")
    convert.set_defaults(run=_convert)
    return parser


def _add_sources(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "sources",
        nargs="+",
        metavar="文件",
        help=f"报告文件，也可以是目录（包括下级目录）；“-”表示标准输入。可以读：{_READABLE}",
    )


def _add_target(command: argparse.ArgumentParser, *, default: str = "") -> None:
    command.add_argument(
        "--to",
        choices=FORMATS,
        default=default,
        metavar="格式",
        help=f"{'、'.join(FORMATS)}之一" + (f"，默认{default}" if default else "；不写时按输出文件的扩展名"),
    )
    command.add_argument(
        "-o", "--output", metavar="文件", help="输出文件；处理多份报告时为目录；不写时输出到标准输出"
    )


def _lazily(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The function that carries a command out, imported when it runs: help must be there at once."""

    def run(chosen: argparse.Namespace) -> int:
        from importlib import import_module

        code: int = getattr(import_module(f"gongkai.report.command_line.{module}"), name)(chosen)
        return code

    return run


_check = _lazily("checking", "run")
_show = _lazily("showing", "run")
_convert = _lazily("converting", "run")
