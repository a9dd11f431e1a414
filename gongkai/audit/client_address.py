"""客户端地址. Where a request came from, believing only the proxies the operator named (WEB-06)."""

import ipaddress
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.audit.origin import coming_from

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


class ClientAddress:
    """客户端地址中间件, first of all: what an unknown proxy claims is taken off before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        remote = request.META.get("REMOTE_ADDR", "")
        trusted = settings.TRUSTED_PROXIES
        address = client_address(remote, request.META.get("HTTP_X_FORWARDED_FOR", ""), trusted=trusted)
        if not _is_trusted(remote, trusted):
            for name in _FORWARDED:
                request.META.pop(name, None)
        request.META["REMOTE_ADDR"] = address
        with coming_from(address):
            return self.get_response(request)


def client_address(remote: str, forwarded: str, *, trusted: Sequence[str]) -> str:
    """The nearest address on the way back that is not a trusted proxy.

    >>> client_address("10.0.0.1", "1.2.3.4, 5.6.7.8", trusted=["10.0.0.0/8"])
    '5.6.7.8'
    >>> client_address("9.9.9.9", "1.2.3.4", trusted=["10.0.0.0/8"])
    '9.9.9.9'
    """
    if not _is_trusted(remote, trusted):
        return remote
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        if not _is_address(hop):
            return remote  # a proxy that writes nonsense is believed no further
        if not _is_trusted(hop, trusted):
            return hop
    return remote


def network_of(address: str) -> str:
    """The address, or for IPv6 its /64: one household holds a whole /64, so a single address limits nobody (AUTH-04).

    >>> network_of("2001:db8:1:2:3:4:5:6"), network_of("10.1.2.3")
    ('2001:db8:1:2::', '10.1.2.3')
    """
    if not _is_address(address):
        return address
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(text: str, trusted: Sequence[str]) -> bool:
    if not _is_address(text):
        return False
    address = ipaddress.ip_address(text)
    return any(address in ipaddress.ip_network(network, strict=False) for network in trusted)
