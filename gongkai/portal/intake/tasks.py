"""后台事项. What the worker does for an outbox row of the intake."""

from collections.abc import Mapping
from typing import Any

from gongkai.portal.intake import statuses


def put_status(payload: Mapping[str, Any]) -> statuses.StatusReceipt:
    return statuses.put_status(
        payload["submission"], version=payload["version"], state=payload["state"], days=payload["days"]
    )
