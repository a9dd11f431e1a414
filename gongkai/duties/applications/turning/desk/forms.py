"""转主动公开的表单."""

from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.turning.models import Turning
from gongkai.duties.catalogue.models import Column


class ProposeForm(DeskForm):
    """提出."""

    names = frozenset({"title"})
    title = forms.CharField(
        label="拟公开的信息", max_length=200, help_text="信息的名称，公众会看到；不写申请人的姓名。"
    )
    source = forms.ChoiceField(label="由来", choices=Turning.Source.choices, widget=forms.RadioSelect)


class DraftForm(DeskForm):
    """起草到哪个栏目."""

    main_column = forms.ModelChoiceField(Column.objects.none(), label="栏目", empty_label="（请选择）")

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["main_column"].queryset = Column.objects.filter(  # type: ignore[attr-defined]
            agency=agency, closed_on__isnull=True
        )
