"""附件的查毒 (FIL-07): as uploaded, and as cleaned."""

from collections.abc import Iterator

from gongkai.duties.catalogue.models import Attachment
from gongkai.gateways.files import desk_files


def names() -> Iterator[str]:
    yield from Attachment.objects.values_list("sha256", flat=True).distinct()
    yield from Attachment.objects.exclude(original="").values_list("original", flat=True).distinct()


def read(name: str) -> bytes:
    return desk_files().read(name)
