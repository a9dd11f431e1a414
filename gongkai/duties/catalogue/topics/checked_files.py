"""专题素材的查毒 (FIL-07)."""

from collections.abc import Iterable

from gongkai.duties.catalogue.topics.models import TopicFile
from gongkai.gateways.files import desk_files


def names() -> Iterable[str]:
    return TopicFile.objects.values_list("sha256", flat=True)


def read(name: str) -> bytes:
    return desk_files().read(name)
