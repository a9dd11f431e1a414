"""公开职责和栏目更新的表单."""

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Person, Section
from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep.actions import LONGEST_PERIOD
from gongkai.duties.catalogue.upkeep.models import Assignment, Notice

_CLASSES = [("", "（没有类别）"), *Column._meta.get_field("column_class").flatchoices]  # type: ignore[union-attr]
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfPerson(forms.ModelChoiceField):
    """人员, named with the section."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.section.name}）" if person.section else person.name


def _people(agency: Agency) -> Any:
    active = Person.objects.filter(agency=agency, is_active=True, administrator="")
    return active.select_related("section").order_by("section__position", "name", "pk")


class HandDownForm(DeskForm):
    """落实一项职责."""

    section = forms.ModelChoiceField(Section.objects.none(), label="责任科室", empty_label="（请选择）")
    owner = OfPerson(
        Person.objects.none(), label="责任人", empty_label="（请选择）", help_text="责任科室的人，超期时提醒"
    )
    reviewer = OfPerson(
        Person.objects.none(), label="审核人", empty_label="（请选择）", help_text="责任人以外的一人"
    )
    period_days = forms.IntegerField(
        label="更新周期（天）",
        min_value=1,
        max_value=LONGEST_PERIOD,
        help_text="每隔多少天应当更新一次；选了有检查指标的栏目的，不能长于该指标",
    )
    column = forms.ModelChoiceField(
        Column.objects.none(), label="公开栏目", required=False, empty_label="（不限栏目）"
    )
    standing = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, agency: Agency, standing: Assignment | None, data: object = None) -> None:
        super().__init__(data)
        self.fields["section"].queryset = agency.sections.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["column"].queryset = Column.objects.filter(agency=agency, closed_on__isnull=True)  # type: ignore[attr-defined]
        for name in ("owner", "reviewer"):
            self.fields[name].queryset = _people(agency)  # type: ignore[attr-defined]
        if standing:
            names = ("section", "owner", "reviewer", "period_days", "column")
            self.initial = {name: getattr(standing, name) for name in names}
            self.initial["standing"] = standing.public_id


class ReasonForm(DeskForm):
    """写明理由的一步. ``standing`` is what the person saw."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    standing = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, standing: str = "", data: object = None) -> None:
        super().__init__(data)
        self.initial = {"standing": standing}


class ColumnForm(DeskForm):
    """修改栏目."""

    name = forms.CharField(label="名称", max_length=50)
    column_class = forms.ChoiceField(
        label="栏目类别",
        choices=_CLASSES,
        required=False,
        help_text="决定检查指标要求的更新周期；动态、要闻类2周，通知公告类、政策文件类6个月",
    )
    owner_section = forms.ModelChoiceField(
        Section.objects.none(), label="责任科室", required=False, empty_label="（没有指定）"
    )
    owner = OfPerson(
        Person.objects.none(),
        label="责任人",
        required=False,
        empty_label="（没有指定）",
        help_text="快到期和超期时提醒；没有指定的，提醒责任科室的起草人",
    )
    update_days = forms.IntegerField(
        label="本机关的更新周期（天）",
        required=False,
        min_value=1,
        max_value=LONGEST_PERIOD,
        help_text="比检查指标更严的填在这里；不填的按类别",
    )
    parent = forms.ModelChoiceField(
        Column.objects.none(), label="上级栏目", required=False, empty_label="（没有上级）"
    )
    position = forms.IntegerField(label="次序", min_value=0, max_value=9999)
    closed_on = forms.DateField(
        label="关闭日期", required=False, widget=_DAY, help_text="填了以后不再计时，也不能再选这个栏目"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    names = frozenset({"name"})

    def __init__(self, column: Column, data: object = None) -> None:
        super().__init__(data)
        others = Column.objects.filter(agency=column.agency_id).exclude(pk=column.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        self.fields["owner_section"].queryset = column.agency.sections.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = _people(column.agency)  # type: ignore[attr-defined]
        self.initial = {name: getattr(column, name) for name in self.fields}


class NoticeForm(DeskForm):
    """登记检查通知."""

    kind = forms.ChoiceField(label="种类", choices=Notice.Kind.choices)
    noticed_on = forms.DateField(label="收到日期", widget=_DAY)
    title = forms.CharField(label="标题或者文号", max_length=100)
