"""公示的表单."""

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.administrative_acts.actions.publicity import LONGEST_REASON
from gongkai.duties.administrative_acts.models import PublicDecision
from gongkai.rules.enforcement_publicity_2019.public_fields import CalledBack, KeptBack

_LONGEST = LONGEST_REASON - 20  # the ground stands in front of it


class SeenForm(DeskForm):
    """看过的内容: the hash of what the page showed goes along, so that nothing else is concluded on."""

    seen = forms.CharField(label="看过的内容", max_length=64, widget=forms.HiddenInput())


class ReasonForm(DeskForm):
    """理由."""

    reason = forms.CharField(label="理由", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class KeepBackForm(ReasonForm):
    """不公示."""

    ground = forms.ChoiceField(label="依据")
    field_order = ("ground", "reason")

    def __init__(self, decision: PublicDecision, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *(
                (ground.value, f"{ground.label}（{ground.basis}）")
                for ground in KeptBack
                if ground.applies_to(decision.ACT)
            ),
        ]
        self.fields["reason"].help_text = "写明具体情况，供检查时查阅；不对外公开。"


class WithdrawForm(DeskForm):
    """撤回公示."""

    cause = forms.ChoiceField(
        label="原因",
        choices=[("", "请选择"), *((each.value, f"{each.label}（{each.basis}）") for each in CalledBack)],
    )
    note = forms.CharField(
        label="公开的说明",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="读者在原网址看到它，不写个人信息。如“经行政复议撤销”。",
    )
