"""交出申请人的文件. Always a download, in nobody's name and kept nowhere on the way (FIL-08)."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def of_an_applicant(name: str, content: bytes, media_type: str) -> HttpResponse:
    """What an applicant sent: whatever is in it, a browser neither shows it here nor runs it."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
