"""文书的正文. A letter as plain lines with their places: what is checked, hashed, shown and printed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from gongkai.rules.explanation import day_text

# Filled in by the system when the letter is issued; the only two places that may stand open before.
NUMBER_SLOT, DATE_SLOT = "{{文号}}", "{{成文日期}}"


@dataclass(frozen=True, slots=True)
class LetterText:
    """文书: ``issuer`` over the red line, then number, title, addressee, paragraphs, remedy, signature, day, notes."""

    issuer: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    remedy: str
    signature: str
    notes: tuple[str, ...] = ()
    number: str = NUMBER_SLOT
    dated: str = DATE_SLOT
    margins: tuple[
        str, ...
    ] = ()  # 页眉、页脚、脚注 of an edited document: read for the check, printed by its own file alone

    def placed(self) -> Iterator[tuple[str, str]]:
        """Every line with the name of its place, as the findings tell it."""
        yield "发文机关", self.issuer
        yield "文号", self.number
        yield "标题", self.title
        yield "主送", self.addressee
        for place, paragraph in enumerate(self.paragraphs, start=1):
            yield f"正文第{place}段", paragraph
        yield "救济告知", self.remedy
        yield "落款", self.signature
        yield "成文日期", self.dated
        for note in self.notes:
            yield "附注", note
        for line in self.margins:
            yield "页眉页脚", line

    def body(self) -> Iterator[tuple[str, str]]:
        """The lines that say something: paragraphs, remedy, notes, and what stands in the margins."""
        return (each for each in self.placed() if each[0].startswith(("正文", "救济", "附注", "页眉")))

    @property
    def whole(self) -> str:
        return "\n".join(line for _, line in self.placed() if line)

    def issued(self, *, number: str, on: date) -> "LetterText":
        """编号、成文日期填好的."""
        return replace(self, number=number, dated=day_text(on))

    def as_json(self) -> str:
        values = asdict(self)
        if not self.margins:
            del values["margins"]  # letters without them keep the digest that they were signed with
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "LetterText":
        values: dict[str, Any] = json.loads(text)
        for several in ("paragraphs", "notes", "margins"):
            values[several] = tuple(values.get(several, ()))
        return cls(**values)

    def digest(self, *beside: str) -> str:
        """内容摘要: the same text with the same things beside it always gives the same. Number and day, which come
        last, are left out."""
        plain = replace(self, number=NUMBER_SLOT, dated=DATE_SLOT)
        return hashlib.sha256("\0".join([plain.as_json(), *beside]).encode()).hexdigest()
