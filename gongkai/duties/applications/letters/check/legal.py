"""引用的条款. Every article named exists, was in force on the day, and is one that this letter may rest on."""

from collections.abc import Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.citation import REGULATIONS, Citation
from gongkai.rules.regulations_2019.articles import Cited, citations_in, objection_to
from gongkai.rules.regulations_2019.letter_words import cited_for, formal

# Articles of the Regulations that decide something: cited in a letter that decides something else, they are wrong.
DECIDING = frozenset({14, 15, 16, 30, 32, 33, 34, 35, 36, 37, 38, 39, 42})

Place = tuple[int, int | None, int | None]


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    recorded = {_key(cited) for each in facts.recorded_texts() for cited in citations_in(each, on=facts.day)}
    allowed = {(each.article, each.paragraph, each.item) for each in _own(facts)}
    named: set[Place] = set()
    for place, line in text.body():
        for cited in citations_in(line, on=facts.day):
            if objection := objection_to(cited, on=facts.day):
                yield Finding("article", place, objection, "请核对条、款、项和文件名称")
            elif cited.instrument is None:
                yield Finding(
                    "unknown_instrument",
                    place,
                    f"系统没有收录《{cited.title}》，不能核对",
                    "请人工核对名称、条款和是否有效",
                    stops=False,
                )
            elif cited.instrument is REGULATIONS:
                where: Place = (cited.article, cited.paragraph, cited.item)
                named.add(where)
                if cited.article in DECIDING and where not in allowed and _key(cited) not in recorded:
                    yield Finding(
                        "other_article", place, f"{cited.text}不是这一决定的依据", "请改正引用的条款"
                    )
    yield from _missing(text, facts)


def _missing(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    """The articles of a notice; those of a reply are asked for matter by matter."""
    there = {
        (each.instrument, each.article, each.paragraph, each.item)
        for _, line in text.body()
        for each in citations_in(line, on=facts.day)
    }
    for wanted in facts.letter_kind.basis:
        if (wanted.instrument, wanted.article, wanted.paragraph, wanted.item) not in there:
            yield Finding("basis", "正文", f"没有引用{formal(wanted)}", "请写明所依据的条款")


def _own(facts: CaseFacts) -> Iterator[Citation]:
    """What this letter rests on."""
    yield from facts.letter_kind.basis
    if facts.result:
        for matter in facts.matters:
            if matter.situation:
                yield from cited_for(matter.situation, matter.ground)


def _key(cited: Cited) -> tuple[str, int, int | None, int | None]:
    name = cited.instrument.number if cited.instrument else cited.title
    return name, cited.article, cited.paragraph, cited.item
