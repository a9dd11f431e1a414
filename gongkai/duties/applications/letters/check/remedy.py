"""救济告知. Road, body, court and periods are those of the result on the day of the decision (decision 22)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.reading import NUMERAL
from gongkai.duties.applications.letters.composing import remedy_text
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.articles import number_read

_PLACE = "救济告知"
_APPLY = re.compile(
    rf"(应当?|可以?)?[^，。；]{{0,8}}收到本[^，。；]{{1,8}}之日起({NUMERAL})(日|天|个月)内，?(?:先|依法){{0,2}}向([^，。；]+?)申请行政复议"
)
_SUIT = re.compile(
    rf"收到本[^，。；]{{1,8}}之日起({NUMERAL})(日|天|个月)内，?(?:直接|依法){{0,2}}向([^，。；]+?)提起行政诉讼"
)
_AFTER = re.compile(rf"复议决定书?之日起({NUMERAL})(日|天|个月)内，?(?:依法)?向([^，。；]+?)提起行政诉讼")
_FIRST = re.compile("未经行政复议，?(?:不能|不得)直接(?:提起|向人民法院提起)行政诉讼")
_MUST_FIRST = re.compile("应当?(?:[^，。；]{0,24}[日内])?先[^，。；]{0,40}?申请行政复议")
_MODAL = {"应": "应当", "可": "可以"}
_MENTIONED = re.compile("申请行政复议|提起行政诉讼")
_PERIOD = re.compile(
    rf"({NUMERAL})(个?工作日|日|天|个?月|年)[内里]?[^，。；]{{0,60}}?(申请(?:行政)?复议|提起(?:行政)?诉讼|起诉)"
)
_STRAIGHT_TO_COURT = re.compile("(?:可以|可|有权|选择)[^，。；]*(?:诉讼|起诉)")
_AFTER_ALL = re.compile("复议决定|复议后|不可|不可以")
_MAY_CHOOSE = re.compile("或者|也可|选择|直接")
_NO_ROAD = re.compile(
    "(?:不得|不能|无权|不可以|不可|不再)(?:再)?(?:依法)?(?:申请)?(?:行政)?复议|最终决定|终局"
    "|(?:无权|不得)(?:再)?(?:依法)?(?:提起)?(?:行政)?诉讼"
)
_OF_ITS_RESULT = re.compile("对(本不予公开决定|其中不予公开的部分|其他部分|本答复|本决定)不服")


@dataclass(frozen=True, slots=True)
class _Road:
    """告知的途径, as read from a text."""

    apply: frozenset[tuple[str, int, str, str]]
    suit: frozenset[tuple[int, str, str]]
    after: frozenset[tuple[int, str, str]]
    is_first: bool
    must_first: bool  # 应当先申请行政复议, in these words
    against: frozenset[str]
    periods: frozenset[tuple[int, str, str]]  # with the remedy they are said of
    straight: tuple[str, ...]  # 直接起诉的说法, without a period


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    told = "\n".join((*text.paragraphs, text.remedy, *text.notes, *text.margins))
    if not facts.letter_kind.has_remedy:
        if _MENTIONED.search(told):
            yield Finding("remedy", _PLACE, "这种文书不写救济途径", "请核对要不要写", stops=False)
        return
    if not _MENTIONED.search(told):
        yield Finding("remedy", _PLACE, "没有写救济途径和期限", f"请写上：{remedy_text(facts)}")
        return
    wanted, found = _read(remedy_text(facts)), _read(told)
    advice = f"应当是：{remedy_text(facts)}"
    if found.is_first != wanted.is_first or not _says_as_much(_must(found), _must(wanted)):
        problem = (
            "不予公开的，应当告知先申请行政复议，不能直接起诉"
            if wanted.is_first
            else "这一结果可以复议也可以直接起诉，不是复议前置"
        )
        yield Finding("remedy_road", _PLACE, problem, advice)
    if {each[1:3] for each in found.apply} != {each[1:3] for each in wanted.apply}:
        yield Finding("remedy_period", _PLACE, "申请行政复议的期限不对", advice)
    if {each[3] for each in found.apply} != {each[3] for each in wanted.apply}:
        yield Finding("remedy_body", _PLACE, "行政复议机关不对", advice)
    for mine, right, what in (
        (found.suit, wanted.suit, "直接起诉"),
        (found.after, wanted.after, "复议后起诉"),
    ):
        if {each[:2] for each in mine} != {each[:2] for each in right}:
            yield Finding("remedy_period", _PLACE, f"{what}的期限不对，或者不应当这样告知", advice)
        elif {each[2] for each in mine} != {each[2] for each in right}:
            yield Finding("remedy_court", _PLACE, f"{what}的法院不对", advice)
    if not {each[:2] for each in found.periods} <= {each[:2] for each in wanted.periods}:
        yield Finding("remedy_period", _PLACE, "另外写了别的复议、诉讼期限", advice)
    if wanted.is_first and found.straight:
        problem = f"不予公开的，应当先申请行政复议，不能写“{found.straight[0]}”"
        yield Finding("remedy_road", _PLACE, problem, advice)
    if none := _NO_ROAD.search(re.sub(r"\s", "", told)):
        problem = f"写了“{none[0]}”，申请人的救济途径不能排除（条例第五十一条）"
        yield Finding("remedy_road", _PLACE, problem, advice)
    if found.against != wanted.against:
        yield Finding("remedy_against", _PLACE, "救济针对的决定写得不对", advice)


def _must(road: _Road) -> frozenset[str]:
    said = {each[0] for each in road.apply}
    return frozenset(said | {"应当"} if road.must_first else said)


def _says_as_much(found: frozenset[str], wanted: frozenset[str]) -> bool:
    """Whoever is told that reconsideration must come first may also be told that he can apply for it."""
    return found == wanted or ("应当" in wanted and wanted <= found)


def _read(text: str) -> _Road:
    text = re.sub(r"\s", "", text).replace(",", "，")
    return _Road(
        apply=frozenset(
            (_MODAL.get((m[1] or "")[:1], ""), _number(m[2]), _unit(m[3]), m[4])
            for m in _APPLY.finditer(text)
        ),
        suit=frozenset((_number(m[1]), _unit(m[2]), m[3]) for m in _SUIT.finditer(text)),
        after=frozenset((_number(m[1]), _unit(m[2]), m[3]) for m in _AFTER.finditer(text)),
        is_first=bool(_FIRST.search(text) or _MUST_FIRST.search(text)),
        must_first=bool(_MUST_FIRST.search(text)),
        against=frozenset(m[1] for m in _OF_ITS_RESULT.finditer(text)),
        periods=frozenset((_number(m[1]), _unit(m[2]), m[3]) for m in _PERIOD.finditer(text)),
        straight=tuple(m[0] for clause in re.split("[，。；]", text) for m in _straight(clause)),
    )


def _straight(clause: str) -> Iterator[re.Match[str]]:
    """A clause that lets the reader go to court without the reconsideration that comes first."""
    match = _STRAIGHT_TO_COURT.search(clause)
    is_after = _AFTER_ALL.search(clause) or ("复议" in clause and not _MAY_CHOOSE.search(clause))
    if match and not is_after:
        yield match


def _number(text: str) -> int:
    return number_read(text.replace("两", "二"))


def _unit(text: str) -> str:
    return {"天": "日", "月": "个月", "工作日": "个工作日"}.get(text, text)
