"""分项之和. "1471条（57+1180+17+217）", "1471条（工作动态57条，…）", "217条，其中，公示公告127条，…",
"300条：工作动态100条，…": TX-10.

Parts that are listed as the whole (in brackets, 分别为, 包括) must add up to it. Parts after 其中 may be fewer, never more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import Finding, number
from gongkai.report.check.narrative.quantities import Quantity

_SAME_UNITS = frozenset(["件", "份", "宗", "起", "个", "例"])
_NOT_EXHAUSTIVE = re.compile(r"等(?!级)|主要|约|之多|含|超过|左右|其余|以上|其中")
_SUM_IN_BRACKETS = re.compile(
    r"^（(?P<terms>[\d.]+(?:[+＋][\d.]+)+)(?:[=＝](?P<total>[\d.]+))?[^（）\d]{0,4}）"
)
_EQUATION = re.compile(r"(?<![\d.+＋])(?P<terms>\d[\d.]*(?:[+＋]\d[\d.]*)+)[=＝](?P<total>\d[\d.]*)")
_LISTED_AS_THE_WHOLE = re.compile(r"分别为|分别是|包括|由.{0,6}组成")
_OTHER_KIND = re.compile(
    r"答复|办结|办理完毕|结转|回复|同比|较|比上|增加|减少|增长|下降|占|率|阅读|浏览|访问|点击|粉丝|转发|满意|采纳|整改|解决"
)
_LONGEST_NAME = 12  # characters: what a part of a bare list is called; longer words say something else
_COMPARISON = re.compile(r"同比|较|比上|比去|增加|减少|增长|下降")
_DIMENSIONS = (
    re.compile(r"自然人|公民|企业|法人|科研|公益|法律服务|律师|个人"),
    re.compile(r"网上|网络|在线|信函|邮寄|当面|现场|传真|邮件|窗口|平台申请|来信|网站申请"),
    re.compile(r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|不掌握|不存在"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """一个分项: its words and its number."""

    words: str
    quantity: Quantity


def judge_sums(examination: Examination) -> Iterator[Finding]:
    for index, sentence in enumerate(examination.sentences):
        yield from _written_out(sentence)
        yield from _in_brackets(sentence)
        before = examination.sentences[index - 1] if index else None
        yield from _after_of_which(sentence, before)
        yield from _listed(sentence)
        yield from _after_colon(sentence)
        yield from _added_up(sentence)


# 57+1180+17+217 ---------------------------------------------------------------------------


def _written_out(sentence: Sentence) -> Iterator[Finding]:
    for found in _EQUATION.finditer(sentence.text):
        total, terms = _decimal(found["total"]), _terms(found["terms"])
        if total is not None and terms and sum(terms) != total:
            yield _unequal(sentence, found.start(), found.end(), total, terms)
    for whole in sentence.quantities:
        bracket = _SUM_IN_BRACKETS.match(sentence.text[whole.end :])
        terms = _terms(bracket["terms"]) if bracket else ()
        if bracket and terms and not whole.vague and sum(terms) != whole.value:
            yield _unequal(sentence, whole.start, whole.end + bracket.end(), whole.value, terms)


def _terms(text: str) -> tuple[Decimal, ...]:
    terms = [_decimal(term) for term in re.split(r"[+＋]", text)]
    known = tuple(term for term in terms if term is not None)
    return known if len(known) == len(terms) else ()


def _decimal(text: str) -> Decimal | None:
    digits = text.rstrip(".")
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


# 1471条（工作动态57条，热点关注1180条，…） ---------------------------------------------------------


def _in_brackets(sentence: Sentence) -> Iterator[Finding]:
    for whole in sentence.quantities:
        inside = _bracket_after(sentence.text, whole.end)
        if inside is None or whole.vague or "其中" in sentence.text[inside[0] + 2 : inside[1]]:
            continue  # parts of parts: what is a part of what is not sure
        groups = [
            _parts(sentence, piece_start, piece_end) for piece_start, piece_end in _pieces(sentence, *inside)
        ]
        groups = [[part for part in group if _same_unit(part.quantity, whole)] for group in groups]
        every = [part for group in groups for part in group]
        of_which = sentence.text[inside[0] : inside[0] + 3].startswith(("其中", "含", "包含"))
        exhaustive = not of_which and not _NOT_EXHAUSTIVE.search(sentence.text[slice(*inside)])
        sums = [_sum(group) for group in groups if group]
        if not every or any(part.quantity.vague or _OTHER_KIND.search(part.words) for part in every):
            continue
        fits = whole.value in (*sums, _sum(every)) or any(
            _sum(g) == whole.value for g in _by_dimension(every)
        )
        if len(every) >= 2 and exhaustive and not fits:
            values = [part.quantity.value for part in every]
            yield _unequal(sentence, whole.start, inside[1] + 1, whole.value, values)
        elif not exhaustive and max(_sum(g) for g in _by_dimension(every)) > whole.value:
            yield _too_much(sentence, whole, every, inside[1])


def _bracket_after(text: str, end: int) -> tuple[int, int] | None:
    """Inside the bracket that directly follows, without nested ones."""
    if text[end : end + 1] != "（":
        return None
    close = text.find("）", end)
    nested = text.find("（", end + 1)
    return (end + 1, close) if close > 0 and not 0 < nested < close else None


def _pieces(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The groups of a bracket, between semicolons."""
    while start < end:
        stop = sentence.text.find("；", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


# 其中 --------------------------------------------------------------------------------------


def _after_of_which(sentence: Sentence, before: Sentence | None) -> Iterator[Finding]:
    starts = [found.start() for found in re.finditer("其中", sentence.text)]
    for number_of, start in enumerate(starts):
        whole, earlier = _whole_before(sentence, before, start)
        if whole is None or whole.vague:
            continue
        end = starts[number_of + 1] if number_of + 1 < len(starts) else len(sentence.text)
        end = _end_of_list(sentence.text, start, end)
        parts = [p for p in _parts(sentence, start, end) if _same_unit(p.quantity, whole)]
        parts = [p for p in parts if not p.quantity.vague and not _OTHER_KIND.search(p.words)]
        parts = _until_complete(
            [p for p in parts if not _is_in_brackets(sentence.text, p.quantity.start)], whole.value
        )
        if not parts:
            continue
        largest = max(_by_dimension(parts), key=_sum)
        several_wholes = (
            sum(earlier, Decimal(0)) if "申请" in sentence.text or "结转" in sentence.text else Decimal(0)
        )
        bound = max(whole.value, several_wholes, *earlier)
        if _sum(largest) > bound:
            yield _too_much(sentence, whole, largest, end)


def _whole_before(
    sentence: Sentence, before: Sentence | None, start: int
) -> tuple[Quantity | None, list[Decimal]]:
    """The number that 其中 divides, and the numbers of that unit before it."""
    found = [q for q in sentence.quantities if q.end <= start and not q.is_percentage]
    found = [
        q
        for q in found
        if not _is_in_brackets(sentence.text, q.start) or _is_in_brackets(sentence.text, start)
    ]
    if not found and start == 0 and before and before.paragraph == sentence.paragraph:
        found = [q for q in before.quantities if not q.is_percentage]
    if not found:
        return None, []
    return found[-1], [q.value for q in found if _same_unit(q, found[-1])]


def _until_complete(parts: list[Part], whole: Decimal) -> list[Part]:
    """Where the parts have already added up to the whole, what follows counts something else."""
    for length in range(1, len(parts)):
        if _sum(parts[:length]) == whole:
            return parts[:length]
    return parts


def _end_of_list(text: str, start: int, end: int) -> int:
    """A list after "其中：" runs over semicolons; otherwise the first semicolon ends it."""
    semicolon = text.find("；", start, end)
    runs_on = text[start + 2 : start + 3] == "："
    return end if semicolon < 0 or runs_on else semicolon


# 分别为, 包括, 共 ------------------------------------------------------------------------------


def _listed(sentence: Sentence) -> Iterator[Finding]:
    """ "共60条，分别为A10条、B20条、C30条"."""
    for found in _LISTED_AS_THE_WHOLE.finditer(sentence.text):
        wholes = [q for q in sentence.quantities if q.end <= found.start() and not q.is_percentage]
        end = _end_of_list(sentence.text, found.start(), len(sentence.text))
        words = sentence.text[found.start() : end]
        if not wholes or wholes[-1].vague or _NOT_EXHAUSTIVE.search(words):
            continue
        whole = wholes[-1]
        between = sentence.text[whole.end : found.start()]
        if len(between) > 8 or _is_in_brackets(sentence.text, found.start()):
            continue
        parts = [
            p
            for p in _parts(sentence, found.end(), end)
            if not _is_in_brackets(sentence.text, p.quantity.start)
        ]
        if len(parts) < 2 or any(
            not _same_unit(p.quantity, whole) or p.quantity.vague or _OTHER_KIND.search(p.words)
            for p in parts
        ):
            continue
        if _sum(parts) != whole.value:
            values = [p.quantity.value for p in parts]
            yield _unequal(sentence, whole.start, end, whole.value, values)


def _after_colon(sentence: Sentence) -> Iterator[Finding]:
    """ "主动公开300条：A100条、B150条、其他60条": a bare list to the end of the sentence is the whole."""
    for whole in sentence.quantities:
        words = sentence.text[whole.end :]
        if not words.startswith("：") or whole.vague or _NOT_EXHAUSTIVE.search(words):
            continue
        parts = _parts(sentence, whole.end + 1, len(sentence.text))
        is_bare = len(parts) >= 2 and all(
            _same_unit(part.quantity, whole)
            and not part.quantity.vague
            and not _OTHER_KIND.search(part.words)
            and len(part.words.strip("：、，；")) <= _LONGEST_NAME
            for part in parts
        )
        if not is_bare or sentence.text[parts[-1].quantity.end :].strip("。；，") or "（" in words:
            continue
        if whole.value not in (_sum(parts), *map(_sum, _by_dimension(parts))):
            values = [part.quantity.value for part in parts]
            yield _unequal(sentence, whole.start, parts[-1].quantity.end, whole.value, values)


def _added_up(sentence: Sentence) -> Iterator[Finding]:
    """ "A10条、B20条，共计30条": the total must be the sum of some run of numbers right before it."""
    for index, total in enumerate(sentence.quantities):
        lead = sentence.text[max(0, total.start - 4) : total.start]
        clause_start, _ = sentence.clause(total.start)
        if (
            index < 2
            or total.vague
            or not re.search(r"(?:合计|共计|总计)$", lead)
            or total.start - clause_start > 4
        ):
            continue
        run: list[Decimal] = []
        for part in reversed(sentence.quantities[:index]):
            if _is_in_brackets(sentence.text, part.start) or _is_comparison(sentence, part):
                continue
            if not _same_unit(part, total) or part.vague:
                break
            run.append(part.value)
        sums = [sum(run[: length + 1], Decimal(0)) for length in range(len(run))]
        if len(run) >= 2 and total.value not in sums and "其中" not in sentence.text[: total.start]:
            yield _unequal(sentence, sentence.quantities[0].start, total.end, total.value, run[::-1])


# 分项 --------------------------------------------------------------------------------------


def _parts(sentence: Sentence, start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    last = start
    for quantity in sentence.quantities:
        if start <= quantity.start and quantity.end <= end:
            parts.append(Part(sentence.text[last : quantity.start], quantity))
            last = quantity.end
    return parts


def _by_dimension(parts: Sequence[Part]) -> list[list[Part]]:
    """Kinds of applicant, channels and results divide the same whole in different ways; each is added apart."""
    groups: dict[int, list[Part]] = {}
    for part in parts:
        kind = next((n for n, pattern in enumerate(_DIMENSIONS) if pattern.search(part.words)), -1)
        groups.setdefault(kind, []).append(part)
    return list(groups.values())


def _same_unit(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or (one.unit in _SAME_UNITS and other.unit in _SAME_UNITS)


def _is_in_brackets(text: str, at: int) -> bool:
    return text.count("（", 0, at) > text.count("）", 0, at)


def _is_comparison(sentence: Sentence, quantity: Quantity) -> bool:
    start, _ = sentence.clause(quantity.start)
    return bool(_COMPARISON.search(sentence.text[start : quantity.start]))


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.quantity.value for part in parts), Decimal(0))


def _unequal(sentence: Sentence, start: int, end: int, total: Decimal, terms: Sequence[Decimal]) -> Finding:
    added = sum(terms, Decimal(0))
    message = (
        f"文字写总数{number(total)}，而各分项相加{' + '.join(map(number, terms))} = {number(added)}，"
        f"相差{number(abs(total - added))}，请核对总数和各分项。"
    )
    return RULES["TX-10"].finding(sentence.place(start, end), message, left=added, right=total)


def _too_much(sentence: Sentence, whole: Quantity, parts: Sequence[Part], end: int) -> Finding:
    values = [part.quantity.value for part in parts]
    added = sum(values, Decimal(0))
    message = (
        f"文字写“其中”各项相加{' + '.join(map(number, values))} = {number(added)}，多于总数{number(whole.value)}，"
        f"多出{number(added - whole.value)}，请核对。"
    )
    start = min(whole.start, parts[0].quantity.start)
    return RULES["TX-10"].finding(sentence.place(start, end), message, left=added, right=whole.value)
