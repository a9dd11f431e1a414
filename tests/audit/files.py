"""文件核对的审计动作: what the worker tells of the night's reading."""

from typing import Any

from gongkai.operations import file_watch


def checking(house: Any) -> Any:
    return lambda *, by: file_watch.tell(3, [])
