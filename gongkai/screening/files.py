"""看一份文件. What it is, what it says, what it hides; and the same file without what it hides.

All parsing happens in child processes with limits; a file that breaks them is told in one sentence.
"""

from typing import Any

from gongkai.screening.inspection import CannotInspect, Cleaned, Hidden, Inspection, Kind, Trace
from gongkai.screening.pool import POOL


def inspect(name: str, data: bytes) -> Inspection:
    """检查结果; ``refusal`` says why the file may not be taken at all."""
    told, _ = POOL.ask("inspect", name, data)
    if told.get("refusal"):
        return Inspection(name, None, refusal=told["refusal"])
    return Inspection(
        name,
        Kind(told["kind"]),
        text=told["text"],
        hidden=_hidden(told["hidden"]),
        for_a_person=tuple(told["for_a_person"]),
        scanned_pages=tuple(told["scanned_pages"]),
    )


def clean(name: str, data: bytes) -> Cleaned:
    """清理后的文件. Raises CannotInspect; equal files give equal results, and the original is the caller's to keep."""
    told, cleaned = POOL.ask("clean", name, data)
    if told.get("refusal"):
        raise CannotInspect(told["refusal"])
    return Cleaned(cleaned, _hidden(told["removed"]), _hidden(told["remaining"]))


def _hidden(told: list[dict[str, Any]]) -> tuple[Hidden, ...]:
    return tuple(Hidden(**{**each, "trace": Trace(each["trace"])}) for each in told)
