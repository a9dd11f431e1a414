"""命令行 ``gongkai screen``. What a file or a text holds that must be seen before it goes out; needs no database.

For offices that publish elsewhere, and for whoever gets a file and wants to know: the same checks as before release.
"""

from collections.abc import Sequence

from gongkai.command_line import carry_out
from gongkai.screening.command_line.arguments import parse


def main(arguments: Sequence[str]) -> int:
    return carry_out(parse, arguments)
