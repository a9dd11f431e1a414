"""响应头. What every answer of the desk says to the browser besides its content (SES-06, WEB-01)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from gongkai.desk.views import word_not_allowed

_ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class DeskHeaders:
    """工作台响应头. Nothing of the desk stays in a cache, whoever wrote the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        response = self.get_response(request)
        if response.status_code == 405:
            word_not_allowed(response)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        for name, value in _ALWAYS.items():
            response[name] = value
        return response
