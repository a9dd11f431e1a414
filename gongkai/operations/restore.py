"""gongkai restore. Puts a backup into an empty data folder, after proving it whole."""

import argparse
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path

from gongkai.config import env
from gongkai.operations import backup, sealed_archive
from gongkai.operations.process import CannotRun, half_restored, say, start_django
from gongkai.operations.setup import prepare

_WORKING = ".restore-"  # what was taken out of the archive and is on its way


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai restore", description="把备份恢复到空的数据目录（或空的数据库）；不会覆盖已有数据。"
    )
    parser.add_argument("archive", help="gongkai backup 写出的文件")
    parser.add_argument("--keys", metavar="文件", help="gongkai backup --keys 写出的密钥备份")
    backup.add_key_file(parser)
    given = parser.parse_args(arguments)
    key_file = backup.key_file_of(given)
    with sealed_archive.opened(Path(given.archive), key_file=key_file) as archive:
        return _restore(archive, given.keys, key_file)


def _restore(archive: Path, keys_archive: str | None, key_file: Path | None) -> int:
    manifest = backup.check(archive)
    keys = env.folder(env.KEYS, "keys")
    if keys_archive:
        with sealed_archive.opened(Path(keys_archive), key_file=key_file) as plain:
            restore_keys(plain, keys)
    elif not keys.is_dir():
        raise CannotRun(
            "没有密钥：请用 --keys 给出密钥备份，或先把原密钥目录放好。没有原密钥，申请人信息无法打开。"
        )
    start_django("worker", restoring=True)
    for alias, name in backup.DUMPS.items():
        _require_empty(alias, manifest["engines"][name])
    mark = half_restored()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    for left in mark.parent.glob(f"{_WORKING}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_WORKING, dir=mark.parent) as folder:
        with tarfile.open(archive) as parts:
            parts.extractall(folder, filter="data")
        _put_back(Path(folder))
    prepare()  # an older backup is brought up to today's tables
    _dispose_again()
    mark.unlink()
    say(f"已恢复到 {env.home()}（备份时间 {manifest['made_at']}）。请运行 gongkai verify 核验。")
    return 0


def _dispose_again() -> None:
    """What was disposed of before the backup was made, and whose file came back with it, goes again (PII-06)."""
    from gongkai.duties.applications.archive.retention import replay

    if count := replay():
        say(f"备份里有{count}个早已销毁的文件，已经再次销毁。")


def _require_empty(alias: str, engine: str) -> None:
    from django.db import connections

    connection = connections[alias]
    if connection.vendor != engine:
        raise CannotRun(f"备份来自{engine}数据库，现在配置的是{connection.vendor}，不能直接恢复。")
    if half_restored().exists():
        _begin_anew(alias)
    if connection.introspection.table_names():
        raise CannotRun("目标数据库不是空的，不覆盖。请换一个空的数据目录（GONGKAI_HOME）或空的数据库。")
    connection.close()


def _begin_anew(alias: str) -> None:
    """上次恢复没有做完: the database was empty before it, and what it had put there goes. Of a server's database only its
    owner can say that nothing else came into it."""
    from django.db import connections

    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.close()
        for tail in ("", "-wal", "-shm", "-journal"):
            Path(f"{connection.settings_dict['NAME']}{tail}").unlink(missing_ok=True)
    elif connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise CannotRun(
            f"上次恢复没有做完，数据库{name}里有它留下的一部分。请清空这个数据库（dropdb、createdb）后重新运行。"
        )


def _put_back(folder: Path) -> None:
    from django.db import connections

    from gongkai.gateways.files import desk_files, intake_files, public_files

    stores = {"files": desk_files(), "public-files": public_files(), "intake-files": intake_files()}
    for alias, name in backup.DUMPS.items():
        if (folder / f"{name}.dump").exists():
            words = (
                "--no-owner",
                "--single-transaction",
                f"--dbname={connections[alias].settings_dict['NAME']}",
            )
            backup.run_postgresql("pg_restore", alias, *words, str(folder / f"{name}.dump"))
        else:
            target = Path(connections[alias].settings_dict["NAME"])
            target.parent.mkdir(parents=True, exist_ok=True)
            with sqlite3.connect(folder / f"{name}.sqlite3") as source, sqlite3.connect(target) as copy:
                source.backup(copy)
    for name, store in stores.items():
        for file in sorted((folder / name).glob("*")):
            place = store.folder / file.name[:2]
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(file, place / file.name)
    anchors = env.folder(env.ANCHORS, "anchors")
    for file in sorted((folder / "anchors").glob("*.anchors")):
        if not (anchors / file.name).exists():  # anchors kept elsewhere are newer evidence than the backup's
            anchors.mkdir(parents=True, exist_ok=True)
            unfinished = anchors / f"{file.name}.unfinished"
            shutil.copy2(file, unfinished)
            unfinished.replace(anchors / file.name)


def restore_keys(archive: Path, folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise CannotRun(f"密钥目录 {folder} 不是空的，不覆盖。")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        backup.read_to_the_end(archive)
        with tarfile.open(archive) as keys:
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True, mode=0o700)
            keys.extractall(unfinished, filter="data")
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise CannotRun(f"密钥备份损坏，无法读出：{archive}。请换一份密钥备份。") from error
    for key in unfinished.iterdir():
        key.chmod(0o600)
    unfinished.replace(folder)  # all of them or none
