"""公示的内容. What of a decision leaves the desk: the fields of the rules, with what is personal masked (PII-04, PII-05)."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.rules.enforcement_publicity_2019.public_fields import FIELDS, PublishedField, masked_name
from gongkai.screening.found import Found, What
from gongkai.screening.text import look

if TYPE_CHECKING:
    from gongkai.duties.administrative_acts.models import PublicDecision

_NEVER = frozenset({What.CLASSIFICATION, What.CONTROL})
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_NAMES = re.compile(r"[、，,;；/\n]+")
_AND_OTHERS = re.compile(r"等[0-9一二两三四五六七八九十]*人?$")
_SHORTEST_NAME = 2  # a single character is no name that could be looked for in a text
_WHOSE: Mapping[str, str] = {  # field of the rules → column of the register
    "document_number": "number",
    "title": "name",
    "grounds": "basis",
    "result": "content",
    "agency": "deciding_agency",
}


@dataclass(frozen=True, slots=True)
class PublicField:
    """公示的一栏, as readers will see it."""

    field: PublishedField
    value: str

    @property
    def label(self) -> str:
        return self.field.label


def public_fields(decision: "PublicDecision") -> tuple[PublicField, ...]:
    """公示的内容, in the order of the rules; a natural person's code is never among them."""
    found = (
        PublicField(field, _shown(decision, field))
        for field in FIELDS[decision.ACT]
        if not (decision.is_natural_person and field.key == "counterpart_code")
    )
    return tuple(each for each in found if each.value or each.field.required)


def digest(fields: tuple[PublicField, ...]) -> str:
    """公示内容的摘要: what a review is bound to."""
    written = json.dumps([[each.field.key, each.label, each.value] for each in fields], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def never_public(decision: "PublicDecision") -> Iterator[tuple[PublishedField, Found]]:
    """不得发布的: marks of secrecy and characters nobody sees. They are not masked; the register is put right."""
    for field in FIELDS[decision.ACT]:
        for found in look(_raw(decision, field)):
            if found.what in _NEVER:
                yield field, found


def _shown(decision: "PublicDecision", field: PublishedField) -> str:
    text = _raw(decision, field)
    if decision.is_natural_person and field.key == "counterpart":
        return "、".join(masked_name(name) for name in names(text))
    if decision.is_natural_person:
        for name in names(decision.counterpart):
            text = _without_name(text, name)
    if field.key == "counterpart_code":
        return text
    return _without_personal(text)


def _raw(decision: "PublicDecision", field: PublishedField) -> str:
    name = _WHOSE.get(field.key, field.key)
    if field.key == "approval_kind":
        return str(decision.get_approval_kind_display())  # type: ignore[attr-defined]
    value = getattr(decision, name)
    if field.key == "agency" and not value:
        return decision.agency.name
    if isinstance(value, Decimal):  # as it is stored, however it was typed
        return f"{value:.2f}"
    return "" if value is None else str(value)


def names(counterpart: str) -> list[str]:
    """自然人的姓名, one or several, without what stands in brackets behind them.

    >>> names("张 示例（男）、李示例 等二人")
    ['张示例', '李示例']
    """
    parts = _BETWEEN_NAMES.split(_IN_BRACKETS.sub("", counterpart))
    return [name for part in parts if (name := _AND_OTHERS.sub("", "".join(part.split())))]


def _without_name(text: str, name: str) -> str:
    """A name is the same with spaces between its characters, as in tables where names are spread out."""
    if len(name) < _SHORTEST_NAME:
        return text
    return re.sub(r"\s*".join(map(re.escape, name)), masked_name(name), text)


def _without_personal(text: str) -> str:
    """Numbers, home addresses, names of minors and patients, written as they may be shown."""
    for found in reversed(look(text)):
        if found.is_personal:
            text = text[: found.start] + found.shown + text[found.end :]
    return text
