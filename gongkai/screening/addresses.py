"""链接的网址. Whether a reader outside can follow it; others tell how an office's network and disks are named."""

import ipaddress
import re
from urllib.parse import urlsplit

_WEB = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_INSIDE = (".local", ".lan", ".internal", ".intra", ".intranet", ".corp", ".localdomain", ".home")


def is_public(address: str) -> bool:
    """False for disks, shares, private addresses and names without a domain.

    >>> is_public("https://www.example.gov.cn/a"), is_public("http://192.168.1.20/oa"), is_public("http://oa-server/a")
    (True, False, False)
    """
    address = address.strip()
    if not _WEB.match(address):
        return False
    if not address.lower().startswith("http"):
        return True
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.lower().endswith(_INSIDE)
