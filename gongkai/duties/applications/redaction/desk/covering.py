"""画框: by words, by what was detected, by hand on a page."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.redaction import actions, lifecycle, queries
from gongkai.duties.applications.redaction.desk.forms import POINTS_PER_MM, BoxForm, ChosenForm, SearchForm
from gongkai.duties.applications.redaction.desk.jobs import job_of, may_take
from gongkai.duties.applications.redaction.lifecycle import KEEPERS
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.presenters import box_rows
from gongkai.redaction.box import Origin
from gongkai.redaction.finding import Hit, uncovered
from gongkai.screening.inspection import CannotInspect

MOST_HITS = 500


@powered(*queries.SEEN_BY, write=KEEPERS)
def page(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """一页: the picture with its boxes, and a form to add one."""
    person, job = person_of(request), job_of(request, public_id)
    if not 1 <= number <= len(job.pages):
        raise Http404
    form = BoxForm(request.POST or None, initial={"ground": request.GET.get("ground", "")})
    if request.method == "POST" and form.is_valid():
        ground = form.cleaned_data["ground"]
        try:
            actions.cover(job, [form.area(number)], ground=ground, origin=Origin.HAND, by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已加框。")
            here = reverse("redaction:page", args=[public_id, number])
            return redirect(f"{here}?ground={ground}")
    width, height = job.pages[number - 1][:2]
    context = {
        "title": f"第{number}页，共{len(job.pages)}页",
        "job": job,
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < len(job.pages) else 0,
        "last": len(job.pages),
        "width": round(width, 2),
        "height": round(height, 2),
        "width_mm": round(width / POINTS_PER_MM),
        "height_mm": round(height / POINTS_PER_MM),
        "scanned": job.pages[number - 1][3],
        "boxes": box_rows(job, page=number),
        "form": form if may_take(job, person, "mark") else None,
    }
    return render(request, "redaction/page.html", context, status=400 if form.errors else 200)


@powered(*KEEPERS)
@require_POST
def remove(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """去框."""
    try:
        actions.uncover(job_of(request, public_id), request.POST.getlist("box"), by=person_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已去掉。")
    return redirect("redaction:page", public_id, number)


@powered(*KEEPERS)
def search(request: HttpRequest, public_id: str) -> HttpResponse:
    """查找词语: first what is found, then the boxes on those that were chosen."""
    job = job_of(request, public_id)
    lifecycle.require(job, "mark")
    form = SearchForm(request.POST or None)
    hits: Sequence[Hit] = ()
    chosen, looked, words = None, False, []
    if request.method == "POST" and form.is_valid():
        words, looked = form.listed(), True
        try:
            found = uncovered(queries.reading_of(job).find(words), [box.area for box in job.marks()])
        except CannotInspect as refusal:
            form.add_error(None, str(refusal))
        else:
            hits = found[:MOST_HITS]
            adding = "add" in request.POST
            chosen = ChosenForm(request.POST if adding else None, count=len(hits))
            if adding and chosen.is_valid() and _cover(request, job, hits, chosen, Origin.SEARCH, words):
                return redirect("redaction:job", public_id)
    context = {
        "title": f"查找词语：{job}",
        "job": job,
        "form": form,
        "hits": _rows(hits, chosen),
        "chosen": chosen,
        "looked": looked,
        "words": "\n".join(words),
        "scanned": job.scanned[:30],
        "back": reverse("redaction:job", args=[public_id]),
    }
    wrong = form.errors or (chosen is not None and chosen.errors)
    return render(request, "redaction/search.html", context, status=400 if wrong else 200)


@powered(*KEEPERS)
def detected(request: HttpRequest, public_id: str) -> HttpResponse:
    """识别出的个人信息: masked; those that were chosen become boxes."""
    job = job_of(request, public_id)
    lifecycle.require(job, "mark")
    try:
        found = uncovered(queries.reading_of(job).detect(), [box.area for box in job.marks()])
    except CannotInspect as refusal:
        raise Refusal(str(refusal)) from None
    hits = found[:MOST_HITS]
    form = ChosenForm(request.POST if request.method == "POST" else None, count=len(hits))
    if request.method == "POST" and form.is_valid() and _cover(request, job, hits, form, Origin.DETECTED):
        return redirect("redaction:job", public_id)
    context = {
        "title": f"识别出的个人信息：{job}",
        "job": job,
        "hits": _rows(hits, form),
        "chosen": form,
        "scanned": job.scanned[:30],
        "back": reverse("redaction:job", args=[public_id]),
    }
    return render(request, "redaction/detected.html", context, status=400 if form.errors else 200)


def _cover(
    request: HttpRequest,
    job: RedactionJob,
    hits: Sequence[Hit],
    form: ChosenForm,
    origin: Origin,
    words: Sequence[str] = (),
) -> bool:
    picked = [hits[int(at)] for at in form.cleaned_data["chosen"]]
    person, ground = person_of(request), form.cleaned_data["ground"]
    by_kind: dict[str, list[Hit]] = {}
    for hit in picked:
        by_kind.setdefault(hit.what if origin is Origin.DETECTED else "", []).append(hit)
    try:
        for what, same in by_kind.items():
            areas = [area for hit in same for area in hit.areas]
            actions.cover(job, areas, ground=ground, origin=origin, what=what, words=words, by=person)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"已加框：{len(picked)}处。")
    return True


def _rows(hits: Sequence[Hit], form: ChosenForm | None) -> list[dict[str, object]]:
    picked = set(form["chosen"].value() or ()) if form is not None and form.is_bound else None
    return [
        {
            "at": at,
            "hit": hit,
            "pages": "、".join(str(page) for page in dict.fromkeys(area.page for area in hit.areas)),
            "page": hit.areas[0].page,
            "checked": hit.sure if picked is None else str(at) in picked,
        }
        for at, hit in enumerate(hits)
    ]
