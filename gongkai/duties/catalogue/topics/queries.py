"""看得到什么. The topics of a person's own agency, and whether an address of the editor reaches one of them (ACL-02)."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from gongkai.agencies.models import Agency, Person
from gongkai.duties.catalogue.topics.models import Topic, TopicFile, TopicPage, TopicsIndex, TopicVersion

_NAMES_OF_PAGES = ("page_id", "parent_page_id", "pk", "object_id")


def index_of(agency: Agency) -> TopicsIndex | None:
    index: TopicsIndex | None = TopicsIndex.objects.filter(agency=agency).first()
    return index


def pages_of(person: Person) -> QuerySet[TopicPage]:
    """本机关的专题, newest first."""
    index = index_of(person.agency)
    if index is None:
        nothing: QuerySet[TopicPage] = TopicPage.objects.none()
        return nothing
    own: QuerySet[TopicPage] = TopicPage.objects.descendant_of(index).select_related("topic")
    return own.order_by("-pk")


def own_page(person: Person, number: int) -> TopicPage | None:
    return pages_of(person).filter(pk=number).first()


def own_file(person: Person, key: str) -> TopicFile | None:
    return TopicFile.objects.filter(agency=person.agency_id, pk=key).first()


def version_under_way(page: TopicPage) -> TopicVersion | None:
    return TopicVersion.objects.filter(
        topic__page=page, stage__in=(*TopicVersion.OPEN, TopicVersion.Stage.RELEASING)
    ).first()


def published_version(topic: Topic) -> TopicVersion | None:
    return topic.versions.filter(stage=TopicVersion.Stage.PUBLISHED).first()


def reaches_own_topic(person: Person, kwargs: dict[str, Any]) -> bool:
    """Whether every page an editor's address names stands at or below the index of the person's agency."""
    index = index_of(person.agency)
    named = [str(kwargs[name]) for name in _NAMES_OF_PAGES if name in kwargs]
    if index is None or not named or not all(number.isdecimal() for number in named):
        return False
    own = Page.objects.descendant_of(index, inclusive=True).filter(pk__in=named)
    return len(own.values_list("pk")) == len(set(named))
