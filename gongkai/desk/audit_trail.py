"""安全审计. The audit entries of one's own agency's people, found by action, person, object and day; never a case's content."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies import queries
from gongkai.agencies.desk.security_forms import Day
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.audit.record import record
from gongkai.desk.audit_words import FAMILIES, action_words, record_words, result_words
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Column, Register
from gongkai.desk.spreadsheet import csv_download

SYSTEM = "system"


class Filters(DeskForm):
    """查找条件."""

    action = forms.ChoiceField(label="动作", required=False)
    actor = forms.ChoiceField(label="操作人", required=False)
    subject = forms.CharField(label="对象编号", required=False, max_length=100)
    from_on = Day(label="起", required=False)
    to_on = Day(label="止", required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.people(visible_to=by).order_by("name", "pk").values_list("public_id", "name")
        self.fields["action"].choices = [("", "全部"), *FAMILIES.items()]  # type: ignore[attr-defined]
        self.fields["actor"].choices = [("", "全部"), (SYSTEM, "系统"), *people]  # type: ignore[attr-defined]

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """What the conditions leave; a condition that is wrong leaves nothing rather than everything."""
        if not self.is_valid():
            return entries.none()
        given = self.cleaned_data
        for name, comparison in (("action", "startswith"), ("actor", "exact"), ("subject", "endswith")):
            if given[name]:
                entries = entries.filter(**{f"{name}__{comparison}": given[name]})
        if given["from_on"]:
            entries = entries.filter(at__gte=_midnight(given["from_on"]))
        if given["to_on"]:
            entries = entries.filter(at__lt=_midnight(given["to_on"] + timedelta(days=1)))
        return entries


def entries_visible_to(by: Person) -> QuerySet[Entry]:
    """本机关的审计记录: acts of its people and acts on its people; all of them where there is one agency only."""
    if Agency.objects.count() == 1:
        return Entry.objects.all()
    own = Person.objects.filter(agency_id=by.agency_id)
    names = [f"agencies.person:{public_id}" for public_id in own.values_list("public_id", flat=True)]
    return Entry.objects.filter(Q(actor__in=own.values("public_id")) | Q(subject__in=names))


@powered(Power.READ_AUDIT)
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """审计记录."""
    by = person_of(request)
    filters = Filters(request.GET, by=by)
    context = {"register": _register(by, filters).page(request.GET), "filters": filters}
    return render(request, "desk/audit_trail.html", context)


@powered(Power.READ_AUDIT)
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """导出审计记录, itself recorded."""
    by = person_of(request)
    register = _register(by, Filters(request.GET, by=by))
    with transaction.atomic():
        record("audit.exported", by=by, detail={"count": register.records.count()})
    return csv_download(register.all_rows(request.GET), name=f"审计记录{timezone.localdate():%Y%m%d}")


def _register(by: Person, filters: Filters) -> Register:
    names = {SYSTEM: "系统", **dict(queries.people(visible_to=by).values_list("public_id", "name"))}
    return Register(
        title="审计记录",
        records=filters.narrow(entries_visible_to(by)),
        columns=(
            Column("序号", "sequence", numeric=True),
            Column("时间", lambda entry: f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"),
            Column("操作人", lambda entry: names.get(entry.actor, "其他机关人员")),
            Column("来源地址", "address"),
            Column("动作", lambda entry: action_words(entry.action)),
            Column("对象", lambda entry: _subject(entry.subject, names)),
            Column("结果", lambda entry: result_words(entry.result)),
            Column("事由", "reason"),
        ),
        order=("-sequence",),
        export_url=reverse("desk:audit_export"),
        empty="还没有审计记录。每次登录、登记、修改、导出、发布都会记在这里。",
    )


def _subject(subject: str, names: dict[str, str]) -> str:
    """A person by name, anything else by its number: the audit desk shows no content."""
    kind, _, number = subject.partition(":")
    return names.get(number, number) or record_words(kind)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
