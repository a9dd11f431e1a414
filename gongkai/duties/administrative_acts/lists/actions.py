"""清单的办理. Register a power, submit a list, review it, sign it, call it back: one function a verb (PUB-01, PUB-02, ACL-04)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.access import require as require_power
from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.administrative_acts.lists import lifecycle
from gongkai.duties.administrative_acts.lists.composing import compose, not_public
from gongkai.duties.administrative_acts.lists.models import ListEdition, ListKind, PowerItem
from gongkai.outbox.actions import enqueue
from gongkai.portal.payloads import ListPayload
from gongkai.registers.actions import enter

Stage = ListEdition.Stage
LONGEST_WORDS = 300
_NO_LONGER_NUMBERED = (Stage.RETURNED, Stage.TAKEN_BACK)


def register_power_item(
    *,
    by: Person,
    code: str,
    name: str,
    kind: str,
    basis: str,
    since_on: date,
    duties: str = "",
    accountability: str = "",
    status: str = PowerItem.Status.IN_USE,
    section: Section | None = None,
    remark: str = "",
) -> PowerItem:
    """登记权责事项."""
    item = PowerItem(
        code=code,
        name=name,
        kind=kind,
        basis=basis,
        since_on=since_on,
        duties=duties,
        accountability=accountability,
        status=status,
        section=section,
        remark=remark,
    )
    return enter(item, by=by)


def submit(kind: str, *, change_note: str = "", by: Person) -> ListEdition:
    """送审: the list as the registers have it now, fixed by its hash."""
    require_power(by, Power.KEEP_REGISTERS, by.agency, on=timezone.localdate())
    note, named = _words(change_note), ListKind(kind)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=by.agency_id)  # one submission at a time
        editions = ListEdition.objects.filter(agency=by.agency, kind=kind)
        _require_free(editions.filter(stage__in=(Stage.REVIEW, Stage.SIGN_OFF, Stage.RELEASING)).first())
        sheet = compose(kind, by.agency)
        if not sheet.rows:
            raise Refusal(f"不能送审：{named.label}没有内容。请先在台账登记或者导入。")
        if found := not_public(sheet):
            raise Refusal(f"不能送审：{found[0]}，共{len(found)}处。请在台账更正后再送审。")
        numbered = editions.exclude(stage__in=_NO_LONGER_NUMBERED)
        number = (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
        edition = ListEdition(
            agency=by.agency,
            kind=kind,
            number=number,
            title=f"{by.agency.name}{named.label}"[:200],
            heads=list(sheet.heads),
            rows=[list(row) for row in sheet.rows],
            change_note=note if number > 1 else "",
            author=by,
        )
        _require_something_new(edition, note, editions.filter(stage=Stage.PUBLISHED).first())
        edition.content_hash = edition.digest()
        edition.save(force_insert=True)
        record("public_lists.submitted", by=by, subject=edition, detail={"hash": edition.content_hash})
    return edition


def take_back(edition: ListEdition, *, by: Person) -> ListEdition:
    """撤回送审."""
    with transaction.atomic():
        edition = _begin(edition, "take_back", by=by)
        edition.stage = Stage.TAKEN_BACK
        edition.save(update_fields=["stage"])
        record("public_lists.taken_back", by=by, subject=edition)
    return edition


def pass_review(edition: ListEdition, *, by: Person) -> ListEdition:
    """保密审查通过, for exactly these rows, by somebody else than who submitted them."""
    with transaction.atomic():
        edition = _begin(edition, "pass", by=by)
        _require_another(edition, by, edition.author_id)
        _require_unchanged(edition, "审查")
        edition.stage, edition.reviewer, edition.reviewed_hash = Stage.SIGN_OFF, by, edition.content_hash
        edition.save(update_fields=["stage", "reviewer", "reviewed_hash"])
        record("public_lists.passed", by=by, subject=edition, detail={"hash": edition.content_hash})
    return edition


def send_back(edition: ListEdition, *, opinion: str, by: Person) -> ListEdition:
    """退回, by the reviewer, who is kept with it."""
    return _return(edition, "return", opinion=opinion, by=by)


def decline(edition: ListEdition, *, opinion: str, by: Person) -> ListEdition:
    """不予签发, by whoever was to sign: back to whoever submitted it."""
    return _return(edition, "decline", opinion=opinion, by=by)


def _return(edition: ListEdition, name: str, *, opinion: str, by: Person) -> ListEdition:
    opinion = _words(opinion)
    if not opinion:
        raise Refusal("不能退回：没有写理由，送审人不知道改什么。请填写理由。")
    with transaction.atomic():
        edition = _begin(edition, name, by=by)
        _require_another(edition, by, edition.author_id)
        edition.stage, edition.opinion = Stage.RETURNED, opinion
        if name == "return":
            edition.reviewer = by
        else:
            edition.signatory = by
        edition.save(update_fields=["stage", "reviewer", "signatory", "opinion"])
        record("public_lists.returned", by=by, subject=edition, reason=opinion)
    return edition


def sign(edition: ListEdition, *, by: Person) -> ListEdition:
    """签发并发布: by a third person; the worker carries it to the public side."""
    with transaction.atomic():
        edition = _begin(edition, "sign", by=by)
        _require_another(edition, by, edition.author_id, edition.reviewer_id)
        _require_unchanged(edition, "签发")
        edition.stage, edition.signatory = Stage.RELEASING, by
        edition.save(update_fields=["stage", "signatory"])
        entry = record("public_lists.signed", by=by, subject=edition, detail={"hash": edition.content_hash})
        payload = _payload(edition, version=entry.sequence)
        enqueue("public_lists.release", {"edition": edition.public_id, "list": payload.as_json()})
    return edition


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """回执: what the public side now shows is in force; the edition before it is superseded."""
    edition = ListEdition.objects.select_for_update(of=("self",)).get(public_id=payload["edition"])
    if edition.stage != Stage.RELEASING or receipt is None:
        return
    others = ListEdition.objects.filter(agency=edition.agency, kind=edition.kind)
    others.filter(stage=Stage.PUBLISHED).update(stage=Stage.SUPERSEDED)
    edition.stage, edition.receipt = Stage.PUBLISHED, dict(receipt)
    edition.save(update_fields=["stage", "receipt"])
    record("public_lists.published", by=None, subject=edition, detail={"url": receipt["url"]})


def withdraw(edition: ListEdition, *, note: str, by: Person) -> ListEdition:
    """撤下一个版次, with the reason that readers find; the newest of those left is in force again."""
    note = _words(note)
    if not note:
        raise Refusal("不能撤下：没有填写公开的说明，读者在原网址会看到它。请填写。")
    with transaction.atomic():
        edition = _begin(edition, "withdraw", by=by)
        was_in_force = edition.stage == Stage.PUBLISHED
        edition.stage = Stage.WITHDRAWN
        edition.save(update_fields=["stage"])
        if was_in_force:
            before = ListEdition.objects.filter(
                agency=edition.agency, kind=edition.kind, stage=Stage.SUPERSEDED
            )
            if newest := before.order_by("-number").first():
                newest.stage = Stage.PUBLISHED
                newest.save(update_fields=["stage"])
        entry = record("public_lists.withdrawn", by=by, subject=edition, reason=note)
        payload = {
            "kind": edition.kind,
            "edition": edition.number,
            "version": entry.sequence,
            "note": note,
        }
        enqueue("portal.withdraw_list", payload, urgent=True)
    return edition


def _payload(edition: ListEdition, *, version: int) -> ListPayload:
    return ListPayload(
        version=version,
        kind=edition.kind,
        edition=edition.number,
        title=edition.title,
        issued_by=edition.agency.name,
        heads=tuple(edition.heads),
        rows=tuple(tuple(row) for row in edition.rows),
        change_note=edition.change_note,
    )


def _begin(edition: ListEdition, name: str, *, by: Person) -> ListEdition:
    require_power(by, lifecycle.STEPS[name].power, edition.agency, on=timezone.localdate())
    edition = ListEdition.objects.select_for_update(of=("self",)).select_related("agency").get(pk=edition.pk)
    lifecycle.require(edition, name)
    return edition


def _require_free(under_way: ListEdition | None) -> None:
    if under_way:
        raise Refusal(
            f"不能送审：{under_way}还在办理（{under_way.get_stage_display()}）。请等它办完，或者先撤回送审。"
        )


def _require_something_new(edition: ListEdition, note: str, in_force: ListEdition | None) -> None:
    if in_force is None:
        return
    if (edition.heads, edition.rows) == (in_force.heads, in_force.rows):
        raise Refusal("不能送审：和现行版次没有不同。请先在台账更新。")
    if not note:
        raise Refusal("不能送审：已经发布过，读者需要知道改了什么。请填写更新说明。")


def _require_another(edition: ListEdition, by: Person, *done: int | None) -> None:
    if by.pk in done:
        raise Refusal(
            "不能办理：送审、保密审查、签发须由三个人分别办理，您已经办过其中一步。请由另一位有此职权的人办理。"
        )


def _require_unchanged(edition: ListEdition, to_do: str) -> None:
    if edition.digest() != edition.content_hash:
        raise Refusal(
            f"不能{to_do}：{edition}的内容和送审时不一致。请撤回送审，重新送审，并告知系统管理员核查。"
        )


def _words(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) > LONGEST_WORDS:
        raise Refusal(f"说明最多{LONGEST_WORDS}字，现在{len(text)}字，请缩短。")
    return text
