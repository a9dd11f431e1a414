"""文件要素. What a normative document in draft says of its days, and of the documents that it amends or repeals."""

from datetime import date

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.models import ItemKind, NormativeDocument, Version
from gongkai.duties.catalogue.normative.content import sheet_of
from gongkai.duties.catalogue.normative.gate import reason_missing
from gongkai.duties.catalogue.normative.models import ENDING, ChangeKind, IntendedChange, Sheet
from gongkai.rules.normative_documents_2018.term import usual_term

_INTENDED = (ChangeKind.AMENDED, ChangeKind.REPEALED)


def save_sheet(
    version: Version,
    *,
    in_force_from: date,
    lapses_on: date | None = None,
    no_term: bool = False,
    term_reason: str = "",
    registered_number: str = "",
    kind: str = NormativeDocument.Kind.NORMATIVE,
    by: Person,
) -> Sheet:
    """填写文件要素. Without a last day the usual one is taken; a term of the office's own choice says why."""
    with transaction.atomic():
        version = _locked(version, by=by)
        sheet = sheet_of(version) or Sheet(agency=version.agency, version=version)
        sheet.kind, sheet.registered_number = kind, registered_number.strip()
        sheet.in_force_from, sheet.term_reason = in_force_from, term_reason.strip()
        sheet.lapses_on = None if no_term else lapses_on or usual_term(version.title, in_force_from).last_day
        if sheet.lapses_on and sheet.lapses_on < in_force_from:
            raise Refusal("有效期早于施行日期，请核对。")
        if missing := reason_missing(version.title, sheet):
            raise Refusal(missing)
        sheet.save()
        record("normative.sheet.saved", by=by, subject=version, reason=sheet.term_reason)
    return sheet


def intend(
    version: Version,
    *,
    document: NormativeDocument,
    kind: str,
    effective_on: date | None = None,
    by: Person,
) -> IntendedChange:
    """写明本文件修改、废止哪个文件. It takes effect when this document is released."""
    with transaction.atomic():
        version = _locked(version, by=by)
        sheet = sheet_of(version)
        if sheet is None:
            raise Refusal("请先填写施行日期等文件要素，再写修改、废止哪个文件。")
        if kind not in _INTENDED or document.agency_id != version.agency_id or document.voided_at:
            raise Refusal("没有这个文件或者这种变动，请从列表中选择。")
        if document.item_id == version.item_id:
            raise Refusal("文件不能修改、废止自己。要改正内容，请起草新的版本。")
        if ended := document.changes.filter(kind__in=ENDING).first():
            raise Refusal(f"{document}已于{ended.effective_on}{ended.get_kind_display()}，请核对。")
        if effective_on and effective_on < document.issued_on:
            raise Refusal(f"生效日期早于{document}的印发日期，请核对。")
        change, _ = IntendedChange.objects.update_or_create(
            sheet=sheet, document=document, defaults={"kind": kind, "effective_on": effective_on}
        )
        record(
            "normative.change.intended",
            by=by,
            subject=version,
            detail={"document": document.public_id, "kind": kind},
        )
    return change


def drop(version: Version, *, document: NormativeDocument, by: Person) -> None:
    """去掉一项拟作的变动."""
    with transaction.atomic():
        version = _locked(version, by=by)
        gone, _ = IntendedChange.objects.filter(sheet__version=version, document=document).delete()
        if not gone:
            raise Refusal("这一项已经去掉，请刷新页面。")
        record("normative.change.dropped", by=by, subject=version, detail={"document": document.public_id})


def _locked(version: Version, *, by: Person) -> Version:
    version = drafting.locked(version, "write", by=by)
    if version.kind != ItemKind.NORMATIVE:
        raise Refusal("只有种类为“行政规范性文件”的信息填写文件要素。种类选错的，请先编辑改正。")
    return version
