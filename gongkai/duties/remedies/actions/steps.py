"""登记案卷的经过. One step is one event; the columns of the file and of the register follow by the fold."""

from datetime import date, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.remedies.actions.holding import follow
from gongkai.duties.remedies.fold import refold
from gongkai.duties.remedies.models import CaseEvent, CaseFile
from gongkai.registers.actions import require_keeper
from gongkai.rules.remedy_cases.events import Kind


def enter_step(
    file: CaseFile,
    kind: Kind,
    *,
    on: date,
    by: Person,
    version: int | None = None,
    until: date | None = None,
    served_on: date | None = None,
    decision: str = "",
    working_days: int | None = None,
    number: int | None = None,
    at_time: time | None = None,
    place: str = "",
    by_us: bool = False,
    note: str = "",
) -> CaseFile:
    """登记经过. ``version``: what the person had before her when she wrote; another's step meanwhile is a conflict."""
    require_past(on)
    with transaction.atomic():
        file = lock(file)
        require_open(file, by=by)
        if version is not None and version != file.version:
            raise Refusal(
                "没有登记：您打开这一页以后，其他人登记了新的经过。请重新打开案卷，看过新的经过再登记。"
            )
        if kind is Kind.HEARING_SET and number is None:
            number = next_hearing(file)
        write_event(
            file,
            kind.value,
            by=by,
            happened_on=on,
            until=until,
            served_on=served_on,
            decision=decision,
            working_days=working_days,
            number=number,
            at_time=at_time,
            place=place.strip(),
            by_us=by_us,
            note=note.strip(),
            handed_in=handed_in(file) if kind is Kind.EVIDENCE_SUBMITTED else [],
        )
        refold(file, calendar())
        follow(file, by=by)
        record(
            "remedies.case_file.step_entered",
            by=by,
            subject=file,
            detail={"kind": kind.value, "on": on},
        )
    return file


def lock(file: CaseFile) -> CaseFile:
    """The file as it stands now, kept from others until the transaction ends."""
    found: CaseFile = (
        CaseFile.objects.select_for_update(of=("self",))
        .select_related("agency", "reconsideration__section", "litigation__section")
        .get(pk=file.pk)
    )
    return found


def require_open(file: CaseFile, *, by: Person) -> None:
    """能不能登记经过: asked before the form opens, and again when it is sent."""
    require_file_keeper(file, by=by)
    if file.status == "closed":
        raise Refusal("不能登记：案件已经结案。原登记有误的，请更正相应的经过。")


def require_file_keeper(file: CaseFile, *, by: Person) -> None:
    require_keeper(by, file.agency, file.entry.section)
    if file.entry.voided_at:
        raise Refusal("不能办理：这件案卷已经作废。如需恢复，请重新立卷。")


def require_past(day: date) -> None:
    if day > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")


def write_event(file: CaseFile, kind: str, *, by: Person, **values: Any) -> CaseEvent:
    event = CaseEvent(agency=file.agency, file=file, kind=kind, by=by, **values)
    require_short(event, "note", "place")
    event.save(force_insert=True)
    return event


def next_hearing(file: CaseFile) -> int:
    """下一次听证、开庭的次数."""
    known = file.events.filter(kind=Kind.HEARING_SET.value).values_list("number", flat=True)
    return max((number for number in known if number), default=0) + 1


def handed_in(file: CaseFile) -> list[dict[str, Any]]:
    """现在的证据目录, as it is handed in."""
    rows = file.evidence.filter(taken_out_at__isnull=True)
    return [
        {
            "number": number,
            "id": each.public_id,
            "title": each.title,
            "purpose": each.purpose,
            "pages": each.pages,
            "source": each.get_source_display(),
            "digest": each.digest,
        }
        for number, each in enumerate(rows, start=1)
    ]


def require_short(entry: models.Model, *names: str) -> None:
    """字数不超过各栏的上限."""
    for name in names:
        field = entry._meta.get_field(name)
        assert isinstance(field, models.CharField)  # noqa: S101 — called with columns of text
        longest = field.max_length or 0
        if len(getattr(entry, name)) > longest:
            raise Refusal(f"{field.verbose_name}最多{longest}字，请写得简短一些。")
