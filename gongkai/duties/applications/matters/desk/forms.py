"""逐项办理的表单."""

from itertools import groupby
from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.matters.models import GROUND_CHOICES, Matter, PageDecision
from gongkai.duties.applications.matters.needs import SAID
from gongkai.rules.regulations_2019.outcome import SITUATIONS
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY
from gongkai.rules.regulations_2019.withholding import GROUNDS

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_NONE = [("", "")]
_LONG = 2000


def _situations() -> list[Any]:
    """情形, under the groups of the report."""
    offered = [each for each in SITUATIONS if each.result]
    grouped = groupby(offered, key=lambda each: RESULT_BY_KEY[each.result].group)
    return [(group.label, [(each.key, each.label) for each in found]) for group, found in grouped]


def _kinds() -> list[Any]:
    return [(ground.name, [(kind, kind) for kind in ground.kinds]) for ground in GROUNDS if ground.kinds]


class MattersForm(DeskForm):
    """列出申请事项: one a line with an empty line between them."""

    texts = forms.CharField(
        label="申请公开的内容",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="每一项单独成段，两项之间空一行。列出后逐项检索、逐项决定、逐项答复。",
    )

    def clean_texts(self) -> list[str]:
        lines = self.cleaned_data["texts"].replace("\r\n", "\n").split("\n")
        grouped = groupby(lines, key=lambda line: bool(line.strip()))
        return ["\n".join(part).strip() for is_text, part in grouped if is_text]


class DecisionForm(DeskForm):
    """决定一项."""

    situation = forms.ChoiceField(label="情形", choices=[("", ""), *_situations()])
    ground = forms.ChoiceField(
        label="不予公开的理由",
        choices=_NONE + GROUND_CHOICES,
        required=False,
        help_text="不予公开、部分公开的，要选条例第十四条至第十六条的一项理由。",
    )
    ground_kind = forms.ChoiceField(label="属于哪一类", choices=[("", ""), *_kinds()], required=False)
    reasons = forms.CharField(
        label="说明",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text="写进答复书的理由、方式、途径等。加密保存。",
    )

    @property
    def said(self) -> list[tuple[str, str]]:
        """各种情形要写明什么, for the list beside the form."""
        return [(each.label, SAID[each.key]) for each in SITUATIONS if each.key in SAID]


class SearchForm(DeskForm):
    """登记检索."""

    matter = forms.ModelChoiceField(
        Matter.objects.none(), label="事项", required=False, empty_label="全部事项"
    )
    searched_on = forms.DateField(label="检索日期", widget=_DAY)
    place = forms.CharField(label="检索范围", max_length=100, help_text="如机关档案室、公文系统、某科室。")
    words = forms.CharField(label="检索词或者方法", max_length=200)
    searcher = forms.CharField(label="检索人", max_length=50, required=False, help_text="不填的记为登记人。")
    found = forms.BooleanField(label="查到了", required=False)
    result = forms.CharField(label="检索结果", max_length=200, required=False)

    def __init__(self, matters: list[Matter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [matter.pk for matter in matters]
        self.fields["matter"].queryset = Matter.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class DocumentForm(DeskForm):
    """登记查到的信息."""

    title = forms.CharField(label="名称", max_length=200)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    dated_on = forms.DateField(label="成文日期", widget=_DAY, required=False)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=100_000)
    kept_at = forms.CharField(label="存放处", max_length=100, required=False)


class PagesForm(DeskForm):
    """决定一段页码."""

    first = forms.IntegerField(label="自第几页", min_value=1)
    last = forms.IntegerField(label="至第几页", min_value=1)
    fate = forms.ChoiceField(label="怎么处理", choices=_NONE + PageDecision.Fate.choices)
    ground = forms.ChoiceField(
        label="理由", choices=_NONE + GROUND_CHOICES, required=False, help_text="遮盖或者不公开的要选。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)


class MainGroundForm(DeskForm):
    """确定主要理由."""

    result = forms.ChoiceField(label="主要理由", widget=forms.RadioSelect)

    def __init__(self, results: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(key, RESULT_BY_KEY[key].name) for key in results]  # type: ignore[attr-defined]
