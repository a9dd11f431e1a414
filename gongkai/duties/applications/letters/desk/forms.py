"""文书的表单."""

from collections.abc import Collection
from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION
from gongkai.rules.regulations_2019.correction import DEFAULT_APPLICANT_WORKING_DAYS
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, AddressedTo

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LONG = forms.Textarea(attrs={"rows": 4})
# What each kind asks the officer for: (label, help).
SAID = {
    "correction": ("需要补正的事项", "逐项写明，申请人照着就能补正。"),
    "extension": ("延长的理由", "接在“因”字后面，如“所申请的信息需要从多个科室查找”。"),
    "third_party_consultation": ("征求意见的信息", "只写信息的名称和内容，不写申请人是谁。"),
    "third_party_notice": (
        "决定公开的内容和理由",
        "写明公开什么、不公开对公共利益有什么重大影响，或者第三方的理由为什么不合理。",
    ),
    "co_maker_consultation": ("征求意见的信息", "只写信息的名称和内容，不写申请人是谁。"),
    "other_agency_consultation": ("征求意见的信息", "只写信息的名称和内容，不写申请人是谁。"),
    "fee_notice": ("收费标准", "如“按件计收，11至30件的部分每件100元”。"),
    "reasons_asked": ("需要说明理由的情况", "写明数量、频次，如“本年已提出申请61件，内容相近”。"),
    "deferral": ("不能按期答复的理由", "接在“但”字后面。"),
}
# (label, what is proposed, help).
_DAYS = {
    "correction": (
        "补正期限（工作日）",
        DEFAULT_APPLICANT_WORKING_DAYS,
        "自申请人收到之日起算；条例没有定天数，应当合理。",
    ),
    "extension": ("延长（工作日）", None, f"延长的工作日数，最多{LONGEST_EXTENSION}个。"),
    "reasons_asked": (
        "说明理由的期限（工作日）",
        DEFAULT_APPLICANT_WORKING_DAYS,
        "条例没有定天数，应当合理。",
    ),
}


class DraftForm(DeskForm):
    """拟稿: what this kind of letter cannot take from the case itself, and nothing else."""

    recipient = forms.CharField(label="收文的人或者单位", max_length=60)
    said = forms.CharField(widget=_LONG, max_length=1000)
    how = forms.CharField(label="缴纳方式", widget=_LONG, max_length=500)
    working_days = forms.IntegerField(label="工作日", min_value=1, max_value=60)
    until = forms.DateField(label="延迟至", widget=_DAY)
    amount = forms.DecimalField(label="金额（元）", min_value=0, max_digits=11, decimal_places=2)
    consultation_key = forms.CharField(
        label="征求意见编号",
        max_length=20,
        help_text="这件申请里的第几份征求意见书，如“1”；收到意见时按它登记。",
    )
    names = frozenset({"recipient"})

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data)
        for name in set(self.fields) - self._asked(kind):
            del self.fields[name]
        if kind in SAID:
            self.fields["said"].label, self.fields["said"].help_text = SAID[kind]
            self.word("said")
        if kind in _DAYS:
            days = self.fields["working_days"]
            days.label, days.initial, days.help_text = _DAYS[kind]

    @staticmethod
    def _asked(kind: str) -> set[str]:
        asked = {"said"} if kind in SAID else set()
        if KIND_BY_KEY[kind].addressed_to is not AddressedTo.APPLICANT:
            asked.add("recipient")
        if kind.endswith("_consultation"):
            asked.add("consultation_key")
        if kind in _DAYS:
            asked.add("working_days")
        return asked | {"fee_notice": {"how", "amount"}, "deferral": {"until"}}.get(kind, set())


class LeftOpenForm(DraftForm):
    """拟稿 from a record: only what the record leaves open."""

    def __init__(self, kind: str, asked: Collection[str], data: Any = None) -> None:
        super().__init__(kind, data)
        for name in set(self.fields) - set(asked):
            del self.fields[name]


class TextForm(DeskForm):
    """修改正文: one paragraph a line."""

    title = forms.CharField(label="标题", max_length=60)
    addressee = forms.CharField(label="主送", max_length=80)
    paragraphs = forms.CharField(
        label="正文", widget=forms.Textarea(attrs={"rows": 14}), max_length=10_000, help_text="一行一段。"
    )
    remedy = forms.CharField(
        label="救济告知", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000, required=False
    )
    signature = forms.CharField(label="落款", max_length=100)
    notes = forms.CharField(
        label="附注", widget=forms.Textarea(attrs={"rows": 2}), max_length=500, required=False
    )

    @staticmethod
    def of(text: LetterText) -> dict[str, str]:
        return {
            "title": text.title,
            "addressee": text.addressee,
            "paragraphs": "\n".join(text.paragraphs),
            "remedy": text.remedy,
            "signature": text.signature,
            "notes": "\n".join(text.notes),
        }

    def text(self, issuer: str) -> LetterText:
        given = self.cleaned_data
        return LetterText(
            issuer=issuer,
            title=given["title"],
            addressee=given["addressee"],
            paragraphs=_lines(given["paragraphs"]),
            remedy="".join(_lines(given["remedy"])),
            signature=given["signature"],
            notes=_lines(given["notes"]),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class FileForm(DeskForm):
    """上传一个文件."""

    file = forms.FileField(label="文件")


class StepForm(DeskForm):
    """一步: the hash of what was seen; a reason where one is needed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, step: str, data: Any = None, *, seen: str = "") -> None:
        super().__init__(data, initial={"seen": seen})
        if step not in ("return", "void"):
            del self.fields["reason"]


class DeliverForm(DeskForm):
    """登记送达."""

    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    counted_on = forms.DateField(
        label="交邮或者签收的日期",
        widget=_DAY,
        required=False,
        help_text="邮寄的填交邮之日；当面、委托送达的填申请人签收之日，还没有签收的不填；电子邮件、门户领取由系统记发出之日。",
    )
    receipt_number = forms.CharField(label="挂号、回执编号", max_length=60, required=False)
    address = forms.CharField(
        label="送达地址", max_length=200, required=False, help_text="用电子邮件的填邮箱地址。加密保存。"
    )


class SigningForm(DeskForm):
    """签收、未送达、凭证: whichever is filled in."""

    on = forms.DateField(label="签收日期", widget=_DAY, required=False)
    failed_because = forms.CharField(
        label="未送达的原因",
        max_length=200,
        required=False,
        help_text="退回、拒收、地址不详等；填了即登记为未送达。",
    )
    proof = forms.FileField(
        label="凭证", required=False, help_text="送达回证、挂号收据的扫描件，PDF、JPG或者PNG，加密保存。"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("on", "failed_because", "proof")):
            raise forms.ValidationError("签收日期、未送达的原因、凭证，至少填一项。")
        if cleaned.get("on") and cleaned.get("failed_because"):
            raise forms.ValidationError("签收和未送达只能登记一个。")
        return cleaned


class SignForm(DeskForm):
    """文书字."""

    sign = forms.CharField(
        label="文书字", max_length=20, help_text="写在文号最前面，如“示动复〔2026〕12号”里的“示动复”。"
    )


class SettingForm(DeskForm):
    """复议机关和法院."""

    reconsideration_body = forms.CharField(
        label="行政复议机关", max_length=60, help_text="全称，如“示例市人民政府”。"
    )
    court = forms.CharField(label="人民法院", max_length=60, help_text="有管辖权的法院全称。")
    payment = forms.CharField(
        label="信息处理费的缴纳方式",
        max_length=200,
        required=False,
        help_text="写进收费通知，如“到示例市示例路1号一楼窗口缴纳”。",
    )


def title_of(letter: Letter) -> str:
    return f"{letter.get_kind_display()}：申请{letter.application.register_number}"
