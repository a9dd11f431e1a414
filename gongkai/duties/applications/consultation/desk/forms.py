"""征求意见的表单."""

from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.consultation.models import Answer
from gongkai.duties.applications.handling.desk.steps import DAY
from gongkai.duties.applications.matters.models import FoundDocument, Matter
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.delivery import DeliveryMeans

_WORDS = forms.Textarea(attrs={"rows": 4})
_OPINIONS = [choice for choice in Answer.Opinion.choices if choice[0] != Answer.Opinion.SILENT]


class OfMatter(forms.ModelMultipleChoiceField):
    """事项, by its number: its text is sealed."""

    def label_from_instance(self, matter: Any) -> str:
        return str(matter)


class PrepareForm(DeskForm):
    """拟征求意见."""

    consulted = forms.ChoiceField(label="征求对象", choices=[(each.value, each.label) for each in Consulted])
    name = forms.CharField(label="名称", max_length=100, help_text="姓名或者单位名称，加密保存。")
    address = forms.CharField(
        label="地址",
        max_length=200,
        required=False,
        help_text="加密保存；征求第三方意见的必填，用于寄送征求意见书。",
    )
    matters = OfMatter(Matter.objects.none(), label="涉及的事项", widget=forms.CheckboxSelectMultiple)
    documents = forms.ModelMultipleChoiceField(
        FoundDocument.objects.none(), label="涉及的信息", required=False, widget=forms.CheckboxSelectMultiple
    )
    asked = forms.CharField(
        label="征求意见的内容",
        max_length=2000,
        widget=_WORDS,
        help_text="写进征求意见书；不写申请人是谁。加密保存。",
    )
    names = frozenset({"name", "address"})

    def __init__(self, case: Application, data: Any = None) -> None:
        super().__init__(data)
        matters = case.matters.filter(struck_at__isnull=True)
        documents = FoundDocument.objects.filter(matter__application=case, struck_at__isnull=True)
        self.fields["matters"].queryset = matters  # type: ignore[attr-defined]
        self.fields["documents"].queryset = documents.select_related("matter")  # type: ignore[attr-defined]
        for name, found in (("matters", matters), ("documents", documents)):
            if not found.exists():
                del self.fields[name]

    def given(self) -> dict[str, Any]:
        """What was filled in; a case without matters or documents names none."""
        return {"matters": [], "documents": [], **self.cleaned_data}


class AnswerForm(DeskForm):
    """登记意见."""

    on = forms.DateField(label="收到日期", widget=DAY)
    opinion = forms.ChoiceField(label="意见", choices=_OPINIONS)
    words = forms.CharField(
        label="意见和理由",
        max_length=2000,
        required=False,
        widget=_WORDS,
        help_text="部分同意的，写明同意哪些、不同意哪些；不同意的写明理由。加密保存。",
    )
    reasonable = forms.TypedChoiceField(
        label="不同意的理由是否合理",
        choices=[("", "（同意公开的不选）"), ("yes", "合理"), ("no", "不合理")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        help_text="由承办人判断：公开是否会对其合法权益造成损害。",
    )


class PublicInterestForm(DeskForm):
    """决定公开: 公共利益需要, 或者第三方的理由不合理."""

    content = forms.CharField(label="决定公开的内容", max_length=2000, widget=_WORDS)
    reason = forms.CharField(
        label="理由",
        max_length=2000,
        widget=_WORDS,
        help_text="不公开会对公共利益造成什么重大影响，或者第三方的理由为什么不合理。",
    )


class TellForm(DeskForm):
    """书面告知第三方."""

    on = forms.DateField(label="告知日期", widget=DAY)
    means = forms.ChoiceField(label="告知方式", choices=[(each.value, each.label) for each in DeliveryMeans])
