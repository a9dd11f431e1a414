"""发布关口. May this version go out, and if not, every reason why: one answer for the screen, the timer and the release."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.catalogue.content import attachments, hash_of
from gongkai.duties.catalogue.lifecycle import REVIEWS
from gongkai.duties.catalogue.models import Attribute, ItemKind, Review, Version
from gongkai.duties.catalogue.routes import route_of
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files

_WITH_A_NUMBER = (ItemKind.NORMATIVE, ItemKind.POLICY)


@dataclass(frozen=True, slots=True)
class Requirement:
    """一项要求: whether it is met, why not, and where on the form to put it right."""

    label: str
    objection: str = ""
    place: str = ""

    @property
    def is_met(self) -> bool:
        return not self.objection


def requirements(version: Version) -> tuple[Requirement, ...]:
    """能不能发: everything, met and not met, in the order in which it is put right."""
    return (*before_review(version), *_reviewed(version))


def before_review(version: Version) -> tuple[Requirement, ...]:
    """What must hold before anybody is asked to review."""
    return (*_filled_in(version), *_attribute(version), *_column(version), *_files(version))


def objections(found: tuple[Requirement, ...]) -> list[str]:
    return [requirement.objection for requirement in found if not requirement.is_met]


def _filled_in(version: Version) -> Iterator[Requirement]:
    missing = [
        label
        for label, value in (
            ("标题", version.title),
            ("发布机构", version.issued_by),
            ("正文或者附件", version.body or version.attachments.exists()),
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


def _reviewed(version: Version) -> Iterator[Requirement]:
    """Each review of the route stands, passed, on exactly this content, by a person of its own (PUB-01, PUB-02)."""
    content = hash_of(version)
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
    last = {review.step: review for review in version.reviews.filter(recorded_at__gte=version.submitted_at)}
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
