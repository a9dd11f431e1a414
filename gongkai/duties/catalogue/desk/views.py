"""栏目的页面."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import Column

_CLASSES = [("", ""), *Column._meta.get_field("column_class").flatchoices]  # type: ignore[union-attr]


class ColumnForm(DeskForm):
    """开设栏目."""

    name = forms.CharField(label="名称", max_length=50)
    column_class = forms.ChoiceField(label="栏目类别", choices=_CLASSES, required=False)
    parent = forms.ModelChoiceField(
        Column.objects.none(), label="上级栏目", required=False, empty_label="（没有上级）"
    )
    owner_section = forms.ModelChoiceField(
        Section.objects.none(), label="责任科室", required=False, empty_label="（没有指定）"
    )
    position = forms.IntegerField(label="次序", min_value=0, max_value=9999, initial=0)

    def __init__(self, agency: Agency, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["parent"].queryset = Column.objects.filter(agency=agency)  # type: ignore[attr-defined]
        self.fields["owner_section"].queryset = agency.sections.all()  # type: ignore[attr-defined]


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS, write=Power.KEEP_REGISTERS)
def columns(request: HttpRequest) -> HttpResponse:
    """栏目: those there are, and opening one."""
    person = person_of(request)
    form = ColumnForm(person.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            column = actions.open_column(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已开设栏目“{column.name}”。")
            return redirect("catalogue:columns")
    found = Column.objects.filter(agency=person.agency).select_related("parent", "owner_section")
    heads = ("名称", "类别", "上级栏目", "责任科室")
    rows = [
        (each.name, each.get_column_class_display(), each.parent or "", each.owner_section or "")
        for each in found
    ]
    context = {"title": "栏目", "form": form, "heads": heads, "rows": rows, "submit_label": "开设栏目"}
    return render(request, "registers/short_list.html", context)
