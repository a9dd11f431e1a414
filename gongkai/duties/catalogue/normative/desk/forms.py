"""规范性文件的表单."""

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.desk.forms import DeskForm
from gongkai.duties.catalogue.models import Column, NormativeDocument, Version
from gongkai.duties.catalogue.normative.actions.changes import DECLARED
from gongkai.duties.catalogue.normative.content import WRITTEN, sheet_of
from gongkai.duties.catalogue.normative.models import ENDING, ChangeKind, CleanUpEntry, LibraryEntry
from gongkai.rules.normative_documents_2018.term import (
    TERM_BASIS,
    TRIAL_WORDS,
    TRIAL_YEARS,
    USUAL_YEARS,
)

_OFFERED = 500  # documents in a choice, newest first


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _reason(label: str = "理由", *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _documents(agency: Agency) -> Any:
    found = NormativeDocument.objects.standing().filter(agency=agency).order_by("-issued_on", "-pk")
    return found.filter(pk__in=list(found.values_list("pk", flat=True)[:_OFFERED]))


class SheetForm(DeskForm):
    """文件要素."""

    kind = forms.ChoiceField(label="种类", choices=NormativeDocument.Kind.choices)
    in_force_from = _day("施行日期")
    lapses_on = _day(
        "有效期至",
        required=False,
        help_text=(
            f"仍然有效的最后一天。不填的按通常的有效期：{USUAL_YEARS}年，名称中有{'、'.join(TRIAL_WORDS)}的"
            f"{TRIAL_YEARS}年（{TERM_BASIS}）"
        ),
    )
    no_term = forms.BooleanField(label="不定有效期", required=False)
    term_reason = _reason(
        "另定有效期的理由", required=False, help_text="与通常的有效期不同的，写明依据和理由"
    )
    registered_number = forms.CharField(label="统一登记号", max_length=60, required=False)

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        sheet = sheet_of(version)
        self.initial = {"kind": NormativeDocument.Kind.NORMATIVE}
        if sheet:
            self.initial = {name: getattr(sheet, name) for name in WRITTEN}
            self.initial["no_term"] = sheet.lapses_on is None


class IntendForm(DeskForm):
    """写明修改、废止哪个文件."""

    document = forms.ModelChoiceField(
        NormativeDocument.objects.none(), label="文件", to_field_name="public_id", empty_label="（请选择）"
    )
    kind = forms.ChoiceField(
        label="变动",
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (ChangeKind.REPEALED, ChangeKind.AMENDED)],
    )
    effective_on = _day("生效日期", required=False, help_text="不填的，自本文件施行之日起")

    def __init__(self, version: Version, data: object = None) -> None:
        super().__init__(data)
        standing = _documents(version.agency).exclude(changes__kind__in=ENDING)
        self.fields["document"].queryset = standing  # type: ignore[attr-defined]


class DeclareForm(DeskForm):
    """登记修改、废止、宣布失效."""

    kind = forms.ChoiceField(
        label="变动", widget=forms.RadioSelect, choices=[(kind.value, kind.label) for kind in DECLARED]
    )
    effective_on = _day("生效日期", help_text="废止、宣布失效的，是不再施行的第一天")
    by_document = forms.ModelChoiceField(
        NormativeDocument.objects.none(),
        label="依据文件",
        to_field_name="public_id",
        required=False,
        empty_label="（库外的文件，填在下面）",
    )
    by_text = forms.CharField(
        label="库外的依据文件", max_length=200, required=False, help_text="名称和文号，例如上级机关的文件"
    )
    reason = _reason(required=False)

    def __init__(self, document: NormativeDocument, data: object = None) -> None:
        super().__init__(data)
        others = _documents(document.agency).exclude(pk=document.pk)
        self.fields["by_document"].queryset = others  # type: ignore[attr-defined]
        self.initial = {"effective_on": timezone.localdate()}


class ExtendForm(DeskForm):
    """延长有效期."""

    until = _day("延长至", help_text="仍然有效的最后一天")
    reason = _reason("依据和理由", help_text="例如评估结论、会议决定")


class EntryForm(DeskForm):
    """统一登记号."""

    registered_number = forms.CharField(label="统一登记号", max_length=60, required=False)
    term_reason = _reason("另定有效期的理由", required=False)

    def __init__(self, entry: LibraryEntry | None, data: object = None) -> None:
        super().__init__(data)
        if entry:
            self.initial = {
                "registered_number": entry.registered_number,
                "term_reason": entry.term_reason,
            }


class ReasonForm(DeskForm):
    """原因."""

    reason = _reason("原因")


class RoundForm(DeskForm):
    """开始一轮清理."""

    title = forms.CharField(label="名称", max_length=100, help_text="例如：2026年规范性文件清理")
    basis = forms.CharField(label="依据", max_length=200, help_text="例如上级机关关于清理的通知和文号")


class ConcludeForm(DeskForm):
    """清理结论."""

    conclusion = forms.ChoiceField(
        label="结论", widget=forms.RadioSelect, choices=CleanUpEntry.Conclusion.choices
    )
    reason = _reason(required=False, help_text="修改、废止、宣布失效的，写明理由；结果公布时公众看得到")

    def __init__(self, entry: CleanUpEntry, data: object = None) -> None:
        super().__init__(data)
        self.initial = {"conclusion": entry.conclusion, "reason": entry.reason}


class FinishForm(DeskForm):
    """定下结论."""

    column = forms.ModelChoiceField(Column.objects.none(), label="公布在哪个栏目", empty_label="（请选择）")

    def __init__(self, agency: Agency, data: object = None) -> None:
        super().__init__(data)
        self.fields["column"].queryset = Column.objects.filter(  # type: ignore[attr-defined]
            agency=agency, closed_on__isnull=True
        )
