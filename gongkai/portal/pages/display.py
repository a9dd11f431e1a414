"""显示方式. Type size, elder mode and high contrast: a reader's choice, kept in one cookie, applied by the server."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.portal.pages import errors

SIZES = {"small": "小", "medium": "中", "large": "大"}
_ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Display:
    """显示方式, as written in the cookie: known words joined by dots, anything else ignored."""

    size: str = "medium"
    elder: bool = False
    contrast: bool = False

    @classmethod
    def from_cookie(cls, text: str) -> "Display":
        words = text.split(".")
        size = next((word for word in words if word in SIZES), "medium")
        return cls(size, elder="elder" in words, contrast="contrast" in words)

    @property
    def words(self) -> tuple[str, ...]:
        return (self.size, *(["elder"] if self.elder else []), *(["contrast"] if self.contrast else []))

    def as_cookie(self) -> str:
        return ".".join(self.words)

    def as_classes(self) -> str:
        return " ".join(f"display-{word}" for word in self.words)


def chosen(request: HttpRequest) -> Display:
    return Display.from_cookie(request.COOKIES.get(settings.DISPLAY_COOKIE_NAME, ""))


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page it was made on."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    if not from_our_own_page(request):
        raise PermissionDenied("只能在本网站的页面上选择显示方式。")
    display = _changed(chosen(request), request)
    response = HttpResponseRedirect(_back(request))
    response.status_code = 303
    response.set_cookie(
        settings.DISPLAY_COOKIE_NAME,
        display.as_cookie(),
        max_age=_ONE_YEAR,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response


def _changed(display: Display, request: HttpRequest) -> Display:
    if request.POST.get("size") in SIZES:
        display = replace(display, size=request.POST["size"])
    if request.POST.get("elder") in ("on", "off"):
        display = replace(display, elder=request.POST["elder"] == "on")
    if request.POST.get("contrast") in ("on", "off"):
        display = replace(display, contrast=request.POST["contrast"] == "on")
    return display


def from_our_own_page(request: HttpRequest) -> bool:
    """A form on another site cannot choose for our reader. Browsers too old to say where from are let through."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "/")
    inside = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if inside and back.isprintable() else "/"
