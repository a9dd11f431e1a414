"""登录锁定. Where a try to log in came from, as lock-out counts it."""

from django.http import HttpRequest

from gongkai.audit.client_address import network_of


def address_of(request: HttpRequest) -> str:
    """The client's address, an IPv6 one by its /64 (AUTH-04)."""
    return network_of(request.META.get("REMOTE_ADDR", ""))
