"""基准用的PostgreSQL. A cluster kept in the data folder, with the server's own durable defaults (fsync on)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.place import folder
from tests.with_postgresql import binaries, free_port, ordinary_user

DATABASES = ("gongkai", "gongkai_large", "gongkai_public")


@contextmanager
def running() -> Iterator[str]:
    """The server's URL, "" when this machine has no PostgreSQL."""
    programs = binaries()
    if programs is None:
        yield ""
        return
    place = folder() / "postgresql-cluster"
    place.mkdir(parents=True, exist_ok=True)
    become = ordinary_user(place)
    place.chmod(0o755)
    port, data = free_port(), place / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run([*become, str(programs / program), *words], check=True, capture_output=True, cwd="/")

    status = [*become, str(programs / "pg_ctl"), "-D", str(data), "status"]
    if subprocess.run(status, check=False, capture_output=True, cwd="/").returncode == 0:
        raise SystemExit(
            f"基准的PostgreSQL已在运行：请等另一个基准结束；若上次被强行中断，用pg_ctl停下它（{data}）。"
        )
    new = not _exists(data)
    if new:
        run("initdb", "-D", str(data), "-U", "gongkai", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -h 127.0.0.1 -c unix_socket_directories=''"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
    try:
        if new:
            for name in DATABASES:
                run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "gongkai", name)
        yield f"postgresql://gongkai@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


def _exists(data: Path) -> bool:
    return os.path.exists(data / "PG_VERSION")
