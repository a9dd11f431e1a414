"""网址. Addresses on the portal, the same from the portal's own process and from the worker's."""

from typing import Any

from django.urls import reverse


def address(name: str, *arguments: Any) -> str:
    """The path of a portal page; the worker's own list of addresses is the desk's, so ours is named."""
    return reverse(name, urlconf="gongkai.config.urls_portal", args=arguments)
