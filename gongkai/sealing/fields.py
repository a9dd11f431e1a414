"""加密字段. Personal data in a row, sealed under a key outside the database and bound to its own cell.

>>> class Applicant(SealedRecord): name = SealedText("姓名", purpose="applicants")   # doctest: +SKIP
>>> applicant.seal("name", "张某"); applicant.save(); applicant.unseal("name")       # doctest: +SKIP
'张某'
"""

import base64
import binascii
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from gongkai.sealing import vault
from gongkai.sealing.suite import CannotOpen

_MARK = "sealed"


class SealedText(models.TextField):
    """加密文本. Holds only sealed tokens: writing plain text into it is a programming error, not a leak."""

    def __init__(self, *args: Any, purpose: str = "applicants", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        if value and not str(value).startswith(_MARK + ":"):
            raise ValueError(f"{self.name} 只能存加密后的内容，请用 record.seal()")
        return super().get_prep_value(value)


class SealedRecord(models.Model):
    """有加密字段的记录. The row's public id binds each text to its cell: a token moved elsewhere does not open."""

    class Meta:
        abstract = True

    def seal(self, name: str, plain: str, *, sealer: vault.Sealer | None = None) -> None:
        """Set a sealed field from plain text ("" stays empty); ``sealer`` where there are many rows."""
        field = self._sealed_field(name)
        if not plain:
            setattr(self, name, "")
            return
        seal = sealer or vault.sealer(field.purpose)
        version, token = seal(plain.encode(), self._cell(field))
        setattr(self, name, f"{_MARK}:{version}:{base64.b64encode(token).decode()}")

    def unseal(self, name: str) -> str:
        """The plain text. Callers record who read it and why; raises CannotOpen."""
        field = self._sealed_field(name)
        stored = getattr(self, name)
        if not stored:
            return ""
        try:
            _, version, token = stored.split(":", 2)
            sealed = base64.b64decode(token, validate=True)
            return vault.open_sealed(field.purpose, int(version), sealed, bound_to=self._cell(field)).decode()
        except (ValueError, binascii.Error) as error:
            raise CannotOpen("密文格式不对") from error

    def _sealed_field(self, name: str) -> SealedText:
        field = self._meta.get_field(name)
        if not isinstance(field, SealedText):
            raise FieldDoesNotExist(f"{name} 不是加密字段")
        return field

    def _cell(self, field: SealedText) -> bytes:
        return f"{self._meta.db_table}.{field.column}:{self.public_id}".encode()  # type: ignore[attr-defined]
