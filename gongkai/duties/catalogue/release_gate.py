"""发布关口. May this version go out, and if not, every reason why: one answer for the screen, the timer and the release."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from gongkai.duties.catalogue import pictures
from gongkai.duties.catalogue.concerns import Concern, concerns, hidden_in
from gongkai.duties.catalogue.content import attachments, hash_of
from gongkai.duties.catalogue.guide import gate as guide
from gongkai.duties.catalogue.interpretation import gate as interpretation
from gongkai.duties.catalogue.leaders import gate as leaders
from gongkai.duties.catalogue.lifecycle import REVIEWS
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.models import Attribute, ItemKind, Review, Version
from gongkai.duties.catalogue.normative import gate as normative
from gongkai.duties.catalogue.requirement import Requirement
from gongkai.duties.catalogue.routes import route_of
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files
from gongkai.screening.found import Level
from gongkai.virus_checks.queries import standings

_WITH_A_NUMBER = (ItemKind.NORMATIVE, ItemKind.POLICY)
_WITH_A_SHEET = (ItemKind.LEADER, ItemKind.GUIDE)  # what must be said stands there


def requirements(
    version: Version,
    *,
    content: str = "",
    found: Sequence[Concern] | None = None,
    on: date | None = None,
) -> tuple[Requirement, ...]:
    """能不能发: everything, met and not met, in the order in which it is put right; on a day, today unless it is said.
    ``content`` is the hash of the content as it is now and ``found`` its concerns, for who has just asked for them."""
    own = (*before_review(version, found=found), *_reviewed(version, content or hash_of(version)))
    if version.with_batch:
        return own
    return (
        *own,
        *interpretation.before_release(version),
        *_in_its_time(version, on or timezone.localdate()),
    )


def before_review(version: Version, *, found: Sequence[Concern] | None = None) -> tuple[Requirement, ...]:
    """What must hold before anybody is asked to review. What goes with a batch was public before and is unchanged: it is
    not held back for an interpretation or a normative document's sheet, which a further version can add."""
    own = (
        *_filled_in(version),
        *_attribute(version),
        *_column(version),
        *_files(version),
        *_free_of_viruses(version),
        *_pictures(version),
        *_links(version),
        *_hidden(version),
        *_screened(concerns(version) if found is None else found),
    )
    if version.with_batch:
        return own
    return (
        *own,
        *normative.before_review(version),
        *interpretation.before_review(version),
        *leaders.before_review(version),
        *guide.before_review(version),
    )


def _in_its_time(version: Version, on: date) -> Iterator[Requirement]:
    """What may be public only from a day on, or until one."""
    yield from leaders.before_release(version, on)
    yield from guide.before_release(version, on)


def objections(found: tuple[Requirement, ...]) -> list[str]:
    return [requirement.objection for requirement in found if not requirement.is_met]


def _filled_in(version: Version) -> Iterator[Requirement]:
    missing = [
        label
        for label, value in (
            ("标题", version.title),
            ("发布机构", version.issued_by),
            ("正文或者附件", version.body or version.attachments.exists() or version.kind in _WITH_A_SHEET),
            ("文号", version.document_number or version.kind not in _WITH_A_NUMBER),
            ("成文日期", version.dated_on or version.kind not in _WITH_A_NUMBER),
            ("更新说明", version.change_note or version.number == 1),
        )
        if not value
    ]
    yield Requirement("必填内容", f"没有填写{'、'.join(missing)}。" if missing else "", "content")


def _attribute(version: Version) -> Iterator[Requirement]:
    wrong = version.attribute != Attribute.PROACTIVE
    yield Requirement(
        "公开属性",
        f"公开属性是“{version.get_attribute_display()}”，只有主动公开的可以发布。" if wrong else "",
        "attribute",
    )


def _column(version: Version) -> Iterator[Requirement]:
    column = version.main_column
    if column is None:
        yield Requirement("栏目", "没有选择栏目。", "main_column")
    elif column.closed_on is not None:
        yield Requirement("栏目", f"栏目“{column.name}”已经关闭，请改选栏目。", "main_column")
    else:
        yield Requirement("栏目")


def _files(version: Version) -> Iterator[Requirement]:
    store = desk_files()
    broken = []
    for file in attachments(version):
        try:
            store.check(file.sha256)
        except (FileMissing, FileDamaged):
            broken.append(file.name)
    yield Requirement(
        "附件完整",
        f"附件{'、'.join(f'“{name}”' for name in broken)}已经缺失或者损坏，请删除后重新上传。"
        if broken
        else "",
        "attachments",
    )


def _free_of_viruses(version: Version) -> Iterator[Requirement]:
    """查毒: nothing goes out that was found infected or was not scanned (FIL-07)."""
    found = attachments(version)
    told = standings([file.sha256 for file in found]) if found else {}
    stopped = [(file.name, told[file.sha256].stop) for file in found if told[file.sha256].stop]
    yield Requirement("查毒", "；".join(f"附件“{name}”{stop}" for name, stop in stopped), "attachments")


def _pictures(version: Version) -> Iterator[Requirement]:
    """正文里的图片: each uploaded here, each with words for those who cannot see it (A11-01)."""
    yield Requirement("正文里的图片", pictures.fault_of(version), "content")


def _links(version: Version) -> Iterator[Requirement]:
    """链接: looked at by the worker soon after saving; what it could not open stands with the other concerns (INP-07)."""
    left = links.waiting(version)
    told = (
        f"还有{left}个链接正在检查能不能打开，请过一会儿刷新。一直没有结果的，请系统管理员查看后台是否运行。"
    )
    yield Requirement("链接", told if left else "", "concerns")


def _hidden(version: Version) -> Iterator[Requirement]:
    """隐藏内容 of the attachments, cleaned or taken out by the author (FIL-06)."""
    holding = [(file, hidden_in(file)) for file in attachments(version)]
    told = "；".join(
        f"附件“{file.name}”里有{'、'.join(hidden[:3])}{'等' if hidden[3:] else ''}"
        for file, hidden in holding
        if hidden
    )
    yield Requirement(
        "隐藏内容", f"{told}。请清理，或者在原稿中删去后重新上传。" if told else "", "attachments"
    )


def _screened(told: Sequence[Concern]) -> Iterator[Requirement]:
    """国家秘密标志 stops everything (PUB-09); 个人信息 and 表述 want an answer, place by place (PII-04)."""
    found = [concern for concern in told if concern.is_open]
    never = [concern for concern in found if concern.found.level is Level.REFUSE]
    left = [concern for concern in found if concern.found.level is Level.ANSWER]
    yield Requirement(
        "不得发布的内容",
        f"{never[0].where}：{never[0].found.what}“{never[0].found.shown}”。{never[0].found.advice}"
        if never
        else "",
        "concerns",
    )
    yield Requirement(
        "个人信息和表述",
        f"还有{len(left)}处没有处理，先看{left[0].where}：{left[0].found.what}“{left[0].found.shown}”。"
        if left
        else "",
        "concerns",
    )


def _reviewed(version: Version, content: str) -> Iterator[Requirement]:
    """Each review of the route stands, passed, on exactly this content, by a person of its own (PUB-01, PUB-02)."""
    standing = _standing_reviews(version)
    for stage in route_of(version):
        review, label = standing.get(stage), REVIEWS[stage].label
        if review is None:
            yield Requirement(label, f"还没有{label}。", "reviews")
        elif review.content_hash != content:
            yield Requirement(label, f"{label}以后内容有改动，原来的{label}无效，请重新送审。", "reviews")
        else:
            yield Requirement(label, _people(version, review) or _every_file(version, review), "reviews")


def _standing_reviews(version: Version) -> dict[str, Review]:
    """The last review at each stage since the version was last submitted, if it passed."""
    if version.submitted_at is None:
        return {}
    last = {
        review.step: review for review in version.reviews.all() if review.recorded_at >= version.submitted_at
    }
    return {step: review for step, review in last.items() if review.conclusion == Review.Conclusion.PASSED}


def _people(version: Version, review: Review) -> str:
    if review.by_id == version.author_id:
        return f"{REVIEWS[Version.Stage(review.step)].label}和起草是同一个人，请由其他人办理。"
    return ""


def _every_file(version: Version, review: Review) -> str:
    """The confidentiality reviewer concluded on each attachment by its bytes, not only on the whole."""
    if review.step != Version.Stage.CONFIDENTIALITY_REVIEW:
        return ""
    passed = {file["sha256"] for file in review.files if file["conclusion"] == "passed"}
    left = [file.name for file in attachments(version) if file.sha256 not in passed]
    return f"附件{'、'.join(f'“{name}”' for name in left)}还没有保密审查。" if left else ""
