"""编辑器旁边的门. Addresses the library's editor links to and which we answer ourselves: its home, its tree, its account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import powered


@powered(Power.DRAFT_ITEMS)
def to_topics(request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
    """回到专题: the list of topics is ours; the library's tree of pages stays closed."""
    return redirect("topics:list")


urlpatterns = [
    path("", to_topics, name="editor_home"),
    path("pages/", to_topics, name="editor_tree"),
    path("pages/<int:parent_page_id>/", to_topics, name="editor_branch"),
]
