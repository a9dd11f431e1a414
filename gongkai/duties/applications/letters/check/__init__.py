"""核对 (N11). A letter's text against the facts of its case: every difference, with its place and what to do about it.

A pure function of two values. It reads the text as it will leave, whoever wrote it: composed, edited on screen, or read
back from a document that came out of Word or WPS.
"""

from collections.abc import Callable, Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check import (
    blanks,
    contents,
    figures,
    head,
    legal,
    matters,
    people,
    plain,
    remedy,
    untrue,
)
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.text import LetterText

_Look = Callable[[LetterText, CaseFacts], Iterator[Finding]]
# A blank and a telephone number are told by the spaces around them.
_WITH_SPACES: tuple[_Look, ...] = (blanks.look, people.look)
_CLOSELY: tuple[_Look, ...] = (
    matters.look,
    contents.look,
    legal.look,
    remedy.look,
    figures.look,
    untrue.look,
)


def check(text: LetterText, facts: CaseFacts) -> tuple[Finding, ...]:
    """核对一件文书: everything found, in the order of the checks. Nothing that stops it: the letter may go on."""
    spaced = plain.letter_in(plain.plainly, text)
    close, close_facts = plain.letter_in(plain.closely, text), plain.facts_in(plain.closely, facts)
    found = (
        *head.look(text, facts),
        *(finding for look in _CLOSELY for finding in look(close, close_facts)),
        *(finding for look in _WITH_SPACES for finding in look(spaced, facts)),
    )
    return tuple(dict.fromkeys(found))


def stops(findings: tuple[Finding, ...]) -> bool:
    """有没有必须改的."""
    return any(finding.stops for finding in findings)
