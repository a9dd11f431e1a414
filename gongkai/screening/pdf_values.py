"""PDF的值. Reading a value as words, taking keys away."""

from typing import Any

import pikepdf


def drop(holder: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def words_in(value: Any) -> str:
    if value is None or isinstance(value, pikepdf.Array | pikepdf.Dictionary):
        return ""
    return (
        value.read_bytes()[:4096].decode("utf-8", "ignore")
        if isinstance(value, pikepdf.Stream)
        else str(value)
    )
