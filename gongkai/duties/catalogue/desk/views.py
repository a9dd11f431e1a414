"""栏目的页面."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, powers_of
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import actions, queries
from gongkai.duties.catalogue.disclosure_column import release as release_disclosure_column
from gongkai.duties.catalogue.models import Column

_CLASSES = [("", "（没有类别）"), *Column._meta.get_field("column_class").flatchoices]  # type: ignore[union-attr]


@powered(Power.RELEASE_REPORT)
def disclosure_column(request: HttpRequest) -> HttpResponse:
    """公开专栏: composed from the office's facts and sent out whole."""
    person = person_of(request)
    if request.method == "POST":
        release_disclosure_column(by=person)
        messages.success(request, "已提交发布，一分钟内在公众侧更新。")
        return redirect("catalogue:disclosure_column")
    context = {
        "title": "发布公开专栏",
        "consequences": [
            "公众侧的公开指南、公开制度、法定主动公开内容、年报、依申请公开五个部分按本机关现在的情况更新。",
            "机关名称、地址、电话等取自“网站信息”，指南版本取自“公开指南”台账，法定内容的条数取自台账。",
            "改了这些以后，在这里再发布一次。",
        ],
        "submit_label": "发布公开专栏",
        "back": reverse("desk:home"),
    }
    return render(request, "desk/confirm.html", context)


@dataclass(frozen=True, slots=True)
class Branch:
    """一个栏目, under the one it belongs to; it is changed on its own page."""

    text: str
    link: str
    depth: str


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


@powered(Power.READ_REGISTERS, *actions.OPENERS, write=actions.OPENERS)
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
    heads = ("名称", "类别", "责任科室", "状态")
    rows = [
        (
            Branch(
                each.name,
                reverse("upkeep:column", args=[each.public_id]),
                "　" * depth + "└" if depth else "",
            ),
            each.get_column_class_display(),
            each.owner_section or "",
            f"{each.closed_on:%Y-%m-%d}关闭" if each.closed_on else "",
        )
        for each, depth in queries.column_tree(person.agency)
    ]
    may_open = powers_of(person, on=timezone.localdate()) & set(actions.OPENERS)
    context = {
        "title": "栏目",
        "form": form if may_open else None,
        "heads": heads,
        "rows": rows,
        "submit_label": "开设栏目",
    }
    return render(request, "registers/short_list.html", context)
