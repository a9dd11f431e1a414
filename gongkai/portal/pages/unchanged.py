"""没有变化. Machines that ask again and again are told 304 as long as nothing public has changed."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import condition

from gongkai.portal import queries

View = Callable[..., HttpResponseBase]


def told_when_unchanged(view: View) -> View:
    """ETag and Last-Modified from the count of public changes: one read decides, before anything is made."""
    decorated: View = condition(etag_func=_etag, last_modified_func=_last_modified)(view)
    return decorated


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """One for each address of each state: a withdrawal makes every kept copy old."""
    stamp, changed_at = queries.state()
    asked = f"{stamp} {changed_at} {request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f'"{sha256(asked.encode()).hexdigest()[:32]}"'


def _last_modified(request: HttpRequest, *args: Any, **kwargs: Any) -> datetime | None:
    """HTTP dates count seconds. Within the second of a change none is given: a further change in it would be missed."""
    _, changed_at = queries.state()
    if changed_at is None or timezone.now().replace(microsecond=0) <= changed_at:
        return None
    return changed_at
