"""密钥. A folder of key files, mode 0600, outside every database and every backup of one."""

import contextlib
import os
import secrets
from pathlib import Path


class KeyMissing(RuntimeError):
    """A key file is not there or too short; the process must not start without it (CRY-07)."""


def read_key(folder: Path, name: str) -> bytes:
    """The key called ``name``. Raises KeyMissing with what to do."""
    path = folder / name
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(
            f"缺少密钥文件 {path}。首次安装请运行 gongkai setup；迁移请把原密钥目录一并带来。"
        ) from None
    if len(key) < 32:
        raise KeyMissing(f"密钥文件 {path} 不完整（{len(key)}字节，至少32字节），请从密钥备份恢复。")
    return key


def create_key(folder: Path, name: str) -> bytes:
    """Make the key if it is not there yet, durably and readable by its owner only; return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _put(folder, name, secrets.token_bytes(32))
    return read_key(folder, name)


def write_public(folder: Path, name: str, key: bytes) -> None:
    """Put a public key beside its private one, if it is not there yet."""
    _put(folder, name, key)


def _put(folder: Path, name: str, key: bytes) -> None:
    """Whole or not at all: a key half written by a process that was killed would be asked for from a backup that has
    none. What stands there already stays."""
    if (folder / name).exists():
        return
    unfinished = folder / f".{name}.unfinished"
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(unfinished, folder / name)
    unfinished.unlink()


def secret_key(folder: Path, *, side: str) -> str:
    """Django's signing key, one for each side, so that a leak on one forges nothing on the other."""
    name = "portal.secret" if side == "portal" else "desk.secret"
    return read_key(folder, name).hex()
