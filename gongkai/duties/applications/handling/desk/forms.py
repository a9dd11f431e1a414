"""承办的表单."""

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Person, Section
from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.handling.actions.commissioning import LONGEST
from gongkai.duties.applications.handling.desk.steps import DAY, OfPerson, people_of
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION
from gongkai.rules.regulations_2019.internal_periods import Stage

_WORDS = forms.Textarea(attrs={"rows": 4})
_NO_NAMES = "不要写申请人的姓名、住址、电话；办理的人用登记编号查对。"


class AssignForm(DeskForm):
    """分办."""

    section = forms.ModelChoiceField(
        Section.objects.none(), label="承办科室", required=False, empty_label="（按承办人的科室）"
    )
    handler = OfPerson(
        Person.objects.none(),
        label="承办人",
        empty_label="（请选择）",
        help_text="要有“登记台账”职权，才办得了。",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, agency: Agency, seen: str, data: Any = None) -> None:
        super().__init__(data, initial={"seen": seen})
        self.fields["section"].queryset = agency.sections.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["handler"].queryset = people_of(agency)  # type: ignore[attr-defined]


class HandOverForm(AssignForm):
    """移交."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class GiveBackForm(DeskForm):
    """退回."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class CommissionForm(DeskForm):
    """交办、协办."""

    section = forms.ModelChoiceField(
        Section.objects.none(), label="本机关科室", required=False, empty_label="（交给其他单位的不选）"
    )
    unit = forms.CharField(
        label="其他单位",
        max_length=100,
        required=False,
        help_text="本机关以外的单位填名称，线下发函，由联系人催办。",
    )
    person = OfPerson(
        Person.objects.none(),
        label="联系人",
        empty_label="（请选择）",
        help_text="科室办理的，选该科室答复的人；其他单位办理的，选本机关负责催办的人。到期前5、3、1个工作日和当天提醒。",
    )
    answer_by = forms.DateField(label="办理期限", widget=DAY)
    asked = forms.CharField(
        label="要求办理的内容", max_length=LONGEST, widget=_WORDS, help_text=f"加密保存。{_NO_NAMES}"
    )
    names = frozenset({"unit"})

    def __init__(self, agency: Agency, data: Any = None) -> None:
        super().__init__(data)
        self.fields["section"].queryset = agency.sections.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["person"].queryset = people_of(agency)  # type: ignore[attr-defined]


class AnswerForm(DeskForm):
    """办理意见."""

    on = forms.DateField(
        label="答复日期",
        widget=DAY,
        required=False,
        help_text="不填为今天；其他单位书面答复的，填收到的日期。",
    )
    answer = forms.CharField(
        label="办理意见", max_length=LONGEST, widget=_WORDS, help_text=f"加密保存。{_NO_NAMES}"
    )


class ExtendForm(DeskForm):
    """提出延期."""

    working_days = forms.IntegerField(
        label="延长工作日",
        min_value=1,
        max_value=LONGEST_EXTENSION,
        help_text=f"合计最多{LONGEST_EXTENSION}个工作日。",
    )
    reason = forms.CharField(
        label="延长的理由", max_length=LONGEST, widget=_WORDS, help_text=f"加密保存。{_NO_NAMES}"
    )


class PeriodsForm(DeskForm):
    """内部期限."""

    def __init__(self, standing: dict[Stage, int], data: Any = None) -> None:
        super().__init__(data, initial={stage.value: days for stage, days in standing.items()})
        for stage in Stage:
            self.fields[stage.value] = forms.IntegerField(
                label=stage.label, min_value=1, help_text="答复期限之前几个工作日"
            )
            self.word(stage.value)

    def given(self) -> dict[Stage, int]:
        """What was filled in, by stage."""
        return {stage: self.cleaned_data[stage.value] for stage in Stage}
