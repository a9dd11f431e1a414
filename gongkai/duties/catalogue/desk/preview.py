"""预览. A version as the public will see it: the portal's own table of facts, text and list of attachments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import queries
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.pictures import beside_the_text, on_the_desk
from gongkai.duties.catalogue.tasks import item_payload
from gongkai.portal import presenters
from gongkai.portal.one_item import as_published

_PUBLIC = (Version.Stage.PUBLISHED, Version.Stage.SUPERSEDED)


@powered(*queries.SEEN_BY)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """预览. Nothing is asked of the public side and nothing is written there; what is not numbered yet has no number."""
    shown = queries.version(person_of(request), public_id)
    thing = as_published(
        item_payload(shown, sequence=0),
        at=shown.item.versions.order_by("number")[0].released_at or timezone.now(),
    )
    context = {
        "version": shown,
        "is_public": shown.stage in _PUBLIC,
        "fact_rows": presenters.fact_rows(presenters.facts_of_item(thing)),
        "text": on_the_desk(shown),
        "downloads": [
            presenters.Download(
                file.name,
                file.name,
                presenters.size_label(file.size),
                reverse("catalogue:file", args=[shown.public_id, file.sha256]),
            )
            for file in beside_the_text(shown, shown.attachments.all())
        ],
        "columns": [column for column in (shown.main_column, *shown.other_columns.all()) if column],
    }
    return render(request, "catalogue/preview.html", context)
