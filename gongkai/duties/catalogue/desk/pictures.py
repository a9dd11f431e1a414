"""正文里的图片: inserted from the editor, or by a form without scripts; shown on the desk below its version."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import actions, queries
from gongkai.duties.catalogue.desk.items import DRAFTERS
from gongkai.gateways.files import desk_files
from gongkai.virus_checks.queries import require_scanned


@powered(*DRAFTERS)
@require_POST
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """插入图片. The editor asks for the address and keeps its own unsaved text; the form puts the picture at the end."""
    person = person_of(request)
    version = queries.version(person, public_id)
    upload, words = request.FILES.get("picture"), request.POST.get("words", "")
    from_the_editor = request.headers.get("Accept") == "application/json"
    try:
        if upload is None:
            raise Refusal("请先选一张图片。")
        file = actions.add_picture(
            version, name=upload.name or "", content=upload.read(), words=words, by=person
        )
        if not from_the_editor:
            actions.place_picture(version, file=file, words=words, by=person)
    except Refusal as refusal:
        if from_the_editor:
            return JsonResponse({"refusal": str(refusal)}, status=400)
        messages.error(request, str(refusal))
    else:
        if from_the_editor:
            return JsonResponse({"address": reverse("catalogue:picture", args=[public_id, file.sha256])})
        messages.success(request, "图片已放在正文末尾。")
    return redirect(reverse("catalogue:write", args=[public_id]) + "#attachments")


@powered(*queries.SEEN_BY)
def show(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """A picture that was drawn anew by us: nothing else is ever shown in the desk's own name (FIL-08)."""
    version = queries.version(person_of(request), public_id)
    file = version.attachments.filter(sha256=sha256, media_type__in=("image/jpeg", "image/png")).first()
    if file is None:
        raise Http404
    require_scanned(sha256, what="这张图片")
    response = HttpResponse(desk_files().read(sha256), content_type=file.media_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response
