"""Starts a PostgreSQL of our own from the binaries it finds, runs a command against it, and takes it away again.

Usage: python -m tests.with_postgresql -- COMMAND…
Says loudly when there is none, and then fails only if GONGKAI_REQUIRE_POSTGRESQL is set.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NONE = "没有找到PostgreSQL：这一轮测试没有在PostgreSQL上运行。"


def binaries() -> Path | None:
    """The newest server's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A running server without durability (it lives for one test run); yields its URL."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    folder.chmod(0o755)
    become = ordinary_user(folder)
    port = free_port()

    def run(program: str, *words: str) -> None:
        subprocess.run([*become, str(programs / program), *words], check=True, capture_output=True, cwd="/")

    data = str(folder / "data")
    options = (
        f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    )
    try:
        run(
            "initdb",
            "-D",
            data,
            "-U",
            "gongkai",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        for name in ("gongkai", "gongkai_public"):
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "gongkai", name)
        yield f"postgresql://gongkai@127.0.0.1:{port}"
    finally:
        subprocess.run(
            [*become, str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop"],
            check=False,
            capture_output=True,
            cwd="/",
        )
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    command = sys.argv[sys.argv.index("--") + 1 :]
    programs = binaries()
    if programs is None:
        sys.stderr.write(f"\n{'!' * 60}\n{NONE}\n{'!' * 60}\n")
        return 1 if os.environ.get("GONGKAI_REQUIRE_POSTGRESQL") else 0
    with server(programs) as url:
        surroundings = {
            **os.environ,
            "DATABASE_URL": f"{url}/gongkai",
            "PUBLIC_DATABASE_URL": f"{url}/gongkai_public",
        }
        return subprocess.run(command, env=surroundings, check=False).returncode


def ordinary_user(folder: Path) -> list[str]:
    """initdb refuses root: become somebody else, who then owns the folder."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    raise RuntimeError("没有可用的普通用户来运行PostgreSQL")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    raise SystemExit(main())
