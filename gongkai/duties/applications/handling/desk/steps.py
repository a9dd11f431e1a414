"""办理一步的页面. Consequences, a form, a refusal beside it, and back: the same for every step of these rooms."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person
from gongkai.desk.forms import DeskForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OnForm(DeskForm):
    """一个日期."""

    on = forms.DateField(label="日期", widget=DAY, help_text="发生的日期；与登记日期不同的显示为补录。")


class WordsForm(DeskForm):
    """一段说明."""

    words = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class OptionalWordsForm(DeskForm):
    """可以写也可以不写的意见."""

    words = forms.CharField(
        label="意见", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NothingForm(DeskForm):
    """只须确认."""


class OfPerson(forms.ModelChoiceField):
    """人员, named with the section."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.section.name}）" if person.section else person.name


def people_of(agency: Agency) -> Any:
    """本机关的办件人员."""
    active = Person.objects.filter(agency=agency, is_active=True, administrator="")
    return active.select_related("section").order_by("section__position", "name", "pk")


def take(
    request: HttpRequest,
    *,
    title: str,
    label: str,
    form: DeskForm,
    do: Callable[[dict[str, Any]], object],
    consequences: Sequence[str],
    back: str,
    done: str = "",
    danger: bool = False,
) -> HttpResponse:
    """办理: on POST the action, its refusal on the form; on GET the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done or f"已办理：{label}。")
            return redirect(back)
    context = {
        "title": title,
        "consequences": consequences,
        "form": form,
        "submit_label": label,
        "danger": danger,
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)
