"""送到公众侧. What the worker carries out: the columns of topics, the page in its column, the notice of a closed one."""

from django.utils import timezone
from django.utils.html import format_html

from gongkai.duties.catalogue.topics.models import Topic, TopicVersion
from gongkai.outbox.actions import enqueue
from gongkai.portal.payloads import ColumnPayload, FileReference, PagePayload

CURRENT, ARCHIVED = "topics", "topics-archive"  # how the portal's addresses name the two columns
_SOURCE_LONGEST = 100


def send(topic: Topic, version: TopicVersion, *, sequence: int) -> None:
    """The audit entry's number is the version of what is sent: every later sending has a greater one."""
    for column in _columns(sequence):
        enqueue("portal.put_column", column.as_json())
    page = _page(topic, version, sequence)
    payload = {"topic": topic.public_id, "version": version.public_id, "page": page.as_json()}
    enqueue("topics.release", payload)


def take_down(topic: Topic, *, note: str, sequence: int) -> None:
    enqueue("portal.withdraw_page", {"slug": slug_of(topic), "version": sequence, "note": note}, urgent=True)


def slug_of(topic: Topic) -> str:
    return f"topic-{topic.public_id}"


def _columns(sequence: int) -> tuple[ColumnPayload, ...]:
    return (
        ColumnPayload(
            version=sequence,
            slug=CURRENT,
            name="专题专栏",
            column_type="专题专栏",
            description="围绕重点工作开设的专题，开设中的和刚结束的",
            keywords="专题,专栏",
            position=90,
        ),
        ColumnPayload(
            version=sequence,
            slug=ARCHIVED,
            name="归档专题",
            column_type="专题专栏",
            description="已经结束并归档的专题，内容保持原样",
            keywords="专题,归档",
            parent=CURRENT,
            position=91,
        ),
    )


def _page(topic: Topic, version: TopicVersion, sequence: int) -> PagePayload:
    return PagePayload(
        version=sequence,
        slug=slug_of(topic),
        title=version.title,
        html=_notice(topic) + version.html,
        source=topic.agency.name[:_SOURCE_LONGEST],
        column=ARCHIVED if topic.state == Topic.State.ARCHIVED else CURRENT,
        keywords=version.keywords,
        description=version.description,
        change_note=version.change_note,
        files=tuple(FileReference(**file) for file in version.files),
    )


def _notice(topic: Topic) -> str:
    """What stands above a closed topic. It is ours, not the editor's, and says nothing that would need a review."""
    if topic.state not in (Topic.State.CLOSED, Topic.State.ARCHIVED):
        return ""
    day = topic.closed_on or timezone.localdate()
    ended = f"{day.year}年{day.month}月{day.day}日"
    archived = "，已归档" if topic.state == Topic.State.ARCHIVED else ""
    return format_html('<p class="topic-notice">本专题于{}结束{}，内容不再更新。</p>', ended, archived)
