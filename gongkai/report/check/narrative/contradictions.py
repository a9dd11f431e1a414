"""前后矛盾. The same quantity said twice in the text with two values: TX-14."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import Finding, number
from gongkai.report.check.narrative.claims import Claim, Subject, claims, is_of_another_year
from gongkai.report.check.narrative.labels import Label, label
from gongkai.report.check.narrative.quantities import Quantity


def judge_contradictions(examination: Examination) -> Iterator[Finding]:
    by_claim = list(_of_table_figures(examination))
    quoted = {quote for finding in by_claim for quote in (finding.place.quote,)}
    yield from by_claim
    yield from (f for f in _of_free_prose(examination) if f.place.quote not in quoted)


def _of_table_figures(examination: Examination) -> Iterator[Finding]:
    said: dict[tuple[Subject, str], list[Claim]] = defaultdict(list)
    for claim in claims(examination):
        with_carry_over = claim.subject is Subject.RECEIVED and "结转" in claim.sentence.text
        if not claim.vague and not with_carry_over and "按" not in claim.words:
            said[(claim.subject, claim.result)].append(claim)
    for (subject, _), group in said.items():
        first = group[0]
        other = next((claim for claim in group if claim.value != first.value), None)
        if other:
            yield _finding(subject.value, first.sentence, first.words, first.value, other.words, other.value)


def _of_free_prose(examination: Examination) -> Iterator[Finding]:
    said: dict[Label, tuple[Sentence, Quantity]] = {}
    for sentence in examination.sentences:
        for index, quantity in enumerate(sentence.quantities):
            before = sentence.text[: quantity.start]
            if quantity.vague or quantity.is_percentage or is_of_another_year(examination, before):
                continue
            name = label(sentence, index)
            if name is None:
                continue
            first, first_quantity = said.setdefault(name, (sentence, quantity))
            if first_quantity.value != quantity.value:
                yield _finding(
                    name.words,
                    first,
                    _words(first, first_quantity),
                    first_quantity.value,
                    _words(sentence, quantity),
                    quantity.value,
                )


def _words(sentence: Sentence, quantity: Quantity) -> str:
    start, _ = sentence.clause(quantity.start)
    return sentence.printed[start : quantity.end]


def _finding(
    what: str, sentence: Sentence, first: str, first_value: Decimal, second: str, second_value: Decimal
) -> Finding:
    rule = RULES["TX-14"]
    message = (
        f"“{what}”在文中有两个数：“{first}”和“{second}”，相差{number(abs(first_value - second_value))}，"
        "请核对哪一个是对的。"
    )
    start = sentence.printed.find(first)
    place = sentence.place(max(start, 0), max(start, 0) + len(first))
    return rule.finding(place, message, left=first_value, right=second_value)
