"""三同步的关口. A policy document is reviewed with its plan and its interpretation, and leaves with it, or says why not."""

from collections.abc import Iterator

from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan
from gongkai.duties.catalogue.interpretation.queries import (
    INTERPRETED,
    explained,
    is_public,
    latest_version,
    planned,
    practice_of,
    together,
)
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.duties.catalogue.requirement import Requirement

PLACE = "interpretation"
Stage = Version.Stage


def before_review(version: Version) -> Iterator[Requirement]:
    """What must hold before anybody reviews: the plan is complete and the interpretation drafted, or there is a reason."""
    if version.kind not in INTERPRETED:
        return
    plan = plan_of(version)
    yield Requirement("解读方案", _plan(plan), PLACE)
    if plan and not plan.is_exempt:
        yield Requirement("解读稿", _drafts(version), PLACE)


def before_release(version: Version) -> Iterator[Requirement]:
    """What must hold at the moment of release, of everything that would leave together."""
    if version.kind in INTERPRETED:
        plan = plan_of(version)
        if plan and not plan.is_exempt and plan.timing == InterpretationPlan.Timing.TOGETHER:
            yield Requirement("解读同步签发", _signed(version), PLACE)
    elif documents := explained(version):
        yield Requirement("解读的文件", _documents(version, documents), PLACE)


def missing_from(plan: InterpretationPlan) -> list[str]:
    """解读方案的缺项."""
    return [
        label
        for label, value in (
            ("解读提纲", plan.outline),
            ("解读形式", plan.forms),
            ("解读渠道", plan.channel),
            ("解读责任人", plan.responsible),
        )
        if not value
    ]


def _plan(plan: InterpretationPlan | None) -> str:
    if plan is None:
        return "还没有解读方案。请填写解读方案；不需要解读的，写明理由随文件一并审查。"
    if plan.is_exempt:
        return ""
    if missing := missing_from(plan):
        return f"解读方案没有填写{'、'.join(missing)}。"
    if plan.timing == InterpretationPlan.Timing.FOLLOWING and not practice_of(plan.version.agency).may_follow:
        return "本机关要求解读与文件同时公布，解读时间请改为“与文件同时公布”。"
    return ""


def _drafts(version: Version) -> str:
    """Drafted means that there is something to read, in a version that was not given up."""
    items = planned(version)
    if not items:
        return "还没有起草解读。请在“解读”一栏起草，解读与文件一起送审。"
    empty = [item for item in items if not is_public(item) and not _is_drafted(item)]
    return f"解读{_titles(empty)}还没有写，或者已经放弃、撤回。" if empty else ""


def _is_drafted(item: InformationItem) -> bool:
    version = latest_version(item)
    if version is None or version.stage == Stage.ABANDONED or item.state == InformationItem.State.WITHDRAWN:
        return False
    return bool(version.body) or version.attachments.exists()


def _signed(version: Version) -> str:
    waiting = [f"{named(item)}（{stage}）" for item in planned(version) if (stage := _stage_in_the_way(item))]
    for item in planned(version):
        waiting += [
            f"{named(document)}（{stage}）"
            for document in _documents_of(item)
            if document.pk != version.item_id and (stage := _stage_in_the_way(document))
        ]
    if not waiting:
        return ""
    return f"{'、'.join(dict.fromkeys(waiting))}还没有签发，都签发以后一起发布。"


def _stage_in_the_way(item: InformationItem) -> str:
    """Where an item stands that is neither public nor ready to go."""
    version = latest_version(item)
    if is_public(item) or (version and version.stage == Stage.SIGNED):
        return ""
    return str(version.get_stage_display()) if version else "没有内容"


def _documents_of(item: InformationItem) -> list[InformationItem]:
    version = latest_version(item)
    return explained(version) if version and not is_public(item) else []


def _documents(version: Version, documents: list[InformationItem]) -> str:
    withdrawn = [each for each in documents if each.state == InformationItem.State.WITHDRAWN]
    if withdrawn:
        return f"所解读的{_titles(withdrawn)}已经撤回。不再解读它的，撤回修改后在“解读”一栏去掉。"
    leaving = {each.item_id for each in together(version)}
    waiting = [each for each in documents if not is_public(each) and each.pk not in leaving]
    return f"所解读的{_titles(waiting)}还没有公开，也没有签发；签发以后和解读一起发布。" if waiting else ""


def named(item: InformationItem) -> str:
    """书名号里的标题; one that begins with another's name bears its marks already."""
    return item.title if item.title.startswith("《") else f"《{item.title}》"


def _titles(items: list[InformationItem]) -> str:
    return "、".join(named(item) for item in items)
