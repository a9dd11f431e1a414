"""下载. A file is sent only while something published names it, always as a download (PUB-04, FIL-08)."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from gongkai.gateways.files import public_files
from gongkai.portal import queries


def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    named = queries.file_named(sha256)
    if named is None:
        raise Http404
    etag = f'"{sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    store = public_files()
    store.check(sha256)  # a file altered behind our back is an error, never an answer
    response = FileResponse(
        store.open(sha256), as_attachment=True, filename=named.name, content_type=named.media_type
    )
    response["ETag"] = etag
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
