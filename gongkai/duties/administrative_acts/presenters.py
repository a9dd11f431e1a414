"""公示怎么说. Where a thing stands on the public side, and on what the choice of its fields rests."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.config import env
from gongkai.duties.administrative_acts.public_fields import PublicField


def public_address(receipt: Mapping[str, Any] | None) -> str:
    """公众侧网址 of what a receipt says is shown, "" when nothing is."""
    path = (receipt or {}).get("url", "")
    origin = env.PORTAL_URL().rstrip("/") or f"http://127.0.0.1:{env.PORTAL_PORT()}"
    return f"{origin}{path}" if path else ""


def basis_of_fields(fields: Sequence[PublicField]) -> str:
    """What of the fields is local practice, and what is known from practice only (待核)."""
    unconfirmed = [each.label for each in fields if each.field.basis.certainty.mark == "待核"]
    marked = f"{'、'.join(unconfirmed)}为通行做法（待核），" if unconfirmed else ""
    return f"字段依据：{marked}{'其余' if unconfirmed else '都'}为地方做法。"
