"""填写一张和草稿有关的表: shown, refused beside what was typed, or saved and back to where it was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import Refusal
from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue import lifecycle
from gongkai.duties.catalogue.models import Version


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张表: what stands above it, on its button, and what is said when it is saved."""

    title: str
    submit_label: str
    said: str
    consequence: str
    back: str
    after: str = ""  # where to go when it is saved, if not back


def require_open(request: HttpRequest, version: Version) -> None:
    """The form opens only on a draft; what was typed is never thrown away: a POST is refused beside the text."""
    if request.method != "POST":
        lifecycle.require(version, "write")


def fill_in(
    request: HttpRequest, form: DeskForm, sheet: Sheet, *, save: Callable[[Mapping[str, Any]], object]
) -> HttpResponse:
    """``save`` is the action, with what was filled in."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sheet.said)
            return redirect(sheet.after or sheet.back)
    context = {
        "title": sheet.title,
        "form": form,
        "submit_label": sheet.submit_label,
        "back": sheet.back,
        "consequence": sheet.consequence,
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)
