"""同意更正的表单."""

from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm


class DecisionForm(DeskForm):
    """同意，或者不同意并写明意见."""

    agrees = forms.TypedChoiceField(
        label="意见",
        choices=[("yes", "同意更正"), ("no", "不同意")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(label="理由", max_length=200, required=False, help_text="不同意的要写明。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agrees") is False and not cleaned.get("opinion"):
            self.add_error("opinion", "不同意的，请写明理由。")
        return cleaned
