"""加密的备份. A file sealed in pieces under a key made from the operator's key file, so that whoever carries it reads nothing.

The head tells a wrong key from a damaged file; each piece is bound to the head, its number and whether it is the last,
so none can be moved, left out or cut off. The key file stays apart from the backups (OPS-04).
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from gongkai.operations.process import CannotRun
from gongkai.sealing.suite import SUITES, CannotOpen, Suite

SUFFIX = ".sealed"
_MAGIC = b"gongkai sealed archive 1\n"
_SALT, _NAME, _CHECK = 16, 16, 32  # bytes in the head
_PIECE = 1 << 20
_SHORTEST = 16  # bytes of a key file
_WORK = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}


def read_secret(path: Path) -> bytes:
    """The content of the key file, without the line end that an editor adds."""
    try:
        secret = path.read_bytes().strip()
    except OSError:
        raise CannotRun(f"读不到备份口令文件 {path}。请核对 --key-file 或 GONGKAI_BACKUP_KEY。") from None
    if len(secret) < _SHORTEST:
        raise CannotRun(f"备份口令文件 {path} 太短，至少{_SHORTEST}个字符。请换一个长的口令。")
    return secret


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def seal(source: Path, target: Path, *, secret: bytes, suite: Suite) -> None:
    """Write ``target``, readable by its owner only and durable."""
    salt = os.urandom(_SALT)
    key = _key(secret, salt)
    head = _MAGIC + suite.name.encode().ljust(_NAME) + salt + _check(suite, key)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as plain, os.fdopen(handle, "wb") as out:
        out.write(head)
        for number, (piece, last) in enumerate(_pieces(plain, _PIECE)):
            sealed = suite.seal(key, piece, bound_to=_place(head, number, last=last))
            out.write(len(sealed).to_bytes(4, "big") + sealed)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def opened(path: Path, *, key_file: Path | None) -> Iterator[Path]:
    """The plain archive for as long as it is needed: the file itself when it is not sealed. Raises CannotRun."""
    if not path.is_file():
        raise CannotRun(f"没有这个文件：{path}。请核对文件名。")
    if not is_sealed(path):
        yield path
        return
    if key_file is None:
        raise CannotRun("这份备份是加密的：请用 --key-file 给出加密时所用的口令文件。")
    with opened_with(path, read_secret(key_file)) as plain:
        yield plain


@contextmanager
def opened_with(path: Path, secret: bytes) -> Iterator[Path]:
    """The plain content of a sealed file, in a folder that goes again."""
    with TemporaryDirectory() as folder:
        plain = Path(folder, "archive")
        _open(path, plain, secret=secret)
        yield plain


def _open(source: Path, target: Path, *, secret: bytes) -> None:
    damaged = f"备份损坏，无法解密：{source}。请换一份备份。"
    with source.open("rb") as sealed, target.open("wb") as out:
        head = sealed.read(len(_MAGIC) + _NAME + _SALT + _CHECK)
        name, salt, check = _parts(head)
        suite = SUITES.get(name)
        if suite is None or len(check) < _CHECK:
            raise CannotRun(damaged)
        key = _key(secret, salt)
        if check != _check(suite, key):
            raise CannotRun("口令文件不是加密这份备份时所用的那一个。请核对 --key-file。")
        number, last = 0, False
        try:
            while not last:
                length = int.from_bytes(sealed.read(4), "big")
                piece = sealed.read(length)
                if len(piece) != length:
                    raise CannotRun(damaged)
                last = not sealed.read(1)
                if not last:
                    sealed.seek(-1, os.SEEK_CUR)
                out.write(suite.open(key, piece, bound_to=_place(head, number, last=last)))
                number += 1
        except (CannotOpen, ValueError):
            raise CannotRun(damaged) from None


def _parts(head: bytes) -> tuple[str, bytes, bytes]:
    rest = head[len(_MAGIC) :]
    name, salt = rest[:_NAME], rest[_NAME : _NAME + _SALT]
    return name.decode("ascii", "replace").strip(), salt, rest[_NAME + _SALT :]


def _pieces(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces, each with whether it is the last; an empty file is one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _key(secret: bytes, salt: bytes) -> bytes:
    return hashlib.scrypt(secret, salt=salt, **_WORK)


def _check(suite: Suite, key: bytes) -> bytes:
    return suite.keyed_digest(key, b"gongkai backup")[:_CHECK]


def _place(head: bytes, number: int, *, last: bool) -> bytes:
    return head + number.to_bytes(8, "big") + bytes([last])
