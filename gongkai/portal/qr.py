"""二维码. A page's own address as a picture inside the page: nothing is fetched, and it goes and prints with the page."""

from functools import lru_cache

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from gongkai.config import env


@lru_cache(maxsize=256)
def qr_code(address: str) -> SafeString:
    """As inline SVG without a style of its own, dark on light also in high contrast."""
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2, light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn from numbers; the address is in it as squares only


def printed(request: HttpRequest, path: str) -> dict[str, str]:
    """What paper shows beside a text: the page's own address, to read and to scan.

    The address readers know is PORTAL_URL where the operator set it, else the one this request came by.
    """
    origin = env.PORTAL_URL().rstrip("/") or f"{request.scheme}://{request.get_host()}"
    return {"own_address": f"{origin}{path}", "qr": qr_code(f"{origin}{path}")}
