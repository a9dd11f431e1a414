"""后台事项. What the worker does for a released edition: make its files, then put it on the public side. Twice if need be."""

from collections.abc import Mapping
from typing import Any

from gongkai.annual_report import freezing
from gongkai.annual_report.models import Edition
from gongkai.portal import tasks as portal
from gongkai.portal.release import Receipt


def release(payload: Mapping[str, Any]) -> Receipt:
    edition = Edition.objects.select_related("report", "agency").get(public_id=payload["edition"])
    freezing.make_files(edition)
    return portal.put_report(freezing.payload(edition).as_json())
