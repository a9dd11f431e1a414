"""更换数据密钥. A new version for one class of data, then every text of it sealed anew, while the office works on (CRY-03)."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.sealing import vault
from gongkai.sealing.fields import SealedRecord, SealedText
from gongkai.sealing.models import DataKey

Columns = tuple[str, ...]


def rotate(purpose: str, *, by: Person | None) -> int:
    """换一把: what is written from now on is sealed under it. Returns the version."""
    with transaction.atomic():
        version = vault.rotate(purpose)
        key = DataKey.objects.get(purpose=purpose, version=version)
        record("data_key.rotated", by=by, subject=key, detail={"purpose": purpose, "version": version})
    return version


def sealed_columns(purpose: str) -> Iterator[tuple[type[SealedRecord], Columns]]:
    """哪些表的哪些栏用这一类密钥, of every app there is: a new one is not to be left out."""
    for model in apps.get_models():
        if issubclass(model, SealedRecord):
            fields = (each for each in model._meta.concrete_fields if isinstance(each, SealedText))
            if names := tuple(each.name for each in fields if each.purpose == purpose):
                yield model, names


def purposes() -> list[str]:
    """有密钥的类别."""
    return sorted(set(DataKey.objects.values_list("purpose", flat=True)))
