"""静态副本的审计动作: what the worker tells of files that somebody altered."""

from typing import Any

from gongkai.operations import copy_watch
from gongkai.portal.static_copy.models import CopyFinding


def telling(house: Any) -> Any:
    found = [CopyFinding(pk=1, kind="altered", path="index.html")]
    return lambda *, by: copy_watch.tell(found)
