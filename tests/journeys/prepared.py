"""各条审查流程的起点: one thing for each route, brought to its first review by the actions people use; run inside the demo.

python -m gongkai manage shell --no-imports --command "from tests.journeys import prepared; prepared.tell()"
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from demo.year import credit_code
from gongkai.agencies.actions.one_time_links import issue_one_time_link
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.duties.administrative_acts import actions as acts
from gongkai.duties.administrative_acts.lists import actions as lists
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import Column, Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.duties.catalogue.topics import actions as topics
from gongkai.duties.catalogue.topics.models import TopicPage
from gongkai.duties.catalogue.wording.actions import add_entry
from gongkai.outbox.models import OutboxItem

# 起草、科室审核、合法性审核、保密审查、签发、撤回
PEOPLE = {
    "clerk": "甲示例",
    "head": "辛示例",
    "lawyer": "乙示例",
    "reviewer": "丁示例",
    "leader": "己示例",
    "caller_back": "戊示例",
}
_EXEMPT = {"exempt_because": "内部管理文件，不涉及公众权利义务"}
_TOPIC = [
    {"type": "heading", "value": "活动安排"},
    {"type": "text", "value": "<p>讲座在<b>示例市</b>文化馆举行。</p>"},
]


def tell() -> None:
    """Prints one line of JSON: a link into the desk for each person, and the address of each thing."""
    people = {role: Person.objects.get(name=name) for role, name in PEOPLE.items()}
    found = {
        "links": {
            role: issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None)
            for role, person in people.items()
        },
        "things": dict(_things(people)),
    }
    print(json.dumps(found))  # noqa: T201 — what the tests read


def admit(*names: str) -> None:
    """Prints one line of JSON: a link into the desk for each of these people."""
    people = Person.objects.filter(name__in=names)
    links = {
        each.name: issue_one_time_link(each, purpose=OneTimeLink.Purpose.DEMO, by=None) for each in people
    }
    print(json.dumps(links))  # noqa: T201 — what the tests read


def release_what_is_scheduled() -> None:
    """The hour has come."""
    OutboxItem.objects.filter(kind="catalogue.publish_scheduled").update(not_before=None)


def list_a_word(wrong: str, right: str) -> None:
    """加入表述词表."""
    add_entry(by=Person.objects.get(name=PEOPLE["clerk"]), wrong=wrong, right=right)


def _things(people: Mapping[str, Person]) -> list[tuple[str, str]]:
    clerk = people["clerk"]
    notice = actions.submit(_draft(clerk, "关于更换防空警报器的公告"), by=clerk)
    doubtful = _passed(people, _draft(clerk, "关于人防工程平时开放的公告"), "confidentiality_review")
    secret = _passed(people, _draft(clerk, "关于人防工程分布的公告"), "confidentiality_review")
    timed = _passed(people, _draft(clerk, "关于国防教育宣教会的公告", body="<p>九月举行。</p>"), "signed")
    rules = _passed(people, _rules(clerk), "legality_review")
    policy, explanation = _policy(people)
    licence = acts.register_licence(
        by=clerk,
        number="示防许〔2026〕801号",
        name="应建防空地下室的民用建筑项目报建审批",
        decided_on=timezone.localdate() - timedelta(days=1),
        counterpart="示例建设单位801",
        counterpart_code=credit_code(801),
        content="准予修建防空地下室801平方米",
    )
    edition = lists.pass_review(
        lists.submit("charges", change_note="更新收取金额", by=_with_a_new_charge(clerk)),
        by=people["reviewer"],
    )
    page = _topic(clerk)
    return [
        ("notice", _version(notice)),
        ("doubtful", _version(doubtful)),
        ("secret", _version(secret)),
        ("timed", _version(timed)),
        ("rules", _version(rules)),
        ("policy", _version(policy)),
        ("explanation", _version(explanation)),
        ("licence", reverse("publicity:decision", args=["licences", licence.public_id])),
        ("edition", reverse("public_lists:edition", args=[edition.kind, edition.public_id])),
        ("topic", reverse("topics:topic", args=[page.pk])),
    ]


def _version(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id])


def _draft(clerk: Person, title: str, kind: str = "notice", **values: Any) -> Version:
    column = Column.objects.get(agency=clerk.agency, name="通知公告")
    version = actions.begin(by=clerk, title=title, kind=kind, main_column=column)
    given = {"body": f"<p>{title}的内容。</p>", **values}
    return actions.write(version, values=given, edits=version.edits, by=clerk)


def _passed(people: Mapping[str, Person], version: Version, until: str) -> Version:
    by = {
        "section_review": people["head"],
        "legality_review": people["lawyer"],
        "confidentiality_review": people["reviewer"],
        "sign_off": people["leader"],
    }
    version = actions.submit(version, by=people["clerk"])
    while version.stage != until:
        version = actions.review(version, stage=version.stage, conclusion="passed", by=by[version.stage])
    return version


def _rules(clerk: Person) -> Version:
    version = _draft(
        clerk,
        "示例市防空警报设施管理规定",
        kind="normative",
        document_number="示防规〔2026〕8号",
        dated_on=date(2026, 9, 1),
        genre="规定",
        article_20_duty="legislation",
    )
    normative.save_sheet(
        version, in_force_from=date(2026, 10, 1), registered_number="示规备〔2026〕8号", by=clerk
    )
    interpretation.save_plan(version, values=_EXEMPT, having_seen=interpretation.seen(None), by=clerk)
    return version


def _policy(people: Mapping[str, Person]) -> tuple[Version, Version]:
    """A policy that is signed, and its interpretation that is not."""
    clerk = people["clerk"]
    policy = _draft(
        clerk,
        "关于支持人防工程平时利用的若干措施",
        kind="policy",
        document_number="示防〔2026〕18号",
        dated_on=date(2026, 9, 1),
        genre="通知",
    )
    plan = {
        "outline": "出台背景；主要措施；办理方式",
        "forms": ["text"],
        "channel": "政策解读栏目",
        "responsible": "综合科　甲示例",
        "timing": "together",
    }
    interpretation.save_plan(policy, values=plan, having_seen=interpretation.seen(None), by=clerk)
    explanation = interpretation.begin(policy, by=clerk)
    body = {"body": "<p>为什么出台：方便利用。</p>"}
    explanation = actions.write(explanation, values=body, edits=explanation.edits, by=clerk)
    _passed(people, policy, "signed")
    return policy, _passed(people, explanation, "sign_off")


def _with_a_new_charge(clerk: Person) -> Person:
    acts.register_charge(
        by=clerk,
        item="防空地下室易地建设费",
        collected_on=timezone.localdate() - timedelta(days=1),
        amount=801_000,
        voucher_number="示票801",
    )
    return clerk


def _topic(clerk: Person) -> TopicPage:
    page = TopicPage(
        title="国防教育月",
        lead="九月是国防教育月。",
        keywords="国防教育",
        live=False,
        body=json.dumps(_TOPIC),
    )
    topics.open_index(by=clerk).add_child(instance=page)
    page.save_revision(user=clerk)
    topics.submit(page, by=clerk)
    return page
