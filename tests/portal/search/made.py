"""造检索的内容. Invented things, indexed as a release would, with a brute-force reading of what should be found."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from gongkai.config.router import public_database
from gongkai.portal.search import entries, finding
from gongkai.portal.search.query import read

_BEGIN = datetime(2023, 1, 1, tzinfo=UTC)


def thing(key, title, text="", **more):
    """One entry; the number in its key says when it was released, unless ``hour`` does."""
    number = int("".join(filter(str.isdigit, key)) or 0)
    with transaction.atomic(using=public_database()):
        return entries.index(
            entries.Findable(
                kind="item",
                key=key,
                version=more.pop("version", 1),
                title=title,
                text=text,
                url=f"/items/{key}/",
                released_at=_BEGIN + timedelta(hours=more.pop("hour", number)),
                year=more.pop("year", 2023),
                **more,
            )
        )


def keys(found):
    return [entry.key for entry in found.entries]


def found(typed, **filters):
    """The keys of what a query finds, newest first."""
    return keys(finding.newest(read(typed), filters=finding.Filters(**filters)))
