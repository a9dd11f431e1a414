"""扫描件的查毒 (FIL-07). Opened by the worker in memory, scanned, and kept as they came."""

from collections.abc import Iterator

from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.letters.keeping import unsealed


def names() -> Iterator[str]:
    return (file.partition(":")[2] for file in ReceivedPaper.objects.values_list("file", flat=True))


def read(name: str) -> bytes:
    return unsealed(ReceivedPaper.objects.filter(file__endswith=f":{name}")[0], "file")
