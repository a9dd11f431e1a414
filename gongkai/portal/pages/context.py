"""每页都有的内容: whose site it is, the column tree, the foot, the reader's way of display."""

from typing import Any

from django.http import HttpRequest

from gongkai.portal import queries
from gongkai.portal.host_site import host_site
from gongkai.portal.pages.display import SIZES, chosen


def site(request: HttpRequest) -> dict[str, Any]:
    columns = queries.columns()
    return {
        "site": queries.site(),
        "columns": columns,
        "tree": columns.disclosure,
        "foot": queries.pages_at_the_foot(),
        "display": chosen(request),
        "sizes": SIZES,
        "host_site": host_site(),
        "path": request.path,
        "origin": f"{request.scheme}://{request.get_host()}",
    }
