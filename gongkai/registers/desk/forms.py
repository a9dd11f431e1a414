"""台账的表单. Made of a register's columns; what is typed is read by the same rules as a cell of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.desk.forms import DeskForm
from gongkai.registers.description import Register
from gongkai.registers.models import RegisterEntry
from gongkai.spreadsheets.fields import Field, Kind
from gongkai.spreadsheets.values import BadValue, value_of

_LONG = 100


class EntryForm(DeskForm):
    """登记和更正."""

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        today: date,
        data: Any = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.columns = fields
        self.today = today
        for each in fields:
            self.fields[each.name] = _form_field(each)
            self.word(each.name)
            if values is not None:
                self.initial[each.name] = _typed(values.get(each.name), each)

    def clean(self) -> dict[str, Any]:
        """Typed values by column; what a cell of a file would be refused for is refused here in the same words."""
        values: dict[str, Any] = {}
        for each in self.columns:
            try:
                values[each.name] = value_of(
                    self.cleaned_data.get(each.name), each, unit="元", today=self.today
                )
            except BadValue as error:
                if each.name not in self.errors:
                    self.add_error(each.name, f"{error}。")
        return values


class ReasonForm(DeskForm):
    """原因, for what is rectified or voided."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        help_text="写明依据，如“决定书原件为6月2日”。",
    )


class UploadForm(DeskForm):
    """导入文件."""

    file = forms.FileField(label="文件", help_text="xlsx、xls、et、ods或者csv，不超过20MB。")


def entry_fields(register: Register, agency: Agency) -> list[Field]:
    """The columns a person fills in on the screen."""
    offered = register.on_screen
    fields = [each for each in register.fields_for(agency) if offered is None or each.name in offered]
    return [
        replace(each, required=False, note="留空自动编号") if each.name in register.numbers_itself else each
        for each in fields
    ]


def rectified_fields(register: Register, agency: Agency) -> list[Field]:
    """The columns that may be rectified."""
    return [each for each in register.fields_for(agency) if each.name in register.rectified]


def values_of(entry: RegisterEntry, fields: Sequence[Field]) -> dict[str, Any]:
    return {each.name: getattr(entry, each.name) for each in fields}


def _form_field(each: Field) -> forms.Field:
    help_text = each.note
    if each.kind in (Kind.CHOICE, Kind.FLAG):
        labels = ["是", "否"] if each.kind is Kind.FLAG else _one_label_each(each)
        return forms.ChoiceField(
            label=each.label,
            required=each.required,
            help_text=help_text,
            choices=[("", "请选择" if each.required else "")] + [(label, label) for label in labels],
        )
    label = f"{each.label}（元）" if each.kind is Kind.YUAN else each.label
    widget: forms.Widget = forms.TextInput()
    if each.kind is Kind.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif each.longest > _LONG:
        widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label,
        required=each.required,
        help_text=help_text,
        widget=widget,
        max_length=each.longest or None,
    )


def _one_label_each(each: Field) -> list[str]:
    """The first of several words for one choice."""
    first: dict[Any, str] = {}
    for label, value in each.choices.items():
        first.setdefault(value, label)
    return list(first.values())


def _typed(value: Any, each: Field) -> str:
    """A stored value as the form shows it."""
    if value is None:
        return ""
    if each.kind is Kind.FLAG:
        return "是" if value else "否"
    if each.kind is Kind.CHOICE:
        return next((label for label, kept in each.choices.items() if kept == value), "")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
