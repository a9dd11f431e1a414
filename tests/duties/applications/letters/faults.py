"""错一处的文书. Every fault is one change to a right letter, with the codes by which the check must tell it.

A fault that does not fit a letter gives None, so that no letter counts that was not changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.letter_words import WORDS
from gongkai.rules.regulations_2019.letters import AddressedTo, ends_the_case
from gongkai.rules.regulations_2019.remedy_notice import Refusing
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY

Plant = Callable[[LetterText, CaseFacts, int], LetterText | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """一种差错."""

    name: str
    plant: Plant
    codes: frozenset[str]


FAULTS: list[Fault] = []


def fault(*codes: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        FAULTS.append(Fault(plant.__name__, plant, frozenset(codes)))
        return plant

    return add


def planted(text: LetterText, facts: CaseFacts, fault: Fault, n: int) -> LetterText | None:
    changed = fault.plant(text, facts, n)
    return None if changed is None or changed == text else changed


def _swap(text: LetterText, old: str, new: str, *, count: int = 1) -> LetterText | None:
    """In the first paragraph that holds it; in the remedy when no paragraph does."""
    for place, paragraph in enumerate(text.paragraphs):
        if old in paragraph:
            changed = (
                *text.paragraphs[:place],
                paragraph.replace(old, new, count),
                *text.paragraphs[place + 1 :],
            )
            return replace(text, paragraphs=changed)
    if old in text.remedy:
        return replace(text, remedy=text.remedy.replace(old, new, count))
    return None


def _sub(text: LetterText, pattern: str, new: str | Callable[[re.Match[str]], str]) -> LetterText | None:
    for place, paragraph in enumerate(text.paragraphs):
        changed = re.sub(pattern, new, paragraph, count=1)
        if changed != paragraph:
            return replace(
                text, paragraphs=(*text.paragraphs[:place], changed, *text.paragraphs[place + 1 :])
            )
    return None


def _add(text: LetterText, sentence: str) -> LetterText:
    return replace(text, paragraphs=(*text.paragraphs[:-1], text.paragraphs[-1] + sentence))


def _to_applicant(facts: CaseFacts) -> bool:
    return facts.letter_kind.addressed_to is AddressedTo.APPLICANT


# 首尾 -----------------------------------------------------------------------------------


@fault("addressee")
def another_name(text, facts, n):
    return replace(text, addressee=("李旁人：", "张示列：", "示例建筑有限公司：")[n % 3])


@fault("addressee")
def no_addressee(text, facts, n):
    return replace(text, addressee="")


@fault("title")
def title_of_another_kind(text, facts, n):
    wrong = "政府信息公开申请登记回执" if facts.kind != "receipt" else "政府信息公开申请答复书"
    return replace(text, title=wrong)


@fault("signature")
def another_agency_signs(text, facts, n):
    return replace(text, signature="示例市人民防空办公室")


@fault("number")
def number_of_another_letter(text, facts, n):
    return replace(text, number=re.sub(r"(\d+)号", lambda m: f"{int(m[1]) + 1}号", text.number))


@fault("number", "blank")
def number_left_open(text, facts, n):
    return replace(text, number=("{{文号}}", "示动复〔　〕号", "")[n % 3])


@fault("dated")
def day_before_receipt(text, facts, n):
    return replace(text, dated=f"{facts.received_on.year - 1}年12月30日")


@fault("dated")
def day_that_does_not_exist(text, facts, n):
    return replace(text, dated=f"{facts.day.year}年2月30日")


@fault("dated")
def day_after_issue(text, facts, n):
    return replace(text, dated=f"{facts.day.year + 1}年1月5日")


@fault("blank", "dated")
def day_left_blank(text, facts, n):
    return replace(text, dated=f"{facts.day.year}年　月　日")


# 空白 -----------------------------------------------------------------------------------


@fault("blank")
def placeholder_left(text, facts, n):
    return _add(text, ("联系人：{{承办人}}。", "办理科室：××科。", "经办：____。", "联系人：某某。")[n % 4])


@fault("blank")
def empty_brackets(text, facts, n):
    return _add(text, ("参见《》的规定。", "附：“”。", "（此处填写办理情况）")[n % 3])


# 收到日期、编号 ----------------------------------------------------------------------------


@fault("number", "contents")
def register_number_off_by_one(text, facts, n):
    return _swap(
        text, facts.register_number, re.sub(r"(\d+)号", lambda m: f"{int(m[1]) + 1}号", facts.register_number)
    )


@fault("number", "contents")
def register_number_of_another_year(text, facts, n):
    year = facts.received_on.year
    return _swap(text, f"〔{year}〕", f"〔{year - 1}〕")


@fault("date", "contents")
def received_a_day_later(text, facts, n):
    if not _to_applicant(facts):
        return None
    return _sub(text, r"(\d+)日收到", lambda m: f"{int(m[1]) % 27 + 1}日收到")


@fault("date", "contents")
def received_on_the_due_day(text, facts, n):
    """A day that is in the record, in the wrong place."""
    if not _to_applicant(facts) or not facts.due_on:
        return None
    due = facts.due_on
    return _sub(text, r"\d{4}年\d+月\d+日收到", f"{due.year}年{due.month}月{due.day}日收到")


@fault("date")
def a_day_out_of_nowhere(text, facts, n):
    return _add(text, f"有关情况已于{facts.received_on.year}年1月3日告知。")


@fault("date")
def a_day_no_calendar_has(text, facts, n):
    return _add(text, f"请于{facts.day.year}年4月31日前联系本机关。")


@fault("number")
def a_document_number_out_of_nowhere(text, facts, n):
    return _add(text, "参见示政办发〔2021〕77号文件。")


# 期限、金额 ------------------------------------------------------------------------------


@fault("date", "contents")
def due_day_moved(text, facts, n):
    return _sub(text, r"(\d+)日前答复", lambda m: f"{int(m[1]) % 27 + 1}日前答复")


@fault("working_days", "contents")
def working_days_changed(text, facts, n):
    return _sub(text, r"(\d+)个工作日", lambda m: f"{int(m[1]) + 3}个工作日")


@fault("contents", "blank")
def working_days_left_out(text, facts, n):
    return _sub(text, r"(\d+)个工作日", "个工作日")


@fault("amount", "contents")
def amount_changed(text, facts, n):
    return _sub(text, r"收费金额：(\d+)元", lambda m: f"收费金额：{int(m[1]) + 50}元")


@fault("amount", "contents")
def amount_without_its_last_nought(text, facts, n):
    return _sub(text, r"收费金额：(\d+)0元", r"收费金额：\1元")


@fault("contents")
def payment_way_left_out(text, facts, n):
    return _swap(text, f"缴纳方式：{facts.how}。", "") if facts.how else None


@fault("contents")
def consequence_left_out(text, facts, n):
    for sentence in (
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。",
        "，经政府信息公开工作机构负责人同意",
        "逾期未提出意见的，由本机关依照条例的规定决定是否公开。",
        "逾期未提出意见的，视为同意公开。",
        "理由不合理的，本机关不予处理。",
        "逾期未缴纳的，视为放弃申请，本机关不再处理该申请。",
    ):
        if changed := _swap(text, sentence, ""):
            return changed
    return None


@fault("contents")
def officers_words_left_out(text, facts, n):
    return _swap(text, facts.said, "有关情况") if facts.said else None


# 条款 -----------------------------------------------------------------------------------


@fault("article")
def an_article_that_does_not_exist(text, facts, n):
    wrong = ("第五十七条", "第六十三条", "第一百零二条")[n % 3]
    return _add(text, f"另据《中华人民共和国政府信息公开条例》{wrong}的规定办理。")


@fault("article")
def an_item_that_does_not_exist(text, facts, n):
    wrong = (
        "第三十六条第八项",
        "第三十六条第（九）项",
        "第三十一条第四项",
        "第十六条第三款",
        "第十四条第二款",
        "第三十三条第四款",
    )
    return _add(text, f"另据《中华人民共和国政府信息公开条例》{wrong[n % 6]}的规定。")


@fault("article")
def a_law_no_longer_in_force(text, facts, n):
    return _add(
        text,
        ("另据《中华人民共和国民法通则》第五条的规定。", "参照《中华人民共和国民法总则》第五条的规定。")[
            n % 2
        ],
    )


@fault("article")
def a_law_not_yet_in_force(text, facts, n):
    if facts.day.year >= 2024:
        return None
    return _add(text, "另据《最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释》第三条的规定。")


@fault("basis")
def basis_left_out(text, facts, n):
    changed = _sub(text, "(根据|依照)《中华人民共和国政府信息公开条例》[^，]*的规定", r"\1有关规定")
    return changed if _asks_for_a_basis(facts) else None


def _asks_for_a_basis(facts: CaseFacts) -> bool:
    return not ends_the_case(facts.kind) or any(
        RESULT_BY_KEY[each.result].basis[0].article for each in facts.matters
    )


@fault("other_article", "basis")
def article_of_another_decision(text, facts, n):
    """The ground of one refusal under another, a grant under the article of a refusal."""
    for old, new in (
        ("第三十六条第二项", "第三十六条第三项"),
        ("第三十六条第三项", "第三十六条第四项"),
        ("第三十六条第四项", "第三十六条第五项"),
        ("第十六条第一款", "第十六条第二款"),
        ("第三十八条", "第三十九条"),
        ("第三十五条", "第三十四条"),
        ("第三十条", "第三十二条"),
        ("第三十三条第二款", "第三十三条第三款"),
    ):
        if changed := _swap(text, old, new):
            return changed
    return None


@fault("other_article")
def a_ground_that_was_not_used(text, facts, n):
    if any(
        each.ground in ("STATE_SECRET", "PROHIBITED_BY_LAW", "SECURITY_OR_STABILITY")
        for each in facts.matters
    ):
        return None
    return _add(text, "本机关同时适用《中华人民共和国政府信息公开条例》第十四条。")


# 决定 -----------------------------------------------------------------------------------


@fault("decision")
def decision_turned_round(text, facts, n):
    if not ends_the_case(facts.kind):
        return None
    for old, new in (
        ("决定不予公开", "决定予以公开"),
        ("决定予以公开", "决定不予公开"),
        ("该信息不存在", "现予以公开"),
        ("本机关不予处理", "本机关予以公开"),
        ("不予重复处理", "予以公开"),
        ("视为放弃申请", "予以公开"),
        ("本机关终止办理", "本机关决定予以公开"),
        ("不予提供", "予以公开"),
    ):
        if changed := _swap(text, old, new):
            return changed
    return None


@fault("decision", "basis", "reasons")
def decision_left_out(text, facts, n):
    if not ends_the_case(facts.kind):
        return None
    decides = WORDS[facts.matters[-1].situation].decides
    last = text.paragraphs[-1].replace(decides, "请知悉")
    return replace(text, paragraphs=(*text.paragraphs[:-1], last))


@fault("matter", "reasons", "decision", "basis")
def a_matter_left_out(text, facts, n):
    if not ends_the_case(facts.kind) or len(facts.matters) < 2:
        return None
    return replace(text, paragraphs=text.paragraphs[:-1])


@fault("matter", "contents")
def a_matter_worded_otherwise(text, facts, n):
    if not _to_applicant(facts):
        return None
    return _swap(text, facts.matters[0].text, facts.matters[0].text[:-2] + "目录")


@fault("reasons")
def reasons_left_out(text, facts, n):
    wanted = [each.reasons for each in facts.matters if each.reasons]
    return _swap(text, wanted[0], "理由略") if ends_the_case(facts.kind) and wanted else None


@fault("reasons")
def reasons_of_another_case(text, facts, n):
    wanted = [each.reasons for each in facts.matters if each.reasons]
    other = "经核实，该事项由当事人双方自行协商解决为宜"
    return _swap(text, wanted[0], other) if ends_the_case(facts.kind) and wanted else None


@fault("ground")
def ground_of_another_refusal(text, facts, n):
    for old, new in (
        ("内部事务信息", "过程性信息"),
        ("过程性信息", "内部事务信息"),
        ("行政执法案卷信息", "国家秘密"),
        ("国家秘密", "商业秘密"),
        ("商业秘密", "个人隐私"),
        ("个人隐私", "商业秘密"),
    ):
        if changed := _swap(text, f"{old}", new):
            return changed
    return None


# 救济 -----------------------------------------------------------------------------------


def _on_remedy(text: LetterText, pattern: str, new: str) -> LetterText | None:
    changed = re.sub(pattern, new, text.remedy, count=1)
    return None if changed == text.remedy else replace(text, remedy=changed)


@fault("remedy")
def remedy_left_out(text, facts, n):
    return replace(text, remedy="") if text.remedy else None


@fault("remedy_period")
def reconsideration_period_changed(text, facts, n):
    return _on_remedy(text, "60日", ("30日", "15日", "90日", "60个月")[n % 4])


@fault("remedy_period")
def litigation_period_changed(text, facts, n):
    return _on_remedy(text, "6个月", ("3个月", "1个月", "12个月")[n % 3])


@fault("remedy_period")
def period_after_reconsideration_changed(text, facts, n):
    return _on_remedy(text, "决定书之日起15日", "决定书之日起30日")


@fault("remedy_body")
def another_reconsideration_body(text, facts, n):
    return _on_remedy(text, f"向{facts.remedy_body}", ("向示例县人民政府", "向示例省人民政府")[n % 2])


@fault("remedy_court")
def another_court(text, facts, n):
    return _on_remedy(text, f"向{facts.court}", "向示例县人民法院")


@fault("remedy_road", "remedy_period", "remedy_against")
def road_of_another_result(text, facts, n):
    """A refusal that may go straight to court, or a reply that is sent to reconsideration first."""
    if not text.remedy:
        return None
    body, court = facts.remedy_body, facts.court
    free = (
        f"对本答复不服的，可以自收到本答复书之日起60日内向{body}申请行政复议，"
        f"或者自收到本答复书之日起6个月内向{court}提起行政诉讼。"
    )
    first = (
        f"对本不予公开决定不服的，应当自收到本答复书之日起60日内向{body}申请行政复议；对行政复议决定不服的，"
        f"自收到行政复议决定书之日起15日内向{court}提起行政诉讼。未经行政复议，不能直接提起行政诉讼。"
    )
    is_first = facts.refusing is not Refusing.NOT and facts.day.year >= 2024
    return replace(text, remedy=free if is_first else first)


@fault("remedy_road")
def first_is_not_said(text, facts, n):
    return _on_remedy(text, "未经行政复议，不能直接提起行政诉讼。", "")


# 个人信息 --------------------------------------------------------------------------------


@fault("personal")
def somebodys_identity_number(text, facts, n):
    return _add(text, "申请人身份证号码11010519491231002X。")


@fault("personal", "applicant_told")
def a_mobile_number(text, facts, n):
    return _add(text, "联系人手机13800138000。")


@fault("other_person")
def somebody_elses_name(text, facts, n):
    return _add(text, "该情况由王旁人反映。")


@fault("applicant_told")
def applicant_named_to_a_third_party(text, facts, n):
    return None if _to_applicant(facts) else _add(text, f"申请人为{facts.applicant}。")


@fault("applicant_told")
def applicants_address_told_to_a_third_party(text, facts, n):
    return None if _to_applicant(facts) else _add(text, f"申请人的地址是{facts.applicant_contacts[1]}。")
