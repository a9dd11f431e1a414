"""复议和诉讼的台账."""

from dataclasses import replace

from django.urls import reverse

from gongkai.duties.remedies import actions
from gongkai.duties.remedies.models import CaseFile, LegalOfficeCase, Litigation, Reconsideration, Remedy
from gongkai.registers.description import HistoryLine, Register, column, sections
from gongkai.registers.models import RegisterEntry
from gongkai.spreadsheets.fields import Field

_RESULTS = {"维持": "upheld", "结果维持": "upheld", "纠正": "rectified", "结果纠正": "rectified"}


def _result(model: type[RegisterEntry]) -> Field:
    result = column(model, "result", "审理结果", "复议结果", "诉讼结果", "裁判结果")
    return replace(result, choices={**result.choices, **_RESULTS})


def _history(entry: RegisterEntry) -> list[HistoryLine]:
    """案卷的经过, newest first; nothing for an entry without a file."""
    file = CaseFile.objects.filter(**{entry._meta.model_name or "": entry.pk}).first()
    if file is None:
        return []
    events = file.events.select_related("by", "file").order_by("-happened_on", "-pk")
    replaced = {event.replaces_id for event in events if event.replaces_id}
    link = reverse("remedies:file", args=[file.public_id])
    return [
        HistoryLine(
            at=event.happened_on.isoformat(),
            text=event.name + (f"：{event.decision_label}" if event.decision else ""),
            by=event.by.name,
            note="已被更正，不再计算" if event.pk in replaced else event.note,
            link=link,
        )
        for event in events
    ]


def _days(model: type[Remedy]) -> tuple[Field, ...]:
    return (
        column(model, "accepted_on", "受理日期", "立案日期"),
        column(model, "applied_on", "申请日期", "起诉日期"),
        column(model, "decided_on", "决定日期", "判决日期", "裁判日期"),
        _result(model),
    )


RECONSIDERATIONS = Register(
    key="reconsiderations",
    title="行政复议台账",
    model=Reconsideration,
    fields=(
        column(Reconsideration, "case_number", "复议案号", "文号", "复议决定书文号"),
        *_days(Reconsideration),
        column(Reconsideration, "body", "受理机关"),
        column(Reconsideration, "procedure"),
        column(Reconsideration, "matter", "事项", "复议事项"),
        column(Reconsideration, "section", "承办科室"),
        column(Reconsideration, "remark"),
    ),
    natural_key=("case_number",),
    listed=("case_number", "accepted_on", "decided_on", "result", "body"),
    by_date="listed_on",
    enter=actions.register_reconsideration,
    history=_history,
    steps_at="remedies:of_reconsideration",
    search_exact=("case_number",),
    search_within=("matter",),
    filters=("result",),
    lookups={"section": sections},
)

LITIGATION = Register(
    key="litigation",
    title="行政诉讼台账",
    model=Litigation,
    fields=(
        column(Litigation, "case_number", "诉讼案号", "文号"),
        column(Litigation, "kind", "诉讼类型", "类型"),
        *_days(Litigation),
        column(Litigation, "court", "受理法院", "审理法院"),
        column(Litigation, "instance"),
        column(Litigation, "only_as_reconsideration_body", "仅为共同被告", note="不填为否"),
        column(Litigation, "matter", "事项", "诉讼事项"),
        column(Litigation, "section", "承办科室"),
        column(Litigation, "remark"),
    ),
    natural_key=("case_number",),
    listed=("case_number", "kind", "accepted_on", "decided_on", "result", "court"),
    by_date="listed_on",
    enter=actions.register_litigation,
    history=_history,
    steps_at="remedies:of_litigation",
    search_exact=("case_number",),
    search_within=("matter",),
    filters=("kind", "result"),
    lookups={"section": sections},
)

LEGAL_OFFICE_CASES = Register(
    key="legal-office-cases",
    title="法制机构案件登记簿",
    model=LegalOfficeCase,
    fields=(
        column(LegalOfficeCase, "case_number", "文号"),
        column(LegalOfficeCase, "kind", "类型", "案件类型"),
        column(LegalOfficeCase, "accepted_on", "受理日期", "立案日期"),
        column(LegalOfficeCase, "decided_on", "决定日期", "判决日期"),
        _result(LegalOfficeCase),
        column(LegalOfficeCase, "section", "登记科室"),
        column(LegalOfficeCase, "remark"),
    ),
    natural_key=("case_number",),
    listed=("case_number", "kind", "accepted_on", "decided_on", "result"),
    by_date="accepted_on",
    enter=actions.register_legal_office_case,
    search_exact=("case_number",),
    filters=("kind", "result"),
    lookups={"section": sections},
)

REGISTERS = (RECONSIDERATIONS, LITIGATION, LEGAL_OFFICE_CASES)
