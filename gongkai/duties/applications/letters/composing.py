"""拟稿. A letter's text from the facts of its case, by its kind; nothing here asks the database or the clock."""

from collections.abc import Callable, Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts, amount_text
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.citation import chinese_number
from gongkai.rules.explanation import day_text
from gongkai.rules.regulations_2019.clock import PAYMENT_WORKING_DAYS, REPLY_WORKING_DAYS
from gongkai.rules.regulations_2019.letter_words import formally, words_of
from gongkai.rules.regulations_2019.letters import ANSWER_DAYS, AddressedTo
from gongkai.rules.regulations_2019.remedy_notice import remedy_notice

Paragraphs = Iterator[str]


def compose(facts: CaseFacts) -> LetterText:
    """拟稿."""
    paragraphs = tuple(_COMPOSERS[facts.kind](facts))
    if facts.letter_kind.addressed_to is AddressedTo.APPLICANT and facts.is_organisation:
        paragraphs = tuple(_to_an_organisation(each, facts) for each in paragraphs)
    return LetterText(
        issuer=facts.agency,
        title=facts.title,
        addressee=f"{facts.addressee}：",
        paragraphs=paragraphs,
        remedy=remedy_text(facts),
        signature=facts.agency,
        notes=_notes(facts),
    )


def remedy_text(facts: CaseFacts) -> str:
    """救济告知, "" for the kinds that have none."""
    if not facts.letter_kind.has_remedy:
        return ""
    notice = remedy_notice(
        facts.refusing, decided_on=facts.day, body=facts.remedy_body, court=facts.court or "人民法院"
    )
    text = notice.text.replace("本告知书", f"本{_called(facts)}")
    return text.replace("对本答复不服", "对本决定不服") if facts.kind == "third_party_notice" else text


def _called(facts: CaseFacts) -> str:
    """How the letter speaks of itself."""
    return "答复书" if facts.kind == "reply" else "告知书"


def _to_an_organisation(paragraph: str, facts: CaseFacts) -> str:
    """您 becomes 你单位, but not in words that a person wrote."""
    kept = [text for text in facts.recorded_texts() if text and "您" in text]
    for place, text in enumerate(kept):
        paragraph = paragraph.replace(text, f"\0{place}\0")
    paragraph = paragraph.replace("您", facts.you)
    for place, text in enumerate(kept):
        paragraph = paragraph.replace(f"\0{place}\0", text)
    return paragraph


def _notes(facts: CaseFacts) -> tuple[str, ...]:
    contacts = "；".join(facts.agency_contacts)
    return (f"（{contacts}）",) if contacts else ()


def _application(facts: CaseFacts) -> str:
    """收到了什么申请: the day, the number, and what was asked for."""
    corrected = f"，{day_text(facts.corrected_on)}收到您的补正" if facts.corrected_on else ""
    return (
        f"本机关{day_text(facts.received_on)}收到您提交的政府信息公开申请"
        f"（登记编号：{facts.register_number}）{corrected}。"
    )


def _subject(facts: CaseFacts) -> str:
    if len(facts.matters) == 1:
        return f"您申请公开“{_plain(facts.matters[0].text)}”。"
    listed = "；".join(f"{matter.number}．{_plain(matter.text)}" for matter in facts.matters)
    return f"您申请公开以下内容：{listed}。"


def _plain(text: str) -> str:
    return text.strip().rstrip("。；，")


def _basis(facts: CaseFacts) -> str:
    return formally(facts.letter_kind.basis)


def _receipt(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + "现已登记。"
    yield _subject(facts)
    by = f"，即{day_text(facts.due_on)}前答复" if facts.due_on else ""
    yield (
        f"依照{_basis(facts)}的规定，收到申请的日期和答复期限按以下确定：自收到申请之日起"
        f"{REPLY_WORKING_DAYS}个工作日内答复{by}。需要补正、征求意见或者延长期限的，另行告知。"
    )


def _correction(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + _subject(facts)
    yield f"经审查，您的申请内容不明确。根据{_basis(facts)}的规定，请您补正以下事项：{_plain(facts.said)}。"
    yield (
        f"请您自收到本告知书之日起{facts.working_days}个工作日内补正。答复期限自本机关收到补正之日起计算。"
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。"
    )


def _extension(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + _subject(facts)
    by = f"本机关将在{day_text(facts.until)}前答复。" if facts.until else ""
    yield (
        f"因{_plain(facts.said)}，不能按期答复。根据{_basis(facts)}的规定，经政府信息公开工作机构负责人同意，"
        f"答复期限延长{facts.working_days}个工作日。{by}"
    )


def _third_party_consultation(facts: CaseFacts) -> Paragraphs:
    yield (
        f"本机关收到一件政府信息公开申请（登记编号：{facts.register_number}），申请公开的以下信息涉及您的合法权益："
        f"{_plain(facts.said)}。"
    )
    yield (
        f"根据{_basis(facts)}的规定，现书面征求您的意见。请您自收到本征求意见书之日起{ANSWER_DAYS}个工作日内书面提出意见，"
        "写明是否同意公开；不同意公开的，请说明理由。逾期未提出意见的，由本机关依照条例的规定决定是否公开。"
    )


def _third_party_notice(facts: CaseFacts) -> Paragraphs:
    yield f"本机关就一件政府信息公开申请（登记编号：{facts.register_number}）书面征求了您的意见。"
    why = (
        "本机关认为不公开会对公共利益造成重大影响"
        if facts.refused_with_reason
        else "您不同意公开的理由不合理"
    )
    yield (
        f"经审查，{why}，根据{_basis(facts)}的规定，决定予以公开。"
        f"现将决定公开的内容和理由告知您：{_plain(facts.said)}。"
    )


def _co_maker_consultation(facts: CaseFacts) -> Paragraphs:
    yield (
        f"本机关收到一件政府信息公开申请（登记编号：{facts.register_number}），申请公开的以下信息由本机关与你机关共同制作："
        f"{_plain(facts.said)}。"
    )
    yield (
        f"根据{_basis(facts)}的规定，现征求你机关意见。请自收到本征求意见书之日起{ANSWER_DAYS}个工作日内提出意见，"
        "逾期未提出意见的，视为同意公开。"
    )


def _other_agency_consultation(facts: CaseFacts) -> Paragraphs:
    yield (
        f"本机关收到一件政府信息公开申请（登记编号：{facts.register_number}），申请公开的以下信息与你机关有关："
        f"{_plain(facts.said)}。"
    )
    yield (
        f"根据{_basis(facts)}的规定，现征求你机关意见。请自收到本函之日起{ANSWER_DAYS}个工作日内提出意见，"
        "写明是否同意公开；不同意公开的，请说明理由和依据。"
    )


def _fee_notice(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + _subject(facts)
    amount = amount_text(facts.amount) if facts.amount is not None else ""
    yield (
        f"根据{_basis(facts)}的规定，本机关决定对您的申请收取信息处理费。收费标准：{_plain(facts.said)}。"
        f"收费金额：{amount}元。缴纳方式：{_plain(facts.how)}。"
    )
    yield (
        f"请您自收到本通知书次日起{PAYMENT_WORKING_DAYS}个工作日内缴纳。逾期未缴纳的，视为放弃申请，"
        "本机关不再处理该申请。您完成缴纳后，答复期限重新起算。"
    )


def _reasons_asked(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + _subject(facts)
    yield (
        f"您申请公开政府信息的数量、频次明显超过合理范围：{_plain(facts.said)}。根据{_basis(facts)}的规定，"
        f"请您自收到本告知书之日起{facts.working_days}个工作日内书面说明理由。理由不合理的，本机关不予处理。"
    )


def _deferral(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + _subject(facts)
    until = day_text(facts.until) if facts.until else ""
    yield (
        f"您所述的申请理由合理，但{_plain(facts.said)}，本机关不能按期答复。根据{_basis(facts)}的规定，"
        f"现确定延迟答复的合理期限，本机关将在{until}前答复。"
    )


def _reply(facts: CaseFacts) -> Paragraphs:
    yield _application(facts) + "经审查，现答复如下："
    for matter in facts.matters:
        said = words_of(
            matter.situation, ground=matter.ground, kind=matter.ground_kind, reasons=matter.reasons
        ).replace("本答复书", f"本{_called(facts)}")
        before = f"{chinese_number(matter.number)}、" if len(facts.matters) > 1 else ""
        yield f"{before}您申请公开“{_plain(matter.text)}”。{said}"


_COMPOSERS: dict[str, Callable[[CaseFacts], Paragraphs]] = {
    "receipt": _receipt,
    "correction": _correction,
    "extension": _extension,
    "third_party_consultation": _third_party_consultation,
    "third_party_notice": _third_party_notice,
    "co_maker_consultation": _co_maker_consultation,
    "other_agency_consultation": _other_agency_consultation,
    "fee_notice": _fee_notice,
    "reasons_asked": _reasons_asked,
    "deferral": _deferral,
    "reply": _reply,
    "closing": _reply,
}
