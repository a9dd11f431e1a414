"""命令行. The frame of the commands that need no database: how they are written, how they answer and end.

Whatever goes wrong is one Chinese sentence on standard error and an exit code.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from gongkai.command_line.exit_codes import CANNOT_READ, INTERRUPTED
from gongkai.command_line.parser import Usage
from gongkai.command_line.refusal import Refused


def carry_out(parse: Callable[[Sequence[str]], argparse.Namespace], arguments: Sequence[str]) -> int:
    """执行一条命令. Returns the exit code."""
    try:
        chosen = parse(list(arguments))
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except Usage as usage:
        (sys.stdout if usage.was_asked_for else sys.stderr).write(f"{usage}\n")
        return 0 if usage.was_asked_for else CANNOT_READ
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return CANNOT_READ
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
