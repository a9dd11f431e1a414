"""每页都有的内容: whose site it is, the column tree, the foot, the reader's way of display."""

from typing import Any

from django.http import HttpRequest

from gongkai.portal import queries
from gongkai.portal.host_site import host_site
from gongkai.portal.pages.display import SIZES, chosen


def frame_of(request: HttpRequest) -> queries.Frame:
    """The frame of this answer, read once for the view and the template."""
    kept: queries.Frame | None = getattr(request, "_frame", None)
    if kept is None:
        kept = queries.frame()
        setattr(request, "_frame", kept)  # noqa: B010 (the request has no such field of its own)
    return kept


def site(request: HttpRequest) -> dict[str, Any]:
    frame = frame_of(request)
    return {
        "frame": frame,
        "site": frame.site,
        "columns": frame.columns,
        "tree": frame.columns.disclosure,
        "foot": frame.foot,
        "display": chosen(request),
        "sizes": SIZES,
        "host_site": host_site(),
        "path": request.path,
        "origin": f"{request.scheme}://{request.get_host()}",
    }
