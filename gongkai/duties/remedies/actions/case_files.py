"""立卷、分办、更正事项、作废、重新办理."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person, Section
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications.handled_again import handle_again as handle_application_again
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies.actions.holding import follow
from gongkai.duties.remedies.actions.registering import register_litigation, register_reconsideration
from gongkai.duties.remedies.actions.steps import lock, require_file_keeper, require_past, write_event
from gongkai.duties.remedies.fold import refold, standing_of
from gongkai.duties.remedies.models import NOT_ACCEPTED, CaseFile, Litigation, Reconsideration
from gongkai.registers import actions as registers
from gongkai.registers.models import Change
from gongkai.rules.annual_report_2021.counting import RemedyResult
from gongkai.rules.litigation.defendants import Defendant, defendants_after
from gongkai.rules.remedy_cases.decisions import COURT_DECISIONS, RECONSIDERATION_DECISIONS
from gongkai.rules.remedy_cases.decisions import ReconsiderationDecision as Decided
from gongkai.rules.remedy_cases.events import Kind, Track

PARTICULARS = ("case_number", "matter", "section", "remark", "application")
OF_RECONSIDERATION = (*PARTICULARS, "body")
OF_LITIGATION = (*PARTICULARS, "court")
# What a result of the register is taken for when nobody says which decision it was.
_USUAL: dict[Track, dict[RemedyResult, str]] = {
    Track.RECONSIDERATION: {
        RemedyResult.UPHELD: "upheld",
        RemedyResult.RECTIFIED: "revoked",
        RemedyResult.DISMISSED: "dismissed",
        RemedyResult.TERMINATED: "terminated",
        RemedyResult.WITHDRAWN: "withdrawn",
    },
    Track.LITIGATION: {
        RemedyResult.UPHELD: "claim_rejected",
        RemedyResult.RECTIFIED: "revoked",
        RemedyResult.DISMISSED: "dismissed",
        RemedyResult.TERMINATED: "terminated",
        RemedyResult.WITHDRAWN: "withdrawn",
    },
}


def open_reconsideration(
    *,
    by: Person,
    case_number: str,
    accepted_on: date,
    applied_on: date | None = None,
    simplified: bool = False,
    body: str = "",
    matter: str = "",
    party: str = "",
    application: Application | None = None,
    section: Section | None = None,
    handler: Person | None = None,
) -> CaseFile:
    """立复议案卷, with its entry in the register."""
    require_past(accepted_on)
    with transaction.atomic():
        entry = register_reconsideration(
            by=by,
            case_number=case_number.strip(),
            accepted_on=accepted_on,
            applied_on=applied_on,
            body=body,
            matter=matter,
            application=_of_agency(application, by),
            section=section,
        )
        return _open(entry, by=by, simplified=simplified, party=party, handler=handler)


def open_litigation(
    *,
    by: Person,
    case_number: str,
    accepted_on: date,
    applied_on: date | None = None,
    kind: str,
    simplified: bool = False,
    court: str = "",
    matter: str = "",
    party: str = "",
    only_as_reconsideration_body: bool = False,
    application: Application | None = None,
    reconsideration: Reconsideration | None = None,
    section: Section | None = None,
    handler: Person | None = None,
) -> CaseFile:
    """立诉讼案卷, with its entry in the register; who is sued must fit the reconsideration before it."""
    require_past(accepted_on)
    _require_defendant(kind, reconsideration, only_as_body=only_as_reconsideration_body, by=by)
    with transaction.atomic():
        entry = register_litigation(
            by=by,
            case_number=case_number.strip(),
            kind=kind,
            accepted_on=accepted_on,
            applied_on=applied_on,
            court=court,
            matter=matter,
            only_as_reconsideration_body=only_as_reconsideration_body,
            application=_of_agency(application, by)
            or (reconsideration.application if reconsideration else None),
            reconsideration=reconsideration,
            section=section,
        )
        return _open(entry, by=by, simplified=simplified, party=party, handler=handler)


def take_over(entry: Reconsideration | Litigation, *, by: Person, decision: str = "") -> CaseFile:
    """为台账里的一件立卷: its days and result become the first entries, so that what it counts as stays the same."""
    with transaction.atomic():
        entry = registers.lock(entry)
        registers.require_standing(entry, by=by, to_do="立卷")
        if entry.result == NOT_ACCEPTED or entry.accepted_on is None:
            raise Refusal("不能立卷：没有受理的案件不立案卷，留在台账里即可。")
        track = _track(entry)
        simplified = (
            isinstance(entry, Reconsideration) and entry.procedure == Reconsideration.Procedure.SIMPLE
        )
        key = _decision_of(entry, track, decision)
        file = _open(entry, by=by, simplified=simplified, decision=key, taken_over=True)
    return file


def assign(file: CaseFile, *, to: Person | None, by: Person) -> CaseFile:
    """分办."""
    with transaction.atomic():
        file = lock(file)
        require_file_keeper(file, by=by)
        if to and (to.agency_id != file.agency_id or not to.is_active or to.administrator):
            raise Refusal("不能分办：承办人应当是本机关在岗的办件人员，请从列表中选择。")
        if file.handler_id == (to.pk if to else None):
            raise Refusal("没有改动：承办人和原来一样。")
        file.handler = to
        file.save(update_fields=["handler"])
        record(
            "remedies.case_file.assigned",
            by=by,
            subject=file,
            detail={"to": to.public_id if to else ""},
        )
    return file


def change_particulars(
    file: CaseFile, *, changes: dict[str, Any], reason: str, by: Person
) -> Reconsideration | Litigation:
    """更正登记事项: number, body or court, matter, section. Days and results are corrected in the events."""
    reason = registers.require_reason(reason)
    allowed = OF_RECONSIDERATION if file.track == Track.RECONSIDERATION else OF_LITIGATION
    if set(changes) - set(allowed):
        raise Refusal("日期、程序和结果由案卷的经过算出，请更正相应的经过。")
    _of_agency(changes.get("application"), by)
    with transaction.atomic():
        file = lock(file)
        require_file_keeper(file, by=by)
        if file.reopened_as_id and "application" in changes:
            raise Refusal("不能更正：申请已经按这件案卷重新办理，所涉申请不能再改。")
        entry = registers.lock(file.entry)
        lines = registers.apply_changes(entry, changes)
        if not lines:
            raise Refusal("不能更正：没有改动。请修改后再保存。")
        try:
            entry.clean_fields(
                exclude=[each.name for each in entry._meta.concrete_fields if each.is_relation]
            )
            with transaction.atomic():
                entry.save(update_fields=list(changes))
        except ValidationError as error:
            raise Refusal("；".join(error.messages)) from None
        except IntegrityError:
            raise Refusal("不能更正：改后与台账中另一条重复。请核对案号。") from None
        registers.note_change(entry, Change.Kind.RECTIFIED, lines, reason=reason, by=by)
        follow(lock(file), by=by)
    return entry


def void_file(file: CaseFile, *, reason: str, by: Person) -> CaseFile:
    """作废案卷, say of a case entered twice; its entry in the register is voided with it."""
    reason = registers.require_reason(reason)
    with transaction.atomic():
        file = lock(file)
        require_file_keeper(file, by=by)
        if file.reopened_as_id:
            raise Refusal("不能作废：申请已经按这件案卷重新办理。确需作废的，请先作废重新办理的申请。")
        entry = registers.lock(file.entry)
        entry.voided_at, entry.void_reason = timezone.now(), reason
        entry.save(update_fields=["voided_at", "void_reason"])
        registers.note_change(entry, Change.Kind.VOIDED, [], reason=reason, by=by)
        follow(lock(file), by=by)
    return file


def handle_again(file: CaseFile, *, by: Person) -> CaseFile:
    """重新办理: the application begins anew, with a new clock from the day the decision took effect."""
    with transaction.atomic():
        file = lock(file)
        require_handled_again(file, by=by)
        application, effective_on = file.entry.application, file.effective_on
        assert application is not None  # noqa: S101 — require_handled_again
        assert effective_on is not None  # noqa: S101 — require_handled_again
        file.reopened_as = handle_application_again(
            application, ordered_on=effective_on, basis=str(file), by=by
        )
        file.save(update_fields=["reopened_as"])
        record(
            "remedies.case_file.handled_again",
            by=by,
            subject=file,
            detail={"application": file.reopened_as.public_id},
        )
    return file


def require_handled_again(file: CaseFile, *, by: Person) -> None:
    """能不能重新办理: asked before the form opens, and again when it is sent."""
    require_file_keeper(file, by=by)
    if not file.must_answer_again:
        raise Refusal(
            "不能重新办理：没有生效的、要求重新答复或者履行的决定、裁判。请先登记决定、裁判及其生效。"
        )
    if file.reopened_as_id:
        raise Refusal("不能重新办理：已经按这件案卷重新办理过。请在那件申请里继续办理。")
    if file.entry.application_id is None:
        raise Refusal("不能重新办理：案卷没有关联申请。请先更正登记事项，填写所涉申请。")


def _open(
    entry: Reconsideration | Litigation,
    *,
    by: Person,
    simplified: bool,
    party: str = "",
    handler: Person | None = None,
    decision: str = "",
    taken_over: bool = False,
) -> CaseFile:
    track, accepted_on = _track(entry), entry.accepted_on
    if accepted_on is None:
        raise Refusal("不能立卷：没有受理（立案）日期，请补填。")
    if handler and (handler.agency_id != by.agency_id or not handler.is_active or handler.administrator):
        raise Refusal("不能分办：承办人应当是本机关在岗的办件人员，请从列表中选择。")
    file = CaseFile(
        agency=entry.agency,
        track=track.value,
        opened_by=by,
        handler=handler,
        began_simplified=simplified,
        status="accepted",
        accepted_on=accepted_on,
        **{track.value: entry},
    )
    file.seal("party", party.strip())
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        raise Refusal("不能立卷：这一件已经立了案卷。请在案卷里登记。") from None
    if entry.applied_on:
        write_event(file, Kind.FILED.value, by=by, happened_on=entry.applied_on)
    write_event(file, Kind.ACCEPTED.value, by=by, happened_on=accepted_on)
    if decision == "withdrawn":
        write_event(file, Kind.WITHDRAWN.value, by=by, happened_on=entry.decided_on)
    elif decision:
        write_event(file, Kind.DECIDED.value, by=by, happened_on=entry.decided_on, decision=decision)
    refold(file, calendar())
    follow(file, by=by)
    verb = {"detail": {"entry": entry.public_id}}
    if taken_over:
        record("remedies.case_file.taken_over", by=by, subject=file, **verb)  # type: ignore[arg-type]
    else:
        record("remedies.case_file.opened", by=by, subject=file, **verb)  # type: ignore[arg-type]
    return file


def _track(entry: Reconsideration | Litigation) -> Track:
    return Track.RECONSIDERATION if isinstance(entry, Reconsideration) else Track.LITIGATION


def _decision_of(entry: Reconsideration | Litigation, track: Track, key: str) -> str:
    """Which decision the register's result was; what the officer names must count as the register says."""
    if not entry.result:
        return ""
    result = RemedyResult(entry.result)
    if not key:
        return _USUAL[track][result]
    kinds = RECONSIDERATION_DECISIONS if track is Track.RECONSIDERATION else COURT_DECISIONS
    named = {each.value: meaning for each, meaning in kinds.items()}.get(key)
    if named is None or named.result is not result:
        raise Refusal(f"不能立卷：台账里的结果是“{result.label}”，与所选的不一致。请核对，或者先更正台账。")
    return key


def _of_agency(application: Application | None, by: Person) -> Application | None:
    if application and application.agency_id != by.agency_id:
        raise Refusal("没有这件申请，请从本机关的申请中选择。")
    return application


def _require_defendant(
    kind: str, reconsideration: Reconsideration | None, *, only_as_body: bool, by: Person
) -> None:
    """共同被告: an agency that was the respondent is sued as such, unless the body altered its act."""
    if reconsideration is None:
        return
    if reconsideration.agency_id != by.agency_id:
        raise Refusal("没有这件复议，请从本机关的复议中选择。")
    if kind != Litigation.Kind.AFTER_RECONSIDERATION:
        raise Refusal("不能立卷：关联了复议的，起诉方式应当是“复议后起诉”，请核对。")
    if only_as_body:
        raise Refusal(
            "不能立卷：关联的复议里本机关是被申请人，不是复议机关，不能选“仅作为复议机关为共同被告”。请核对。"
        )
    decision = decision_of(reconsideration)
    sued = defendants_after(decision) if decision else None
    if sued and Defendant.AGENCY not in sued.parties:
        raise Refusal(
            f"不能立卷：{sued.explanation}，本机关不是被告。法院仍将本机关列为被告的，请先与法院核对，"
            "立卷时不关联复议。"
        )


def decision_of(reconsideration: Reconsideration) -> Decided | None:
    """复议决定的种类, from the file's events; None while there is none, or no file."""
    file = CaseFile.objects.filter(reconsideration=reconsideration).first()
    if file is None:
        return None
    found = standing_of(
        file.events.all(), track=file.track, began_simplified=file.began_simplified, calendar=calendar()
    )
    return Decided(found.outcome.key) if found.outcome else None
