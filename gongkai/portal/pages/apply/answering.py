"""怎样应答. Pages with something of a person on them are kept nowhere, and forms are taken from our own pages only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from gongkai.portal import presenters, queries
from gongkai.portal.addresses import address
from gongkai.portal.middleware import POLICY
from gongkai.portal.models import PublishedColumn
from gongkai.portal.pages.display import from_our_own_page

Page = Callable[..., HttpResponse]
# The one place on the public side where a script of ours may run: it looks for what is published while one types.
_POLICY = POLICY.replace("script-src 'none'", "script-src 'self'")


def private(page: Page) -> Page:
    """Neither a browser nor a proxy keeps it (SES-06); a form of another site is refused (WEB-02)."""

    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not from_our_own_page(request):
            raise PermissionDenied("只能在本网站的页面上填写和提交。")
        response = page(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Accel-Expires"] = "0"
        response["Content-Security-Policy"] = _POLICY
        return response

    return answer


def around(label: str = "") -> dict[str, Any]:
    """栏目、位置: where the pages of applying stand."""
    column = application_column()
    trail = presenters.trail(column, "在线申请")
    if label:
        trail = [*trail[:-1], presenters.Step("在线申请", address("apply")), presenters.Step(label)]
    tags = presenters.column_tags(column) if column else presenters.disclosure_tags(queries.site())
    return {"trail": trail, "column_tags": tags, "column": column, "beside": "disclosure"}


def application_column() -> PublishedColumn | None:
    """依申请公开."""
    return PublishedColumn.objects.filter(part=PublishedColumn.Part.APPLICATION).first()
