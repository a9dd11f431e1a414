"""百分比和同比. Percentages recomputed (TX-12) and the direction of a change against last year's figure (TX-13)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence, number_in
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.check.narrative.claims import (
    APPLICATION_SUBJECTS,
    Subject,
    claims,
    is_about_applications,
    words_before,
)
from gongkai.report.check.narrative.labels import Label, label
from gongkai.report.check.narrative.quantities import Quantity
from gongkai.rules.annual_report_2021.cross_checks.thresholds import PERCENTAGE_TOLERANCE

Outcome = Iterator[Finding | CannotJudge]

_CHANGE = re.compile(
    r"(?:同比|(?:与|和|较|比|同)(?:上一?年|去年|上年度|上一年度|20\d\d年)(?:度|同期)?(?:相比)?)(?:的?[\d,.]{1,12}[件条份次个篇])?[^，；。\d]{0,8}?"
    r"(?P<direction>增长|上升|增加|提高|提升|增多|多收|下降|减少|降低|回落)[了约]?"
)
_ALSO = re.compile(
    r"[，、（](?:同比|增幅为?|降幅为?)?(?P<direction>增长|上升|增加|提高|下降|减少|降低)了?(?=\d)"
)
_DIRECTION = re.compile(r"增长|上升|增加|提高|提升|增多|多收|下降|减少|降低|回落")
_UP = frozenset({"增长", "上升", "增加", "提高", "提升", "增多", "多收"})
_LAST_YEAR_SAID = re.compile(
    r"(?:上一?年|去年|上年度|上一年度|上年同期|去年同期|(?P<year>20\d\d)年)[^，；。]{0,16}$"
)
# Between a number and its change: a stop and a few words. "8件，办理质量较上年提高" is about something else.
_STILL_OF_IT = re.compile(r"[，（、]?[^，；。率质效水能度]{0,5}[，（]?")
_LAST_YEARS_NUMBER = re.compile(
    r"[，（]?(?:上一?年|去年|20\d\d年)[^，；。]{0,8}?[\d,.]+[件条份次个篇][，）]?"
)
_SHARE = re.compile(r"占(?:比|全部|总|申请|全年|信息|发布|公开)?[^，；。\d]{0,10}$")
_RATE = re.compile(r"(?:答复|办结|回复|办理)率[^，；。\d]{0,8}$")
_DONE = re.compile(r"答复|办结|回复|办理完毕")
_TAKEN_IN = re.compile(r"收到|受理|接收|新收|应")
_ROWS_OF_ACTS = {"行政许可": "licence", "行政处罚": "penalty", "行政强制": "compulsion"}
_ROWS = {
    Subject.NEWLY_RECEIVED: "received",
    Subject.RECEIVED: "received",
    Subject.CARRIED_IN: "carried_in",
    Subject.ANSWERED: "total",
    Subject.CARRIED_OUT: "carried_out",
}


@dataclass(frozen=True, slots=True)
class Change:
    """一处同比: which way it is said to go, by how much, this year's number, and last year's where known."""

    sentence: Sentence
    start: int
    end: int
    up: bool
    amount: Quantity | None
    now: Quantity
    before: Decimal | None

    @property
    def quote(self) -> str:
        return self.sentence.printed[self.start : self.end]


def judge_trends(examination: Examination) -> Outcome:
    for change in _changes(examination):
        yield from _judge_change(examination, change)
    before: Sentence | None = None
    for sentence in examination.sentences:
        for index, quantity in enumerate(sentence.quantities):
            if quantity.is_percentage and not quantity.vague:
                yield from _judge_share(examination, sentence, before, index)
                yield from _judge_rate(sentence, index)
        before = sentence


# 同比 --------------------------------------------------------------------------------------


def _changes(examination: Examination) -> Iterator[Change]:
    for sentence in examination.sentences:
        for found in _CHANGE.finditer(sentence.text):
            now = _now(sentence, found)
            if now is None:
                continue
            amount = next((q for q in sentence.quantities if 0 <= q.start - found.end() <= 1), None)
            before = _said_of_last_year(examination, sentence, now, found)
            if before is None:
                before = _of_last_year(examination, sentence, now)
            end = amount.end if amount else found.end()
            yield Change(sentence, found.start(), end, found["direction"] in _UP, amount, now, before)
            also = _ALSO.match(sentence.text, end)
            share = next((q for q in sentence.quantities if also and q.start == also.end()), None)
            if also and share:  # "较上年减少2件，下降20%"
                yield Change(sentence, also.start(), share.end, also["direction"] in _UP, share, now, before)


def _now(sentence: Sentence, found: re.Match[str]) -> Quantity | None:
    """This year's number: the last count before the comparison that is not last year's own."""
    candidates = [q for q in sentence.quantities if q.end <= found.start() and not q.is_percentage]
    for quantity in reversed(candidates):
        if not _speaks_of_last_year(sentence, quantity):
            between = sentence.text[quantity.end : found.start()]
            of_it = _STILL_OF_IT.fullmatch(_LAST_YEARS_NUMBER.sub("", between))
            return quantity if of_it and not quantity.vague else None
    return None


def _speaks_of_last_year(sentence: Sentence, quantity: Quantity) -> bool:
    start, _ = sentence.clause(quantity.start)
    clause = sentence.text[start : quantity.start]
    return bool(re.search(r"上年(?!结转)|去年|上一年(?!度?结转)|同期", clause))


def _said_of_last_year(
    examination: Examination, sentence: Sentence, now: Quantity, found: re.Match[str]
) -> Decimal | None:
    """Last year's number when the sentence itself gives it: "上年80件，同比增长25%", "较2022年的80件增长25%"."""
    for quantity in sentence.quantities:
        if quantity is now or quantity.unit != now.unit or quantity.vague or quantity.end > found.end() + 1:
            continue
        said = _LAST_YEAR_SAID.search(sentence.text[: quantity.start])
        if not said:
            continue
        year = said["year"]
        if (year is None and "结转" in said[0]) or _DIRECTION.search(said[0]):
            continue  # "较去年减少2件": the difference, not last year's number
        if year is None or examination.year is None or int(year) == examination.year - 1:
            return quantity.value
    return None


def _of_last_year(examination: Examination, sentence: Sentence, now: Quantity) -> Decimal | None:
    last_year = examination.last_year
    if last_year is None:
        return None
    for claim in claims(examination):
        if claim.sentence is sentence and claim.start == now.start and claim.subject in APPLICATION_SUBJECTS:
            return number_in(last_year.cell("applications", _ROWS[claim.subject], "total"))
    index = sentence.quantities.index(now)
    for name, row in _ROWS_OF_ACTS.items():
        figure = examination.value("proactive", row, "decisions")
        if name in words_before(sentence, index) and figure == now.value:
            return number_in(last_year.cell("proactive", row, "decisions"))
    return _of_last_years_text(examination, sentence, index)


def _of_last_years_text(examination: Examination, sentence: Sentence, index: int) -> Decimal | None:
    name = label(sentence, index)
    if name is None:
        return None
    values = _last_years_numbers(examination).get(name, set())
    return next(iter(values)) if len(values) == 1 else None


@lru_cache(maxsize=1)
def _last_years_numbers(examination: Examination) -> dict[Label, set[Decimal]]:
    """Last year's prose, by what its numbers count."""
    numbers: dict[Label, set[Decimal]] = {}
    for sentence in examination.last_years_sentences:
        for index, quantity in enumerate(sentence.quantities):
            name = None if quantity.vague else label(sentence, index)
            if name is not None:
                numbers.setdefault(name, set()).add(quantity.value)
    return numbers


def _judge_change(examination: Examination, change: Change) -> Outcome:
    place = change.sentence.place(change.now.start, change.end)
    if change.before is None:
        lacking = (
            "没有上一年度报告" if examination.last_year is None else "上一年度报告中没有找到同一事项的数"
        )
        yield RULES["TX-13"].cannot_judge(place, f"{lacking}，不能核对“{change.quote}”。")
        return
    now, before = change.now.value, change.before
    went_up = now > before
    if now == before or went_up != change.up:
        way = "持平" if now == before else ("上升" if went_up else "下降")
        amount = change.amount
        if now == before and amount is not None and amount.value == 0:
            return
        message = (
            f"文字说“{change.quote}”，而本年为{number(now)}，上年为{number(before)}，实际{way}，请核对。"
        )
        yield RULES["TX-13"].finding(place, message, left=now, right=before)
    elif change.amount is not None and not change.amount.vague:
        yield from _judge_amount(change, change.amount, before)


def _judge_amount(change: Change, amount: Quantity, before: Decimal) -> Outcome:
    place = change.sentence.place(change.now.start, change.end)
    difference = abs(change.now.value - before)
    if amount.is_percentage and before:
        yield from _compare_percentage(
            change.sentence,
            change.now.start,
            amount,
            difference * 100 / before,
            f"（{number(change.now.value)} - {number(before)}）÷ {number(before)}",
        )
    elif amount.unit == change.now.unit and amount.value != difference:
        message = (
            f"文字说“{change.quote}”，而本年{number(change.now.value)}与上年{number(before)}相差{number(difference)}，"
            "请核对。"
        )
        yield RULES["TX-13"].finding(place, message, left=amount.value, right=difference)


# 占比、答复率 ---------------------------------------------------------------------------------


def _judge_share(
    examination: Examination, sentence: Sentence, before: Sentence | None, index: int
) -> Outcome:
    """ "自然人6件，占75%": the part is the count before it, the whole what 其中 divides, or what all parts add up to."""
    percentage = sentence.quantities[index]
    if not _SHARE.search(sentence.text[: percentage.start]):
        return
    counts = [q for q in sentence.quantities[:index] if not q.is_percentage]
    if not counts or counts[-1].vague or percentage.start - counts[-1].end > 16:
        return
    if "分别" in sentence.text[counts[-1].end : percentage.start]:
        return  # several shares in one breath: which is whose is not sure
    part = counts[-1]
    wholes = _wholes(sentence, before, part)
    if is_about_applications(sentence, part.start, percentage.end):
        known = [examination.value("applications", row) for row in ("received", "total")]
        wholes += [value for value in known if value]
    shares = {whole: part.value * 100 / whole for whole in wholes if whole >= part.value and whole}
    parts = sum((q.value for q in _with_a_share(sentence) if _comparable(q, part)), Decimal(0))
    agreeing = [*shares.values(), *([part.value * 100 / parts] if parts else [])]
    if not shares or any(_agrees(percentage, share) for share in agreeing):
        return
    whole = next(iter(shares))
    yield from _compare_percentage(
        sentence, part.start, percentage, shares[whole], f"{number(part.value)} ÷ {number(whole)}"
    )


def _wholes(sentence: Sentence, before: Sentence | None, part: Quantity) -> list[Decimal]:
    """The counts that may be the whole: the first of the sentence, or, after "其中", those of the sentence before."""
    shared = _with_a_share(sentence)
    counts = [
        q for q in sentence.quantities if q.end <= part.start and not q.is_percentage and q not in shared
    ]
    wholes = [q.value for q in counts[:1] if _comparable(q, part) and not q.vague]
    if before is not None and before.paragraph == sentence.paragraph and sentence.text.startswith("其中"):
        wholes += [q.value for q in before.quantities if _comparable(q, part) and not q.vague]
    return wholes


def _with_a_share(sentence: Sentence) -> list[Quantity]:
    """The counts that are followed by their own percentage."""
    pairs = pairwise(sentence.quantities)
    return [
        q
        for q, after in pairs
        if after.is_percentage and "占" in sentence.text[q.end : after.start] and not q.is_percentage
    ]


def _judge_rate(sentence: Sentence, index: int) -> Outcome:
    """ "收到8件，答复8件，答复率100%"."""
    percentage = sentence.quantities[index]
    if not _RATE.search(sentence.text[: percentage.start]):
        return
    counts = [(n, q) for n, q in enumerate(sentence.quantities[:index]) if not q.is_percentage]
    done = [q for n, q in counts if _DONE.search(words_before(sentence, n))]
    taken_in = [q for n, q in counts if _TAKEN_IN.search(words_before(sentence, n))]
    if not done or not taken_in or "结转" in sentence.text:
        return
    part, whole = done[-1], taken_in[-1]
    unfit = part is whole or part.vague or whole.vague or not _comparable(part, whole)
    if unfit or not whole.value or part.value > whole.value:
        return
    yield from _compare_percentage(
        sentence,
        whole.start,
        percentage,
        part.value * 100 / whole.value,
        f"{number(part.value)} ÷ {number(whole.value)}",
    )


def _comparable(one: Quantity, other: Quantity) -> bool:
    alike = frozenset(["件", "份", "宗", "起", "个", "次"])
    return one.unit == other.unit or (one.unit in alike and other.unit in alike)


def _agrees(printed: Quantity, computed: Decimal) -> bool:
    unit = Decimal(1).scaleb(-printed.decimals)
    return abs(computed - printed.value) <= unit * PERCENTAGE_TOLERANCE


def _compare_percentage(
    sentence: Sentence, start: int, printed: Quantity, computed: Decimal, how: str
) -> Iterator[Finding]:
    if _agrees(printed, computed):
        return
    shown = round(computed, max(printed.decimals, 1))
    message = f"文字写{number(printed.value)}%，按文中和表中的数重新计算，{how} = {number(shown)}%，请核对百分比或者所用的数。"
    yield RULES["TX-12"].finding(sentence.place(start, printed.end), message, left=printed.value, right=shown)
