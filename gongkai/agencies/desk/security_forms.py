"""安全管理表单. Choices come from the administrator's own agency, so a foreign number is no valid choice (ACL-02)."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone

from gongkai.agencies import queries
from gongkai.agencies.models import Person, Post, Section
from gongkai.agencies.powers import Power, held_by_post
from gongkai.desk.forms import DeskForm

_LOG_IN_NAME = RegexValidator(r"\A[A-Za-z0-9._-]+\Z", "登录名只能用字母、数字、点和横线，不能有空格。")
_CHOOSE = "请选择"


class Day(forms.DateField):
    """日期, with the browser's own calendar."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    # Within these there is always a day before and a day after to reckon with.
    default_validators = [
        MinValueValidator(date(1949, 10, 1), "日期早于1949年，请核对。"),
        MaxValueValidator(date(2199, 12, 31), "日期晚于2199年，请核对。"),
    ]


class PersonForm(DeskForm):
    """人员."""

    names = frozenset({"name"})
    username = forms.CharField(
        label="登录名", max_length=50, validators=[_LOG_IN_NAME], help_text="字母或者数字，以后不能修改。"
    )
    name = forms.CharField(label="姓名", max_length=50)
    section = forms.ModelChoiceField(
        Section.objects.none(), label="科室", required=False, empty_label="（不属于科室）"
    )
    email = forms.EmailField(label="电子邮箱", required=False)
    administrator = forms.ChoiceField(
        label="管理员身份",
        required=False,
        choices=[("", "不是管理员"), *Person.Administrator.choices],
        help_text="管理员不办理业务，也看不到业务内容；一人只能有一种身份，以后不能修改。",
    )

    def __init__(self, *args, by: Person, person: Person | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = queries.sections(visible_to=by)  # type: ignore[attr-defined]
        if person:
            del self.fields["username"], self.fields["administrator"]


class SectionForm(DeskForm):
    """科室."""

    names = frozenset({"name"})
    name = forms.CharField(label="名称", max_length=50)
    duties = forms.CharField(label="分工", max_length=200, required=False)
    position = forms.IntegerField(
        label="次序", min_value=0, max_value=999, initial=0, help_text="小的排在前面。"
    )


class PostForm(DeskForm):
    """岗位."""

    names = frozenset({"name"})
    name = forms.CharField(label="名称", max_length=50)
    section = forms.ModelChoiceField(
        Section.objects.none(), label="科室", required=False, empty_label="（不属于科室）"
    )
    powers = forms.MultipleChoiceField(
        label="职权",
        required=False,
        choices=[(power.value, power.label) for power in held_by_post()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, by: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = queries.sections(visible_to=by)  # type: ignore[attr-defined]

    def chosen(self) -> list[Power]:
        return [Power(value) for value in self.cleaned_data["powers"]]


class TenureForm(DeskForm):
    """任职."""

    post = forms.ModelChoiceField(Post.objects.none(), label="岗位", empty_label=_CHOOSE)
    from_on = Day(label="起", initial=timezone.localdate)
    to_on = Day(label="止", required=False, help_text="不填就是一直任职，到免去为止。")

    def __init__(self, *args, by: Person, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = queries.posts(visible_to=by, on=today)  # type: ignore[attr-defined]


class LastDay(DeskForm):
    """最后一天."""

    to_on = Day(label="最后一天", initial=timezone.localdate)


class DelegationForm(DeskForm):
    """授权."""

    holder = forms.ModelChoiceField(Person.objects.none(), label="授权人", empty_label=_CHOOSE)
    power = forms.ChoiceField(label="职权", choices=[(power.value, power.label) for power in held_by_post()])
    delegate = forms.ModelChoiceField(Person.objects.none(), label="被授权人", empty_label=_CHOOSE)
    from_on = Day(label="起", initial=timezone.localdate)
    to_on = Day(label="止")
    reason = forms.CharField(label="事由", max_length=200)

    def __init__(self, *args, by: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("holder", "delegate"):
            self.fields[name].queryset = queries.handlers(visible_to=by)  # type: ignore[attr-defined]


class Reason(DeskForm):
    """事由."""

    reason = forms.CharField(label="事由", max_length=200, help_text="写入审计记录。")
