"""密钥库. Opens the data keys with the key file and keeps them in memory; makes, rotates, re-seals."""

import os
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, models, transaction

from gongkai.sealing.keys import read_key
from gongkai.sealing.models import DataKey
from gongkai.sealing.suite import SUITES, CannotOpen, Suite

FIELDS_KEY = "fields.key"  # seals the data keys
INDEX_KEY = "index.key"  # digests values that are looked up by equality

_BATCH = 500  # rows of one transaction while sealed texts change to another key

Sealer = Callable[[bytes, bytes], tuple[int, bytes]]  # plain text and its cell to version and sealed bytes
Indexer = Callable[[str], str]  # a value to its blind index

_opened: dict[tuple[str, int], tuple[Suite, bytes]] = {}
# Keys made in a transaction that may yet roll back: another key could then bear the same version,
# so they are not kept in memory until committed.
_uncommitted: set[tuple[str, int]] = set()


def seal(purpose: str, plain: bytes, *, bound_to: bytes) -> tuple[int, bytes]:
    """(version of the data key, sealed bytes)."""
    return sealer(purpose)(plain, bound_to)


def sealer(purpose: str) -> Sealer:
    """``seal`` for many texts of one transaction: the active key is looked up once."""
    version = _active_version(purpose)
    suite, key = _data_key(purpose, version)
    return lambda plain, bound_to: (version, suite.seal(key, plain, bound_to=bound_to))


def open_sealed(purpose: str, version: int, sealed: bytes, *, bound_to: bytes) -> bytes:
    suite, key = _data_key(purpose, version)
    return suite.open(key, sealed, bound_to=bound_to)


def blind_index(purpose: str, value: str) -> str:
    """盲索引: a keyed digest by which equal values are found; without the key, 18 digits cannot be tried (CRY-04)."""
    return indexer(purpose)(value)


def indexer(purpose: str) -> Indexer:
    """``blind_index`` for many values of one transaction: the key is read once."""
    key = read_key(settings.KEYS_FOLDER, INDEX_KEY)
    suite = SUITES[settings.SUITE]
    return lambda value: suite.keyed_digest(key, f"{purpose}:{value}".encode()).hex()


@transaction.atomic
def rotate(purpose: str) -> int:
    """更换数据密钥: new text is sealed under the new version at once; old text still opens. Returns the version."""
    latest = DataKey.objects.select_for_update().filter(purpose=purpose).order_by("-version").first()
    DataKey.objects.filter(purpose=purpose, is_active=True).update(is_active=False)
    return _make(purpose, latest.version + 1 if latest else 1)


def _make(purpose: str, version: int) -> int:
    suite = SUITES[settings.SUITE]
    wrapped = suite.seal(_file_key(), os.urandom(32), bound_to=_name(purpose, version))
    DataKey.objects.create(purpose=purpose, version=version, suite=suite.name, wrapped=wrapped)
    _uncommitted.add((purpose, version))
    transaction.on_commit(lambda: _uncommitted.discard((purpose, version)))
    return version


def reseal(record_class: type[models.Model], purpose: str, names: tuple[str, ...]) -> tuple[int, list[str]]:
    """换到在用的密钥下: every text of these columns, a batch to a transaction, while others go on reading and writing.

    How many rows were sealed anew, and which did not open: those stay as they are. Broken off, it goes on where it was:
    what bears the active version is passed over.
    """
    rows, done, closed, last = record_class._base_manager, 0, [], 0
    while True:
        with transaction.atomic():
            seal, current = sealer(purpose), f"sealed:{_active_version(purpose)}:"
            found = list(
                rows.select_for_update(of=("self",))
                .filter(pk__gt=last)
                .only("public_id", *names)
                .order_by("pk")[:_BATCH]
            )
            changed = []
            for row in found:
                stale = [
                    each
                    for each in names
                    if (stored := getattr(row, each)) and not stored.startswith(current)
                ]
                try:
                    for name in stale:
                        row.seal(name, row.unseal(name), sealer=seal)  # type: ignore[attr-defined]
                except CannotOpen:
                    closed.append(f"{row._meta.label_lower}:{row.public_id}")  # type: ignore[attr-defined]
                else:
                    changed += [row] if stale else []
            rows.bulk_update(changed, names)
        if not found:
            return done, closed
        done, last = done + len(changed), found[-1].pk


def forget() -> None:
    """Drop the keys from memory, as after a change of key file."""
    _opened.clear()


def _active_version(purpose: str) -> int:
    """Two who need the first key of a purpose at once meet at its number; the second takes what the first made."""
    if version := _active(purpose):
        return version
    try:
        with transaction.atomic():
            return _active(purpose) or _make(purpose, 1)  # not the next after one that has come meanwhile
    except IntegrityError:
        if version := _active(purpose):
            return version
        raise


def _active(purpose: str) -> int | None:
    return DataKey.objects.filter(purpose=purpose, is_active=True).values_list("version", flat=True).first()


def _data_key(purpose: str, version: int) -> tuple[Suite, bytes]:
    if (purpose, version) in _opened:
        return _opened[purpose, version]
    try:
        row = DataKey.objects.get(purpose=purpose, version=version)
    except DataKey.DoesNotExist:
        raise CannotOpen(f"没有第{version}版数据密钥") from None
    suite = SUITES[row.suite]
    key = suite.open(_file_key(), bytes(row.wrapped), bound_to=_name(purpose, version))
    if (purpose, version) not in _uncommitted:
        _opened[purpose, version] = suite, key
    return suite, key


def _file_key() -> bytes:
    return read_key(settings.KEYS_FOLDER, FIELDS_KEY)


def _name(purpose: str, version: int) -> bytes:
    return f"data-key:{purpose}:{version}".encode()
