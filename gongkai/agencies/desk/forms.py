"""登录表单."""

from django import forms

from gongkai.agencies.passwords.validators import profile
from gongkai.desk.forms import DeskForm


class LogIn(DeskForm):
    """用户名和口令."""

    username = forms.CharField(
        label="登录名", max_length=50, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class Code(DeskForm):
    """验证码或恢复码."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        help_text="验证器应用上显示的6位数字；手机不在身边时，可以填一个恢复码。",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class NewPassword(DeskForm):
    """新口令，填两遍."""

    password = forms.CharField(
        label="新口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label="再填一遍",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = profile().words

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("两遍填的不一样，请重新填写。")
        return again


class Enrol(DeskForm):
    """绑定验证器."""

    code = forms.CharField(
        label="验证器上显示的6位数字",
        max_length=10,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
