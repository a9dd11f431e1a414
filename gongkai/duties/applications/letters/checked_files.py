"""文书里外来文件的查毒 (FIL-07): what an officer edited and uploaded, proofs of delivery, an office's own templates."""

from collections.abc import Iterable, Iterator

from gongkai.duties.applications.letters.keeping import unsealed
from gongkai.duties.applications.letters.models import Delivery, Letter, Template
from gongkai.gateways.files import desk_files


def names() -> Iterator[str]:
    yield from _stored(Letter.objects.values_list("document", flat=True))
    yield from _stored(Delivery.objects.values_list("proof", flat=True))
    yield from Template.objects.values_list("sha256", flat=True)


def read(name: str) -> bytes:
    if letter := Letter.objects.filter(document__endswith=f":{name}").first():
        return unsealed(letter, "document")
    if delivery := Delivery.objects.filter(proof__endswith=f":{name}").first():
        return unsealed(delivery, "proof")
    return desk_files().read(name)


def _stored(references: Iterable[str]) -> Iterator[str]:
    return (each.partition(":")[2] for each in references if each)
