"""清理. A round over everything in force: opened, concluded document by document, its results released as an item."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.models import Column, ItemKind, NormativeDocument, Version
from gongkai.duties.catalogue.normative.models import CleanUpEntry, CleanUpRound
from gongkai.duties.catalogue.normative.queries import in_force
from gongkai.registers.actions import require_keeper

Conclusion = CleanUpEntry.Conclusion
State = CleanUpRound.State
_HEADS = ("序号", "文件名称", "文号", "结论", "理由")


def open_round(*, title: str, basis: str, by: Person) -> CleanUpRound:
    """开始清理: every document in force today is in the round."""
    require(by, Power.DRAFT_ITEMS, by.agency, on=timezone.localdate())
    title, basis, today = title.strip(), basis.strip(), timezone.localdate()
    if not title or not basis:
        raise Refusal("请填写清理的名称和依据（例如上级的清理通知）。")
    documents = NormativeDocument.objects.standing().filter(in_force(today), agency=by.agency)
    with transaction.atomic():
        found = list(documents.order_by("issued_on", "pk"))
        if not found:
            raise Refusal("没有现行有效的文件，不需要清理。")
        try:
            with transaction.atomic():
                opened = CleanUpRound.objects.create(
                    agency=by.agency, title=title[:100], basis=basis[:200], opened_on=today, opened_by=by
                )
        except IntegrityError:
            raise Refusal("不能开始：上一轮清理还没有公布结果，请先办完。") from None
        CleanUpEntry.objects.bulk_create(CleanUpEntry(round=opened, document=each) for each in found)
        record("normative.clean_up.opened", by=by, subject=opened, detail={"documents": len(found)})
    return opened


def conclude(entry: CleanUpEntry, *, conclusion: str, reason: str = "", by: Person) -> CleanUpEntry:
    """提出结论 on one document: by whoever keeps its section's register."""
    require_keeper(by, entry.round.agency, entry.document.section)
    reason = " ".join(reason.split())[:200]
    if conclusion not in Conclusion.values:
        raise Refusal("请选择继续有效、修改、废止或者宣布失效。")
    if conclusion != Conclusion.KEEP and not reason:
        raise Refusal("修改、废止、宣布失效的，请写明理由。")
    with transaction.atomic():
        _require_open(entry.round)
        entry = CleanUpEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        entry.conclusion, entry.reason, entry.concluded_by = conclusion, reason, by
        entry.save()
        detail = {"document": entry.document.public_id, "conclusion": conclusion}
        record("normative.clean_up.concluded", by=by, subject=entry.round, reason=reason, detail=detail)
    return entry


def finish(round_: CleanUpRound, *, column: Column, by: Person) -> Version:
    """定下结论, and draft the list of results. They take effect when that list is released, reviewed like every item."""
    require(by, Power.DRAFT_ITEMS, round_.agency, on=timezone.localdate())
    with transaction.atomic():
        round_ = _require_open(round_)
        left = round_.entries.filter(conclusion="").count()
        if left:
            raise Refusal(f"不能定下结论：还有{left}件没有提出结论。")
        if column.agency_id != round_.agency_id:
            raise Refusal("没有这个栏目，请从列表中选择。")
        version = drafting.begin(
            by=by,
            title=f"{round_.agency.name}关于公布{round_.title}结果的公告",
            kind=ItemKind.NOTICE,
            main_column=column,
            section=by.section,
        )
        version = drafting.write(
            version,
            values={"body": _results(round_), "summary": _in_short(round_)},
            edits=version.edits,
            by=by,
        )
        round_.state, round_.result = State.CONCLUDED, version.item
        round_.save(update_fields=["state", "result"])
        record("normative.clean_up.finished", by=by, subject=round_, detail={"item": version.item.public_id})
    return version


def reopen(round_: CleanUpRound, *, reason: str, by: Person) -> CleanUpRound:
    """重新清理, when the drafted list was given up: the conclusions may be changed again."""
    require(by, Power.DRAFT_ITEMS, round_.agency, on=timezone.localdate())
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("请写明重新清理的原因。")
    with transaction.atomic():
        round_ = CleanUpRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
        given_up = (
            round_.result and not round_.result.versions.exclude(stage=Version.Stage.ABANDONED).exists()
        )
        if round_.state != State.CONCLUDED or not given_up:
            raise Refusal(
                "不能重新清理：清理结果的公告还在办理或者已经公布。请先在“信息发布”放弃公告的草稿。"
            )
        round_.state, round_.result = State.OPEN, None
        round_.save(update_fields=["state", "result"])
        record("normative.clean_up.reopened", by=by, subject=round_, reason=reason)
    return round_


def _require_open(round_: CleanUpRound) -> CleanUpRound:
    fresh = CleanUpRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if fresh.state != State.OPEN:
        raise Refusal(f"不能改动：这一轮清理现在是“{fresh.get_state_display()}”。")
    return fresh


def _results(round_: CleanUpRound) -> str:
    """The list as the public reads it: conclusions in order, each document with its reason."""
    rows = [
        (
            number,
            entry.document.title,
            entry.document.document_number,
            entry.get_conclusion_display(),
            entry.reason,
        )
        for number, entry in enumerate(
            round_.entries.select_related("document").order_by("conclusion", "pk"), start=1
        )
    ]
    head = format_html_join("", "<th>{}</th>", ((label,) for label in _HEADS))
    cells = format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", rows)
    return format_html(
        "<p>根据{}，{}对现行有效的规范性文件进行了清理，现将结果公布如下。{}</p>"
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        round_.basis,
        round_.agency.name,
        _in_short(round_),
        head,
        cells,
    )


def _in_short(round_: CleanUpRound) -> str:
    conclusions = list(round_.entries.values_list("conclusion", flat=True))
    counted = "，".join(
        f"{each.label}{conclusions.count(each)}件" for each in Conclusion if each in conclusions
    )
    return f"共清理{len(conclusions)}件，其中{counted}。"
