"""下载. Every file that the desk hands out leaves this way: in its own name, never shown or run here, kept nowhere (FIL-08)."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

RUNS_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def download(name: str, content: bytes, media_type: str = "application/octet-stream") -> HttpResponse:
    """Whoever wrote the file and whatever is in it: a browser saves it."""
    response = HttpResponse(content, content_type=media_type)
    as_download(response, name)
    return response


def as_download(response: HttpResponseBase, name: str) -> None:
    """What makes an answer a download. Should a browser show it all the same, nothing in it runs."""
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = RUNS_NOTHING
    response["Cache-Control"] = "no-store"
