"""打包. A folder of an old site as the one archive that the reading takes, the same bytes for the same files."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first an archive knows: the day of packing is no part of the source


def pack(folder: Path, out: BinaryIO) -> None:
    """Every plain file below the folder; links out of it are not followed."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as part:
                shutil.copyfileobj(file, part)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
