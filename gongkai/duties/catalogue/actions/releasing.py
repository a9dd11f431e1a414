"""发布和撤回. The one place from which an item leaves for the public side, and from which it is called back."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue import lifecycle, release_gate
from gongkai.duties.catalogue.actions.drafting import locked, to_drafting
from gongkai.duties.catalogue.content import FIELDS, hash_of, manifest
from gongkai.duties.catalogue.guide import filing as guide
from gongkai.duties.catalogue.interpretation.gate import named
from gongkai.duties.catalogue.interpretation.queries import together
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.duties.catalogue.normative.actions.filing import follow_release, follow_withdrawal
from gongkai.outbox.actions import enqueue

Stage = Version.Stage
_NOTE = 300  # characters of a public notice
_FARTHEST = timedelta(days=366)  # a slip in the year would wait for ever


def publish(version: Version, *, by: Person) -> Version:
    """发布: the gate is asked once more; then the worker carries it out."""
    with transaction.atomic():
        version = locked(version, "release", by=by)
        return _release(version, by=by)


def schedule(version: Version, *, at: datetime, by: Person) -> Version:
    """定时发布. The reviews are checked now and again at the moment (PUB-07)."""
    if at <= timezone.now():
        raise Refusal("定时发布的时间应当晚于现在。要马上发布，请点“发布”。")
    if at > timezone.now() + _FARTHEST:
        raise Refusal("定时发布最远一年以内，请核对年份。")
    with transaction.atomic():
        version = locked(version, "release", by=by)
        _leaving(version, to_do="定时发布", on=timezone.localtime(at).date())
        version.scheduled_for = at
        version.save(update_fields=["scheduled_for"])
        enqueue(
            "catalogue.publish_scheduled", {"version": version.public_id, "at": at.isoformat()}, not_before=at
        )
        record("catalogue.version.scheduled", by=by, subject=version, detail={"at": at.isoformat()})
    return version


def publish_scheduled(payload: Mapping[str, Any]) -> None:
    """到时发布, by the worker. What no longer may go out stays where it is, with the reason on record."""
    with transaction.atomic():
        version = Version.objects.select_for_update(of=("self",)).get(public_id=payload["version"])
        if version.stage != Stage.SIGNED or version.scheduled_for != datetime.fromisoformat(payload["at"]):
            return  # taken back, released by hand or put off since
        try:
            with transaction.atomic():
                _release(version, by=None)
        except Refusal as refusal:
            Version.objects.filter(pk=version.pk).update(scheduled_for=None)
            record("catalogue.version.not_released", by=None, subject=version, reason=str(refusal))


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """发布完成: what the public side answered, for each of what went out together. Called by the worker, in the
    transaction that marks the row done."""
    if receipt is None:
        return
    if "refused" in receipt:
        _back_to_the_author(payload, str(receipt["refused"]))
        return
    for public_id, answer in _answers(payload, receipt):
        version = (
            Version.objects.select_for_update(of=("self",)).select_related("item").get(public_id=public_id)
        )
        if version.stage == Stage.RELEASING:
            _confirm(version, answer)


def _back_to_the_author(payload: Mapping[str, Any], reason: str) -> None:
    """没有发布: whoever went out together comes back together, to be reviewed anew."""
    for sent in (payload, *payload.get("beside", ())):
        version = Version.objects.select_for_update(of=("self",)).get(public_id=sent["version"])
        if version.stage == Stage.RELEASING:
            to_drafting(version)
            record("catalogue.version.not_released", by=None, subject=version, reason=reason)


def _answers(
    payload: Mapping[str, Any], receipt: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield payload["version"], receipt
    beside = payload.get("beside", ())
    for sent, answer in zip(beside, receipt.get("beside", ()), strict=True):
        yield sent["version"], answer


def _confirm(version: Version, receipt: Mapping[str, Any]) -> None:
    version.receipt = {name: value for name, value in receipt.items() if name != "beside"}
    if receipt["withdrawn"]:  # the item was withdrawn after this version had been sent, and stays so
        to_drafting(version)
        record("catalogue.version.not_released", by=None, subject=version, reason="信息已经撤回")
        return
    version.released_at = datetime.fromisoformat(receipt["released_at"])
    version.stage = lifecycle.require(version, "confirm").to or Stage.PUBLISHED
    version.item.versions.filter(stage=Stage.PUBLISHED).update(stage=Stage.SUPERSEDED)
    version.save()
    _make_live(version)
    record("catalogue.version.published", by=None, subject=version, detail={"url": receipt["url"]})
    follow_release(version)
    guide.follow_release(version)


def withdraw(item: InformationItem, *, reason: str, note: str = "", by: Person) -> InformationItem:
    """撤回 what is public: page, lists, search, feeds and files go; ``note`` is shown at the old address if given."""
    require(by, Power.WITHDRAW_ITEMS, item.agency, on=timezone.localdate())
    reason, note = _words(reason), _words(note)
    if not reason:
        raise Refusal("请写明撤回的原因。")
    if len(reason) > _NOTE or len(note) > _NOTE:
        raise Refusal(f"撤回的原因和公开的说明各最多{_NOTE}字，请缩短。")
    with transaction.atomic():
        item = InformationItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if item.state != InformationItem.State.PUBLISHED:
            raise Refusal(f"不能撤回：这条信息现在是“{item.get_state_display()}”。")
        call_back(item, reason=reason, note=note, by=by)
    return item


def _words(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def call_back(item: InformationItem, *, reason: str, note: str = "", by: Person | None) -> None:
    """撤下 of an item locked by the caller, who answers for the power; by nobody when its time is over."""
    item.state, item.live = InformationItem.State.WITHDRAWN, False
    item.save(update_fields=["state", "live"])
    # Every audit entry is later than the last, so its number is later than any version sent before.
    version = record("catalogue.item.withdrawn", by=by, subject=item, reason=reason).sequence
    enqueue("portal.withdraw_item", {"key": item.public_id, "version": version, "note": note}, urgent=True)
    follow_withdrawal(item)


def _release(version: Version, *, by: Person | None) -> Version:
    """A document leaves with its interpretations in one row of the outbox: all of them are public, or none is (三同步)."""
    leaving = _leaving(version, to_do="发布", on=timezone.localdate())
    sent = [{"version": each.public_id, "sequence": _on_its_way(each, by=by)} for each in leaving]
    enqueue("catalogue.release", {**sent[0], **({"beside": sent[1:]} if sent[1:] else {})})
    return leaving[0]


def _leaving(version: Version, *, to_do: str, on: date) -> list[Version]:
    """What would leave with this version on a day, itself first; refused unless every one of them may."""
    leaving = [version]
    for each in together(version)[1:]:
        leaving.append(Version.objects.select_for_update(of=("self",)).select_related("item").get(pk=each.pk))
    for each in leaving:
        lifecycle.require(each, "release")
        _require_open(each, to_do=to_do, on=on)
    return leaving


def _on_its_way(version: Version, *, by: Person | None) -> int:
    version.stage = Stage.RELEASING
    version.scheduled_for = None
    version.save(update_fields=["stage", "scheduled_for"])
    return record(
        "catalogue.version.released",
        by=by,
        subject=version,
        detail={"hash": version.content_hash, "manifest": manifest(version)["attachments"]},
    ).sequence


def _require_open(version: Version, *, to_do: str, on: date) -> None:
    objections = release_gate.objections(release_gate.requirements(version, on=on))
    if hash_of(version) != version.content_hash:
        objections.insert(0, "内容与送审时不一致，请撤回修改后重新送审，并告知系统管理员核查。")
    if objections:
        raise Refusal(
            f"不能{to_do}{named(version.item)}：{objections[0]}"
            + (f"还有{len(objections) - 1}处。" if objections[1:] else "")
        )


def _make_live(version: Version) -> None:
    """The item shows on the desk what is public: the content of this version, and who answers for it."""
    item = version.item
    for name in (*FIELDS, "main_column"):
        setattr(item, name, getattr(version, name))
    item.published_on = item.published_on or timezone.localtime(version.released_at).date()
    item.state, item.live = InformationItem.State.PUBLISHED, True
    item.content_hash = item.reviewed_hash = version.content_hash
    item.author, item.reviewer = version.author, version.reviewer
    item.save()
    item.other_columns.set(version.other_columns.all())
