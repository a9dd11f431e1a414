"""领导信息的表单."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.leaders.content import WRITTEN, profile_of
from gongkai.duties.catalogue.leaders.gate import PICTURES
from gongkai.duties.catalogue.leaders.models import LAST, Profile
from gongkai.duties.catalogue.models import Version


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ProfileForm(DeskForm):
    """任职信息."""

    name = forms.CharField(label="姓名", max_length=50)
    post = forms.CharField(label="职务", max_length=100, help_text="几个职务用顿号分开")
    work = forms.CharField(
        label="分工", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text="每项一行"
    )
    position = forms.IntegerField(
        label="排序", min_value=1, max_value=LAST, help_text="小的在前，可以隔开编号，例如10、20、30"
    )
    in_office_from = _day("任职日期", help_text="这一天以前不能公开；还没有到的，签发后定时发布")
    in_office_until = _day(
        "任职至", required=False, help_text="任职的最后一天，次日自动撤下；没有定的不填，离任时再登记"
    )
    photo = forms.ChoiceField(label="照片", required=False, help_text="从已上传的图片附件中选择")

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        pictures = [file for file in attachments(version) if file.media_type in PICTURES]
        self.fields["photo"].choices = [  # type: ignore[attr-defined]
            ("", "（没有照片）"),
            *((file.sha256, file.name) for file in pictures),
        ]
        profile = profile_of(version)
        self.initial = {"position": 10, "in_office_from": timezone.localdate()}
        if profile:
            self.initial = {name: getattr(profile, name) for name in WRITTEN}


class LeaveForm(DeskForm):
    """登记离任."""

    last_day = _day("任职至", help_text="任职的最后一天。已经过了的，马上撤下；还没有到的，次日撤下")
    reason = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如任免文件的文号，不对外公开",
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"last_day": timezone.localdate()}


class OrderForm(DeskForm):
    """排序: a number for each leader whom the public side lists, and nothing of anybody else."""

    def __init__(self, listed: Iterable[Profile], data: Any = None) -> None:
        super().__init__(data)
        for each in listed:
            self.fields[f"of-{each.version.item.public_id}"] = forms.IntegerField(
                label=f"{each.name}的排序", min_value=1, max_value=LAST, required=False
            )

    def positions(self) -> dict[str, int]:
        given = self.cleaned_data.items()
        return {name.removeprefix("of-"): position for name, position in given if position is not None}
