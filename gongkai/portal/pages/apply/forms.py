"""申请表. Checks what was typed, field by field, in the applicant's words; makes the content that is sealed."""

import re
import unicodedata
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from gongkai.portal.intake import particulars as asked
from gongkai.portal.intake.identity import is_credit_code, is_id_number
from gongkai.portal.intake.particulars import BY_NAME, LONGEST_MATTER, MOST_MATTERS, PERSON

_KEPT_BREAKS = "\n\t"
_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
_TURNERS = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_PHONE = re.compile(r"[0-9+()（）\-－ 转]{7,40}", re.ASCII)
_POSTCODE = re.compile(r"[0-9]{6}", re.ASCII)
FIRST_BOXES = 2


def plain(text: str) -> str:
    """Without characters nobody sees or that turn the direction; line ends are of one kind (INP-05)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        c for c in text if c in _KEPT_BREAKS or (unicodedata.category(c) not in _UNSEEN and c not in _TURNERS)
    )
    return "".join(kept).strip()


def number_of(text: str) -> str:
    """A number without spaces, in ordinary width and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


class Line(forms.CharField):
    """一行或者几行字."""

    def __init__(self, name: str, *, required: bool = False, empty: str = "", **more: Any) -> None:
        described = BY_NAME[name]
        super().__init__(
            label=described.label,
            required=required,
            max_length=described.longest,
            error_messages={
                "required": empty or f"请填写{described.label}。",
                "max_length": f"{described.label}最多{described.longest}字，现在有%(show_value)d字。",
            },
            **more,
        )

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


class Choice(forms.ChoiceField):
    """选一项."""

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        label = BY_NAME[name].label
        words = f"请选择{label}。"
        super().__init__(
            label=label, choices=choices, error_messages={"required": words, "invalid_choice": words}
        )


class ApplicationForm(forms.Form):
    """政府信息公开申请表 (条例第二十九条第二款)."""

    applicant_kind = Choice("applicant_kind", asked.APPLICANT_KINDS)
    name = Line("name", required=True)
    certificate_kind = Choice(
        "certificate_kind", asked.PERSONS_CERTIFICATES + asked.ORGANISATIONS_CERTIFICATES
    )
    certificate_number = Line("certificate_number", required=True)
    representative = Line("representative")
    phone = Line("phone")
    email = Line("email")
    postal_address = Line("postal_address")
    postcode = Line("postcode")
    access_form = Choice("access_form", asked.ACCESS_FORMS)
    access_means = Choice("access_means", asked.ACCESS_MEANS)
    other_form_too = forms.BooleanField(required=False)
    suggest_publication = forms.BooleanField(required=False)
    notice = forms.BooleanField(error_messages={"required": "请阅读个人信息处理说明，并勾选这一项。"})
    sensitive = forms.BooleanField(error_messages={"required": "请阅读敏感个人信息的说明，并勾选这一项。"})

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.matters = [plain(text) for text in data.getlist("matter")] if data else []
        self.matter_errors: dict[int, str] = {}

    @property
    def boxes(self) -> list[tuple[int, str, str]]:
        """事项的格子: number, text, what is wrong with it. Always one empty box more at the beginning."""
        texts = self.matters or []
        texts = texts + [""] * max(0, FIRST_BOXES - len(texts))
        return [
            (number, text, self.matter_errors.get(number, ""))
            for number, text in enumerate(texts[:MOST_MATTERS], 1)
        ]

    def add_box(self) -> None:
        shown = max(len(self.matters), FIRST_BOXES)
        self.matters = (self.matters + [""] * (shown + 1 - len(self.matters)))[:MOST_MATTERS]

    @property
    def may_add(self) -> bool:
        return len(self.boxes) < MOST_MATTERS

    @property
    def filled(self) -> list[str]:
        return [text for text in self.matters if text]

    def clean_certificate_number(self) -> str:
        number = number_of(self.cleaned_data["certificate_number"])
        kind = self.cleaned_data.get("certificate_kind")
        if kind == asked.ID_CARD and not is_id_number(number):
            raise forms.ValidationError("居民身份证号码应为18位，请对照证件核对每一位。")
        if kind == asked.CREDIT_CODE and not is_credit_code(number):
            raise forms.ValidationError("统一社会信用代码应为18位，请对照证照核对每一位。")
        if len(number) < 4:
            raise forms.ValidationError("证件号码至少4位，请对照证件填写。")
        return number

    def clean_phone(self) -> str:
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"])
        if phone and (not _PHONE.fullmatch(phone) or sum(c.isdigit() for c in phone) < 7):
            raise forms.ValidationError("联系电话填写数字，固定电话请加区号，例如0000-0000000。")
        return phone

    def clean_email(self) -> str:
        email = unicodedata.normalize("NFKC", self.cleaned_data["email"])
        if email and not re.fullmatch(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,64}\.[A-Za-z0-9-]{2,20}", email):
            raise forms.ValidationError("电子邮箱的写法不对，请核对，例如name@example.cn。")
        return email

    def clean_postcode(self) -> str:
        postcode = number_of(self.cleaned_data["postcode"])
        if postcode and not _POSTCODE.fullmatch(postcode):
            raise forms.ValidationError("邮政编码是6位数字。")
        return postcode

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._check_applicant(values)
        self._check_ways(values)
        self._check_matters()
        return values

    def _check_applicant(self, values: dict[str, Any]) -> None:
        kind, certificate = values.get("applicant_kind"), values.get("certificate_kind")
        if not kind:
            return
        fitting = asked.PERSONS_CERTIFICATES if kind == PERSON else asked.ORGANISATIONS_CERTIFICATES
        if certificate and certificate not in dict(fitting):
            whose = "自然人" if kind == PERSON else "法人或者其他组织"
            self.add_error(
                "certificate_kind", f"{whose}的证件请从这几种中选择：{'、'.join(dict(fitting).values())}。"
            )
        if kind != PERSON and not values.get("representative") and "representative" not in self.errors:
            self.add_error("representative", "法人或者其他组织申请的，请填写联系人姓名。")

    def _check_ways(self, values: dict[str, Any]) -> None:
        if not {"phone", "email"} & set(self.errors) and not (values.get("phone") or values.get("email")):
            self.add_error("phone", "联系电话和电子邮箱至少填写一项，用来与您确认收到申请。")
        means = values.get("access_means")
        if means == "email" and not values.get("email") and "email" not in self.errors:
            self.add_error("email", "选择用电子邮件获取的，请填写电子邮箱。")
        if means == "post" and not values.get("postal_address") and "postal_address" not in self.errors:
            self.add_error("postal_address", "选择邮寄的，请填写通信地址。")
        if means == "portal" and values.get("access_form") != "electronic":
            self.add_error("access_means", "在本网站领取的是电子文档，获取信息的方式请选择电子文档。")
        if values.get("access_form") == "inspection" and means and means != "in_person":
            self.add_error("access_means", "当场查阅、抄录的，途径请选择当面领取。")

    def _check_matters(self) -> None:
        if len(self.matters) > MOST_MATTERS:
            self.matter_errors[MOST_MATTERS] = f"一次最多申请{MOST_MATTERS}项，其余的请另外提交。"
        for number, text in enumerate(self.matters, 1):
            if len(text) > LONGEST_MATTER:
                self.matter_errors[number] = (
                    f"每一项最多{LONGEST_MATTER}字，现在有{len(text)}字。请分成几项，或者作为附件提交。"
                )
        if not self.filled:
            self.matter_errors[1] = "请写明所需信息的名称、文号，或者便于查询的其他特征。"
        elif len(self.filled[0]) < 4 and len(self.filled) == 1:
            self.matter_errors[1] = "写得太短，难以查找。请写明名称、文号，或者年份、事项等特征。"
        if self.matter_errors:
            raise forms.ValidationError("", code="matters")

    def without_judgement(self) -> None:
        """As it was typed, nothing said about it yet: a box was added, or it came back to be changed."""
        self._errors = ErrorDict()
        self.matter_errors = {}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """错误一览: the place on the page and what is wrong there, in the order of the page."""
        found = {f"matter-{number}": words for number, words in self.matter_errors.items()}
        fields = {name: str(errors[0]) for name, errors in self.errors.items() if name in self.fields}
        order = [*list(self.fields)[:9], *found, *list(self.fields)[9:]]
        return [(place, (fields | found)[place]) for place in order if place in fields | found]

    def content(self) -> dict[str, Any]:
        """封存的内容, as the desk reads it."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in _NOT_KEPT}
        return {**values, "matters": self.filled, "notice_version": asked.NOTICE_VERSION}

    def carried(self) -> list[tuple[str, str]]:
        """What the next page sends back."""
        pairs = [(name, self.data.get(name, "")) for name in self.fields if self.data.get(name)]
        return [*pairs, *(("matter", text) for text in self.filled)]

    def as_read(self) -> list[tuple[str, str]]:
        """What was typed, as the applicant reads it again."""
        values = self.cleaned_data
        lines = [
            ("申请人类型", dict(asked.APPLICANT_KINDS)[values["applicant_kind"]]),
            ("姓名或者名称", values["name"]),
            ("证件", f"{_CERTIFICATES[values['certificate_kind']]}　{values['certificate_number']}"),
            *((BY_NAME[name].label, values[name]) for name in _OPTIONAL),
            *((f"所需信息第{number}项", text) for number, text in enumerate(self.filled, 1)),
            ("获取信息的方式", dict(asked.ACCESS_FORMS)[values["access_form"]]),
            ("获取信息的途径", dict(asked.ACCESS_MEANS)[values["access_means"]]),
            ("可以接受其他方式", "是" if values["other_form_too"] else "否"),
            ("建议主动公开", "是" if values["suggest_publication"] else "否"),
        ]
        return [(label, value) for label, value in lines if value]

    def second(self) -> str:
        """查询时另外要填的: the last four places of the certificate's number."""
        return last_four(self.cleaned_data["certificate_number"])


_NOT_KEPT = {"notice", "sensitive"}
_OPTIONAL = ("representative", "phone", "email", "postal_address", "postcode")
_CERTIFICATES = dict(asked.PERSONS_CERTIFICATES + asked.ORGANISATIONS_CERTIFICATES)


def last_four(number: str) -> str:
    return number_of(number)[-4:]
