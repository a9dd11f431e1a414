"""示例政策文件. A policy with its interpretation, released together; a normative document that repeals another; one that
will soon lapse; a clean-up round under way. Through the actions people use, in years after the one that is reported."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.access import holders
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import Column, InformationItem, NormativeDocument, Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.outbox.worker import run_waiting

_EXEMPT = {"exempt_because": "对原规定作文字整理和衔接修改，内容没有变化，不需要另行解读"}
_POLICY = (
    "<p>各县（区）国防动员办公室，机关各科室：</p>"
    "<p>为方便群众和企业办理结合民用建筑修建防空地下室审批，现就优化办理流程通知如下。</p>"
    "<p>一、申请材料由七项减为四项，能够通过部门共享取得的不再要求提交。</p>"
    "<p>二、办理期限由二十个工作日压缩为十个工作日。</p>"
    "<p>三、本通知自印发之日起执行。</p>"
)
_INTERPRETATION = (
    "<p><strong>为什么要优化？</strong></p><p>企业反映材料多、时间长，部分材料其他部门已经掌握。</p>"
    "<p><strong>主要变化是什么？</strong></p><p>材料由七项减为四项，期限由二十个工作日压缩为十个工作日。</p>"
    "<p><strong>正在办理的怎么办？</strong></p><p>按新的期限办理，已经提交的材料不需要重新提交。</p>"
)
_RULES = (
    "<p>第一条　为了规范人防工程的维护管理，结合本市实际，制定本规定。</p>"
    "<p>第二条　人防工程的维护管理，实行谁使用、谁维护。</p>"
    "<p>第三条　维护管理单位每季度检查一次，并记录检查情况。</p>"
)


def publish(people: Mapping[str, Person]) -> None:
    """Nothing when the office has nobody who reviews for confidentiality."""
    author = people["zhonghe"]
    if not holders(Power.REVIEW_CONFIDENTIALITY, author.agency, on=timezone.localdate()).exists():
        return
    policies = column("政策文件", "policy_documents", by=author, position=10)
    column("政策解读", "interpretations", by=author, position=11)
    _policy(people, policies)
    old = _rules(people, policies, "示防规〔2024〕1号", date(2024, 5, 6), date(2024, 6, 1))
    _rules(people, policies, "示防规〔2025〕1号", date(2025, 3, 3), date(2025, 4, 1), repeals=old)
    _about_to_lapse(people)
    _clean_up(author)


def _policy(people: Mapping[str, Person], column: Column) -> None:
    author = people["zhonghe"]
    policy = drafted(
        author,
        title="关于优化结合民用建筑修建防空地下室审批流程的通知",
        kind="policy",
        column=column,
        body=_POLICY,
        document_number="示防〔2025〕3号",
        dated_on=date(2025, 2, 10),
        genre="通知",
        summary="申请材料由七项减为四项，办理期限由二十个工作日压缩为十个工作日。",
    )
    interpretation.save_plan(
        policy,
        values={
            "outline": "出台背景；材料和期限的变化；新旧政策衔接；咨询方式",
            "forms": ["text", "questions"],
            "channel": "门户网站政策解读栏目",
            "responsible": "综合科　甲示例",
            "timing": "together",
        },
        having_seen=interpretation.seen(None),
        by=author,
    )
    explanation = interpretation.begin(policy, by=author)
    explanation = actions.write(
        explanation, values={"body": _INTERPRETATION}, edits=explanation.edits, by=author
    )
    for version in (policy, explanation):
        signed(people, version)
    policy.refresh_from_db()
    released(policy, by=author)


def _rules(
    people: Mapping[str, Person],
    column: Column,
    number: str,
    dated_on: date,
    in_force_from: date,
    *,
    repeals: NormativeDocument | None = None,
) -> NormativeDocument:
    author = people["zhonghe"]
    ending = f"<p>第四条　{repeals.document_number}文件同时废止。</p>" if repeals else ""
    version = drafted(
        author,
        title="示例市人防工程维护管理规定",
        kind="normative",
        column=column,
        body=_RULES + ending,
        document_number=number,
        dated_on=dated_on,
        genre="规定",
        article_20_duty="legislation",
    )
    normative.save_sheet(
        version, in_force_from=in_force_from, registered_number=number.replace("示防规", "示规备"), by=author
    )
    if repeals:
        normative.intend(version, document=repeals, kind="repealed", by=author)
    interpretation.save_plan(version, values=_EXEMPT, having_seen=interpretation.seen(None), by=author)
    return _filed(released(signed(people, version), by=author).item)


def _about_to_lapse(people: Mapping[str, Person]) -> None:
    """A trial of two years, published before the office had this system."""
    document = actions.register_normative_document(
        by=people["zhonghe"],
        title="示例市防空警报设施维护管理办法（试行）",
        document_number="示防规〔2024〕4号",
        issued_on=date(2024, 12, 16),
        in_force_from=date(2025, 1, 1),
        lapses_on=date(2026, 12, 31),
        legality_review="passed",
        legality_reviewed_on=date(2024, 12, 2),
        published_on=date(2024, 12, 18),
        interpreted_on=date(2024, 12, 18),
    )
    normative.show(document, by=people["fabu"])


def _clean_up(author: Person) -> None:
    round_ = normative.open_round(
        title="现行有效规范性文件清理",
        basis="示例市人民政府办公室关于开展清理的通知（示政办〔2025〕8号）",
        by=author,
    )
    first = round_.entries.order_by("pk").first()
    if first:
        normative.conclude(first, conclusion="keep", by=author)


def column(name: str, kind: str, *, by: Person, position: int) -> Column:
    return actions.open_column(
        by=by, name=name, column_class=kind, owner_section=by.section, position=position
    )


def drafted(author: Person, *, title: str, kind: str, column: Column, **values: Any) -> Version:
    version = actions.begin(by=author, title=title, kind=kind, main_column=column)
    return actions.write(version, values=values, edits=version.edits, by=author)


def signed(people: Mapping[str, Person], version: Version) -> Version:
    """Every review of its route, each by its person."""
    by = {
        "section_review": people["kezhang"],
        "legality_review": people["guihua"],
        "confidentiality_review": people["xinbao"],
        "sign_off": people["lingdao"],
    }
    version = actions.submit(version, by=people["zhonghe"])
    while version.stage in by:
        version = actions.review(
            version, stage=version.stage, conclusion="passed", opinion="", by=by[version.stage]
        )
    return version


def released(version: Version, *, by: Person) -> Version:
    actions.publish(version, by=by)
    while run_waiting():
        pass
    version.refresh_from_db()
    return version


def _filed(item: InformationItem) -> NormativeDocument:
    return NormativeDocument.objects.get(item=item)
