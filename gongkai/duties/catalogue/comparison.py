"""版本比较. What changed between two versions, in words an officer reads: field by field, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import html

from gongkai.duties.catalogue.content import FIELDS, attachments
from gongkai.duties.catalogue.models import Version

_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "tr", "br", "table", "blockquote", "figcaption"}
_SENTENCE = re.compile(
    r"[^。；！？\n]+[。；！？]?|\n"
)  # a paragraph that follows changes no sentence before it


@dataclass(frozen=True, slots=True)
class Part:
    """一段文字: the same in both, only in the old, or only in the new."""

    kind: str  # "same", "removed", "added"
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    parts: tuple[Part, ...]


def differences(old: Version, new: Version) -> tuple[Difference, ...]:
    """Only what differs, in the order of the form."""
    return tuple(_differences(old, new))


def _differences(old: Version, new: Version) -> Iterator[Difference]:
    for label, before, after in (
        *_fields(old, new),
        ("栏目", str(old.main_column or ""), str(new.main_column or "")),
        ("其他栏目", _columns(old), _columns(new)),
        ("正文", plain(old.body), plain(new.body)),
        ("附件", _files(old), _files(new)),
    ):
        if before != after:
            yield Difference(label, tuple(_parts(before, after)))


def plain(body: str) -> str:
    """The text of a body as it is read, a line for each paragraph, cells parted by a bar."""
    if not body.strip():
        return ""
    root = html.fragment_fromstring(body, create_parent="div")
    for element in root.iter():
        if element.tag in ("td", "th"):
            element.tail = "｜" + (element.tail or "")
        if element.tag in _BLOCKS and element is not root:
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _fields(old: Version, new: Version) -> Iterator[tuple[str, str, str]]:
    for name in FIELDS:
        if name != "body":
            label = str(Version._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield label, _shown(old, name), _shown(new, name)


def _shown(version: Version, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    return str(display() if display else getattr(version, name) or "")


def _columns(version: Version) -> str:
    return "、".join(version.other_columns.order_by("position", "pk").values_list("name", flat=True))


def _files(version: Version) -> str:
    return "\n".join(f"{file.name}（{file.sha256[:8]}）" for file in attachments(version))


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Part("removed", "".join(old[i:j]))
        if k < m:
            yield Part("added", "".join(new[k:m]))
