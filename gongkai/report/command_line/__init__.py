"""命令行 ``gongkai report``. Checks, shows, renders and converts annual reports; needs no database and no Django."""

from collections.abc import Sequence

from gongkai.command_line import carry_out
from gongkai.report.command_line.arguments import parse


def main(arguments: Sequence[str]) -> int:
    return carry_out(parse, arguments)
