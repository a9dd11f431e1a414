"""命令的写法. An argparse that speaks Chinese and raises what it wants to say instead of leaving."""

import argparse
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

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


class Parser(argparse.ArgumentParser):
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


def parse(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its options; ``run`` carries it out."""
    if not arguments:
        raise Usage(parser.format_help().rstrip())
    return parser.parse_args(arguments)


def lazily(module: str, name: str = "run") -> Callable[[argparse.Namespace], int]:
    """The function that carries a command out, imported when it runs: help must be there at once."""

    def run(chosen: argparse.Namespace) -> int:
        code: int = getattr(import_module(module), name)(chosen)
        return code

    return run
