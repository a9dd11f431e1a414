"""后台事项. What the worker does for an edition of a list."""

from collections.abc import Mapping
from typing import Any

from gongkai.duties.administrative_acts.tasks import put_columns
from gongkai.portal import tasks as portal
from gongkai.portal.release import Receipt


def release(payload: Mapping[str, Any]) -> Receipt:
    put_columns()
    return portal.put_list(payload["list"])
