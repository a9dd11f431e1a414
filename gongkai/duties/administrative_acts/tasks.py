"""后台事项. What the worker does for a decision: the columns it stands in, then the decision; every day what is over."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.columns import columns
from gongkai.portal import tasks as portal
from gongkai.portal.release import Receipt


def release(payload: Mapping[str, Any]) -> Receipt:
    put_columns()
    return portal.put_act(payload["act"])


def put_columns() -> None:
    for column in columns():
        portal.put_column(column.as_json())


def every_day() -> None:
    actions.take_down_expired(today=timezone.localdate())
