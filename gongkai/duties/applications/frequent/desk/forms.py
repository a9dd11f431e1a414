"""高频申请人的表单."""

from typing import Any

from django import forms

from gongkai.agencies.models import Person
from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.frequent.actions.judging import LONGEST
from gongkai.duties.applications.frequent.models import Look, Topic
from gongkai.duties.applications.handling.desk.steps import DAY
from gongkai.rules.regulations_2019.frequency_marks import Marks

_WORDS = forms.Textarea(attrs={"rows": 4})
_YES_NO = [("yes", "是"), ("no", "否")]


class LookForm(DeskForm):
    """登记判断."""

    finding = forms.ChoiceField(label="判断", choices=Look.Finding.choices)
    reason = forms.CharField(
        label="依据",
        max_length=LONGEST,
        widget=_WORDS,
        help_text="数量、频次、内容是否重复、以前怎样答复。加密保存。",
    )


class ExplainForm(DeskForm):
    """申请人的说明."""

    on = forms.DateField(label="收到日期", widget=DAY)
    explanation = forms.CharField(
        label="申请人的说明", max_length=LONGEST, widget=_WORDS, help_text="加密保存。"
    )


class JudgeForm(DeskForm):
    """判断理由."""

    accepted = forms.ChoiceField(label="理由合理", choices=_YES_NO)
    can_reply_in_time = forms.ChoiceField(
        label="能在答复期限内答复", choices=_YES_NO, help_text="理由不合理的，不影响处理。"
    )
    judgement = forms.CharField(label="判断的理由", max_length=LONGEST, widget=_WORDS, help_text="加密保存。")

    def given(self) -> dict[str, Any]:
        """The two answers as yes and no."""
        values = self.cleaned_data
        return {
            "accepted": values["accepted"] == "yes",
            "can_reply_in_time": values["can_reply_in_time"] == "yes",
            "judgement": values["judgement"],
        }


class DeferForm(DeskForm):
    """告知延迟答复."""

    on = forms.DateField(label="告知日期", widget=DAY)
    until = forms.DateField(label="延迟至", widget=DAY)


class TopicForm(DeskForm):
    """归入一项内容, or begin one."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="已有的内容", required=False, empty_label="（另立一项）"
    )
    title = forms.CharField(
        label="另立的内容", max_length=100, required=False, help_text="写信息的名称，不写申请人。"
    )
    names = frozenset({"title"})

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        found = Topic.objects.filter(agency=person.agency_id)
        self.fields["topic"].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("topic")) == bool(cleaned.get("title")):
            self.add_error(None, "请选一项已有的内容，或者另立一项，只填一处。")
        return cleaned


class MarksForm(DeskForm):
    """提示的件数."""

    month = forms.IntegerField(label="每月超过多少件提示", min_value=1, max_value=100_000)
    year = forms.IntegerField(label="每年超过多少件提示", min_value=1, max_value=100_000)

    def __init__(self, standing: Marks, data: Any = None) -> None:
        super().__init__(data, initial={"month": standing.month, "year": standing.year})
