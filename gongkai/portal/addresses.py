"""网址. Addresses on the portal, the same from the portal's own process and from the worker's."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.urls import reverse

from gongkai.config import env


@lru_cache(maxsize=4096)  # a page of a list names some thirty
def address(name: str, *arguments: Any) -> str:
    """The path of a portal page; the worker's own list of addresses is the desk's, so ours is named."""
    return reverse(name, urlconf="gongkai.config.urls_portal", args=arguments)


@lru_cache(maxsize=1)
def _items() -> str:
    any_key = "0" * 20
    return address("item", any_key).removesuffix(f"{any_key}/")


def item_address(key: str) -> str:
    """The path of an item, as its route has it. A list names twenty of a million: one look at the routes serves all."""
    return f"{_items()}{key}/"


def public_address(receipt: Mapping[str, Any] | None) -> str:
    """公众侧的完整网址 of what a receipt says is shown, "" when nothing is."""
    path = (receipt or {}).get("url", "")
    origin = env.PORTAL_URL().rstrip("/") or f"http://127.0.0.1:{env.PORTAL_PORT()}"
    return f"{origin}{path}" if path else ""
