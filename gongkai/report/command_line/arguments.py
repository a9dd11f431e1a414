"""命令的写法. The four commands, their options, and help in Chinese."""

import argparse
from collections.abc import Sequence

from gongkai.command_line import parser
from gongkai.command_line.parser import Parser

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
_DESCRIPTION = "核对、查看、生成、转换政府信息公开工作年度报告。不需要数据库，不联网。"
_READABLE = "网页、Word、PDF、Excel（含XLS、ET、ODS）、文本、Markdown、JSON；装有LibreOffice时还可以是DOC、WPS、RTF、ODT；装有gongkai[ocr]时还可以是扫描件和图片"
_EXIT_CODES = "退出码：0 没有差错和警示；1 有差错或者警示；2 有文件或者整张表读不出、没有可以判断的内容，或者命令写法不对。"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its options; ``run`` carries it out."""
    return parser.parse(_parser(), arguments)


def _parser() -> Parser:
    words = Parser(prog="gongkai report", description=_DESCRIPTION, epilog=_EXIT_CODES)
    commands = words.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser, dest="命令"
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
    return words


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


_HERE = "gongkai.report.command_line"
_check = parser.lazily(f"{_HERE}.checking")
_show = parser.lazily(f"{_HERE}.showing")
_convert = parser.lazily(f"{_HERE}.converting")
