"""示例专题. One special topic of the fictional office, composed, reviewed and signed by the actions people use; its cover is drawn here."""

import io
import json
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from gongkai.agencies.access import holders
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.topics import actions
from gongkai.duties.catalogue.topics.models import TopicFile, TopicPage

_BODY = (
    ("heading", "为什么要办"),
    (
        "text",
        "<p>人人了解<b>防空警报</b>的三种音响信号，需要时就不会慌乱。本专题汇总试鸣安排和应对常识。</p>",
    ),
    (
        "facts",
        [
            {"type": "item", "id": "1", "value": {"name": "预先警报", "value": "鸣36秒，停24秒，反复3遍"}},
            {"type": "item", "id": "2", "value": {"name": "空袭警报", "value": "鸣6秒，停6秒，反复15遍"}},
            {"type": "item", "id": "3", "value": {"name": "解除警报", "value": "连续鸣响3分钟"}},
        ],
    ),
    ("heading", "活动安排"),
    (
        "timeline",
        [
            {"type": "item", "id": "1", "value": {"on": "2026-09-01", "what": "示例市各社区张贴试鸣通告"}},
            {"type": "item", "id": "2", "value": {"on": "2026-09-18", "what": "全市防空警报试鸣"}},
        ],
    ),
    (
        "table",
        {
            "caption": "疏散演练场次",
            "heads": "日期|地点",
            "rows": "9月18日|示例市示例小学\n9月19日|示例市文化馆",
        },
    ),
    (
        "links",
        [
            {
                "type": "item",
                "id": "1",
                "value": {"text": "示例市人民政府", "address": "https://www.example.gov.cn/"},
            }
        ],
    ),
)


def publish(people: Mapping[str, Person]) -> TopicPage | None:
    """The topic on its way to the public; nothing when the office has nobody who reviews for confidentiality."""
    author, signatory = people["zuzhi"], people["lingdao"]
    reviewers = holders(Power.REVIEW_CONFIDENTIALITY, author.agency, on=timezone.localdate())
    reviewer = reviewers.exclude(pk__in=[author.pk, signatory.pk]).first()
    if reviewer is None:
        return None
    page = _compose(author, cover=_cover(author))
    version = actions.submit(page, by=author)
    actions.pass_review(version, by=reviewer)
    actions.sign(version, by=signatory)
    return page


def _compose(author: Person, *, cover: TopicFile) -> TopicPage:
    page = TopicPage(
        title="防空警报试鸣和疏散演练",
        lead="每年九月，示例市组织防空警报试鸣和疏散演练。听懂警报，知道往哪里走。",
        keywords="防空警报,试鸣,疏散演练",
        cover=cover,
        live=False,
        body=json.dumps([{"type": kind, "value": value} for kind, value in _BODY]),
    )
    actions.open_index(by=author).add_child(instance=page)
    page.save_revision(user=author)
    return page


def _cover(author: Person) -> TopicFile:
    """A siren on a roof, in a few shapes."""
    picture = Image.new("RGB", (1200, 400), "#1a5dab")
    draw = ImageDraw.Draw(picture)
    for radius in (330, 260, 190):
        draw.arc((600 - radius, 220 - radius, 600 + radius, 220 + radius), 200, 340, fill="#7fb0e6", width=10)
    draw.polygon([(540, 150), (660, 150), (690, 230), (510, 230)], fill="#ffffff")
    draw.rectangle((575, 230, 625, 320), fill="#ffffff")
    draw.rectangle((0, 320, 1200, 400), fill="#114683")
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    upload = SimpleUploadedFile("封面.png", kept.getvalue())
    return actions.keep_file(
        actions.read_upload("picture", upload), title="屋顶上的警报器正在鸣响", by=author
    )
