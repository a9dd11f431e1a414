"""证据文件的查毒 (FIL-07)."""

from collections.abc import Iterable

from gongkai.duties.remedies.actions.evidence import unsealed
from gongkai.duties.remedies.models import Evidence


def names() -> Iterable[str]:
    return Evidence.objects.exclude(stored_as="").values_list("stored_as", flat=True)


def read(name: str) -> bytes:
    return unsealed(Evidence.objects.filter(stored_as=name)[0])
