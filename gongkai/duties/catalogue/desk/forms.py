"""信息发布的表单."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.agencies.models import Agency
from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.models import Attribute, Column, ItemKind, Review, Validity, Version
from gongkai.duties.catalogue.pictures import as_kept, to_edit
from gongkai.duties.catalogue.statutory import duties
from gongkai.rules.catalogue_metadata.subjects import GENRES, SUBJECTS
from gongkai.rules.regulations_2019.proactive import numbered
from gongkai.rules.regulations_2019.withholding import GROUNDS

_LEVEL = "/"  # no class has one in its name


def _columns(agency: Agency) -> Any:
    return Column.objects.filter(agency=agency, closed_on__isnull=True)


def subject_classes() -> list[tuple[str, Any]]:
    """主题分类: the second level under its class; a class may stand alone."""
    return [
        ("", "（请选择）"),
        *(
            (name, [(name, name), *((f"{name}{_LEVEL}{each}", each) for each in details)])
            for name, details in SUBJECTS.items()
        ),
    ]


class GroundInput(forms.TextInput):
    """依据: the grounds of the Regulations are offered to be picked; another law's is written out."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = format_html_join(
            "", '<option value="{}，{}">', ((each.basis, each.name) for each in GROUNDS)
        )
        drawn = super().render(name, value, {**(attrs or {}), "list": f"{name}-offered"}, renderer)
        return format_html('{}<datalist id="{}-offered">{}</datalist>', drawn, name, offered)


class BeginForm(DeskForm):
    """起草一条信息."""

    title = forms.CharField(label="标题", max_length=200)
    kind = forms.ChoiceField(
        label="信息种类", choices=ItemKind.choices, help_text="和栏目一起决定要经过哪些审查"
    )
    main_column = forms.ModelChoiceField(Column.objects.none(), label="栏目", empty_label="（请选择）")

    def __init__(self, agency: Agency, data: object = None) -> None:
        super().__init__(data)
        self.fields["main_column"].queryset = _columns(agency)  # type: ignore[attr-defined]


class WriteForm(BeginForm):
    """编辑. One form for everything the public will read."""

    other_columns = forms.ModelMultipleChoiceField(
        Column.objects.none(),
        label="同时列在",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    document_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="例如：示防〔2026〕1号"
    )
    dated_on = forms.DateField(
        label="成文日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    issued_by = forms.CharField(label="发布机构", max_length=100, required=False)
    co_issued_by = forms.CharField(
        label="联合发布机构", max_length=300, required=False, help_text="几个机构用顿号分开"
    )
    attribute = forms.ChoiceField(label="公开属性", choices=Attribute.choices)
    attribute_ground = forms.CharField(
        label="属性依据",
        max_length=200,
        required=False,
        widget=GroundInput,
        help_text="依申请公开、不予公开的，写明依据的条款；条例规定的几种可以选",
    )
    article_20_duty = forms.ChoiceField(label="法定公开内容（条例第二十条、第二十一条）", required=False)
    subject_class = forms.ChoiceField(label="主题分类", required=False, choices=subject_classes)
    genre = forms.ChoiceField(
        label="体裁", required=False, choices=[("", "（请选择）"), *((each, each) for each in GENRES)]
    )
    validity = forms.ChoiceField(label="有效性", choices=Validity.choices)
    keywords = forms.CharField(label="关键词", max_length=100, required=False)
    summary = forms.CharField(
        label="内容概述", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    change_note = forms.CharField(
        label="更新说明", max_length=300, required=False, help_text="公众会看到这句话"
    )
    body = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 18, "data-rich": ""})
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    field_order = (
        "title",
        "kind",
        "main_column",
        "body",
        "change_note",
    )  # what is always filled in comes first

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(version.agency, data)
        offered = [(duty.key, numbered(duty)) for duty in duties(version.agency)]
        self.fields["article_20_duty"].choices = [("", "（不属于）"), *offered]  # type: ignore[attr-defined]
        self.fields["other_columns"].queryset = _columns(version.agency)  # type: ignore[attr-defined]
        if version.genre and version.genre not in GENRES:  # as an old register or another system had it
            self.fields["genre"].choices.append((version.genre, version.genre))  # type: ignore[attr-defined]
        if version.number == 1:
            del self.fields["change_note"]
        self.initial = {
            **{name: getattr(version, name) for name in self.fields if hasattr(version, name)},
            "body": to_edit(version),
            "main_column": version.main_column_id,
            "subject_class": _LEVEL.join(filter(None, (version.subject, version.subject_detail))),
            "other_columns": list(version.other_columns.values_list("pk", flat=True)),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["body"] = as_kept(values.get("body", ""))
        values["subject"], _, values["subject_detail"] = values.pop("subject_class", "").partition(_LEVEL)
        return values


class ReviewForm(DeskForm):
    """审查、签发. For the confidentiality review, a conclusion on each attachment beside the one on the whole."""

    conclusion = forms.ChoiceField(label="结论", widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回、报请确定的，请写明理由",
    )
    stage = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        refers = version.stage == Version.Stage.CONFIDENTIALITY_REVIEW
        self.fields["conclusion"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in Review.Conclusion.choices
            if refers or choice[0] != Review.Conclusion.REFERRED
        ]
        self.initial = {"stage": version.stage}
        self.files_concluded = refers
        if refers:
            for file in version.attachments.all():
                self.fields[f"file-{file.sha256}"] = forms.ChoiceField(
                    label=f"附件“{file.name}”",
                    required=False,
                    choices=[("", "还没有看"), ("passed", "可以公开"), ("returned", "不能公开")],
                    help_text=f"通过的，每个附件都要选。内容摘要 {file.sha256[:12]}",
                )

    def conclusions(self) -> dict[str, str]:
        return {
            name.removeprefix("file-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("file-")
        }


class WordsForm(DeskForm):
    """意见."""

    words = forms.CharField(label="意见", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class DecidedForm(WordsForm):
    """保密行政管理部门的确定结果."""

    is_secret = forms.ChoiceField(
        label="确定结果", widget=forms.RadioSelect, choices=[("no", "不涉密"), ("yes", "涉密")]
    )
    field_order = ("is_secret", "words")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        self.fields["words"].label = "答复文号和要点"
        self.word("words")


class WithdrawForm(DeskForm):
    """撤回."""

    reason = forms.CharField(label="撤回原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    note = forms.CharField(
        label="公开的说明",
        max_length=300,
        required=False,
        help_text="显示在原网址；不填的，原网址如同从未有过",
    )


class ScheduleForm(DeskForm):
    """定时发布."""

    at = forms.DateTimeField(
        label="发布时间（北京时间）",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "“发布时间”应写成2026-03-02 09:00的样子。请改正。"},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"at": timezone.localtime()}


class RouteForm(DeskForm):
    """审查流程."""

    column = forms.ModelChoiceField(
        Column.objects.none(), label="栏目", required=False, empty_label="（全部栏目）"
    )
    kind = forms.ChoiceField(
        label="信息种类", required=False, choices=[("", "（全部种类）"), *ItemKind.choices]
    )
    section_review = forms.BooleanField(label="经科室审核", required=False, initial=True)
    legality_review = forms.BooleanField(label="经合法性审核", required=False)

    def __init__(self, agency: Agency, data: object = None) -> None:
        super().__init__(data)
        self.fields["column"].queryset = _columns(agency)  # type: ignore[attr-defined]
