"""经过的表单."""

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.actions import ENDED_WITHOUT_REPLY
from gongkai.duties.applications.models import OUTCOMES, ApplicationEvent
from gongkai.registers.desk.forms import ReasonForm
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.delivery import DeliveryMeans

Kind = ApplicationEvent.Kind
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_NONE = [("", "")]
# Registered with the application itself, or made by cancelling another entry.
_NOT_OFFERED = (Kind.RECEIVED, Kind.CANCELLED)
OFFERED = tuple(kind for kind in Kind if kind not in _NOT_OFFERED)
# What each kind asks for beside its day.
ASKED: dict[str, tuple[str, ...]] = {
    Kind.RECEIPT_CONFIRMED: ("note",),
    Kind.CORRECTION_ASKED: ("working_days", "late_on_paper"),
    Kind.CONSULTATION_SENT: ("consultation_key", "consulted"),
    Kind.CONSULTATION_DELIVERED: ("consultation_key",),
    Kind.CONSULTATION_ANSWERED: ("consultation_key", "note"),
    Kind.EXTENDED: ("working_days", "note", "late_on_paper"),
    Kind.FEE_NOTICED: ("amount", "sent_on"),
    Kind.FEE_PAID: ("amount",),
    Kind.DEFERRAL_NOTICED: ("until",),
    Kind.REPLIED: ("outcome", "delivery_means", "note"),
    Kind.CLOSED: ("outcome", "note"),
}
# What each kind cannot do without.
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.CONSULTATION_SENT: ("consultation_key", "consulted"),
    Kind.CONSULTATION_DELIVERED: ("consultation_key",),
    Kind.CONSULTATION_ANSWERED: ("consultation_key",),
    Kind.EXTENDED: ("working_days",),
    Kind.FEE_NOTICED: ("amount",),
    Kind.FEE_PAID: ("amount",),
    Kind.DEFERRAL_NOTICED: ("until",),
    Kind.REPLIED: ("outcome",),
    Kind.CLOSED: ("outcome",),
}

_MOST_WORKING_DAYS = 250  # a year of them: against a slip of the finger, the law's own limits stand in rules


class StepForm(DeskForm):
    """登记经过: one kind of step, with what that kind asks for and nothing else."""

    kind = forms.ChoiceField(label="经过", choices=[(kind.value, kind.label) for kind in OFFERED])
    on = forms.DateField(label="日期", widget=_DAY, help_text="发生的日期；与登记日期不同的显示为补录。")
    outcome = forms.ChoiceField(label="办理结果", choices=_NONE + OUTCOMES, required=False)
    working_days = forms.IntegerField(
        label="工作日",
        min_value=1,
        max_value=_MOST_WORKING_DAYS,
        required=False,
        help_text="延长或者补正的工作日数。",
        error_messages={"max_value": "最多%(limit_value)d个工作日，请核对。"},
    )
    until = forms.DateField(label="延迟至", widget=_DAY, required=False)
    sent_on = forms.DateField(
        label="交邮（发出）日期",
        widget=_DAY,
        required=False,
        help_text="邮寄的填交邮之日；上面的日期填申请人收到的日期。",
    )
    amount = forms.DecimalField(
        label="金额（元）", min_value=0, max_digits=11, decimal_places=2, required=False
    )
    consultation_key = forms.CharField(label="征求意见编号", max_length=20, required=False)
    consulted = forms.ChoiceField(
        label="征求对象", choices=_NONE + [(each.value, each.label) for each in Consulted], required=False
    )
    delivery_means = forms.ChoiceField(
        label="送达方式", choices=_NONE + [(each.value, each.label) for each in DeliveryMeans], required=False
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="列在经过里；不写姓名、住址、电话。"
    )
    late_on_paper = forms.BooleanField(
        label="已经逾期作出",
        required=False,
        help_text="延长或者补正告知超过了期限但确已作出的，照实登记，不改变期限。",
    )

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data, initial={"kind": kind, "on": timezone.localdate()})
        for name in set(self.fields) - {"kind", "on", *ASKED.get(kind, ())}:
            del self.fields[name]
        if kind in OFFERED:
            self.fields["kind"].widget = forms.HiddenInput()
        if kind == Kind.RECEIPT_CONFIRMED:
            self.fields["note"].label = "怎么确认的"
            self.fields["note"].help_text = "如“电话告知申请人本人”；不写姓名、号码。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in NEEDED.get(cleaned.get("kind", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"登记“{Kind(cleaned['kind']).label}”要填这一项。")
        return cleaned


class EventForm(ReasonForm):
    """更正经过: another day, another result, or nothing of it."""

    on = forms.DateField(label="日期", widget=_DAY)
    outcome = forms.ChoiceField(label="办理结果", choices=OUTCOMES, required=False)
    cancel = forms.BooleanField(
        label="撤销这一条", required=False, help_text="没有发生过、登记错了的才撤销。"
    )

    field_order = ["on", "outcome", "cancel", "reason"]

    def __init__(self, event: ApplicationEvent, data: Any = None) -> None:
        """Only what this entry has: a result where it ended the case, and no cancelling of the receipt itself."""
        super().__init__(data, initial={"on": event.happened_on, "outcome": event.outcome})
        if event.kind == Kind.RECEIVED:
            del self.fields["cancel"]
        if not event.outcome:
            del self.fields["outcome"]
            return
        ended = event.kind == Kind.CLOSED
        kept = ENDED_WITHOUT_REPLY if ended else {key for key, _ in OUTCOMES} - set(ENDED_WITHOUT_REPLY[:2])
        choices = [each for each in OUTCOMES if each[0] in {*kept, event.outcome}]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
