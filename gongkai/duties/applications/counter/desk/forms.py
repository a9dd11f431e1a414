"""窗口收件的表单."""

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.models import Agency, Section
from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.models import APPLICANT_KINDS, CHANNELS
from gongkai.portal.intake.particulars import LONGEST_MATTER, MOST_MATTERS
from gongkai.rules.regulations_2019.receipt import Channel

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# The portal registers its own; everything else comes over the counter.
_BY_HAND = [each for each in CHANNELS if each[0] != Channel.ONLINE.value]


class RegisterForm(DeskForm):
    """登记一件申请."""

    channel = forms.ChoiceField(label="怎么收到的", choices=_BY_HAND)
    received_on = forms.DateField(
        label="收到日期",
        widget=_DAY,
        help_text="当面提交之日、挂号邮件签收之日；平常信函、传真、电子邮件填本机关实际收到之日。",
    )
    confirmed_on = forms.DateField(
        label="与申请人确认之日",
        widget=_DAY,
        required=False,
        help_text="平常信函、传真、电子邮件以确认之日为收到申请之日（条例第三十一条）；还没有确认的不填，登记以后再确认。",
    )
    applicant_kind = forms.ChoiceField(label="申请人类别", choices=APPLICANT_KINDS)
    applicant_name = forms.CharField(label="姓名或者名称", max_length=100, help_text="加密保存。")
    applicant_contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="电话、地址。加密保存。"
    )
    matters = forms.CharField(
        label="所需信息",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_MATTER * MOST_MATTERS,
        help_text="一行一项，逐项办理。口头提出的，照申请人的原话记下。加密保存。",
    )
    access_form = forms.CharField(
        label="获取方式",
        max_length=60,
        required=False,
        help_text="如“纸质文本，邮寄”。",
    )
    section = forms.ModelChoiceField(label="承办科室", queryset=Section.objects.none(), required=False)
    remark = forms.CharField(label="备注", max_length=200, required=False)

    names = frozenset({"applicant_name"})

    def __init__(self, agency: Agency, data: Any = None) -> None:
        super().__init__(data)
        self.fields["section"].queryset = agency.sections.all()  # type: ignore[attr-defined]

    def clean_matters(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["matters"].splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError("“所需信息”没有填，请填写。")
        if len(lines) > MOST_MATTERS:
            raise forms.ValidationError(
                f"一件申请最多{MOST_MATTERS}项，现在有{len(lines)}行，请分成几件登记。"
            )
        if any(len(line) > LONGEST_MATTER for line in lines):
            raise forms.ValidationError(f"每一项最多{LONGEST_MATTER}个字，请分成几项。")
        return lines

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        today = timezone.localdate()
        for name in ("received_on", "confirmed_on"):
            if given.get(name) and given[name] > today:
                self.add_error(name, "日期在今天之后，请核对。")
        received, confirmed = given.get("received_on"), given.get("confirmed_on")
        if received and confirmed and confirmed < received:
            self.add_error("confirmed_on", "确认之日不能早于收到日期，请核对。")
        if confirmed and given.get("channel") and not Channel(given["channel"]).needs_confirmation:
            self.add_error("confirmed_on", "这一渠道以收到日期为准，不需要确认，请清空这一栏。")
        return given

    def entry(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        lines = given["matters"]
        described = lines if len(lines) == 1 else [f"{n}. {line}" for n, line in enumerate(lines, 1)]
        return {**given, "description": "\n".join(described)}


class PaperForm(DeskForm):
    """一份扫描件."""

    kind = forms.ChoiceField(label="材料", choices=ReceivedPaper.Kind.choices)
    file = forms.FileField(
        label="扫描件", help_text="PDF、JPG或者PNG，加密保存。收件章和信封邮戳要看得清日期。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="不要写个人信息。")


class ScanForm(DeskForm):
    """扫条码."""

    number = forms.CharField(label="登记编号", max_length=60)
