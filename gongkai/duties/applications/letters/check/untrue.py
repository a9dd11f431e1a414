"""与规定不符的说法. Sentences that tell the reader a rule otherwise than it is, whatever the case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.text import LetterText


@dataclass(frozen=True, slots=True)
class _Wrong:
    """不是这样规定的说法."""

    written: re.Pattern[str]
    why: str
    code: str = "contents"
    but_in: tuple[str, ...] = ()


_SILENCE = _Wrong(
    re.compile("逾期[^。；]{0,14}?(?:(?:将|即|视同|依法)予以公开|予以公开|(?:无|没有)(?:异议|意见))"),
    "逾期未提出意见的，由本机关依照条例决定是否公开",
)
_UNTRUE = {
    "correction": (
        _Wrong(
            re.compile("答复期限[^。；]{0,10}[自从][^。；，]{0,10}收到(?:您|你单位)?的?原?申请"),
            "补正的，答复期限自收到补正之日起计算（条例第三十条）",
        ),
    ),
    "fee_notice": (
        _Wrong(
            re.compile("答复期限[^。；，]{0,6}(?:继续|连续|照常|不变|不停)"), "缴纳以后，答复期限重新起算"
        ),
    ),
    "third_party_consultation": (_SILENCE,),
    "other_agency_consultation": (_SILENCE,),
    "third_party_notice": (
        _Wrong(re.compile("(?:不予|决定不)公开(?![^，。；]{0,14}(?:会|可能|将)|的)"), "告知的是决定公开"),
    ),
    "deferral": (
        _Wrong(re.compile("理由不合理|不予处理"), "延迟答复的，是理由合理的申请（条例第三十五条）"),
    ),
}
_NEVER = (
    _Wrong(
        re.compile(
            "(?:说明|注明|填写|写明|提供|补充|证明)[^，。；：]{0,6}(?:申请|获取|使用)[^，。；：]{0,6}(?:用途|目的)"
            "|特殊需要|三需要"
        ),
        "申请人不需要说明用途或者特殊需要（条例第二十七条、第二十九条）",
        but_in=("reasons_asked",),
    ),
    _Wrong(
        re.compile("(?:发出|作出|制发|落款|成文|寄出|寄送)之(?:次)?日[^。；，]{0,4}起[^。；，]{0,14}工作日"),
        "期限从收到文书起算",
        code="working_days",
    ),
    _Wrong(
        re.compile(
            "(?:收取|缴纳|交纳|支付|承担)[^，。；：]{0,8}(?:工本费|检索费|复制费|复印费|邮寄费|邮费|手续费)"
        ),
        "除信息处理费外，提供政府信息不收取费用（条例第四十二条）",
        code="amount",
    ),
)


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    for place, line in text.body():
        own = _unasked(line, facts)
        for wrong in (*_UNTRUE.get(facts.kind, ()), *_NEVER):
            if facts.kind not in wrong.but_in and (found := wrong.written.search(own)):
                yield Finding(wrong.code, place, f"写了“{found[0]}”：{wrong.why}", "请改正")


def _unasked(body: str, facts: CaseFacts) -> str:
    """What the letter says, without the applicant's own words and what is on record of a matter or a third party."""
    recorded = [text for matter in facts.matters for text in (matter.text, matter.reasons)]
    if facts.kind == "third_party_notice":
        recorded.append(facts.said)
    for text in filter(None, recorded):
        body = body.replace(text.strip().rstrip("。；，"), "")
    return body
