"""页面图片和成品. Drawn by us and shown to the people of the case only; the original itself is never handed out here (FIL-08)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.agencies import sealed_files
from gongkai.agencies.access import Refusal
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.redaction import actions, queries, sealed_file
from gongkai.duties.applications.redaction.desk.jobs import job_of
from gongkai.duties.applications.redaction.models import MADE, RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.redaction import files
from gongkai.screening.inspection import CannotInspect

_ON_SCREEN = 110  # dots an inch
_UNREADABLE = "文件已丢失或者损坏，不能显示。请告知系统管理员核查文件存放。"


@powered(*queries.SEEN_BY)
def original(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """原件的一页."""
    job = job_of(request, public_id)
    return _picture(job, number, lambda: sealed_file.read(job))


@powered(*queries.SEEN_BY)
def outcome(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """成品的一页."""
    job = job_of(request, public_id)
    if job.stage not in MADE:
        raise Http404
    return _picture(job, number, lambda: desk_files().read(job.output_file))


@powered(*queries.SEEN_BY)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """成品, always as a download, and every time with a line in the audit trail."""
    job = job_of(request, public_id)
    return download(f"{job.title}（已遮盖）.pdf", actions.hand_out(job, by=person_of(request)))


def _picture(job: RedactionJob, number: int, read: Callable[[], bytes]) -> HttpResponse:
    if not 1 <= number <= len(job.pages):
        raise Http404
    try:
        return HttpResponse(files.picture(read(), number, _ON_SCREEN), content_type="image/png")
    except sealed_files.UNREADABLE:
        raise Refusal(_UNREADABLE) from None
    except CannotInspect as refusal:
        raise Refusal(str(refusal)) from None
