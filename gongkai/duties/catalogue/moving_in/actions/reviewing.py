"""成批审查. Submission, confidentiality review and sign-off of what was moved in: one decision of a person, a record for
every version on exactly its bytes (PUB-01, PUB-02). What has changed since leaves the batch."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue import release_gate
from gongkai.duties.catalogue.actions.drafting import to_drafting
from gongkai.duties.catalogue.concerns import Concern
from gongkai.duties.catalogue.content import attachments, hashes_of, with_more
from gongkai.duties.catalogue.index_numbers import next_index_numbers
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.models import InformationItem, Review, Version
from gongkai.duties.catalogue.moving_in.actions.moving import own, require_state
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.duties.catalogue.moving_in.together import (
    Moving,
    changed,
    close_if_done,
    concerns_of,
    digest_of,
    in_batch,
    keep_standings,
    leave_out,
    save_all,
)

_AT_ONCE = 200  # rows in one statement
LONGEST = 300
Stage = Version.Stage
Standing = Entry.Standing
State = Batch.State
Conclusion = Review.Conclusion
_POWERS = {
    State.CONFIDENTIALITY_REVIEW.value: Power.REVIEW_CONFIDENTIALITY,
    State.SIGN_OFF.value: Power.SIGN_ITEMS,
}
_BEFORE_RELEASE = (State.MOVED_IN, State.CONFIDENTIALITY_REVIEW, State.SIGN_OFF, State.SIGNED)


def submit(batch: Batch, *, by: Person) -> Batch:
    """送审: each item is looked at as any draft is; one with anything open is set aside, to be handled by itself."""
    with transaction.atomic():
        batch = own(batch, State.MOVED_IN, by=by)
        moved = in_batch(batch)
        _require_links_seen(moved)
        unequal = {each.place for each in reconcile(batch).differences}
        more = with_more([each.version.pk for each in moved])
        found = concerns_of(moved)
        reasons = {
            each.entry.pk: reason for each in moved if (reason := _in_the_way(each, unequal, more, found))
        }
        going = leave_out(moved, reasons)
        _tell_hints(going, found)
        versions = [each.version for each in going]
        hashes = hashes_of(versions)
        for version in versions:
            version.content_hash = hashes[version.pk]
        Version.objects.bulk_update(versions, ["content_hash"], batch_size=_AT_ONCE)
        stage = Stage.CONFIDENTIALITY_REVIEW
        save_all(going, stage=stage, submitted_at=timezone.now(), author=by, reviewer=None, signatory=None)
        _number([version.item for version in versions if not version.item.index_number])
        batch.state, batch.by = State.CONFIDENTIALITY_REVIEW if going else State.RELEASED, by
        batch.save(update_fields=["state", "by"])
        _note("submitted", batch, going, by=by, set_aside=len(moved) - len(going))
    return batch


def review(batch: Batch, *, seen: str, opinion: str = "", by: Person) -> Batch:
    """保密审查通过 of every item of the batch and of each attachment. ``seen`` is the digest of what the page showed."""
    opinion = _opinion(opinion)
    with transaction.atomic():
        batch = _under_review(batch, State.CONFIDENTIALITY_REVIEW, by=by)
        going = _unchanged(batch, Stage.CONFIDENTIALITY_REVIEW, seen=seen)
        _conclude(going, Stage.CONFIDENTIALITY_REVIEW, Conclusion.PASSED, opinion, by=by)
        save_all(going, reviewer=by, stage=Stage.SIGN_OFF)
        batch.state, batch.reviewer = State.SIGN_OFF if going else State.RELEASED, by
        batch.save(update_fields=["state", "reviewer"])
        _note("reviewed", batch, going, by=by, reason=opinion)
    return batch


def sign(batch: Batch, *, seen: str, opinion: str = "", by: Person) -> Batch:
    """签发 of the batch, by a third person."""
    opinion = _opinion(opinion)
    with transaction.atomic():
        batch = _under_review(batch, State.SIGN_OFF, by=by)
        going = _unchanged(batch, Stage.SIGN_OFF, seen=seen)
        _conclude(going, Stage.SIGN_OFF, Conclusion.PASSED, opinion, by=by)
        save_all(going, signatory=by, stage=Stage.SIGNED)
        batch.state, batch.signatory = State.SIGNED if going else State.RELEASED, by
        batch.save(update_fields=["state", "signatory"])
        _note("signed", batch, going, by=by, reason=opinion)
    return batch


def send_back(batch: Batch, *, opinion: str, by: Person) -> Batch:
    """退回 the whole batch: every item is a draft again, the reviews given so far are void."""
    opinion = _opinion(opinion)
    if not opinion:
        raise Refusal("请写明意见：退回要说明理由。")
    with transaction.atomic():
        batch = _under_review(batch, State.CONFIDENTIALITY_REVIEW, State.SIGN_OFF, by=by)
        stage = Stage(batch.state)
        going = [each for each in in_batch(batch) if each.version.stage == stage]
        _conclude(going, stage, Conclusion.RETURNED, opinion, by=by)
        for each in going:
            to_drafting(each.version)
        batch.state, batch.reviewer, batch.signatory = State.MOVED_IN, None, None
        batch.save(update_fields=["state", "reviewer", "signatory"])
        _note("sent_back", batch, going, by=by, reason=opinion)
    return batch


def take_out(entry: Entry, *, reason: str, by: Person) -> Entry:
    """移出一条: it is a draft again, to be handled by itself; the reviews of the others stand."""
    reason = _opinion(reason)
    if not reason:
        raise Refusal("请写明为什么移出。")
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("agency").get(pk=entry.batch_id)
        power = Power.DRAFT_ITEMS if by.pk == batch.by_id else _POWERS.get(batch.state)
        require(by, power or Power.REVIEW_CONFIDENTIALITY, batch.agency, on=timezone.localdate())
        require_state(batch, *_BEFORE_RELEASE)
        entry = Entry.objects.select_related("version__item").get(pk=entry.pk)
        if entry.standing != Standing.IN_BATCH or entry.version is None:
            raise Refusal(f"这一条现在是“{entry.get_standing_display()}”，不能移出。请刷新页面。")
        leave_out([Moving(entry, entry.version)], {entry.pk: f"由{by.name}移出：{reason}"})
        close_if_done(batch)
        record("moving_in.entry.taken_out", by=by, subject=entry, reason=reason)
    return entry


def _under_review(batch: Batch, *states: str, by: Person) -> Batch:
    """The batch at one of these stages, for another person than whoever brought it or reviewed it before (ACL-04)."""
    fresh = Batch.objects.select_for_update(of=("self",)).select_related("agency").get(pk=batch.pk)
    power = _POWERS.get(fresh.state, _POWERS[states[0]])
    require(by, power, fresh.agency, on=timezone.localdate())
    if fresh.by_id == by.pk:
        raise Refusal("不能审查：迁入人不能审查、签发自己迁入的信息。请由其他有此职权的人办理。")
    require_state(fresh, *states)
    if fresh.state == State.SIGN_OFF and fresh.reviewer_id == by.pk:
        raise Refusal("不能签发：保密审查人和签发人不能是同一个人。请由其他有签发职权的人办理。")
    return fresh


def _unchanged(batch: Batch, stage: Stage, *, seen: str) -> list[Moving]:
    going = in_batch(batch)
    if digest_of(going) != seen:
        raise Refusal("这一批在您打开以后有了变化，没有办理。请重新看过再办理。")
    return leave_out(going, changed(going, stage))


def _in_the_way(
    each: Moving, unequal: set[str], more: set[int], found: Mapping[int, Sequence[Concern]]
) -> str:
    version = each.version
    if version.stage != Stage.DRAFTING:
        return f"这一条已经另行办理（{version.get_stage_display()}）"
    if each.entry.place in unequal:
        return "与来源不一致：迁入以后改过，或者对账有差别"
    if version.pk in more:
        return "填写了解读方案或者文件要素，单独办理"
    objections = release_gate.objections(release_gate.before_review(version, found=found[version.pk]))
    if not objections:
        return ""
    return objections[0] + (f"还有{len(objections) - 1}处。" if objections[1:] else "")


def _tell_hints(going: Sequence[Moving], found: Mapping[int, Sequence[Concern]]) -> None:
    """请留意: what stands in nobody's way and a reviewer should look at, beside the item in the list."""
    told = []
    for each in going:
        hints = [f"{hint.where}：{hint.found.what}“{hint.found.shown}”" for hint in found[each.version.pk]]
        hints += [
            f"附件“{file.name}”：{said}" for file in attachments(each.version) for said in file.for_a_person
        ]
        each.entry.reason = f"请留意：{'；'.join(hints)}"[:300] if hints else ""
        if hints:
            told.append(each.entry)
    keep_standings(told)


def _require_links_seen(moved: Sequence[Moving]) -> None:
    if not settings.LINK_CHECKS:
        return
    left = sum(links.waiting(each.version) for each in moved if "<a" in each.version.body)
    if left:
        raise Refusal(f"正文里还有{left}个链接正在后台检查能不能打开，请过一会儿再送审。")


def _conclude(
    going: Sequence[Moving], stage: Stage, conclusion: Conclusion, opinion: str, *, by: Person
) -> None:
    """Every version gets its own record, with its own hash and a conclusion for each of its attachments."""
    by_file = stage == Stage.CONFIDENTIALITY_REVIEW
    Review.objects.bulk_create(
        (
            Review(
                agency=each.version.agency,
                version=each.version,
                step=stage,
                conclusion=conclusion,
                opinion=opinion,
                content_hash=each.version.content_hash,
                files=[
                    {"sha256": file.sha256, "name": file.name, "conclusion": conclusion.value}
                    for file in (attachments(each.version) if by_file else ())
                ],
                by=by,
            )
            for each in going
        ),
        batch_size=_AT_ONCE,
    )


def _number(items: list[InformationItem]) -> None:
    """索引号, in the order of the source."""
    if not items:
        return
    numbers = next_index_numbers(items[0].agency, year=timezone.localdate().year, count=len(items))
    for item, number in zip(items, numbers, strict=True):
        item.index_number = number
    InformationItem.objects.bulk_update(items, ["index_number"], batch_size=_AT_ONCE)


def _note(
    verb: str, batch: Batch, going: Sequence[Moving], *, by: Person, reason: str = "", set_aside: int = 0
) -> None:
    """One line for the step, with how many it was taken on and the digest over their content hashes."""
    detail = {"items": len(going), "digest": digest_of(going)}
    more = {"set_aside": set_aside} if set_aside else {}
    record(f"moving_in.batch.{verb}", by=by, subject=batch, reason=reason, detail={**detail, **more})


def _opinion(opinion: str) -> str:
    opinion = " ".join("".join(c if c.isprintable() else " " for c in opinion).split())
    if len(opinion) > LONGEST:
        raise Refusal(f"意见最多{LONGEST}字，现在{len(opinion)}字，请缩短。")
    return opinion
