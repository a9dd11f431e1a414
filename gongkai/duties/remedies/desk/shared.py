"""各页共用的: the file that an address names, and how a form that an action may refuse is answered."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of
from gongkai.duties.remedies import queries
from gongkai.duties.remedies.models import CaseFile

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
KEEPERS = (Power.KEEP_REGISTERS,)


def file_of(request: HttpRequest, public_id: str) -> CaseFile:
    """The file, if it is of the person's agency; another's answers like one that is not there (ACL-02)."""
    found: CaseFile = get_object_or_404(queries.files(person_of(request), voided=True), public_id=public_id)
    return found


def address(file: CaseFile, name: str = "file") -> str:
    return reverse(f"remedies:{name}", args=[file.public_id])


def answered(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    done: str,
    to: str | Callable[[], str],
) -> HttpResponse | None:
    """Take the form: act and go on, or leave the refusal on the form. None: the form is to be shown."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, done)
    return redirect(to if isinstance(to, str) else to())


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    consequence: str,
    back: str,
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "submit_label": submit,
        "consequence": consequence,
        "back": back,
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


def confirm_page(
    request: HttpRequest,
    form: forms.Form | None,
    *,
    title: str,
    submit: str,
    consequences: list[str],
    back: str,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "submit_label": submit,
        "consequences": consequences,
        "danger": danger,
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form and form.errors else 200)
