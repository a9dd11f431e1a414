"""审查. Section head, legality, confidentiality item by item and file by file, sign-off: each one a record on these bytes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue import lifecycle
from gongkai.duties.catalogue.actions.drafting import locked, to_drafting
from gongkai.duties.catalogue.content import attachments, hash_of
from gongkai.duties.catalogue.models import Review, Version
from gongkai.duties.catalogue.routes import route_of

Stage = Version.Stage
Conclusion = Review.Conclusion
LONGEST_OPINION = 300


def review(
    version: Version,
    *,
    conclusion: str,
    by: Person,
    stage: str,
    opinion: str = "",
    files: Mapping[str, str] | None = None,
) -> Version:
    """审查、签发. ``stage`` is the one the reviewer saw; ``files`` is the conclusion on each attachment by its hash."""
    opinion = _opinion(opinion, required=conclusion != Conclusion.PASSED)
    with transaction.atomic():
        version = _due(version, stage, by=by)
        _require_another_person(version, by)
        content = hash_of(version)
        if content != version.content_hash:
            raise Refusal("不能审查：内容与送审时不一致。请退回起草人重新送审，并告知系统管理员核查。")
        if conclusion == Conclusion.REFERRED and version.stage != Stage.CONFIDENTIALITY_REVIEW:
            raise Refusal("只有保密审查可以报请确定是否涉密。")
        concluded = _file_conclusions(version, conclusion, files or {})
        Review.objects.create(
            agency=version.agency,
            version=version,
            step=version.stage,
            conclusion=conclusion,
            opinion=opinion,
            content_hash=content,
            files=concluded,
            by=by,
        )
        record(
            f"catalogue.version.{version.stage}.{conclusion}",
            by=by,
            subject=version,
            reason=opinion,
            detail={"hash": content, "files": [file["sha256"] for file in concluded]},
        )
        _follow(version, conclusion, by=by)
    return version


def decide_secrecy(version: Version, *, is_secret: bool, opinion: str, by: Person) -> Version:
    """记录确定结果 of the secrecy authority: not secret, the review is due again; secret, back to the author for good."""
    opinion = _opinion(opinion, required=True)
    with transaction.atomic():
        version = locked(version, "decide_secrecy", by=by)
        _require_another_person(version, by)
        decided = "secret" if is_secret else "not_secret"
        record(f"catalogue.version.secrecy.{decided}", by=by, subject=version, reason=opinion)
        if is_secret:
            to_drafting(version)
            version.attribute, version.attribute_ground = "withheld", opinion[:200]
            version.save(update_fields=["attribute", "attribute_ground"])
        else:
            version.stage = Stage.CONFIDENTIALITY_REVIEW
            version.save(update_fields=["stage"])
    return version


def _due(version: Version, stage: str, *, by: Person) -> Version:
    fresh = (
        Version.objects.select_for_update(of=("self",))
        .select_related("item", "agency", "section", "main_column")
        .get(pk=version.pk)
    )
    step = lifecycle.REVIEWS.get(fresh.stage)  # type: ignore[call-overload]
    if step is None or fresh.stage != stage:
        raise Refusal(f"不能审查：{fresh}现在是“{fresh.get_stage_display()}”。请刷新页面。")
    require(by, step.power, fresh.agency, on=timezone.localdate())
    lifecycle.require_alone(fresh, step.label)
    if step.power is Power.REVIEW_SECTION and by.section_id and by.section_id != fresh.section_id:
        raise Refusal(f"不能审核：这是{fresh.section}起草的信息，由{fresh.section}的负责人审核。")
    return fresh


def _require_another_person(version: Version, by: Person) -> None:
    """起草、审查、签发不能是同一个人 (ACL-04)."""
    if by.pk == version.author_id:
        raise Refusal("不能审查：起草人不能审查、签发自己起草的信息。请由其他有此职权的人办理。")
    if version.stage == Stage.SIGN_OFF and by.pk == version.reviewer_id:
        raise Refusal("不能签发：保密审查人和签发人不能是同一个人。请由其他有签发职权的人办理。")


def _file_conclusions(version: Version, conclusion: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """逐件结论. To pass the confidentiality review, every attachment must be passed by name."""
    if version.stage != Stage.CONFIDENTIALITY_REVIEW:
        return []
    concluded = [
        {"sha256": file.sha256, "name": file.name, "conclusion": files.get(file.sha256, "")}
        for file in attachments(version)
    ]
    left = [file["name"] for file in concluded if file["conclusion"] != "passed"]
    if conclusion == Conclusion.PASSED and left:
        raise Refusal(f"不能通过：附件{'、'.join(f'“{name}”' for name in left)}还没有逐件审查通过。")
    return concluded


def _follow(version: Version, conclusion: str, *, by: Person) -> None:
    if conclusion == Conclusion.RETURNED:
        to_drafting(version)
        return
    if conclusion == Conclusion.REFERRED:
        version.stage = Stage.REFERRED
    else:
        if version.stage == Stage.CONFIDENTIALITY_REVIEW:
            version.reviewer = by
        if version.stage == Stage.SIGN_OFF:
            version.signatory = by
        version.stage = lifecycle.next_stage(route_of(version), Stage(version.stage))
    version.save()


def _opinion(opinion: str, *, required: bool) -> str:
    opinion = " ".join("".join(c if c.isprintable() else " " for c in opinion).split())
    if required and not opinion:
        raise Refusal("请写明意见：退回、报请确定的，要说明理由。")
    if len(opinion) > LONGEST_OPINION:
        raise Refusal(f"意见最多{LONGEST_OPINION}字，现在{len(opinion)}字，请缩短。")
    return opinion
