"""泄露排查 (PII-08). Given an account, an address or a time, whose data and which things were touched: by number, never by content."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongkai.agencies import queries
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.audit.record import record
from gongkai.desk.audit_trail import entries_visible_to
from gongkai.desk.audit_words import record_words
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.models import Application

MOST = 5_000  # things listed; whoever touched more is told how many there were
_IN_ONE_LIST = 500
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class BreachForm(DeskForm):
    """查什么: at least one of account, address, beginning."""

    actor = forms.ChoiceField(label="账号", required=False)
    address = forms.GenericIPAddressField(
        label="来源地址",
        required=False,
        error_messages={"invalid": "“来源地址”不是网络地址，如192.0.2.7。请改正。"},
    )
    since = forms.DateTimeField(label="起", required=False, widget=_MOMENT)
    until = forms.DateTimeField(label="止", required=False, widget=_MOMENT)

    def __init__(self, data: Any, *, by: Person) -> None:
        super().__init__(data)
        people = queries.people(visible_to=by).order_by("name", "pk").values_list("public_id", "name")
        self.fields["actor"].choices = [("", "不限"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("actor", "address", "since")):
            raise forms.ValidationError("账号、来源地址、起始时间，至少填一项。")
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "“止”早于“起”，请核对。")
        return given


@dataclass(frozen=True, slots=True)
class Affected:
    """受影响的: the applicants' cases by register number, other things by kind, how often each was touched."""

    entries: int
    applications: tuple[tuple[str, int], ...]
    items: tuple[tuple[str, str, int], ...]
    cut: bool


@powered(Power.READ_AUDIT, Power.MANAGE_SECURITY)
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest) -> HttpResponse:
    """泄露排查. What was asked is in the body, and that it was asked is recorded."""
    by = person_of(request)
    form = BreachForm(request.POST or None, by=by)
    found = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = affected(_narrowed(entries_visible_to(by), given))
        with transaction.atomic():
            record("audit.breach_looked_into", by=by, subject=by.agency, detail={"entries": found.entries})
    return render(request, "desk/breach.html", {"title": "泄露排查", "form": form, "found": found})


def affected(entries: QuerySet[Entry]) -> Affected:
    """受影响的人和事. One pass over the entries, grouped by the database."""
    touched = entries.exclude(subject="").order_by().values_list("subject").annotate(times=Count("pk"))
    listed = list(touched.order_by("-times", "subject")[: MOST + 1])
    by_kind: dict[str, list[str]] = defaultdict(list)
    for subject, _ in listed[:MOST]:
        kind, _, number = subject.partition(":")
        by_kind[kind].append(number)
    whose = {
        f"{kind}:{number}": case
        for kind, numbers in by_kind.items()
        for number, case in _register_numbers(kind, numbers).items()
    }
    cases: Counter[str] = Counter()
    for subject, times in listed[:MOST]:
        if subject in whose:
            cases[whose[subject]] += times
    words = {kind: record_words(kind) or "其他" for kind in by_kind}
    items = tuple(
        (words[subject.partition(":")[0]], subject.partition(":")[2] or subject, times)
        for subject, times in listed[:MOST]
    )
    return Affected(entries.count(), tuple(cases.most_common()), items, len(listed) > MOST)


def _register_numbers(kind: str, numbers: list[str]) -> dict[str, str]:
    """Of records of this kind, the application each belongs to."""
    model = next((each for each in apps.get_models() if each._meta.label_lower == kind), None)
    if model is None:
        return {}
    if model is Application:
        path = "register_number"
    elif any(field.name == "application" for field in model._meta.get_fields()):
        path = "application__register_number"
    else:
        return {}
    found: dict[str, str] = {}
    for start in range(0, len(numbers), _IN_ONE_LIST):
        some = model._default_manager.filter(public_id__in=numbers[start : start + _IN_ONE_LIST])
        found.update(some.values_list("public_id", path))
    return found


def _narrowed(entries: QuerySet[Entry], given: dict[str, Any]) -> QuerySet[Entry]:
    if given["actor"]:
        entries = entries.filter(actor=given["actor"])
    if given["address"]:
        entries = entries.filter(address=given["address"])
    if given["since"]:
        entries = entries.filter(at__gte=given["since"])
    return entries.filter(at__lte=given["until"]) if given["until"] else entries
