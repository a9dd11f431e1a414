"""查毒. Asks a clamd by its INSTREAM command whether bytes are infected; off when no scanner is named (FIL-07).

Only the two answers that the protocol documents are believed. Whatever else happens, the bytes count as not scanned: a
scanner that is away, slow, cut off or talking nonsense makes a file wait and never lets it pass.
"""

import contextlib
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

PATIENCE = 60.0  # seconds for one file, all in all
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096  # bytes
_PORT = 3310
_FOUND = re.compile(r"stream: (.{1,300}) FOUND", re.DOTALL)
_UNSET = "ANTIVIRUS_URL应写成unix:///套接字文件 或者 tcp://主机:端口"


class NotScanned(Exception):
    """没有查成: why, in a sentence for the administrator. The file waits."""


class ScannerAway(NotScanned):
    """查毒程序没有应答: no file can be scanned at present."""


class FileNotTaken(NotScanned):
    """查毒程序不接受这个文件: others can be scanned."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """查毒结果: ``virus`` is the name the scanner gives it, "" when there is none."""

    virus: str = ""


@dataclass(frozen=True, slots=True)
class Scanner:
    """查毒程序, read from ANTIVIRUS_URL: a socket of this machine, or a port."""

    path: str = ""
    host: str = ""
    port: int = _PORT

    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"


def is_on() -> bool:
    return bool(settings.ANTIVIRUS_URL)


def scanner() -> Scanner | None:
    """The scanner that is set up; None when scanning is off. Raises ScannerAway for an address that names none.

    >>> from django.test import override_settings
    >>> with override_settings(ANTIVIRUS_URL="unix:///run/clamav/clamd.ctl"):
    ...     str(scanner())
    '/run/clamav/clamd.ctl'
    """
    if not is_on():
        return None
    parts = urlsplit(settings.ANTIVIRUS_URL)
    try:
        port = parts.port or _PORT
    except ValueError:
        raise ScannerAway(_UNSET) from None
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return Scanner(path=unquote(parts.path))
    if parts.scheme == "tcp" and parts.hostname:
        return Scanner(host=parts.hostname, port=port)
    raise ScannerAway(_UNSET)


def scan(content: bytes, *, patience: float = PATIENCE) -> Verdict:
    """查一个文件. Raises NotScanned when there is no answer to be believed."""
    with _conversation(patience) as talk:
        talk.send(b"zINSTREAM\0")
        view = memoryview(content)
        for start in range(0, len(view), _CHUNK):
            piece = view[start : start + _CHUNK]
            talk.send(len(piece).to_bytes(4, "big"))
            talk.send(piece)
        talk.send(bytes(4))
        answer = talk.answer()
    if answer == "stream: OK":
        return Verdict()
    if found := _FOUND.fullmatch(answer):
        return Verdict("".join(c if c.isprintable() else "?" for c in found[1]))
    if answer.startswith("INSTREAM size limit exceeded"):
        raise FileNotTaken("文件超过查毒程序的大小限制，请把clamd的StreamMaxLength调到64M以上")
    if answer.endswith("ERROR"):
        raise FileNotTaken("查毒程序报告出错，没有查成")
    raise ScannerAway("查毒程序的应答不对，请核对ANTIVIRUS_URL指向的是不是clamd")


def version(*, patience: float = 5.0) -> str:
    """查毒程序的版本 and the day of its signatures, as it tells them. Raises ScannerAway."""
    with _conversation(patience) as talk:
        talk.send(b"zVERSION\0")
        answer = talk.answer()
    if not answer.startswith("ClamAV ") or not answer.isprintable():
        raise ScannerAway("查毒程序的应答不对，请核对ANTIVIRUS_URL指向的是不是clamd")
    return answer[:100]


class _Talk:
    """One connection, ended by the clock whatever the other side does."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until = connection, until
        self._cut: OSError | None = None

    def send(self, piece: bytes | memoryview) -> None:
        if self._cut:
            return
        try:
            self._in_time()
            self._connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError) as error:
            self._cut = (
                error  # it hangs up on what is too large, after saying so: the answer is still to be read
            )

    def answer(self) -> str:
        """Up to the NUL that ends it; an answer that was cut off is none."""
        read = bytearray()
        while b"\0" not in read:
            self._in_time()
            piece = self._connection.recv(_LONGEST_ANSWER)
            read += piece
            if not piece or len(read) > _LONGEST_ANSWER:
                raise ScannerAway("查毒程序的应答不完整")
        return bytes(read).partition(b"\0")[0].decode("utf-8", "replace").strip()

    def _in_time(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)


@contextlib.contextmanager
def _conversation(patience: float) -> "Iterator[_Talk]":
    found = scanner()
    if found is None:
        raise ScannerAway("没有接入查毒程序（ANTIVIRUS_URL）")
    until = time.monotonic() + patience
    try:
        with _connected(found, min(patience, 5.0)) as connection:
            yield _Talk(connection, until)
    except TimeoutError:
        raise ScannerAway(f"查毒程序{patience:.0f}秒没有应答") from None
    except OSError as error:
        raise ScannerAway(f"连不上查毒程序（{type(error).__name__}）") from None


def _connected(found: Scanner, patience: float) -> socket.socket:
    if not found.path:
        return socket.create_connection((found.host, found.port), timeout=patience)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(patience)
        connection.connect(found.path)
    except OSError:
        connection.close()
        raise
    return connection
