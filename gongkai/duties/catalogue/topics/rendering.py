"""生成. A topic's page as the public will read it, with the files it shows, and the one hash over all of it (PUB-02)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.catalogue.topics.blocks import cells, lines
from gongkai.duties.catalogue.topics.models import TopicFile, TopicPage
from gongkai.portal.addresses import address
from gongkai.portal.cleaning import clean
from gongkai.portal.payloads import FileReference


@dataclass(frozen=True, slots=True)
class Rendering:
    """生成的内容: everything of a topic that leaves the desk."""

    title: str
    html: str
    description: str
    keywords: str
    files: tuple[FileReference, ...]

    def digest(self) -> str:
        """SHA-256 over the text and each file by its own hash: a changed letter or a swapped file changes it."""
        plain = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


def render(page: TopicPage, agency: Agency) -> Rendering:
    """Raises Refusal when the page names what is not the agency's, or an item that is no longer public."""
    files: dict[str, FileReference] = {}
    parts = [_part(block, agency, files) for block in page.body]
    cover = _picture(page.cover, agency, files) if page.cover else None
    context = {"page": page, "cover": cover, "parts": parts}
    return Rendering(
        title=page.title,
        html=clean(render_to_string("topics/page.html", context)).strip(),
        description=page.lead,
        keywords=page.keywords.replace("，", ","),
        files=tuple(files[sha256] for sha256 in sorted(files)),
    )


def latest(page: TopicPage, agency: Agency) -> Rendering:
    """The state last saved in the editor."""
    fresh = TopicPage.objects.get(pk=page.pk)  # the caller's may not know of the newest saving
    return render(fresh.get_latest_revision_as_object(), agency)


def desk_view(html: str) -> str:
    """The same text for a screen of the desk, where files have another address."""
    for file in TopicFile.objects.filter(sha256__in=_named(html)):
        html = html.replace(f"/files/{file.sha256}", reverse("topics:file", args=[file.pk]))
    return html


def _named(html: str) -> list[str]:
    return [piece[:64] for piece in html.split("/files/")[1:]]


def _part(block: Any, agency: Agency, files: dict[str, FileReference]) -> str:
    kind, value = block.block_type, block.value
    context: dict[str, Any] = {"value": value}
    if kind == "picture":
        context |= {"picture": _picture(value["picture"], agency, files), "caption": value["caption"]}
    elif kind == "file":
        context |= {"file": _file(value, agency, files), "address": _address(value)}
    elif kind == "items":
        context["items"] = list(_items(value, agency))
    elif kind == "table":
        context |= {
            "heads": cells(value["heads"]),
            "rows": [cells(line) for line in lines(value["rows"])],
        }
    return render_to_string(f"topics/blocks/{kind}.html", context)


def _picture(file: TopicFile | None, agency: Agency, files: dict[str, FileReference]) -> dict[str, Any]:
    kept = _file(file, agency, files)
    return {"address": _address(kept), "alt": kept.title, "width": kept.width, "height": kept.height}


def _file(file: TopicFile | None, agency: Agency, files: dict[str, FileReference]) -> TopicFile:
    if file is None or file.agency_id != agency.pk:
        raise Refusal("不能使用这个图片或者文件：它不在本机关的素材里。请在编辑器里重新选用。")
    files[file.sha256] = FileReference(file.sha256, file.name, file.media_type)
    return file


def _address(file: TopicFile) -> str:
    return address("file", file.sha256)


def _items(chosen: Any, agency: Agency) -> Iterator[dict[str, str]]:
    for item in chosen:
        if not isinstance(item, InformationItem) or item.agency_id != agency.pk or not item.live:
            raise Refusal(
                "不能使用其中一条信息：它没有公开，或者已经撤回。请在编辑器里去掉它，或者另选一条。"
            )
        yield {"title": item.title, "address": address("item", item.public_id)}
