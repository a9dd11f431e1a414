"""一个小的查毒程序. Keeps clamd's documented INSTREAM protocol on a socket of its own, and misbehaves when it is asked to.

clamd(8): ``z`` commands end with NUL; INSTREAM takes chunks of a 4-byte length in network order and the bytes, ended by a
length of nought; the answer is ``stream: OK``, ``stream: NAME FOUND`` or ``… ERROR``, ended by NUL.
"""

import contextlib
import socket
import socketserver
import tempfile
import threading
from pathlib import Path

from django.test import override_settings

MARK = b"GONGKAI-TEST-VIRUS-7f3a"
VIRUS = "Gongkai.Test.UNOFFICIAL"
VERSION = "ClamAV 1.4.3/27500/Mon Nov 30 08:00:00 2026"


class Scanner:
    """``says``: what it answers instead of the truth; None keeps it silent until it is let go."""

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / "clamd.ctl"
        self.says: bytes | None = b""
        self.most = 64 * 1024 * 1024
        self.seen: list[bytes] = []
        self.let_go = threading.Event()

    def answer(self, connection: socket.socket) -> None:
        reader = connection.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            if not (byte := reader.read(1)):
                return
            command += byte
        if command == b"zVERSION\0":
            told = VERSION.encode() + b"\0"
        elif command == b"zINSTREAM\0":
            told = self._stream(reader)
        else:
            told = b"UNKNOWN COMMAND\0"
        if self.says is None:
            self.let_go.wait(10)
            return
        connection.sendall(self.says or told)

    def _stream(self, reader) -> bytes:
        content = b""
        while length := int.from_bytes(reader.read(4), "big"):
            if len(content) + length > self.most:
                return b"INSTREAM size limit exceeded. ERROR\0"  # and hangs up with the rest unread, as clamd does
            content += reader.read(length)
        self.seen.append(content)
        return f"stream: {VIRUS} FOUND\0".encode() if MARK in content else b"stream: OK\0"


@contextlib.contextmanager
def scanning(*, by_port=False):
    """接入查毒: the setting names a scanner that is there."""
    with tempfile.TemporaryDirectory(prefix="gk-") as folder:
        scanner = Scanner(folder)

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    scanner.answer(self.request)

        kind = socketserver.ThreadingTCPServer if by_port else socketserver.ThreadingUnixStreamServer
        with kind(("127.0.0.1", 0) if by_port else str(scanner.path), Handler) as server:
            url = f"tcp://127.0.0.1:{server.server_address[1]}" if by_port else f"unix://{scanner.path}"
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
            )
            thread.start()
            try:
                with override_settings(ANTIVIRUS_URL=url):
                    yield scanner
            finally:
                scanner.let_go.set()
                server.shutdown()
                thread.join()


def away():
    """查毒程序不在: the setting names a socket where nobody listens."""
    return override_settings(ANTIVIRUS_URL="unix:///nonexistent/clamd.ctl")
