"""正文里的图片的地址: on the public side by content hash, on the desk below the version that owns it."""

import re
from collections.abc import Iterable

from django.urls import reverse

from gongkai.duties.catalogue.models import Attachment, Version
from gongkai.duties.catalogue.public_text import public_text

_PUBLIC = re.compile(r'(?<=src=")/files/([0-9a-f]{64})(?=")')
_ON_THE_DESK = re.compile(r'(?<=src=")(?:https?://[^"/]+)?/catalogue/items/\w+/pictures/([0-9a-f]{64})/(?=")')
_PICTURE = re.compile(r"<img\b[^>]*>")
_WORDS = re.compile(r'\balt="[^"]*[^"\s][^"]*"')


def address(sha256: str) -> str:
    """As the body keeps it and the public side serves it."""
    return f"/files/{sha256}"


def shown_in(body: str) -> tuple[str, ...]:
    """The hashes of the pictures of a text, in their order."""
    return tuple(_PUBLIC.findall(body))


def on_the_desk(version: Version) -> str:
    """公众将看到的正文 as a screen of the desk shows it."""
    return _on_the_desk(version, public_text(version))


def to_edit(version: Version) -> str:
    """正文 as the editor shows it: what the author writes, without what the system composes around it."""
    return _on_the_desk(version, version.body)


def _on_the_desk(version: Version, text: str) -> str:
    return _PUBLIC.sub(
        lambda found: reverse("catalogue:picture", args=[version.public_id, found.group(1)]), text
    )


def as_kept(body: str) -> str:
    """正文 as it is kept, from what the editor sends."""
    return _ON_THE_DESK.sub(lambda found: address(found.group(1)), body)


def beside_the_text(version: Version, files: Iterable[Attachment]) -> list[Attachment]:
    """附件 proper: what the text does not show already."""
    shown = set(shown_in(public_text(version)))
    return [file for file in files if file.sha256 not in shown]


def fault_of(version: Version) -> str:
    """Why a picture of the text cannot go out, as one sentence; "" when all can."""
    kept = {file.sha256 for file in version.attachments.all()}
    pictures = _PICTURE.findall(version.body)
    if len(shown_in(version.body)) != len(pictures) or not kept.issuperset(shown_in(version.body)):
        return "正文里有一张图片没有上传，公众看不到。请删去后用“插入图片”重新插入。"
    if not all(_WORDS.search(picture) for picture in pictures):
        return "正文里有一张图片没有说明，看不见图片的读者不知道它的内容。请删去后重新插入，填写图片说明。"
    return ""
