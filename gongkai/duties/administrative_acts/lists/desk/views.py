"""清单的页面: all lists, one list as the registers have it now, an edition, one step."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.administrative_acts.lists import actions, lifecycle, queries
from gongkai.duties.administrative_acts.lists.composing import compose
from gongkai.duties.administrative_acts.lists.lifecycle import STEPS
from gongkai.duties.administrative_acts.lists.models import ListEdition, ListKind
from gongkai.portal.addresses import public_address
from gongkai.rules.enforcement_publicity_2019.public_fields import SMALL_PARTS

SHOWN_ROWS = 500
_READABLE = (ListEdition.Stage.PUBLISHED, ListEdition.Stage.SUPERSEDED)


class WordsForm(DeskForm):
    """这一步要写的话, under the name that the step has for them."""

    def __init__(self, label: str, data: object = None, *, required: bool = True) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["words"] = forms.CharField(
            label=label,
            max_length=actions.LONGEST_WORDS,
            required=required,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.word("words")


@powered(*queries.SEEN_BY)
def lists(request: HttpRequest) -> HttpResponse:
    """清单和统计."""
    context = {"title": "清单和统计", "lists": queries.standing(person_of(request))}
    return render(request, "public_lists/lists.html", context)


@powered(*queries.SEEN_BY, write=Power.KEEP_REGISTERS)
def one_list(request: HttpRequest, kind: str) -> HttpResponse:
    """一种清单: what would be submitted now, and its editions."""
    named, person = _kind(kind), person_of(request)
    editions = list(queries.editions(person).defer("rows").filter(kind=kind).order_by("-pk")[:100])
    published_before = any(each.stage == ListEdition.Stage.PUBLISHED for each in editions)
    form = WordsForm("更新说明", request.POST or None, required=published_before)
    if request.method == "POST" and form.is_valid():
        try:
            edition = actions.submit(kind, change_note=form.cleaned_data["words"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已送审。")
            return redirect(address_of(edition))
    form.fields["words"].help_text = (
        "读者会看到，说明改了什么。" if published_before else "第一次发布的不用填写。"
    )
    sheet = compose(kind, person.agency)
    context = {
        "title": named.label,
        "kind": kind,
        "sheet": sheet,
        "rows": sheet.rows[:SHOWN_ROWS],
        "more": max(0, len(sheet.rows) - SHOWN_ROWS),
        "note": SMALL_PARTS if kind == ListKind.COMPULSION else "",
        "editions": editions,
        "form": form if _may(person, Power.KEEP_REGISTERS) else None,
    }
    return render(request, "public_lists/one.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def edition(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """一个版次: every row that readers will see, what it changes, what may be done now."""
    person, shown = person_of(request), _edition(request, kind, public_id)
    context = {
        "title": str(shown),
        "edition": shown,
        "rows": shown.rows[:SHOWN_ROWS],
        "more": max(0, len(shown.rows) - SHOWN_ROWS),
        "note": SMALL_PARTS if kind == ListKind.COMPULSION else "",
        "difference": queries.difference(shown),
        "public_address": public_address(shown.receipt) if shown.stage in _READABLE else "",
        "steps": [
            each
            for each in STEPS.values()
            if not lifecycle.closed_because(shown, each.name) and _may(person, each.power)
        ],
    }
    return render(request, "public_lists/edition.html", context)


@powered(*queries.SEEN_BY)
def step(request: HttpRequest, kind: str, public_id: str, name: str) -> HttpResponse:
    """办理一步."""
    if name not in STEPS:
        raise Http404
    person, shown = person_of(request), _edition(request, kind, public_id)
    taken = STEPS[name]
    if request.method != "POST":
        lifecycle.require(shown, name)
    form = WordsForm(taken.asks, request.POST or None) if taken.asks else None
    error = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _ACTIONS[name](shown, person, form.cleaned_data["words"] if form else "")
        except Refusal as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"已办理：{taken.label}。")
            return redirect(address_of(shown))
    if error:
        messages.error(request, error)
    context = {
        "title": f"{taken.label}：{shown}",
        "consequences": [taken.effect + "。"],
        "form": form,
        "submit_label": taken.label,
        "danger": taken.danger,
        "back": address_of(shown),
    }
    return render(
        request, "desk/confirm.html", context, status=400 if error or (form and form.errors) else 200
    )


_ACTIONS: dict[str, Callable[[ListEdition, Person, str], object]] = {
    "take_back": lambda each, by, words: actions.take_back(each, by=by),
    "pass": lambda each, by, words: actions.pass_review(each, by=by),
    "return": lambda each, by, words: actions.send_back(each, opinion=words, by=by),
    "decline": lambda each, by, words: actions.decline(each, opinion=words, by=by),
    "sign": lambda each, by, words: actions.sign(each, by=by),
    "withdraw": lambda each, by, words: actions.withdraw(each, note=words, by=by),
}


def address_of(edition: ListEdition) -> str:
    return reverse("public_lists:edition", args=[edition.kind, edition.public_id])


def _kind(kind: str) -> ListKind:
    if kind not in ListKind.values:
        raise Http404
    return ListKind(kind)


def _edition(request: HttpRequest, kind: str, public_id: str) -> ListEdition:
    found: ListEdition = get_object_or_404(
        queries.editions(person_of(request)), kind=_kind(kind), public_id=public_id
    )
    return found


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))
