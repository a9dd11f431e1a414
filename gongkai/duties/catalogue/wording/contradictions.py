"""互相矛盾的词条. Two entries of which one calls wrong what the other asks for: mended by the one, wrong again by the other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gongkai.duties.catalogue.wording.models import WordingEntry, WordingKind


def within(rows: Sequence[tuple[int, WordingEntry]]) -> Mapping[int, str]:
    """Of the rows of one file those that contradict each other, each with why; which of them is meant, nobody but the author knows."""
    wrong: dict[str, list[tuple[int, WordingEntry]]] = defaultdict(list)
    for number, entry in rows:
        if entry.kind == WordingKind.WRONG:
            wrong[entry.wrong].append((number, entry))
    against: dict[int, dict[int, WordingEntry]] = defaultdict(dict)
    for number, entry in rows:
        for other_number, other in wrong.get(entry.right, ()):
            against[number][other_number] = other
            against[other_number][number] = entry
    return {number: _told(others) for number, others in against.items()}


def _told(others: Mapping[int, WordingEntry]) -> str:
    first, *more = sorted(others)
    which = f"第{first}行“{others[first]}”" + "".join(f"、第{number}行" for number in more[:5])
    return f"与{which}互相矛盾：照一条改了，另一条又说不对。请核对后只留一条，再重新上传"
