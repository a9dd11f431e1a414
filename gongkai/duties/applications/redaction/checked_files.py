"""遮盖材料原件的查毒 (FIL-07). What is made from one is drawn anew by us, page by page."""

from collections.abc import Iterable

from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.sealed_file import unsealed


def names() -> Iterable[str]:
    return RedactionJob.objects.values_list("source_file", flat=True)


def read(name: str) -> bytes:
    return unsealed(RedactionJob.objects.filter(source_file=name)[0])
