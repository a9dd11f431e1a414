"""专题. An office with its three people, and a topic as an editor leaves it when the editor is closed."""

import io
import json
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.topics import actions
from gongkai.duties.catalogue.topics.models import TopicFile, TopicPage
from tests.factories.people import a_person, an_agency


@dataclass(frozen=True, slots=True)
class Office:
    """起草、审查、签发三个人."""

    agency: Agency
    author: Person
    reviewer: Person
    signatory: Person


def an_office(**values: object) -> Office:
    agency = an_agency(**values)
    return Office(
        agency,
        a_person(agency, Power.DRAFT_ITEMS, name="林起草"),
        a_person(agency, Power.REVIEW_CONFIDENTIALITY, name="周审查"),
        a_person(agency, Power.SIGN_ITEMS, Power.WITHDRAW_ITEMS, name="陈签发"),
    )


def a_picture(office: Office, *, title: str = "一面蓝色的旗", colour: str = "navy") -> TopicFile:
    return actions.keep_file(
        actions.read_upload("picture", png(colour=colour)), title=title, by=office.author
    )


def png(*, size: tuple[int, int] = (40, 30), colour: str = "navy") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "PNG")
    return SimpleUploadedFile("封面.png", kept.getvalue())


def a_topic(
    office: Office, *, title: str = "全民国防教育月", lead: str = "九月是全民国防教育月。", **values: object
) -> TopicPage:
    """As the editor keeps it: a page that is not live and its revision."""
    index = actions.open_index(by=office.author)
    body = [
        {"type": "heading", "value": "活动安排"},
        {"type": "text", "value": "<p>讲座在<b>示例市</b>文化馆举行。</p>"},
        {
            "type": "facts",
            "value": [{"type": "item", "id": "1", "value": {"name": "时间", "value": "9月16日"}}],
        },
        {
            "type": "table",
            "value": {"caption": "场次", "heads": "日期|地点", "rows": "9月16日|文化馆\n9月17日｜图书馆"},
        },
    ]
    page = TopicPage(
        title=title,
        lead=lead,
        live=False,
        **{"keywords": "国防教育", "body": json.dumps(body), **values},
    )
    index.add_child(instance=page)
    page.save_revision(user=office.author)
    return page


def change(page: TopicPage, *, by: Person, **values: object) -> None:
    """改动并保存, as the editor does it: a further revision."""
    latest = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(latest, name, value)
    latest.save_revision(user=by)


def publish(page: TopicPage, office: Office) -> None:
    """送审、审查、签发."""
    version = actions.submit(page, by=office.author)
    actions.pass_review(version, by=office.reviewer)
    actions.sign(version, by=office.signatory)
