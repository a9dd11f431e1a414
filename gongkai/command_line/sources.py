"""给出的文件. What the person named, as a list of files: folders are searched, "-" is standard input."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.command_line.refusal import Refused

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """一份文件: where it is, and how it is named to the person (as given, or relative to the folder given)."""

    name: str
    path: Path | None  # None for standard input
    within: str = ""  # its path inside the folder that was given


def find(names: Sequence[str], endings: frozenset[str], *, kind: str = "") -> tuple[Source, ...]:
    """The files, in order of name within each folder; in a folder those with the ``endings``, ``kind`` says of what."""
    found: list[Source] = []
    for name in names:
        if name == STANDARD_INPUT:
            found.append(Source("标准输入", None))
            continue
        path = Path(name)
        if path.is_dir():
            inside = [Source(str(each), each, str(each.relative_to(path))) for each in _files(path, endings)]
            if not inside:
                raise Refused(f"目录“{name}”中没有可以读取的{kind}文件。")
            found += inside
        else:
            found.append(Source(name, path))
    if sum(source.path is None for source in found) > 1:
        raise Refused("标准输入“-”只能写一次。")
    return tuple(found)


def _files(folder: Path, endings: frozenset[str]) -> Iterator[Path]:
    """Readable files below, without hidden ones and without following links out of the folder."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.suffix.lower() in endings and path.is_file() and not hidden and not path.is_symlink():
            yield path
