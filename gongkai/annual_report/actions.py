"""编制、说明、送审、批准、发布、更正. One function per verb: power, step, change, audit and outbox in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import checking, drafting, freezing, lifecycle
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.models import AnnualReport, EarlierReport, Edition, StepTaken, Verdict
from gongkai.annual_report.writing import SECTIONS, require_known
from gongkai.audit.record import record
from gongkai.gateways.files import desk_files
from gongkai.outbox.actions import enqueue
from gongkai.report.json_form import to_json
from gongkai.report.model import Form, Report

FIRST_YEAR = 2021  # the form now in use begins with the report for this year


def start(*, year: int, by: Person) -> Edition:
    """编制: begin the report of a year with a first text from its figures."""
    require(by, Power.COMPILE_REPORT, by.agency, on=timezone.localdate())
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Refusal(f"可以编制{FIRST_YEAR}年到今年的报告，不能编制{year}年的。")
    compiled = Compiled(by.agency, year)
    try:
        with transaction.atomic():
            report = AnnualReport.objects.create(agency=by.agency, year=year)
            edition = Edition.objects.create(
                agency=by.agency,
                report=report,
                number=1,
                compiled_by=by,
                narrative=drafting.first_draft(by.agency, year, compiled.values),
            )
            _note(edition, "start", by=by)
    except IntegrityError:
        raise Refusal(f"{year}年的报告已经在编制，请在列表中打开。") from None
    return edition


def write(edition: Edition, *, narrative: Mapping[str, str], version: int, by: Person) -> Edition:
    """保存文字. ``version`` is the one the editor opened: a text saved by somebody else meanwhile is not overwritten."""
    with transaction.atomic():
        edition = _locked(edition, "write", by=by)
        if version != edition.version:
            raise Refusal("不能保存：别人刚刚保存过这份文字。请复制您的改动，刷新后再合并保存。")
        compiled = Compiled(edition.agency, edition.report.year)
        cleaned = {section: _clean(narrative.get(section, "")) for section in SECTIONS}
        require_known(cleaned, compiled.values)
        edition.narrative = cleaned
        edition.version += 1
        edition.save(update_fields=["narrative", "version"])
        _note(edition, "write", by=by)
    return edition


def explain(edition: Edition, *, fingerprint: str, explanation: str, by: Person) -> Verdict:
    """说明 a warning; an error cannot be explained away."""
    explanation = _words(explanation, of="说明", required=True)
    with transaction.atomic():
        edition = _locked(edition, "explain", by=by)
        judged = next((each for each in _examined(edition).judged if each.fingerprint == fingerprint), None)
        if judged is None:
            raise Refusal("这个问题已经不存在或数值已变，请刷新页面。")
        if judged.finding.level == "E":
            raise Refusal("这是差错，不能用说明代替。请更正台账或文字。")
        verdict, _ = Verdict.objects.update_or_create(
            agency=edition.agency,
            report=edition.report,
            fingerprint=fingerprint,
            defaults={"rule": judged.finding.rule, "explanation": explanation, "by": by},
        )
        _note(edition, "explain", by=by, detail={"rule": judged.finding.rule})
    return verdict


def submit(edition: Edition, *, by: Person) -> Edition:
    """送审: only what passes its checks."""
    with transaction.atomic():
        edition = _locked(edition, "submit", by=by)
        _require_passing(edition, verb="送审")
        edition.compiled_by = by  # who answers for the draft; the approver must be another
        return _move(edition, "submit", by=by)


def take_back(edition: Edition, *, by: Person) -> Edition:
    """撤回修改."""
    with transaction.atomic():
        return _move(_locked(edition, "take_back", by=by), "take_back", by=by)


def send_back(edition: Edition, *, words: str, by: Person) -> Edition:
    """退回, with what should be changed."""
    words = _words(words, of="退回意见", required=True)
    with transaction.atomic():
        return _move(_locked(edition, "return", by=by), "return", by=by, words=words)


def approve(edition: Edition, *, by: Person, words: str = "") -> Edition:
    """批准定稿: the figures are counted once more, checked once more, and frozen with the records behind them."""
    words = _words(words, of="意见")
    with transaction.atomic():
        edition = _locked(edition, "approve", by=by)
        if edition.compiled_by_id == by.pk:
            raise Refusal("不能批准：编制人和批准人不能是同一个人。请由其他有批准职权的人办理。")
        _require_passing(edition, verb="批准")
        edition.approved_by, edition.approved_at = by, timezone.now()
        freezing.freeze(edition, Compiled(edition.agency, edition.report.year))
        return _move(edition, "approve", by=by, words=words, detail={"digest": edition.digest})


def reopen(edition: Edition, *, words: str, by: Person) -> Edition:
    """撤销定稿 before anything has been published."""
    words = _words(words, of="撤销原因", required=True)
    with transaction.atomic():
        edition = _locked(edition, "reopen", by=by)
        withdrawn = edition.digest
        edition.figures.all().delete()
        edition.digest, edition.document, edition.files = "", None, {}
        edition.approved_by = edition.approved_at = None
        return _move(edition, "reopen", by=by, words=words, detail={"digest": withdrawn})


def release(edition: Edition, *, by: Person) -> Edition:
    """发布: hand the frozen edition to the worker; it is published when the public side has answered."""
    with transaction.atomic():
        edition = _locked(edition, "release", by=by)
        if freezing.digest_of(edition.document) != edition.digest:
            raise Refusal("不能发布：定稿内容与批准时的摘要不符。请联系系统管理员核查，不要继续。")
        enqueue("annual_report.release", {"edition": edition.public_id})
        return _move(edition, "release", by=by)


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """发布完成: what the public side answered. Called by the worker, in the transaction that marks the row done."""
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("report")
        .get(public_id=payload["edition"])
    )
    if edition.status == Edition.Status.PUBLISHED or receipt is None:
        return
    edition.receipt = dict(receipt)
    edition.published_at = receipt["released_at"]
    _move(edition, "confirm", by=None, detail={"url": receipt["url"]})


def draft_correction(report: AnnualReport, *, reason: str, by: Person) -> Edition:
    """起草更正: a further edition from today's records; the published ones stay readable."""
    reason = _words(reason, of="更正原因", required=True)
    require(by, Power.COMPILE_REPORT, report.agency, on=timezone.localdate())
    with transaction.atomic():
        latest = report.editions.select_for_update(of=("self",)).order_by("-number").first()
        if latest is None or latest.status != Edition.Status.PUBLISHED:
            raise Refusal("不能起草更正：这一年的报告还没有发布，直接修改即可。")
        edition = Edition.objects.create(
            agency=report.agency,
            report=report,
            number=latest.number + 1,
            reason=reason,
            narrative=latest.narrative,
            compiled_by=by,
        )
        _note(edition, "correct", by=by, words=reason)
    return edition


def enter_earlier_report(report: Report, *, content: bytes, file_name: str, by: Person) -> EarlierReport:
    """录入过去的报告, as read from its file, to compare carry-overs with."""
    require(by, Power.COMPILE_REPORT, by.agency, on=timezone.localdate())
    if report.form not in (Form.FORM_2021, Form.FORM_2019) or report.year is None:
        raise Refusal("不能录入：没有认出年度或三张表。请换一份文件（网页、Word、PDF或文本）。")
    if report.year > timezone.localdate().year:
        raise Refusal(f"不能录入：文件写的是{report.year}年，还没有到。请核对文件。")
    file = desk_files().put(content)
    with transaction.atomic():
        earlier, _ = EarlierReport.objects.update_or_create(
            agency=by.agency,
            year=report.year,
            defaults={
                "agency_name": report.agency[:100],
                "document": to_json(report),
                "file": file,
                "file_name": file_name[:200],
                "by": by,
            },
        )
        record(
            "annual_report.earlier_entered",
            by=by,
            subject=earlier,
            detail={"year": report.year, "file": file},
        )
    return earlier


def _examined(edition: Edition) -> checking.Examined:
    compiled = Compiled(edition.agency, edition.report.year)
    return checking.examine(edition, compiled, compose(compiled, edition.narrative))


def _require_passing(edition: Edition, *, verb: str) -> None:
    examined = _examined(edition)
    if not examined.passes:
        raise Refusal(f"不能{verb}：{checking.sentence(examined.open)}")


def _locked(edition: Edition, step: str, *, by: Person) -> Edition:
    """The edition as it stands now, kept from others, if this person may take this step."""
    fresh = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("report", "agency__predecessor")
        .get(pk=edition.pk)
    )
    power = lifecycle.STEPS[step].power
    if power is not None:
        require(by, power, fresh.agency, on=timezone.localdate())
    lifecycle.require(fresh, step)
    return fresh


def _move(
    edition: Edition,
    step: str,
    *,
    by: Person | None,
    words: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Edition:
    edition.status = lifecycle.require(edition, step).to
    edition.save()
    _note(edition, step, by=by, words=words, detail=detail)
    return edition


def _note(
    edition: Edition,
    step: str,
    *,
    by: Person | None,
    words: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    StepTaken.objects.create(agency=edition.agency, edition=edition, step=step, words=words, by=by)
    more = {"year": edition.report.year, "edition": edition.number, **(detail or {})}
    record(f"annual_report.{step}", by=by, subject=edition, reason=words, detail=more)


def _clean(text: str) -> str:
    """One paragraph a line, without the invisible characters that a copied text brings along."""
    lines = ("".join(c for c in line if c.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _words(words: str, *, of: str, required: bool = False) -> str:
    words = " ".join(words.split())
    if required and not words:
        raise Refusal(f"请写明{of}。")
    if len(words) > 300:
        raise Refusal(f"{of}最多300字，现在{len(words)}字。")
    return words
