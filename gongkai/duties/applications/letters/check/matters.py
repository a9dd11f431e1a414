"""逐项答复. Every matter of the application stands in the letter, with the decision of the record and no other."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from gongkai.duties.applications.letters.case_facts import CaseFacts, MatterFacts
from gongkai.duties.applications.letters.check import saying
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.reading import bare, holds, share_of
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.articles import citations_in
from gongkai.rules.regulations_2019.letter_words import (
    DECIDING_WORDS,
    OPENING_WORDS,
    REFUSING_WORDS,
    WORDS,
    cited_for,
    formal,
)
from gongkai.rules.regulations_2019.letters import AddressedTo, ends_the_case
from gongkai.rules.regulations_2019.outcome import NotAResult, outcome_of_matters
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY, Group

ENOUGH = 0.6  # of the recorded reasons, pair by pair: an officer may word them otherwise, not leave them out
# 理由的名称 by ground: a letter that names another's has taken the wrong sentence.
_NAMED: dict[str, tuple[str, ...]] = {
    "STATE_SECRET": ("国家秘密",),
    "THIRD_PARTY": ("商业秘密", "个人隐私"),
    "INTERNAL_AFFAIRS": ("内部事务信息", "人事管理", "后勤管理", "内部工作流程"),
    "DELIBERATIVE": ("过程性信息", "讨论记录", "过程稿", "磋商信函", "请示报告"),
    "ENFORCEMENT_FILE": ("行政执法案卷",),
}


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    if facts.letter_kind.addressed_to is not AddressedTo.APPLICANT:
        return
    if not ends_the_case(facts.kind):
        yield from _named(text, facts)
        return
    yield from _result(facts)
    for matter, section in sections(text, facts):
        if not section:
            yield Finding(
                "matter",
                "正文",
                f"第{matter.number}项“{matter.text[:30]}”没有答复",
                "每一项申请内容都要写明并答复",
            )
            continue
        yield from _decided(matter, section, f"第{matter.number}项")


def sections(text: LetterText, facts: CaseFacts) -> Iterator[tuple[MatterFacts, str]]:
    """Each matter with the paragraphs that answer it, "" where it is not named."""
    if len(facts.matters) == 1:
        whole = "\n".join(text.paragraphs)
        yield facts.matters[0], whole if holds(whole, facts.matters[0].text) else ""
        return
    starts: dict[int, MatterFacts] = {}
    for matter in facts.matters:
        at = next(
            (
                place
                for place, paragraph in enumerate(text.paragraphs)
                if place not in starts and holds(paragraph, matter.text)
            ),
            None,
        )
        if at is None:
            yield matter, ""
        else:
            starts[at] = matter
    order = [*sorted(starts), len(text.paragraphs)]
    for first, after in pairwise(order):
        yield starts[first], "\n".join(text.paragraphs[first:after])


def _named(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    whole = "\n".join(text.paragraphs)
    for matter in facts.matters:
        if not holds(whole, matter.text):
            problem = f"没有写第{matter.number}项申请内容“{matter.text[:30]}”，或者与记录不一致"
            yield Finding("matter", "正文", problem, "请照申请的原话写明")


def _result(facts: CaseFacts) -> Iterator[Finding]:
    results = [matter.result for matter in facts.matters if matter.result]
    if len(results) < len(facts.matters) or not results:
        yield Finding("undecided", "正文", "还有没有决定的事项", "请先逐项决定，再拟答复")
        return
    try:
        # Which ground is the main one is the officer's to say; any of the results may be it.
        possible = {outcome_of_matters(results, main_ground=each).result for each in results}
    except NotAResult:
        possible = set()
    if RESULT_BY_KEY.get(facts.result) not in possible:
        yield Finding("result", "正文", "文书的结果与各项的决定不一致", "请按现在的决定重新拟稿")


def _decided(matter: MatterFacts, section: str, place: str) -> Iterator[Finding]:
    words, result = WORDS[matter.situation], RESULT_BY_KEY[matter.result]
    own = _without(section, (matter.text, matter.reasons))
    if not holds(own, words.decides):
        problem = f"决定是“{result.name}”，但没有写“{words.decides}”"
        yield Finding("decision", place, problem, "请写明决定")
    asserted = _without(
        saying.denied_aside(saying.unrecorded(section, matter)), (matter.text, matter.reasons)
    )
    wrong = REFUSING_WORDS if result.group is Group.GRANTED else OPENING_WORDS
    if result.key != "granted_in_part":
        for other in wrong:
            if holds(asserted, other) and other not in words.decides:
                problem = f"决定是“{result.name}”，文中却写了“{other}”"
                yield Finding("decision", place, problem, "请删去，或者更正这一项的决定")
        for other in DECIDING_WORDS:
            if other not in wrong and holds(asserted, other) and other not in words.sentence:
                problem = f"决定是“{result.name}”，文中却写了“{other}”"
                yield Finding("decision", place, problem, "请删去，或者更正这一项的决定")
    yield from saying.look(matter, section, place)
    yield from _ground(matter, own, asserted, place)
    yield from _articles(matter, section, place)
    if share_of(matter.reasons, section) < ENOUGH:
        yield Finding(
            "reasons",
            place,
            "没有写记录中的说明（理由、途径、检索情况等）",
            f"请写上“{matter.reasons[:40]}”；说明已经变了的，先更正这一项的决定",
        )


def _ground(matter: MatterFacts, own: str, asserted: str, place: str) -> Iterator[Finding]:
    if matter.ground_kind and matter.situation != "severed" and not holds(own, matter.ground_kind):
        problem = f"没有写明属于“{matter.ground_kind}”"
        yield Finding("ground", place, problem, "不予公开的理由要写明属于哪一类")
    for ground, names in _NAMED.items():
        if ground == matter.ground:
            names = tuple(name for name in names if name in _NAMED["THIRD_PARTY"] and matter.ground_kind)
        for name in names:
            if name != matter.ground_kind and holds(asserted, name):
                problem = f"记录的理由不是“{name}”"
                yield Finding("ground", place, problem, "请改正，或者更正这一项的决定")


def _articles(matter: MatterFacts, section: str, place: str) -> Iterator[Finding]:
    # The day matters only between editions of one law; the articles wanted are those of the Regulations.
    cited = {
        (each.instrument, each.article, each.paragraph, each.item)
        for each in citations_in(section, on=date.max)
    }
    for wanted in cited_for(matter.situation, matter.ground):
        if (wanted.instrument, wanted.article, wanted.paragraph, wanted.item) not in cited:
            yield Finding("basis", place, f"没有引用{formal(wanted)}", "决定要写明所依据的条款")


def _without(section: str, texts: tuple[str, ...]) -> str:
    """What the letter says itself, without the words of the application and of the record."""
    plain = bare(section)
    for text in texts:
        if text.strip():
            plain = plain.replace(bare(text), "")
    return plain
