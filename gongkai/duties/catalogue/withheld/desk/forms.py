"""评估审查的表单."""

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.withheld.models import Assessment
from gongkai.rules.regulations_2019.withholding import REVIEW_BASIS, REVIEW_MONTHS


class DetermineForm(DeskForm):
    """确定不公开."""

    having_seen = forms.IntegerField(widget=forms.HiddenInput)


class AssessForm(DeskForm):
    """评估审查."""

    outcome = forms.ChoiceField(label="结论", widget=forms.RadioSelect, choices=Assessment.Outcome.choices)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="继续不公开的，现在还有什么理由；转为公开的，情况有什么变化",
    )


class PracticeForm(DeskForm):
    """评估周期."""

    months = forms.IntegerField(
        label="评估周期（月）",
        min_value=1,
        max_value=REVIEW_MONTHS,
        help_text=f"条例只写定期，没有写多久；本系统建议{REVIEW_MONTHS}个月，可以更短（{REVIEW_BASIS}）",
    )

    def __init__(self, months: int, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"months": months}
