"""gongkai backup. One archive of both databases and all files, taken while people work; keys go apart.

The databases are copied first and the files after them: files are never changed, so every file that the copied
databases name is in the archive.
"""

import argparse
import fcntl
import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from gongkai import __version__
from gongkai.config import env
from gongkai.operations import sealed_archive
from gongkai.operations.process import CannotRun, say, start_django
from gongkai.sealing.suite import SUITES

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"  # what the name of an archive ends with until it was read back
_WORKING = ".backup-"
DUMPS = {"default": "desk", "public": "public"}
_ZONE = ZoneInfo("Asia/Shanghai")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai backup", description="备份两侧数据库和全部文件，备份后自动核验。"
    )
    parser.add_argument("target", nargs="?", help="备份文件；不填则写入数据目录的backups文件夹")
    parser.add_argument("--keys", metavar="文件", help="另把密钥备份到这个文件（请与备份分开保管）")
    add_key_file(parser)
    given = parser.parse_args(arguments)
    key_file = key_file_of(given)
    secret = sealed_archive.read_secret(key_file) if key_file else None
    start_django("worker")
    target = Path(given.target) if given.target else _default_target(sealed=bool(secret))
    for path in (target, *([Path(given.keys)] if given.keys else [])):
        if path.exists():
            raise CannotRun(f"{path} 已存在，不覆盖。请换一个文件名。")
    manifest = back_up(target, secret=secret)
    if given.keys:
        _back_up_keys(Path(given.keys), secret=secret)
    say(f"备份完成并已核验：{target}（{len(manifest['parts'])}部分，{target.stat().st_size / 1e6:.1f} MB）")
    if not given.keys:
        say("提醒：备份中没有密钥。没有密钥无法打开申请人信息，请用 --keys 另存一份，分开保管。")
    if secret is None:
        say("提醒：备份没有加密。请用 --key-file 或者 GONGKAI_BACKUP_KEY 给出口令文件。")
    return 0


def add_key_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key-file", metavar="文件", help="备份口令文件：给出就加密、解密；不给则用GONGKAI_BACKUP_KEY"
    )


def key_file_of(given: argparse.Namespace) -> Path | None:
    named = given.key_file or env.BACKUP_KEY()
    return Path(named).expanduser() if named else None


def back_up(target: Path, *, secret: bytes | None = None) -> dict[str, Any]:
    """Write the archive beside its final name, read it back, and only then give it the name. Returns the manifest.

    With ``secret`` it is sealed, opened again and read back once more; nothing plain is left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        with (
            _at_work(target.parent) as folder,
            tarfile.open(unfinished, "w:gz", compresslevel=1) as archive,
        ):
            manifest: dict[str, Any] = {
                "gongkai": __version__,
                "made_at": datetime.now(_ZONE).isoformat(timespec="seconds"),
                "engines": {DUMPS[alias]: _vendor(alias) for alias in DUMPS},
                "parts": {},
            }
            for name, path in _parts(folder):
                manifest["parts"][name] = _digest(path)
                archive.add(path, name)
            words = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(words)
            archive.addfile(entry, io.BytesIO(words))
        os.chmod(unfinished, 0o600)
        check(unfinished)
        if secret is not None:
            _seal_in_place(unfinished, secret)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


@contextmanager
def _at_work(place: Path) -> Iterator[Path]:
    """A folder for the copies of the databases, locked while its process lives, so that what a killed one left is known."""
    with tempfile.TemporaryDirectory(prefix=_WORKING, dir=place) as name:
        handle = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(handle)


def sweep(place: Path) -> None:
    """清理上次没有做完的备份: plain copies of the databases, and archives that never got their name. A backup at work
    beside this one is left alone, and with it every archive: nobody can tell whose it is."""
    for folder in place.glob(f"{_WORKING}*"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
        except BlockingIOError:
            return
        finally:
            os.close(handle)
    for path in place.glob(f"*.tar.gz*{UNFINISHED}*"):
        path.unlink()


def newest(place: Path) -> Path | None:
    """最近一份 that was made to its end."""
    made = [path for path in place.glob("*.tar.gz*") if UNFINISHED not in path.name]
    return max(made, key=lambda path: path.stat().st_mtime, default=None)


def _seal_in_place(path: Path, secret: bytes) -> None:
    """Only a sealed file that opens to the same bytes takes the plain one's place."""
    from django.conf import settings

    sealed = path.with_name(path.name + sealed_archive.SUFFIX)
    try:
        sealed_archive.seal(path, sealed, secret=secret, suite=SUITES[settings.SUITE])
        with sealed_archive.opened_with(sealed, secret) as plain:
            if _digest(plain) != _digest(path):
                raise CannotRun("加密后的备份与原文不符，没有写入。请检查磁盘后再试。")
        sealed.replace(path)
    finally:
        sealed.unlink(missing_ok=True)


def check(archive_path: Path) -> dict[str, Any]:
    """核验备份: every part is there and has the digest the manifest gives it. Raises CannotRun. Returns the manifest."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        read_to_the_end(archive_path)
        with tarfile.open(archive_path) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                if stream is None:
                    raise CannotRun(f"备份损坏：{member.name} 不是文件。请换一份备份。")
                if member.name == MANIFEST:
                    manifest = json.load(stream)
                else:
                    found[member.name] = _digest_of(stream)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise CannotRun(f"备份损坏，无法读出：{archive_path}。请换一份备份。") from error
    if manifest is None:
        raise CannotRun(f"{archive_path} 里没有清单，不是完整的备份。请换一份备份。")
    if found != manifest["parts"]:
        wrong = sorted(set(found.items()) ^ set(manifest["parts"].items()))
        raise CannotRun(f"备份损坏：{wrong[0][0]} 与清单不符。请换一份备份。")
    return manifest


def read_to_the_end(archive_path: Path) -> None:
    """The checksum of the whole stands behind the last entry, where reading the entries never comes. Raises OSError."""
    with gzip.open(archive_path) as packed:
        while packed.read(1 << 20):
            pass


def _parts(folder: Path) -> Iterator[tuple[str, Path]]:
    from gongkai.gateways.files import desk_files, intake_files, public_files

    for alias, name in DUMPS.items():
        yield _dump(alias, name, folder)
    for store, name in (
        (desk_files(), "files"),
        (public_files(), "public-files"),
        (intake_files(), "intake-files"),
    ):
        for digest in store.names():
            path = store.folder / digest[:2] / digest
            if path.exists():  # what was handed in is removed a day after the desk has it
                yield f"{name}/{digest}", path
    for anchors in sorted(env.folder(env.ANCHORS, "anchors").glob("*.anchors")):
        yield f"anchors/{anchors.name}", anchors


def _dump(alias: str, name: str, folder: Path) -> tuple[str, Path]:
    from django.db import connections

    connection = connections[alias]
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(path) as copy:
            source.backup(copy)
        return f"{name}.sqlite3", path
    path = folder / f"{name}.dump"
    run_postgresql("pg_dump", alias, "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
    return f"{name}.dump", path


def run_postgresql(program: str, alias: str, *words: str) -> None:
    """Run a PostgreSQL client program on the database; the password travels by environment, not by command line."""
    from django.db import connections

    settings = connections[alias].settings_dict
    surroundings = {
        **os.environ,
        "PGHOST": settings["HOST"] or "",
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"] or "",
        "PGPASSWORD": settings["PASSWORD"] or "",
        "PGDATABASE": settings["NAME"],
    }
    try:
        done = subprocess.run(  # noqa: S603 - fixed program names and our own words
            [program, *words], env=surroundings, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise CannotRun(f"找不到 {program}，请安装与服务器同版本的PostgreSQL客户端。") from None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["没有输出"]
        raise CannotRun(f"{program} 失败：{last[0]}")


def _vendor(alias: str) -> str:
    from django.db import connections

    return connections[alias].vendor


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return _digest_of(file)


def _digest_of(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _default_target(*, sealed: bool) -> Path:
    name = f"gongkai-{datetime.now(_ZONE):%Y%m%d-%H%M%S}.tar.gz"
    return env.home() / "backups" / (name + sealed_archive.SUFFIX * sealed)


def _back_up_keys(target: Path, *, secret: bytes | None) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        for key in sorted(env.folder(env.KEYS, "keys").iterdir()):
            archive.add(key, key.name)
    if secret is not None:
        _seal_in_place(target, secret)
