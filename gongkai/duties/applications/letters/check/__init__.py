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
    remedy,
)
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.text import LetterText

_CHECKS: tuple[Callable[[LetterText, CaseFacts], Iterator[Finding]], ...] = (
    blanks.look,
    head.look,
    matters.look,
    contents.look,
    legal.look,
    remedy.look,
    figures.look,
    people.look,
)


def check(text: LetterText, facts: CaseFacts) -> tuple[Finding, ...]:
    """核对一件文书: everything found, in the order of the checks. Nothing that stops it: the letter may go on."""
    return tuple(dict.fromkeys(finding for look in _CHECKS for finding in look(text, facts)))


def stops(findings: tuple[Finding, ...]) -> bool:
    """有没有必须改的."""
    return any(finding.stops for finding in findings)
