"""文书用语. What a reply says of a matter, by its situation: the articles it names, the words that decide, the sentence.

The Regulations give no forms of letters; the sentences are ours and repeat the words of the article they rest on.
"""

from dataclasses import dataclass

from gongkai.rules.citation import REGULATIONS, Citation, chinese_number
from gongkai.rules.regulations_2019.outcome import SITUATION_BY_KEY
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY, Group
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY


@dataclass(frozen=True, slots=True)
class Words:
    """一种情形的用语. ``decides`` must stand in the letter as it is; ``sentence`` holds it."""

    decides: str
    sentence: str


# {basis} the articles, {reasons} what the officer wrote of the matter, {kind} the law's head under the ground.
_REFUSED = "该信息属于{kind}。{reasons}。根据{basis}的规定，本机关决定不予公开。"
WORDS: dict[str, Words] = {
    "provided": Words("予以公开", "根据{basis}的规定，本机关决定予以公开，所公开的信息随本答复书一并提供。"),
    "already_public": Words(
        "已经主动公开", "该信息已经主动公开。根据{basis}的规定，现告知获取的方式、途径：{reasons}。"
    ),
    "will_be_provided": Words(
        "予以公开", "根据{basis}的规定，本机关决定予以公开，获取的方式、途径和时间：{reasons}。"
    ),
    "public_interest": Words(
        "予以公开",
        "该信息涉及第三方，第三方不同意公开。{reasons}。根据{basis}的规定，本机关认为不公开会对公共利益造成重大影响，"
        "决定予以公开，所公开的信息随本答复书一并提供。",
    ),
    "co_maker_silent": Words(
        "予以公开",
        "该信息由本机关与其他机关共同制作，被征求意见的机关逾期未提出意见，视为同意公开。"
        "根据{basis}的规定，本机关决定予以公开，所公开的信息随本答复书一并提供。",
    ),
    "severed": Words(
        "其余部分不予公开",
        "该信息含有不应当公开的内容，能够作区分处理。根据{basis}的规定，本机关决定公开可以公开的部分，"
        "随本答复书一并提供；其余部分不予公开，理由是：{reasons}。",
    ),
    "secret": Words(
        "不予公开", "该信息属于依法确定的国家秘密。{reasons}。根据{basis}的规定，本机关决定不予公开。"
    ),
    "prohibited": Words(
        "不予公开",
        "该信息属于法律、行政法规禁止公开的信息。{reasons}。根据{basis}的规定，本机关决定不予公开。",
    ),
    "security": Words(
        "不予公开", "该信息公开后可能危及{kind}。{reasons}。根据{basis}的规定，本机关决定不予公开。"
    ),
    "third_party_refuses": Words(
        "不予公开",
        "该信息涉及{kind}，本机关书面征求了第三方意见，第三方不同意公开且有合理理由。{reasons}。"
        "根据{basis}的规定，本机关决定不予公开。",
    ),
    "third_party_silent": Words(
        "不予公开",
        "该信息涉及{kind}，本机关书面征求了第三方意见，第三方逾期未提出意见。{reasons}。"
        "根据{basis}的规定，本机关决定不予公开。",
    ),
    "internal": Words("不予公开", _REFUSED.replace("{kind}", "内部事务信息中的{kind}信息")),
    "deliberative": Words("不予公开", _REFUSED.replace("{kind}", "过程性信息中的{kind}")),
    "case_file": Words("不予公开", _REFUSED.replace("{kind}", "行政执法案卷信息")),
    "special_enquiry": Words(
        "依照有关法律、行政法规的规定办理",
        "有关法律、行政法规对该信息的获取有特别规定。根据{basis}的规定，请您依照有关法律、行政法规的规定办理：{reasons}。",
    ),
    "not_found": Words(
        "信息不存在", "{reasons}。经检索，没有您所申请公开的信息。根据{basis}的规定，该信息不存在。"
    ),
    "another_agency": Words(
        "不属于本机关负责公开", "该信息不属于本机关负责公开。根据{basis}的规定，现告知：{reasons}。"
    ),
    "must_be_created": Words(
        "不予提供",
        "该信息没有现成的，需要对现有政府信息进行加工、分析。{reasons}。根据{basis}的规定，本机关不予提供。",
    ),
    "still_unclear": Words(
        "无法提供", "您作了补正，申请内容仍不明确。{reasons}。根据{basis}的规定，本机关无法提供。"
    ),
    "petition": Words(
        "不作为政府信息公开申请处理",
        "该项内容属于信访、投诉、举报。根据{basis}的规定，不作为政府信息公开申请处理。您可以通过以下渠道提出：{reasons}。",
    ),
    "repeat": Words(
        "不予重复处理", "该项内容本机关已经答复。{reasons}。根据{basis}的规定，本机关不予重复处理。"
    ),
    "publication": Words(
        "公开出版物", "您要求提供的是公开出版物。根据{basis}的规定，现告知获取的途径：{reasons}。"
    ),
    "excessive": Words(
        "不予处理",
        "您申请公开政府信息的数量、频次明显超过合理范围，本机关要求您说明理由，所述理由不合理。{reasons}。"
        "根据{basis}的规定，本机关不予处理。",
    ),
    "reconfirm": Words(
        "不再重新出具", "您已经获取该信息，要求的是确认或者重新出具。{reasons}。本机关不再重新出具。"
    ),
    "not_corrected": Words(
        "视为放弃申请", "您无正当理由逾期不补正。{reasons}。根据{basis}的规定，视为放弃申请，本机关不再处理。"
    ),
    "fee_unpaid": Words(
        "视为放弃申请", "您逾期未缴纳信息处理费。{reasons}。根据{basis}的规定，视为放弃申请，本机关不再处理。"
    ),
    "withdrawn": Words("终止办理", "您撤回了该项申请。{reasons}。本机关终止办理。"),
    "unreachable": Words("终止办理", "本机关无法与您取得联系。{reasons}。本机关终止办理。"),
    "enquiry": Words("终止办理", "该项内容为业务咨询，不是申请公开政府信息。{reasons}。本机关终止办理。"),
    "party_affairs": Words("终止办理", "该项内容不是政府信息。{reasons}。本机关终止办理。"),
    "archives": Words(
        "按照档案利用的规定办理",
        "该信息已经移交档案馆且移交期届满，请您按照档案利用的规定办理：{reasons}。本机关终止办理。",
    ),
    "merged": Words("终止办理", "该项内容并入您的另一申请办理。{reasons}。本机关就该项终止办理。"),
}
# Decisions that contradict each other when they are said of one matter.
OPENING_WORDS = ("予以公开", "公开可以公开的部分", "一并提供", "现提供", "予以提供")
# Each of them decides by itself: beside another decision on the same matter it is a contradiction.
DECIDING_WORDS = (
    "决定不予公开",
    "信息不存在",
    "不予重复处理",
    "视为放弃申请",
    "不作为政府信息公开申请处理",
)
REFUSING_WORDS = ("不予公开", "不予提供", "不予处理", "不予重复处理", "不存在", "视为放弃申请", "终止办理")


def cited_for(situation: str, ground: str = "") -> tuple[Citation, ...]:
    """答复应当引用的条款 for one matter: its own article first. Empty where no article says it.

    >>> [formal(each) for each in cited_for("internal")]
    ['《中华人民共和国政府信息公开条例》第十六条第一款', '《中华人民共和国政府信息公开条例》第三十六条第三项']
    """
    found = SITUATION_BY_KEY[situation]
    result = RESULT_BY_KEY[found.result]
    named: tuple[Citation, ...]
    if situation == "severed":
        named = (REGULATIONS.article(37), GROUND_BY_KEY[ground].basis, REGULATIONS.article(36, item=3))
    elif result.group is Group.GRANTED:
        provided = REGULATIONS.article(36, item=2)
        named = (found.basis,) if found.basis.article == provided.article else (found.basis, provided)
    elif result.key == "unavailable_not_held":
        named = (found.basis,)
    else:
        named = result.basis
    return tuple(each for each in named if each.article)


def formal(citation: Citation) -> str:
    """正式文书里的引用: the instrument by its full title, no mark of ours.

    >>> formal(REGULATIONS.article(33, 2))
    '《中华人民共和国政府信息公开条例》第三十三条第二款'
    """
    return formally((citation,))


def formally(citations: tuple[Citation, ...]) -> str:
    """几个条款连写, each instrument named once.

    >>> formally((REGULATIONS.article(37), REGULATIONS.article(36, item=3)))
    '《中华人民共和国政府信息公开条例》第三十七条、第三十六条第三项'
    """
    parts: list[str] = []
    before = None
    for each in citations:
        title = "" if each.instrument is before else f"《{each.instrument.title.partition('（')[0]}》"
        before = each.instrument
        parts.append(title + _place(each))
    return "、".join(parts)


def _place(citation: Citation) -> str:
    numbers = ((citation.article, "条"), (citation.paragraph, "款"), (citation.item, "项"))
    return "".join(f"第{chinese_number(number)}{unit}" for number, unit in numbers if number)


def words_of(situation: str, *, ground: str = "", kind: str = "", reasons: str = "") -> str:
    """对一项的答复, whole.

    >>> words_of("repeat", reasons="见2026年3月2日的答复")
    '该项内容本机关已经答复。见2026年3月2日的答复。根据《中华人民共和国政府信息公开条例》第三十六条第六项的规定，本机关不予重复处理。'
    """
    said = reasons.strip().rstrip("。；，")
    pattern = WORDS[situation].sentence
    if said and "{reasons}" not in pattern:
        pattern += (
            "{reasons}。"  # nothing more has to be said here; what the officer wrote is said all the same
        )
    sentence = pattern.format(basis=formally(cited_for(situation, ground)), reasons=said, kind=kind)
    return sentence.replace("。。", "。")
