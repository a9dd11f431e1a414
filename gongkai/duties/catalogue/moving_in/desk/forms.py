"""旧站迁入的表单."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.moving_in.actions.reviewing import LONGEST
from gongkai.duties.catalogue.moving_in.judging import LEAVE_OUT


class UploadForm(DeskForm):
    """选择来源."""

    name = forms.CharField(
        label="来源",
        max_length=200,
        help_text="写明从哪里迁来，如“市国动办旧网站2015—2023年”。每条迁入的信息都记着它。",
    )
    file = forms.FileField(
        label="文件",
        help_text="表格、数据清单，或者压缩包：压缩包里是旧站的网页和附件，或者一张表格和它的附件。不超过200MB。",
    )
    address = forms.CharField(
        label="旧站网址",
        max_length=200,
        required=False,
        help_text="用于网页和随表格打包的附件：这些文件夹原来所在的网址，如 https://www.example.gov.cn/ 。页面上没有写自己网址的，按它和文件夹记下原网址。",
    )
    names = frozenset({"name"})


class MappingForm(DeskForm):
    """栏目对应: a choice for every column of the source."""

    def __init__(
        self,
        sources: Sequence[str],
        columns: Mapping[str, Column],
        mapping: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.sources = sources
        choices = [("", "请选择"), *((public_id, column.name) for public_id, column in columns.items())]
        for number, source in enumerate(sources):
            name = f"column-{number}"
            self.fields[name] = forms.ChoiceField(
                label=source, choices=[*choices, (LEAVE_OUT, "不迁入")], initial=mapping.get(source, "")
            )
            self.word(name)

    @property
    def mapping(self) -> dict[str, str]:
        """来源栏目 → what was chosen."""
        return {source: self.cleaned_data[f"column-{number}"] for number, source in enumerate(self.sources)}


class ConcludeForm(DeskForm):
    """成批审查、签发. What the page showed goes along, so that nothing else is concluded on."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput(), label="看过的内容")
    conclusion = forms.ChoiceField(
        label="结论", choices=[("passed", "通过"), ("returned", "退回修改")], widget=forms.RadioSelect()
    )
    opinion = forms.CharField(
        label="意见",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的写明理由。意见记在每一条的审查记录里。",
    )


class ReasonForm(DeskForm):
    """移出的原因."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
