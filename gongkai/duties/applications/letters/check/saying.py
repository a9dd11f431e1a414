"""换了说法的决定. What a sentence decides in other words than ours: a letter may put it as it likes, but not against the record.

Each pattern wants the agency or the information as the subject of one clause; whatever else a letter tells the reader (where
another agency's information is found, what may be read on the site) is no decision on this matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.duties.applications.letters.case_facts import MatterFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.rules.regulations_2019.consultation import rests_on_a_refusal
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY, Group

_WE = r"(?:本机关|我机关|本单位|我单位|我[局委办厅])"
_IT = r"(?:(?:该|上述|前述|此|所申请的?|申请公开的)(?:政府)?(?:信息|材料|文件|内容)|该项)"
_NOT = r"(?:不同意|不能|不予|不宜|不便|不得|不可以|无法|拒绝|决定不|暂不|不)"
_WITHIN = "[^，。；：]{0,12}?"
# What turns the words that follow into the name of something, or into a question about it.
_NAMES = "(?!的|后|可能|会|将|与否|条例|申请|指南|工作|栏目|部分|属性|方式|范围|时限|期限|日期|义务)"
_IF = "(?![^，。；：]{0,14}(?:会|可能|将))"  # 不公开该信息可能…: what would follow, not what is decided
# Whether something is decided, and what somebody else may be asked for, is not yet a decision.
_SURELY = "(?<!不)(?<!是否)(?<!能否)"
_AND = "(?:(?!申请|向(?!您)|由)[^，。；：不无未非否]){0,10}?"


@dataclass(frozen=True, slots=True)
class _Saying:
    """一种说法: what it decides, how it is written, and the groups and situations in which it may stand."""

    decides: str
    written: re.Pattern[str]
    groups: frozenset[Group]
    situations: frozenset[str] = frozenset()

    def contradicts(self, matter: MatterFacts) -> bool:
        group = RESULT_BY_KEY[matter.result].group
        return group not in self.groups and matter.situation not in self.situations


_OPENED = frozenset({Group.GRANTED, Group.GRANTED_IN_PART})
_HELD = frozenset(Group) - {Group.GRANTED, Group.GRANTED_IN_PART, Group.WITHHELD}
_SAYINGS = (
    _Saying(
        "公开或者提供",
        re.compile(
            rf"(?:{_WE}|{_IT}){_WITHIN}{_SURELY}(?:同意|可以|可|准予|决定|将){_AND}(?:公开|提供){_NAMES}"
            rf"|现将{_WITHIN}(?:信息|材料|文件){_WITHIN}(?:提供|发送|寄送|公开)"
            rf"|(?:信息|材料|文件){_WITHIN}(?:见附件|附后|随附)|领取所?申请的?(?:政府)?(?:信息|材料|文件)"
            "|但可以?(?:到本机关|来本机关|现场)?(?:查阅|查看|阅览|抄录|摘录)"
        ),
        _OPENED,
    ),
    _Saying(
        "已经公开或者提供",
        re.compile(rf"{_IT}，?(?:现已经?|已经?)(?:依法|主动|向您|对外|向社会)?(?:公开|提供){_NAMES}"),
        _OPENED,
        frozenset({"repeat", "reconfirm", "publication", "special_enquiry", "archives"}),
    ),
    _Saying(
        "不公开",
        re.compile(rf"(?:{_WE}|{_IT}){_WITHIN}{_NOT}(?:向您|对您|对外|予以)?公开{_NAMES}{_IF}"),
        frozenset({Group.GRANTED_IN_PART, Group.WITHHELD}),
    ),
    _Saying(
        "不提供",
        re.compile(
            rf"(?:{_WE}|{_IT}){_WITHIN}{_NOT}(?:向您|对您|对外|予以)?提供(?=$|[，。；、]|该|上述|所|信息|材料|文件)"
        ),
        frozenset(Group) - {Group.GRANTED},
    ),
    _Saying(
        "区分处理",
        re.compile(
            r"(?:遮挡|遮盖|涂黑|隐去|删去|删除)(?:处理|部分|[^，。；：]{0,6}(?:信息|内容))|(?:处理|已)?作?(?:遮挡|遮盖|涂黑)"
        ),
        frozenset(Group) - {Group.GRANTED},
    ),
    _Saying(
        "没有这一信息",
        re.compile(
            rf"{_IT}{_WITHIN}不存在|经(?:检索|查找|查询)，?{_WITHIN}(?:未能?|没有)(?:检索到|查询到|查到|找到|您|所申请|该)"
            rf"|{_WE}(?:没有|未(?:曾)?(?:制作|获取|保存|掌握)|不(?:掌握|保存|持有)){_WITHIN}"
        ),
        _HELD,
    ),
    _Saying("不属于本机关负责", re.compile(rf"不(?:属于|是)由?{_WE}(?:负责|职责|职权|公开)"), _HELD),
    _Saying("不是政府信息", re.compile(r"不(?:属于|是)[^，。；：]{0,8}政府信息(?!公开)"), _HELD),
    _Saying(
        "没有作出决定",
        re.compile(
            r"(?:(?<!您)(?<!申请人)建议|倾向于?|原则上|(?<![模虚])拟)(?:同意|决定)?(?:不予|予以|不)?公开"
        ),
        frozenset(),
    ),
)
_WHOLE = re.compile(r"全部(?:不予|予以)?(?:公开|提供)|该信息(?:不存在|不予公开。)")
_OF_A_REFUSAL = ("third_party_refuses", "public_interest")  # 情形 that say what the third party wanted
# 情形 whose sentence must name the fact on which the decision rests; in whatever words around it.
_RESTS_ON = {
    "secret": ("国家秘密", "国家秘密|[机绝]密|秘密级"),
    "prohibited": ("禁止公开", "禁止公开|不得公开"),
    "public_interest": ("公共利益", "公共利益"),
    "co_maker_silent": ("视为同意公开", "视为同意"),
    "third_party_refuses": ("第三方不同意公开", "不同意|反对|拒绝"),
    "third_party_silent": ("第三方逾期未提出意见", "(?:逾期|期限内|期满)[^。；]{0,12}(?:未|没有)"),
    "case_file": ("行政执法案卷", "案卷"),
    "not_found": ("经检索", "检索|查找|查询|查阅|搜索"),
    "must_be_created": ("加工、分析", "加工|分析|汇总|制作"),
    "still_unclear": ("补正后仍不明确", "补正[^。；]{0,30}不(?:够)?(?:明确|清楚)"),
    "petition": ("信访、投诉、举报", "信访|投诉|举报|申诉"),
    "repeat": ("已经答复", "已[^，。；]{0,20}(?:答复|作出|告知|回复)"),
    "excessive": (
        "说明的理由不合理",
        "理由[^。；]{0,6}(?:不合理|不成立|不充分)|(?:不合理|没有合理|未说明|没有说明)[^。；]{0,6}理由",
    ),
    "not_corrected": ("无正当理由逾期不补正", "补正"),
    "fee_unpaid": ("逾期未缴纳信息处理费", "缴|交纳"),
    "withdrawn": ("撤回", "撤回|撤销"),
    "unreachable": ("无法取得联系", "联系"),
    "merged": ("并入另一申请", "并入|合并|一并"),
}


def look(matter: MatterFacts, section: str, place: str) -> Iterator[Finding]:
    """``section`` the paragraphs that answer the matter, as they are punctuated."""
    own = unrecorded(section, matter).replace("你单位", "您")
    name = RESULT_BY_KEY[matter.result].name
    for saying in _SAYINGS:
        found = saying.written.search(own) if saying.contradicts(matter) else None
        if found:
            problem = f"决定是“{name}”，文中却写了“{found[0]}”，意思是{saying.decides}"
            yield Finding("decision", place, problem, "请删去，或者更正这一项的决定")
    if matter.situation == "severed" and (found := _WHOLE.search(own)):
        problem = f"决定是“{name}”，文中却写了“{found[0]}”"
        yield Finding("decision", place, problem, "请删去，或者更正这一项的决定")
    if matter.situation not in _OF_A_REFUSAL and rests_on_a_refusal(own):
        problem = f"决定是“{name}”，不以第三方不同意公开为由"
        yield Finding("third_party", place, problem, "请删去；要说明第三方的意见的，写进这一项的决定")
    what, written = _RESTS_ON.get(matter.situation, ("", ""))
    if what and not re.search(written, section.replace(matter.text, "")):
        yield Finding("ground", place, f"没有写明“{what}”", "决定所依据的事实要写明")


def denied_aside(own: str) -> str:
    """Without the clauses that say what the information is not: 不涉及国家秘密、商业秘密 is no ground."""
    return _DENIED.sub("", own)


_DENIED = re.compile(
    "(?:不|未|没有)(?:(?:涉及|含有?|包含|属于)[^，。；：]*|(?:存在)?[^，。；：]*(?:情形|情况|因素))"
)


def unrecorded(section: str, matter: MatterFacts) -> str:
    """The section without the words of the application and of the record."""
    for text in filter(None, (matter.text, matter.reasons.strip().rstrip("。；，"))):
        section = section.replace(text, "")
    return section
