"""摇篮. Imports one side once and starts it as often as asked: a start then costs a fork, and a thousand kills an hour.

Usage: python -m tests.kills.cradle portal|desk|worker. Each line on its input starts one; its process group is the answer.
"""

import importlib
import os
import signal
import sys

from gongkai.operations import serve
from gongkai.operations.process import start_django


def main(side: str) -> None:
    os.environ["GONGKAI_SIDE"] = side
    start_django(side)
    importlib.import_module("granian.server")
    importlib.import_module("gongkai.config.wsgi" if side != "worker" else "gongkai.operations.worker")
    from django.db import connections
    from django.urls import get_resolver

    if side != "worker":
        assert get_resolver().reverse_dict  # every address, and with it every page

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for what was killed
    while sys.stdin.readline():
        connections.close_all()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os._exit(_live(side))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _live(side: str) -> int:
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    try:
        return serve.main([side])
    except BaseException as error:  # noqa: BLE001 - a child must not go on as if it were the cradle
        sys.stderr.write(f"{side}: {error!r}\n")
        return 1


if __name__ == "__main__":
    main(sys.argv[1])
