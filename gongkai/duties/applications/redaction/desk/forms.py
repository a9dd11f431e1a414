"""遮盖的表单. Places are entered in millimetres of the page as seen; points are for the machine."""

from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.redaction.actions.locking import LONGEST_WORDS
from gongkai.redaction.box import Area
from gongkai.redaction.painting import RESOLUTIONS, USUAL
from gongkai.rules.regulations_2019.withholding import GROUNDS

POINTS_PER_MM = 72 / 25.4
_ROUGH = {150: "较小", 200: "一般", 300: "清晰，文件较大"}


def _grounds() -> list[tuple[str, str]]:
    return [("", "请选择"), *((each.key, f"{each.name}（{each.basis}）") for each in GROUNDS)]


class GroundField(forms.ChoiceField):
    """不予公开的理由."""

    def __init__(self) -> None:
        super().__init__(label="不予公开的理由", choices=_grounds())


class BeginForm(DeskForm):
    """上传材料."""

    register_number = forms.CharField(label="申请登记编号", max_length=40)
    title = forms.CharField(
        label="材料名称", max_length=200, help_text="写文号或者材料的名称，不写个人姓名。"
    )
    file = forms.FileField(
        label="PDF文件",
        help_text="不超过20MB、1000页。Word文件请先另存为PDF。原件加密保存，只有承办和审核的人能看。",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


class BoxForm(DeskForm):
    """手工画框: where it begins and how large it is."""

    left = forms.DecimalField(label="左边距（毫米）", min_value=0, max_digits=7, decimal_places=1)
    top = forms.DecimalField(label="上边距（毫米）", min_value=0, max_digits=7, decimal_places=1)
    width = forms.DecimalField(label="宽（毫米）", min_value=0.5, max_digits=7, decimal_places=1)
    height = forms.DecimalField(label="高（毫米）", min_value=0.5, max_digits=7, decimal_places=1)
    ground = GroundField()

    def area(self, page: int) -> Area:
        left, top, width, height = (
            float(self.cleaned_data[name]) * POINTS_PER_MM for name in ("left", "top", "width", "height")
        )
        return Area(page, left, top, left + width, top + height)


class SearchForm(DeskForm):
    """查找词语."""

    words = forms.CharField(
        label="要查找的词",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个，每个至少两个字。空格、换行、全角半角不影响查找。这些词加密保存，制成后还要用来检查成品。",
    )

    def listed(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class ChosenForm(DeskForm):
    """选中的几处和理由."""

    ground = GroundField()
    chosen = forms.MultipleChoiceField(label="选中的", widget=forms.MultipleHiddenInput)

    def __init__(self, data: Any = None, *, count: int) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(str(at), str(at)) for at in range(count)]  # type: ignore[attr-defined]
        self.fields["chosen"].error_messages["required"] = "没有选中任何一处，请先选择。"


class MakeForm(DeskForm):
    """制作成品."""

    resolution = forms.TypedChoiceField(
        label="分辨率",
        coerce=int,
        choices=[(each, f"每英寸{each}点（{_ROUGH[each]}）") for each in RESOLUTIONS],
        initial=USUAL,
    )
    reason = forms.CharField(
        label="不遮盖的理由",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="下面列出的没有遮盖的，写明为什么可以公开；全部遮盖了的不用填写。",
    )


class ReasonForm(DeskForm):
    """理由."""

    reason = forms.CharField(label="理由", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))
