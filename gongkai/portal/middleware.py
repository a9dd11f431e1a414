"""公众侧的中间层. What may be asked, the headers every answer bears, and compression."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from gongkai.portal.addresses import address
from gongkai.portal.intake import limits
from gongkai.portal.pages import errors
from gongkai.portal.queries import NothingReleasedYet

Answer = Callable[[HttpRequest], HttpResponse]

# A proxy in front may answer with a page of this age: with the worker's turn before it, what is withdrawn is gone within
# the 60 seconds of PUB-06. Browsers ask each time. The header is the proxy's own and goes no further than it.
PROXY_MAY_KEEP = 30
_MAY_BE_KEPT = frozenset({200, 301, 302, 404, 410})

POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class PublicHeaders:
    """公众侧的请求和应答: reading only, and one policy on everything."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") or self._may_post(request):
            response = self.get_response(request)
        else:
            response = errors.not_allowed(["GET", "HEAD"])
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-cache")  # kept copies are asked about each time
            patch_vary_headers(response, ["Cookie"])  # the way of display
            response.setdefault("X-Accel-Expires", str(_seconds_in_proxy(request, response)))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.nothing_released_yet(request) if isinstance(error, NothingReleasedYet) else None

    def _may_post(self, request: HttpRequest) -> bool:
        return request.method == "POST" and request.path in _forms()


@cache
def _forms() -> frozenset[str]:
    """The addresses that take a form, each with its limits; everything else on the public side is only read."""
    return frozenset(address(name) for name in limits.FORMS)


def _seconds_in_proxy(request: HttpRequest, response: HttpResponseBase) -> int:
    """Pages and short answers for machines; never a file, an error, or what one reader chose."""
    kept = request.method in ("GET", "HEAD") and response.status_code in _MAY_BE_KEPT
    return PROXY_MAY_KEEP if kept and not response.streaming and not response.cookies else 0


class Compress(GZipMiddleware):
    """压缩页面. Pages hold no secret, so compression betrays none; files are compressed in themselves and stay as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming:
            return response
        return super().process_response(request, response)
