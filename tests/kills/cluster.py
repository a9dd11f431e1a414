"""一个PostgreSQL of this test's own, as durable as in use, whose processes may be killed."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.with_postgresql import free_port, ordinary_user


class Cluster:
    """集群. Two ways to die: one of its servants alone, upon which it recovers by itself; or all of it at once."""

    def __init__(self, programs: Path) -> None:
        self.programs, self.folder = programs, Path(tempfile.mkdtemp(prefix="gongkai-killed-pg-"))
        self.folder.chmod(0o755)
        self._become, self.port = ordinary_user(self.folder), free_port()
        self.data = self.folder / "data"
        self.left: list[int] = []  # what the last one that was killed leaves
        self._run("initdb", "-U", "gongkai", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()
        for name in ("gongkai", "gongkai_public"):
            self._run(
                "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "gongkai", name, on_data=False
            )

    def urls(self) -> dict[str, str]:
        server = f"postgresql://gongkai@127.0.0.1:{self.port}"
        return {"DATABASE_URL": f"{server}/gongkai", "PUBLIC_DATABASE_URL": f"{server}/gongkai_public"}

    def start(self) -> None:
        """Again and again: what is left of the one before may hold its memory for a moment. One that waited for a lock of
        another that is dead waits for ever; it is ended as the system's own service manager ends it."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        begun = time.monotonic()
        while True:
            try:
                return self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")
            except subprocess.CalledProcessError:
                if time.monotonic() > begun + 60:
                    raise
                if time.monotonic() > begun + 5:
                    self._kill_all(self.left)
                time.sleep(0.1)

    def kill_a_servant(self) -> bool:
        """kill -9 of one that serves a client. False when nobody is being served."""
        servants = [pid for pid in self._children() if b"gongkai gongkai" in _words(pid)]
        if not servants:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(servants), signal.SIGKILL)
        return True

    def kill(self) -> None:
        """kill -9 of the postmaster, and of all it started in half of the cases; the others find out by themselves."""
        head, children = self._head(), self._children()
        os.kill(head, signal.SIGKILL)
        self.left = children
        if random.random() < 0.5:
            self._kill_all(children)

    def _kill_all(self, pids: list[int]) -> None:
        """Of these those that are still servants of this cluster: a number may have gone to somebody else."""
        for pid in pids:
            if b"postgres: " in _words(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _head(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def _children(self) -> list[int]:
        text = Path(f"/proc/{self._head()}/task/{self._head()}/children").read_text()
        return [int(pid) for pid in text.split()]

    def _run(self, program: str, *words: str, on_data: bool = True) -> None:
        where = ["-D", str(self.data)] if on_data else []
        command = [*self._become, str(self.programs / program), *where, *words]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")


def _words(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
