"""金丝雀: a mark of its own in every place of an item that nobody outside may see, in every state short of published."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.utils import timezone
from docx import Document
from PIL import Image

from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import Version
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.editorial import Editorial

# What the public reads once the item is out; what nobody reads, not even then.
SHOWN = (
    "title",
    "body",
    "keywords",
    "summary",
    "co_issued_by",
    "words of a picture",
    "file name",
    "file text",
)
NEVER = ("attribute_ground", "author of a file", "comment in a file", "place of a picture")
_number = count(1)


@dataclass(frozen=True)
class Planted:
    """一条信息 with its marks, by place."""

    state: str
    version: Version
    marks: dict[str, str]


def plant(editorial: Editorial, state: str) -> Planted:
    """A draft full of marks, its files as people send them."""
    marks = {place: f"金丝雀{next(_number):05d}zq" for place in (*SHOWN, *NEVER)}
    marks["place of a picture"] = f"canary{next(_number):05d}zq"  # the field holds ASCII
    version = editorial.draft(
        **{
            name: marks[name] for name in ("title", "keywords", "summary", "co_issued_by", "attribute_ground")
        },
        body=f"<p>{marks['body']}</p>",
    )
    actions.attach(version, name=f"{marks['file name']}.docx", content=_document(marks), by=editorial.clerk)
    place = marks["place of a picture"]
    actions.attach(version, name="现场.jpg", content=_photograph(place), by=editorial.clerk)
    picture = actions.add_picture(
        version,
        name="图.jpg",
        content=_photograph(place),
        words=marks["words of a picture"],
        by=editorial.clerk,
    )
    actions.place_picture(version, file=picture, words=marks["words of a picture"], by=editorial.clerk)
    version.refresh_from_db()
    return Planted(state, version, marks)


def cleaned(editorial: Editorial, version: Version) -> Version:
    """What the gate asks for before anybody reviews."""
    for file in version.attachments.all():
        if file.hidden:
            actions.clean_attachment(version, sha256=file.sha256, by=editorial.clerk)
    version.refresh_from_db()
    return version


def submitted(editorial: Editorial, version: Version, *, until: str) -> Version:
    version = actions.submit(cleaned(editorial, version), by=editorial.clerk)
    return editorial.pass_on(version, until=until)


def in_every_state(editorial: Editorial) -> Iterator[Planted]:
    """One item for each state in which it is nobody's but the office's."""
    for state, reach in _STATES.items():
        planted = plant(editorial, state)
        reach(editorial, planted.version)
        yield planted
    run_waiting()


def published(editorial: Editorial) -> Planted:
    planted = plant(editorial, "published")
    editorial.published(cleaned(editorial, planted.version))
    return planted


def _returned(editorial: Editorial, version: Version) -> None:
    version = submitted(editorial, version, until="confidentiality_review")
    actions.review(
        version,
        stage=version.stage,
        conclusion="returned",
        opinion="附件不宜公开",
        files={file.sha256: "returned" for file in version.attachments.all()},
        by=editorial.reviewer,
    )


def _referred(editorial: Editorial, version: Version) -> None:
    version = submitted(editorial, version, until="confidentiality_review")
    actions.review(
        version, stage=version.stage, conclusion="referred", opinion="拿不准", by=editorial.reviewer
    )


def _scheduled(editorial: Editorial, version: Version) -> None:
    version = submitted(editorial, version, until="signed")
    actions.schedule(version, at=timezone.now() + timedelta(days=1), by=editorial.clerk)


def _changed_while_it_left(editorial: Editorial, version: Version) -> None:
    version = actions.publish(submitted(editorial, version, until="signed"), by=editorial.clerk)
    Version.objects.filter(pk=version.pk).update(summary="出门以后改的")
    run_waiting()


def _withdrawn(editorial: Editorial, version: Version) -> None:
    version = editorial.published(cleaned(editorial, version))
    actions.withdraw(version.item, reason="内容有误", by=editorial.leader)
    run_waiting()


def _superseded(editorial: Editorial, version: Version) -> None:
    version = editorial.published(cleaned(editorial, version))
    newer = actions.revise(version.item, by=editorial.clerk)
    for file in newer.attachments.all():
        actions.detach(newer, sha256=file.sha256, by=editorial.clerk)
    plain = {"title": "换过的标题", "body": "<p>换过的正文</p>", "keywords": "", "summary": ""}
    plain |= {"co_issued_by": "", "attribute_ground": "", "change_note": "全文更新"}
    newer = actions.write(newer, values=plain, edits=newer.edits, by=editorial.clerk)
    editorial.published(newer)


def _beside_a_published_one(editorial: Editorial, version: Version) -> None:
    """The marks stand in a second version that is under review while the first is public."""
    marks = {name: getattr(version, name) for name in ("title", "keywords", "summary", "co_issued_by")}
    marks |= {"body": version.body, "attribute_ground": version.attribute_ground, "change_note": "改"}
    out = editorial.published()
    newer = actions.revise(out.item, by=editorial.clerk)
    version.attachments.update(version=newer)
    newer = actions.write(newer, values=marks, edits=newer.edits, by=editorial.clerk)
    submitted(editorial, newer, until="sign_off")


def _not_for_everybody(editorial: Editorial, version: Version) -> None:
    actions.write(version, values={"attribute": "on_application"}, edits=version.edits, by=editorial.clerk)


def _until(stage: str) -> Callable[[Editorial, Version], object]:
    return lambda editorial, version: submitted(editorial, version, until=stage)


_STATES: dict[str, Callable[[Editorial, Version], object]] = {
    "drafting": lambda editorial, version: None,
    "not for everybody": _not_for_everybody,
    "section review": _until("section_review"),
    "confidentiality review": _until("confidentiality_review"),
    "returned": _returned,
    "referred": _referred,
    "sign off": _until("sign_off"),
    "signed": _until("signed"),
    "scheduled": _scheduled,
    "taken back": lambda editorial, version: actions.take_back(
        submitted(editorial, version, until="sign_off"), by=editorial.clerk
    ),
    "abandoned": lambda editorial, version: actions.abandon(version, by=editorial.clerk),
    "changed while it left": _changed_while_it_left,
    "withdrawn": _withdrawn,
    "superseded": _superseded,
    "beside a published one": _beside_a_published_one,
}


def _document(marks: dict[str, str]) -> bytes:
    document, file = Document(), io.BytesIO()
    paragraph = document.add_paragraph(marks["file text"])
    document.core_properties.author = marks["author of a file"]
    document.add_comment(paragraph.runs, text=marks["comment in a file"], author="审稿", initials="审")
    document.save(file)
    return file.getvalue()


def _photograph(place: str) -> bytes:
    number = next(_number)
    picture, file = Image.new("RGB", (24, 16), (number * 53 % 256, number * 97 % 256, 120)), io.BytesIO()
    details = Image.Exif()
    details[0x010E] = place  # ImageDescription
    picture.save(file, "JPEG", exif=details)
    return file.getvalue()
