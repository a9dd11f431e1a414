"""申请人提交的文件的查毒. Opened by the worker in memory, scanned, and kept as it came (FIL-07)."""

from collections.abc import Iterable

from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.intake.opening import unsealed


def names() -> Iterable[str]:
    return ApplicationFile.objects.values_list("sha256", flat=True)


def read(name: str) -> bytes:
    return unsealed(ApplicationFile.objects.select_related("received").filter(sha256=name)[0])
