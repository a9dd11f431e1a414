"""案卷的表单."""

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.access import holders
from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies.models import CaseEvent, CaseFile, Lesson, Litigation, Reconsideration
from gongkai.duties.remedies.models.evidence import KINDS
from gongkai.duties.remedies.presenters import pending_hearing
from gongkai.registers.desk.forms import ReasonForm
from gongkai.rules.remedy_cases.decisions import COURT_DECISIONS, RECONSIDERATION_DECISIONS, OnAppeal
from gongkai.rules.remedy_cases.events import COURT_ONLY, Kind, Track

_NONE = [("", "")]
_MOST_WORKING_DAYS = (
    250  # a year of them: against a slip of the finger, the decision's own period stands in it
)
_NO_NAMES = "不写当事人姓名。"


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


class OpenForm(DeskForm):
    """立案卷: what both tracks ask."""

    case_number = forms.CharField(label="案号", max_length=60)
    accepted_on = _day("受理（立案）日期")
    applied_on = _day("申请（起诉）日期", required=False)
    simplified = forms.BooleanField(
        label="简易程序", required=False, help_text="政府信息公开案件可以适用简易程序。"
    )
    application = forms.CharField(
        label="所涉申请的登记编号",
        max_length=40,
        required=False,
        help_text="填了才能从申请列入证据、重新办理。",
    )
    party = forms.CharField(
        label="申请人（原告）", max_length=100, required=False, help_text="加密保存，查看要写明原因。"
    )
    matter = forms.CharField(label="争议事项", max_length=200, required=False, help_text=_NO_NAMES)
    section = forms.ModelChoiceField(label="承办科室", queryset=Section.objects.none(), required=False)
    handler = forms.ModelChoiceField(label="承办人", queryset=Person.objects.none(), required=False)

    def __init__(self, agency: Agency, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.agency = agency
        self.fields["section"].queryset = agency.sections.all()  # type: ignore[attr-defined]
        self.fields["handler"].queryset = people(agency)  # type: ignore[attr-defined]

    def clean_application(self) -> Application | None:
        return application_of(self.agency, self.cleaned_data["application"])


class ReconsiderationForm(OpenForm):
    """立复议案卷."""

    body = forms.CharField(label="复议机关", max_length=100, required=False)

    field_order = ["case_number", "body", "accepted_on", "applied_on", "simplified"]


class LitigationForm(OpenForm):
    """立诉讼案卷."""

    kind = forms.ChoiceField(label="起诉方式", choices=Litigation.Kind.choices)
    court = forms.CharField(label="法院", max_length=100, required=False)
    reconsideration = forms.CharField(
        label="所经复议的案号",
        max_length=60,
        required=False,
        help_text="复议后起诉的填写，据此判断谁是被告。",
    )
    only_as_reconsideration_body = forms.BooleanField(
        label="本机关仅作为复议机关为共同被告", required=False, help_text="选了的不计入本机关年报。"
    )

    field_order = [
        "case_number",
        "kind",
        "reconsideration",
        "only_as_reconsideration_body",
        "court",
        "accepted_on",
    ]

    def clean_reconsideration(self) -> Reconsideration | None:
        number = self.cleaned_data["reconsideration"].strip()
        if not number:
            return None
        found: Reconsideration | None = (
            Reconsideration.objects.standing().filter(agency=self.agency, case_number=number).first()
        )
        if found is None:
            raise forms.ValidationError("复议台账里没有这个案号，请核对。")
        return found


class TakeOverForm(DeskForm):
    """为台账里的一件立卷: which decision it was, where the register holds a result."""

    decision = forms.ChoiceField(label="是哪一种决定、裁判", required=False)

    def __init__(self, entry: Reconsideration | Litigation, data: Any = None) -> None:
        super().__init__(data)
        meanings = (
            RECONSIDERATION_DECISIONS if isinstance(entry, Reconsideration) else COURT_DECISIONS
        ).items()
        fitting = [(key.value, each.label) for key, each in meanings if each.result.value == entry.result]
        if not fitting:
            del self.fields["decision"]
            return
        self.fields["decision"].choices = fitting  # type: ignore[attr-defined]


# What each kind asks for beside its day.
ASKED: dict[Kind, tuple[str, ...]] = {
    Kind.SERVED: ("until",),
    Kind.TIME_GIVEN: ("until", "note"),
    Kind.HEARING_SET: ("until", "at_time", "place", "number", "note"),
    Kind.HEARING_HELD: ("number", "note"),
    Kind.HEARING_CALLED_OFF: ("number", "note"),
    Kind.LENGTHENED: ("until", "note"),
    Kind.DECIDED: ("decision", "served_on", "working_days", "until", "note"),
    Kind.SECOND_INSTANCE: ("decision", "served_on", "working_days", "until", "note"),
    Kind.WITHDRAWN: ("served_on", "note"),
    Kind.APPEALED: ("by_us", "note"),
}
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.TIME_GIVEN: ("until",),
    Kind.HEARING_SET: ("until",),
    Kind.HEARING_HELD: ("number",),
    Kind.HEARING_CALLED_OFF: ("number",),
    Kind.DECIDED: ("decision",),
    Kind.SECOND_INSTANCE: ("decision",),
}
_UNTIL: dict[Kind, tuple[str, str]] = {
    Kind.SERVED: ("法院确定的举证期限", "简易程序里法院另外确定的填写；没有确定的按法定期限算。"),
    Kind.TIME_GIVEN: ("准许延至", ""),
    Kind.HEARING_SET: ("举行（开庭）日期", ""),
    Kind.LENGTHENED: ("延长至", "复议按法定的最长期限算，不用填；诉讼填批准的日期。"),
    Kind.DECIDED: ("履行截止日期", "决定、裁判写明了具体日期的填写。"),
    Kind.SECOND_INSTANCE: ("履行截止日期", "裁判写明了具体日期的填写。"),
}


class StepForm(DeskForm):
    """登记经过: one kind of step, with what that kind asks for and nothing else."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    on = _day("日期", help_text="发生的日期，不是登记的日期。")
    decision = forms.ChoiceField(label="结果", choices=[], required=False)
    served_on = _day(
        "本机关收到的日期", required=False, help_text="与作出日期相同的不用填。上诉、履行的期限从收到起算。"
    )
    working_days = forms.IntegerField(
        label="履行期限（工作日）",
        min_value=1,
        max_value=_MOST_WORKING_DAYS,
        required=False,
        help_text="写明“几个工作日内”的填写；日期和天数都没有写的，按答复期限算（待核）。",
    )
    until = _day("至", required=False)
    at_time = forms.TimeField(
        label="时间", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label="地点", max_length=100, required=False)
    number = forms.IntegerField(
        label="第几次",
        min_value=1,
        max_value=99,
        required=False,
        help_text="留空为下一次；改期的填原来的次数。",
    )
    by_us = forms.BooleanField(label="本机关上诉", required=False)
    note = forms.CharField(label="说明", max_length=200, required=False, help_text=_NO_NAMES)

    def __init__(self, file: CaseFile, kind: Kind, data: Any = None) -> None:
        initial = {"version": file.version, "number": pending_hearing(file)}
        if kind is Kind.HEARING_SET:
            initial.pop("number")
        super().__init__(data, initial=initial)
        for name in set(self.fields) - {"version", "on", *ASKED.get(kind, ("note",))}:
            del self.fields[name]
        if "decision" in self.fields:
            self.fields["decision"].choices = _NONE + decisions(Track(file.track), kind)  # type: ignore[attr-defined]
        if "until" in self.fields:
            self.fields["until"].label, self.fields["until"].help_text = _UNTIL[kind]
            self.fields["until"].error_messages = {}  # worded for the label it had
            self.word("until")
        if kind in (Kind.HEARING_HELD, Kind.HEARING_CALLED_OFF):
            self.fields["number"].help_text = ""
        for name in NEEDED.get(kind, ()):
            self.fields[name].required = True


class CorrectionForm(ReasonForm):
    """提出更正: another day, another result, or nothing of it."""

    happened_on = _day("日期")
    decision = forms.ChoiceField(label="结果", choices=[], required=False)
    served_on = _day("本机关收到的日期", required=False)
    working_days = forms.IntegerField(
        label="履行期限（工作日）", min_value=1, max_value=_MOST_WORKING_DAYS, required=False
    )
    until = _day("确定的日期", required=False)
    cancel = forms.BooleanField(
        label="撤销这一条", required=False, help_text="没有发生过、登记错了的才撤销。"
    )

    field_order = ["happened_on", "decision", "served_on", "working_days", "until", "cancel", "reason"]

    def __init__(self, event: CaseEvent, data: Any = None) -> None:
        names = ("happened_on", "decision", "served_on", "working_days", "until")
        super().__init__(data, initial={name: getattr(event, name) for name in names})
        kind = Kind(event.kind)
        asked = set(ASKED.get(kind, ())) & set(names)
        for name in set(names) - {"happened_on", *asked}:
            del self.fields[name]
        if "decision" in self.fields:
            self.fields["decision"].choices = decisions(Track(event.file.track), kind)  # type: ignore[attr-defined]
        if kind is Kind.ACCEPTED:
            del self.fields["cancel"]


class OpinionForm(DeskForm):
    """复核意见."""

    opinion = forms.CharField(
        label="意见", max_length=200, required=False, help_text="不同意的写明为什么，如“原件是6月2日”。"
    )


class AssignForm(DeskForm):
    """分办."""

    handler = forms.ModelChoiceField(
        label="承办人",
        queryset=Person.objects.none(),
        required=False,
        empty_label="不指定",
    )

    def __init__(self, agency: Agency, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["handler"].queryset = people(agency)  # type: ignore[attr-defined]


class ParticularsForm(ReasonForm):
    """更正登记事项."""

    case_number = forms.CharField(label="案号", max_length=60)
    place = forms.CharField(label="复议机关", max_length=100, required=False)
    matter = forms.CharField(label="争议事项", max_length=200, required=False, help_text=_NO_NAMES)
    section = forms.ModelChoiceField(label="承办科室", queryset=Section.objects.none(), required=False)
    remark = forms.CharField(label="备注", max_length=200, required=False, help_text=_NO_NAMES)

    application = forms.CharField(label="所涉申请的登记编号", max_length=40, required=False)

    field_order = ["case_number", "place", "matter", "application", "section", "remark", "reason"]

    def __init__(self, file: CaseFile, data: Any = None) -> None:
        entry = file.entry
        is_suit = isinstance(entry, Litigation)
        where = entry.court if isinstance(entry, Litigation) else entry.body
        super().__init__(
            data,
            initial={
                "case_number": entry.case_number,
                "place": where,
                "matter": entry.matter,
                "section": entry.section_id,
                "remark": entry.remark,
                "application": entry.application.register_number if entry.application else "",
            },
        )
        self.agency = file.agency
        self.fields["section"].queryset = file.agency.sections.all()  # type: ignore[attr-defined]
        self.fields["place"].label = "法院" if is_suit else "复议机关"

    def clean_application(self) -> Application | None:
        return application_of(self.agency, self.cleaned_data["application"])


class EvidenceForm(DeskForm):
    """一份证据."""

    title = forms.CharField(label="证据名称", max_length=100, help_text="不写当事人姓名，写“申请人”“原告”。")
    purpose = forms.CharField(
        label="证明目的", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    pages = forms.IntegerField(label="页数", min_value=1, max_value=9999, required=False)
    content = forms.FileField(
        label="文件",
        required=False,
        help_text=f"{'、'.join(kind[1:] for kind in KINDS)}；加密保存。只有纸质的不用传。",
    )


class BasisForm(EvidenceForm):
    """列入一份."""

    source = forms.ChoiceField(
        label="来源", choices=[("upload", "本案另行提供"), ("basis", "规范性文件（依据）")]
    )
    source_note = forms.CharField(label="来源说明", max_length=100, required=False)

    field_order = ["title", "purpose", "pages", "source", "source_note", "content"]


class LessonForm(DeskForm):
    """经验教训."""

    category = forms.ChoiceField(label="类别", choices=Lesson.Category.choices)
    text = forms.CharField(
        label="教训", max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text=_NO_NAMES
    )
    changed = forms.CharField(
        label="改了什么",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="改了哪份模板、哪项制度、哪个流程；还没有改的可以不填。",
    )


def application_of(agency: Agency, number: str) -> Application | None:
    """所涉的申请, by its register number."""
    if not number.strip():
        return None
    found: Application | None = (
        Application.objects.standing().filter(agency=agency, register_number=number.strip()).first()
    )
    if found is None:
        raise forms.ValidationError("台账里没有这个登记编号，请核对，如“〔2026〕12号”。")
    return found


def decisions(track: Track, kind: Kind) -> list[tuple[str, str]]:
    """可选的结果, of a step on a track."""
    if track is Track.RECONSIDERATION:
        return [
            (key.value, each.label) for key, each in RECONSIDERATION_DECISIONS.items() if key != "withdrawn"
        ]
    found = [(key.value, each.label) for key, each in COURT_DECISIONS.items() if key != "withdrawn"]
    if kind is Kind.SECOND_INSTANCE:
        return [
            *((each.value, each.label) for each in OnAppeal),
            *((key, f"改判：{label}") for key, label in found),
        ]
    return found


def offered(track: Track) -> list[Kind]:
    """可以登记的步骤."""
    left_out = {Kind.FILED, Kind.ACCEPTED} | (COURT_ONLY if track is Track.RECONSIDERATION else set())
    return [kind for kind in Kind if kind not in left_out]


def people(agency: Agency) -> Any:
    """可以承办的人: those who keep registers."""
    found = holders(Power.KEEP_REGISTERS, agency, on=timezone.localdate())
    return Person.objects.filter(pk__in=found.values("pk")).order_by("name", "pk")
