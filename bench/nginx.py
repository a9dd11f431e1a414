"""nginx. The shipped configuration as it is, on a port and in folders of the benchmark's own."""

import contextlib
import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.place import ROOT

SHIPPED = ROOT / "deploy" / "nginx"
STATIC_FILE = "/same-size.html"
_READY_IN = 10


def found() -> str:
    """Where nginx is, "" on a machine without it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


@contextmanager
def running(
    folder: Path, *, port: int, portal: int, same_size: bytes = b"", copy: bool = False
) -> Iterator[None]:
    """In front of the portal; beside it a file of the same size, served by the same nginx."""
    configuration = written(folder, port=port, portal=portal, copy=copy)
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / STATIC_FILE.strip("/")).write_bytes(same_size)
    process = subprocess.Popen([found(), "-c", str(configuration), "-p", str(folder)])
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def written(folder: Path, *, port: int, portal: int, copy: bool = False) -> Path:
    """The shipped files with the places of this machine put in, and what stands around them; ``copy``: the static copy first."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    http = (SHIPPED / "gongkai-http.conf").read_text(encoding="utf-8")
    http = http.replace("/var/cache/nginx/gongkai", str(folder / "cache"))
    http = http.replace("127.0.0.1:8000", f"127.0.0.1:{portal}")
    site = (SHIPPED / "gongkai-portal.conf").read_text(encoding="utf-8")
    site = site.replace("/srv/gongkai", str(folder)).replace("/etc/nginx/gongkai", str(SHIPPED))
    (folder / "http.conf").write_text(http, encoding="utf-8")
    if copy:
        copied = (SHIPPED / "gongkai-copy.conf").read_text(encoding="utf-8")
        copied = copied.replace("/srv/gongkai-copy", str(folder / "copy"))
        copied = copied.replace("/etc/nginx/gongkai/gongkai-portal.conf", str(folder / "portal.conf"))
        (folder / "copy.conf").write_text(copied, encoding="utf-8")
    (folder / "portal.conf").write_text(site, encoding="utf-8")
    configuration = folder / "nginx.conf"
    temporary = "\n".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration.write_text(
        f"""user {getpass.getuser()};
daemon off;
worker_processes 2;
pid {folder / "nginx.pid"};
error_log {folder / "error.log"};
events {{ worker_connections 1024; }}
http {{
access_log off;
types {{ text/html html; }}
{temporary}
include {folder / "http.conf"};
server {{
listen 127.0.0.1:{port};
include {folder / ("copy.conf" if copy else "portal.conf")};
location = {STATIC_FILE} {{ root {folder / "files"}; }}
}}
}}
""",
        encoding="utf-8",
    )
    return configuration


def _wait(port: int) -> None:
    until = time.monotonic() + _READY_IN
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
            return
        time.sleep(0.02)
    raise TimeoutError("nginx没有启动")
