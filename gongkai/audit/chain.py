"""审计链. How an entry is put into words and digested; used alike when writing and when proving."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

GENESIS = "0" * 64
_FIELDS = (
    "sequence",
    "at",
    "actor",
    "address",
    "action",
    "subject",
    "result",
    "reason",
    "detail",
    "algorithm",
)


def sm3(data: bytes) -> str:
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


ALGORITHMS = {"sm3": sm3, "sha256": sha256}


def digest_of(values: Mapping[str, Any], *, previous: str) -> str:
    """摘要 of one entry over all its fields and the digest before it."""
    words = [_word(values[name]) for name in _FIELDS]
    text = json.dumps([previous, *words], ensure_ascii=False, separators=(",", ":"))
    return ALGORITHMS[values["algorithm"]](text.encode())


def canonical(detail: Mapping[str, Any]) -> str:
    """Details in one fixed spelling, "" when there are none."""
    if not detail:
        return ""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def plain(text: str) -> str:
    """Control characters written out, so that no entry can forge a line of a log (AUD-08)."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
