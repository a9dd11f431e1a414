"""解读的表单."""

from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.interpretation.actions import seen
from gongkai.duties.catalogue.interpretation.content import PLANNED
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan, InterpretationPractice
from gongkai.duties.catalogue.interpretation.queries import INTERPRETED
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.rules.interpretation_2016.plan import (
    ELEMENTS,
    FOLLOW_BASIS,
    FOLLOW_WORKING_DAYS,
    InterpretationForm,
)

_PLAN = tuple(name for name in PLANNED if name != "exempt_because")
_OFFERED = 300  # documents in a choice, newest first; older ones are interpreted from their own page


class PlanForm(DeskForm):
    """解读方案，或者不解读的理由: every part of the plan is asked for unless there is a reason for none."""

    use_required_attribute = False  # a browser would not let the reason be sent alone

    outline = forms.CharField(
        label="解读提纲",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"可以从这些方面写：{'、'.join(ELEMENTS)}",
    )
    channel = forms.CharField(
        label="解读渠道", max_length=100, help_text="例如：门户网站政策解读栏目、政务新媒体"
    )
    timing = forms.ChoiceField(label="解读时间", choices=InterpretationPlan.Timing.choices)
    responsible = forms.CharField(label="解读责任人", max_length=50, help_text="谁起草、谁解读")
    exempt_because = forms.CharField(
        label="不解读的理由",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不需要解读的才填，上面各项留空；理由随文件一并审查、签发",
    )
    having_seen = forms.CharField(widget=forms.HiddenInput)
    forms = forms.MultipleChoiceField(
        label="解读形式",
        choices=[(form.value, form.label) for form in InterpretationForm],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("outline", "forms", "channel", "timing", "responsible", "exempt_because")

    def __init__(self, plan: InterpretationPlan | None, data: object = None) -> None:
        super().__init__(data)
        self.initial = {name: getattr(plan, name) for name in PLANNED} if plan else {}
        self.initial["having_seen"] = seen(plan)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("exempt_because"):
            for name in _PLAN:
                self.errors.pop(name, None)
                given.setdefault(name, "")
        return given


class DocumentForm(DeskForm):
    """标明所解读的文件."""

    document = forms.ModelChoiceField(
        InformationItem.objects.none(),
        label="所解读的文件",
        to_field_name="public_id",
        empty_label="（请选择）",
        help_text="本机关的政策文件、行政规范性文件，已经公开的或者正在起草的",
    )

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        found = InformationItem.objects.standing().filter(agency=version.agency, kind__in=INTERPRETED)
        newest = found.order_by("-pk").values("pk")[:_OFFERED]
        self.fields["document"].queryset = (  # type: ignore[attr-defined]
            InformationItem.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
            .exclude(state=InformationItem.State.WITHDRAWN)
            .exclude(interpreted_by__version=version)
            .order_by("-pk")
        )


class PracticeForm(DeskForm):
    """本机关的解读要求."""

    may_follow = forms.BooleanField(
        label="允许解读在文件公布以后跟进", required=False, help_text="不勾选的，解读一律与文件同时公布"
    )
    within_days = forms.IntegerField(
        label="最迟几个工作日以内",
        min_value=1,
        max_value=FOLLOW_WORKING_DAYS,
        help_text=f"最多{FOLLOW_WORKING_DAYS}个工作日（{FOLLOW_BASIS}），可以更短",
    )

    def __init__(self, practice: InterpretationPractice, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"may_follow": practice.may_follow, "within_days": practice.within_days}
