"""金丝雀 beside ordinary items: licences, penalties, lists, normative documents, interpretations, topics, wording lists,
and what people write to each other on the way (opinions, reasons, answers), in every state short of public.

    hidden = hidden_elsewhere(editorial)     # plants them all; what is to be withdrawn is released and withdrawn first
    shown = shown_elsewhere(editorial)       # one of each kind, public
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from gongkai.duties.administrative_acts import actions as acts
from gongkai.duties.administrative_acts.lists import actions as lists
from gongkai.duties.administrative_acts.lists.models import ListEdition, PowerItem
from gongkai.duties.administrative_acts.models import PublicDecision
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.duties.catalogue.topics import actions as topics
from gongkai.duties.catalogue.topics.models import Topic, TopicPage
from gongkai.duties.catalogue.wording.actions import add_entry
from gongkai.outbox.worker import run_waiting
from gongkai.registers import actions as registers
from tests.duties.catalogue.editorial import Editorial
from tests.factories.topics import Office, a_picture, a_topic, change

_number = count(1)
CREDIT_CODE = "91350100M000100Y43"
DECIDED = date(2026, 9, 10)


@dataclass(frozen=True, slots=True)
class Marks:
    """What was planted at one place: the marks, and addresses somebody might guess."""

    where: str
    marks: Mapping[str, str]
    guesses: Sequence[str] = ()


def mark() -> str:
    return f"藏雀{next(_number):05d}qz"


def hidden_elsewhere(editorial: Editorial) -> list[Marks]:
    """What nobody outside may see. No worker runs after the last of it was planted."""
    carried = [
        *_notes_of_public_things(editorial),
        *_acts(editorial, _ONCE_PUBLIC),
        *_lists(editorial),
        *_topics(editorial, _TOPIC_ONCE_PUBLIC),
        *_documents(editorial, ("withdrawn",)),
    ]
    _run()
    return [
        *carried,
        *_acts(editorial, _NEVER_PUBLIC),
        *_topics(editorial, _TOPIC_NEVER_PUBLIC),
        *_documents(editorial, ("drafting", "legality_review", "returned", "signed", "abandoned")),
        *_interpretations(editorial),
        *_wording(editorial),
    ]


def shown_elsewhere(editorial: Editorial) -> list[Marks]:
    """The same kinds, public: what readers are meant to find."""
    found = []
    for make in (_licence, _penalty):
        decision, marks = make(editorial)
        _signed_act(editorial, decision)
        found.append(Marks("act", {name: marks[name] for name in _SHOWN_OF_ACTS if name in marks}))
    page, marks = _topic(editorial)
    _signed_topic(editorial, page)
    found.append(Marks("topic", {name: marks[name] for name in ("title", "lead", "body", "picture")}))
    version, marks = _normative(editorial)
    actions.publish(_through(editorial, version, "signed"), by=editorial.clerk)
    found.append(Marks("normative", {"body": marks["body"], "title": marks["title"]}))
    _run()
    return found


def _run() -> None:
    while run_waiting():
        pass


# 许可、处罚 ----------------------------------------------------------------------------------

_SHOWN_OF_ACTS = (
    "number",
    "name",
    "content",
    "basis",
    "cause",
    "penalty_kind",
    "deciding_agency",
    "counterpart",
)


def _licence(editorial: Editorial) -> tuple[Any, dict[str, str]]:
    marks = {
        name: mark() for name in ("number", "name", "content", "deciding_agency", "counterpart", "remark")
    }
    given = {"decided_on": DECIDED, "counterpart_code": CREDIT_CODE}
    return acts.register_licence(by=editorial.keeper, **given, **marks), marks


def _penalty(editorial: Editorial) -> tuple[Any, dict[str, str]]:
    names = ("number", "name", "content", "basis", "cause", "penalty_kind", "deciding_agency", "counterpart")
    marks = {name: mark() for name in (*names, "remark")}
    given = {"decided_on": DECIDED, "counterpart_code": CREDIT_CODE}
    return acts.register_penalty(by=editorial.keeper, **given, **marks), marks


def _reviewed_act(editorial: Editorial, decision: Any) -> Any:
    return acts.review(decision, seen=digest(public_fields(decision)), by=editorial.reviewer)


def _signed_act(editorial: Editorial, decision: Any) -> Any:
    reviewed = _reviewed_act(editorial, decision)
    return acts.publish(reviewed, seen=reviewed.reviewed_hash, by=editorial.leader)


def _live_act(editorial: Editorial, decision: Any) -> Any:
    signed = _signed_act(editorial, decision)
    _run()
    return type(signed).objects.get(pk=signed.pk)


def _changed(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    """Public with harmless words; the marks stand in the register since, not yet reviewed."""
    plain = {name: f"公开的{name}" for name in marks if name != "remark"} | {
        "number": f"示防〔2026〕{mark()[2:7]}号"
    }
    for name, value in plain.items():
        setattr(decision, name, value)
    decision.save()
    live, changes = _live_act(editorial, decision), dict(marks)
    marks["reason"] = mark()
    registers.rectify(live, changes=changes, reason=marks["reason"], by=editorial.keeper)


def _withdrawn_act(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    live = _live_act(editorial, decision)
    del marks["name"], marks["number"]  # the notice at the old address names what was withdrawn
    acts.withdraw(live, cause="revoked", note="复议撤销", by=editorial.leader)


def _expired(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    live = _live_act(editorial, decision)
    del marks["name"], marks["number"]
    type(live).objects.filter(pk=live.pk).update(shown_until=date(2020, 1, 1))
    acts.take_down_expired(today=timezone.localdate())


def _kept_back(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    marks["reason"] = mark()
    acts.keep_back(decision, ground="minor", reason=marks["reason"], by=editorial.reviewer)


def _returned_act(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    marks["reason"] = mark()
    acts.send_back(decision, reason=marks["reason"], by=editorial.reviewer)


def _declined(editorial: Editorial, decision: Any, marks: dict[str, str]) -> None:
    marks["reason"] = mark()
    acts.decline(_reviewed_act(editorial, decision), reason=marks["reason"], by=editorial.leader)


_Reach = Callable[[Editorial, Any, dict[str, str]], object]
_ONCE_PUBLIC: dict[str, _Reach] = {
    "withdrawn": _withdrawn_act,
    "expired": _expired,
    "changed since": _changed,
}
_NEVER_PUBLIC: dict[str, _Reach] = {
    "not yet": lambda editorial, decision, marks: None,
    "returned": _returned_act,
    "kept back": _kept_back,
    "reviewed": lambda editorial, decision, marks: _reviewed_act(editorial, decision),
    "declined": _declined,
    "on its way": lambda editorial, decision, marks: _signed_act(editorial, decision),
    "voided": lambda editorial, decision, marks: registers.void(decision, reason="重复", by=editorial.keeper),
}


def _acts(editorial: Editorial, states: Mapping[str, _Reach]) -> Iterator[Marks]:
    for make in (_licence, _penalty):
        for state, reach in states.items():
            decision, marks = make(editorial)
            reach(editorial, decision, marks)
            yield Marks(f"{decision.ACT} {state}", marks, _of_act(decision))


def _of_act(decision: PublicDecision) -> tuple[str, ...]:
    key = decision.public_id
    return f"/acts/{key}/", f"/items/{key}/", f"/data/acts/{key}.json"


# 清单 ---------------------------------------------------------------------------------------


def _lists(editorial: Editorial) -> Iterator[Marks]:
    """Each row came in with the edition that carries it, and no edition of them is in force."""
    for state in ("withdrawn", "returned", "taken back", "declined", "sign off"):
        marks = {name: mark() for name in ("code", "name", "basis", "duties", "accountability", "remark")}
        lists.register_power_item(
            by=editorial.keeper, kind=PowerItem.Kind.LICENCE, since_on=date(2023, 1, 3), **marks
        )
        for kind in ("power-list", "duty-list"):
            _reach_list(
                editorial, lists.submit(kind, change_note=marks["remark"], by=editorial.keeper), state, marks
            )
        yield Marks(f"list {state}", marks, ("/lists/power-list/1/", "/lists/power-list/2/"))


def _reach_list(editorial: Editorial, edition: ListEdition, state: str, marks: dict[str, str]) -> None:
    if state == "taken back":
        lists.take_back(edition, by=editorial.keeper)
    elif state == "returned":
        lists.send_back(edition, opinion=marks.setdefault("opinion", mark()), by=editorial.reviewer)
    else:
        edition = lists.pass_review(edition, by=editorial.reviewer)
    if state == "declined":
        lists.decline(edition, opinion=marks.setdefault("opinion", mark()), by=editorial.leader)
    if state == "withdrawn":
        lists.sign(edition, by=editorial.leader)
        _run()
        edition.refresh_from_db()
        lists.withdraw(edition, note="编码有误", by=editorial.leader)
        _run()


# 专题 ---------------------------------------------------------------------------------------


def _topic(editorial: Editorial) -> tuple[TopicPage, dict[str, str]]:
    marks = {name: mark() for name in ("title", "lead", "body", "keywords", "picture")}
    office = Office(editorial.agency, editorial.clerk, editorial.reviewer, editorial.leader)
    body = [{"type": "text", "value": f"<p>{marks['body']}</p>"}]
    page = a_topic(
        office,
        title=marks["title"],
        lead=marks["lead"],
        keywords=marks["keywords"],
        cover=a_picture(office, title=marks["picture"], colour=f"#0000{next(_number) % 256:02x}"),
        body=json.dumps(body),
    )
    return page, marks


def _signed_topic(editorial: Editorial, page: TopicPage, note: str = "") -> None:
    version = topics.submit(page, by=editorial.clerk, change_note=note)
    topics.pass_review(version, by=editorial.reviewer)
    topics.sign(version, by=editorial.leader)


def _withdrawn_topic(editorial: Editorial, page: TopicPage, marks: dict[str, str]) -> None:
    del marks["title"]  # the notice names it
    _signed_topic(editorial, page)
    _run()
    topics.withdraw(Topic.objects.get(page=page), by=editorial.leader, note="内容有误")


def _changed_topic(editorial: Editorial, page: TopicPage, marks: dict[str, str]) -> None:
    """Public as it was; the marks came with a later revision that is under review."""
    was = marks.copy()
    _signed_topic(editorial, page)
    _run()
    for name in was:
        marks[name] = mark()
    del marks["picture"]
    body = json.dumps([{"type": "text", "value": f"<p>{marks['body']}</p>"}])
    change(page, by=editorial.clerk, **{**marks, "body": body})
    marks["note"] = mark()
    topics.submit(page, by=editorial.clerk, change_note=marks["note"])


def _returned_topic(editorial: Editorial, page: TopicPage, marks: dict[str, str]) -> None:
    version = topics.submit(page, by=editorial.clerk)
    marks["opinion"] = mark()
    topics.return_for_changes(version, by=editorial.reviewer, opinion=marks["opinion"])


def _declined_topic(editorial: Editorial, page: TopicPage, marks: dict[str, str]) -> None:
    version = topics.submit(page, by=editorial.clerk)
    topics.pass_review(version, by=editorial.reviewer)
    marks["opinion"] = mark()
    topics.decline(version, by=editorial.leader, opinion=marks["opinion"])


_TOPIC_ONCE_PUBLIC: dict[str, _Reach] = {"withdrawn": _withdrawn_topic, "changed since": _changed_topic}
_TOPIC_NEVER_PUBLIC: dict[str, _Reach] = {
    "draft": lambda editorial, page, marks: None,
    "review": lambda editorial, page, marks: topics.submit(page, by=editorial.clerk),
    "returned": _returned_topic,
    "declined": _declined_topic,
    "on its way": lambda editorial, page, marks: _signed_topic(editorial, page),
}


def _topics(editorial: Editorial, states: Mapping[str, _Reach]) -> Iterator[Marks]:
    for state, reach in states.items():
        page, marks = _topic(editorial)
        reach(editorial, page, marks)
        found = Topic.objects.filter(page=page).first()
        yield Marks(f"topic {state}", marks, (f"/pages/topic-{found.public_id}/",) if found else ())


# 规范性文件、解读 ------------------------------------------------------------------------------


def _normative(editorial: Editorial) -> tuple[Version, dict[str, str]]:
    marks = {name: mark() for name in ("title", "body", "summary", "number", "reason", "exempt")}
    version = editorial.draft(
        "normative",
        title=marks["title"],
        body=f"<p>{marks['body']}</p>",
        summary=marks["summary"],
        document_number=f"示防规〔2026〕{next(_number)}号",
        dated_on=date(2026, 3, 2),
    )
    normative.save_sheet(
        version,
        in_force_from=date(2026, 4, 1),
        lapses_on=date(2027, 4, 1),
        term_reason=marks["reason"],
        registered_number=marks["number"],
        by=editorial.clerk,
    )
    exempt = {"exempt_because": marks["exempt"]}
    interpretation.save_plan(
        version, values=exempt, having_seen=interpretation.seen(None), by=editorial.clerk
    )
    version.refresh_from_db()
    return version, marks


def _through(editorial: Editorial, version: Version, until: str) -> Version:
    return editorial.pass_on(actions.submit(version, by=editorial.clerk), until=until)


def _documents(editorial: Editorial, states: Sequence[str]) -> Iterator[Marks]:
    for state in states:
        version, marks = _normative(editorial)
        if state in ("legality_review", "signed"):
            _through(editorial, version, state)
        elif state == "abandoned":
            actions.abandon(version, by=editorial.clerk)
        elif state == "returned":
            version, marks["opinion"] = _through(editorial, version, "legality_review"), mark()
            actions.review(
                version,
                stage=version.stage,
                conclusion="returned",
                opinion=marks["opinion"],
                by=editorial.lawyer,
            )
        elif state == "withdrawn":
            del marks["title"]  # a normative document that was in force stays in the library by name
            del marks["number"]
            actions.publish(_through(editorial, version, "signed"), by=editorial.clerk)
            _run()
            actions.withdraw(version.item, reason=marks.setdefault("why", mark()), by=editorial.leader)
        yield Marks(f"normative {state}", marks, (f"/items/{version.item.public_id}/",))


def _interpretations(editorial: Editorial) -> Iterator[Marks]:
    """A policy and what explains it, at work together: neither its plan nor its text is out."""
    for state in ("drafting", "signed"):
        marks = {name: mark() for name in ("outline", "channel", "responsible", "body", "summary")}
        policy = editorial.policy_without_plan(document_number=f"示防〔2026〕{next(_number)}号")
        plan = {name: marks[name] for name in ("outline", "channel", "responsible")}
        interpretation.save_plan(
            policy,
            values={**plan, "forms": ["text"], "timing": "together"},
            having_seen=interpretation.seen(None),
            by=editorial.clerk,
        )
        explanation = interpretation.begin(policy, by=editorial.clerk)
        values = {"body": f"<p>{marks['body']}</p>", "summary": marks["summary"]}
        explanation = actions.write(explanation, values=values, edits=explanation.edits, by=editorial.clerk)
        if state == "signed":
            policy.refresh_from_db()
            _through(editorial, explanation, "signed")
            _through(editorial, policy, "signed")
        yield Marks(f"interpretation {state}", marks, (f"/items/{explanation.item.public_id}/",))


# 词表、审查意见 ------------------------------------------------------------------------------


def _wording(editorial: Editorial) -> Iterator[Marks]:
    marks = {name: mark() for name in ("wrong", "right", "remark")}
    add_entry(by=editorial.keeper, **marks)
    yield Marks("wording", marks)


def _notes_of_public_things(editorial: Editorial) -> Iterator[Marks]:
    """What reviewers wrote, how a finding was answered, why it was referred and what the authority said: of an item that is
    out, and of a second that was withdrawn for a reason the public is not told."""
    marks = {name: mark() for name in ("head", "referred", "decided", "reviewer", "leader", "answer", "why")}
    version = editorial.draft(body="<p>联系人手机13800138000。</p>")
    for concern in concerns(version):
        if concern.is_open:
            actions.answer(
                version, fingerprint=concern.fingerprint, reason=marks["answer"], by=editorial.clerk
            )
    version.refresh_from_db()
    version = actions.submit(version, by=editorial.clerk)

    def conclude(conclusion: str, of: str, by: Any) -> None:
        nonlocal version
        version = actions.review(
            version, stage=version.stage, conclusion=conclusion, opinion=marks[of], by=by
        )

    conclude("passed", "head", editorial.head)
    conclude("referred", "referred", editorial.reviewer)
    version = actions.decide_secrecy(
        version, is_secret=False, opinion=marks["decided"], by=editorial.reviewer
    )
    conclude("passed", "reviewer", editorial.reviewer)
    conclude("passed", "leader", editorial.leader)
    actions.publish(version, by=editorial.clerk)
    withdrawn = editorial.published(editorial.draft(title="撤回的一条"))
    actions.withdraw(withdrawn.item, reason=marks["why"], by=editorial.leader)
    _run()
    yield Marks("notes", marks)
