"""公开指南的表单."""

from django import forms
from django.utils import timezone

from gongkai.agencies.working_days import calendar
from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.guide.content import WRITTEN, sheet_of
from gongkai.duties.catalogue.guide.models import GuideSheet, Recheck
from gongkai.duties.catalogue.models import Version
from gongkai.rules.regulations_2019.guide import (
    ELEMENTS,
    GUIDE_BASIS,
    RECHECK_BASIS,
    RECHECK_MONTHS,
    recheck_on,
)


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SheetForm(DeskForm):
    """指南要素: one field for each element of the article. What is missing is asked for before the review."""

    edition = forms.CharField(label="版次", max_length=30, help_text="例如：2026年版")
    in_force_from = _day("施行日期", help_text="这一天以前不能公开；还没有到的，签发后定时发布")
    review_by = _day("复核日期", help_text=f"到时提醒复核；通常{RECHECK_MONTHS}个月（{RECHECK_BASIS}）")

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        for element in ELEMENTS:
            self.fields[element.key] = forms.CharField(
                label=element.label,
                max_length=GuideSheet._meta.get_field(element.key).max_length,  # type: ignore[union-attr]
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}) if element.is_long else forms.TextInput(),
                help_text=f"{GUIDE_BASIS}要求的内容；没有的写“无”" if element.required else "",
            )
        sheet, today = sheet_of(version), timezone.localdate()
        agency = version.agency
        self.initial = {
            "in_force_from": today,
            "review_by": recheck_on(today, calendar()),
            "body_name": agency.name,
            "office_address": agency.address,
            "office_hours": agency.office_hours,
            "telephone": agency.telephone,
            "fax": agency.fax,
            "internet": agency.email,
            "postcode": agency.postcode,
        }
        if sheet:
            self.initial = {name: getattr(sheet, name) for name in WRITTEN}


class RecheckForm(DeskForm):
    """复核现行版."""

    outcome = forms.ChoiceField(label="结果", widget=forms.RadioSelect, choices=Recheck.Outcome.choices)
    next_on = _day("下次复核日期", required=False, help_text="不需修改的填写，公众看得到")
    reason = forms.CharField(
        label="说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="核对了哪些内容，或者哪里需要修改",
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"next_on": recheck_on(timezone.localdate(), calendar())}
