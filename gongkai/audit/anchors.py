"""锚. The head of the chain, written where the database's owner cannot reach it (AUD-04).

A line per anchor in one file per database: sequence, digest, time. The folder should lie on another machine.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from gongkai.audit.models import Head


@dataclass(frozen=True, slots=True)
class Anchor:
    sequence: int
    digest: str
    at: str


def write(folder: Path, alias: str) -> Anchor | None:
    """Append the present head of ``alias`` unless it is already the last anchor; None when nothing is new."""
    head = Head.objects.using(alias).filter(pk=1).first()
    if head is None or head.sequence == 0:
        return None
    known = read(folder, alias)
    if known and known[-1].sequence == head.sequence:
        return None
    anchor = Anchor(head.sequence, head.digest, timezone.now().isoformat(timespec="seconds"))
    folder.mkdir(parents=True, exist_ok=True)
    with _file(folder, alias).open("a", encoding="ascii") as file:
        file.write(f"{anchor.sequence} {anchor.digest} {anchor.at}\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read(folder: Path, alias: str) -> tuple[Anchor, ...]:
    """The anchors of a database, oldest first; a line that was cut off in writing is passed over."""
    path = _file(folder, alias)
    if not path.exists():
        return ()
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return tuple(Anchor(int(words[0]), words[1], words[2]) for words in lines if len(words) == 3)


def _file(folder: Path, alias: str) -> Path:
    return folder / f"audit-{alias}.anchors"
