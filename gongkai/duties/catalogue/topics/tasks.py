"""后台事项. What the worker does for a topic."""

from collections.abc import Mapping
from typing import Any

from gongkai.portal import tasks
from gongkai.portal.release import Receipt


def release(payload: Mapping[str, Any]) -> Receipt:
    return tasks.put_page(payload["page"])
