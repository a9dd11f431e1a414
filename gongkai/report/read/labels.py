"""标签. The words of the three tables as real reports print them, and which row or column they mean."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021

# Only the characters that occur in titles and labels; prose is never converted.
_TRADITIONAL = (
    "萬業爲舉鄉於會體關內決況減辦務區單廳歷縣發後員國處復審對將屬師廢開強當總執護報據數無機權條構沒現確祕穩類糾納組織"
    "經結統繼續維編繳罰聯範獲補規計認議許訟訪訴詢請購費轉過這進適採鎮問項題額複佈繫製覆係為"
)
_SIMPLIFIED = (
    "万业为举乡于会体关内决况减办务区单厅历县发后员国处复审对将属师废开强当总执护报据数无机权条构没现确秘稳类纠纳组织"
    "经结统继续维编缴罚联范获补规计认议许讼访诉询请购费转过这进适采镇问项题额复布系制复系为"
)
_TO_SIMPLIFIED = str.maketrans(dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)))
_TRADITIONAL_SET = frozenset(_TRADITIONAL) - frozenset("系")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十]+(?![十条年])|\d{1,2}(?!\d))")


def without_invisible(text: str) -> str:
    """Without zero-width characters and direction marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Only the words: half-width, simplified, no white space and no punctuation.

    >>> plain("（三）不予\\n公開")
    '三不予公开'
    """
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).translate(_TO_SIMPLIFIED))


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """The words without the number in front.

    >>> core("1. 属于国家秘密"), core("（三）不予公开"), core("一、本年新收")
    ('属于国家秘密', '不予公开', '本年新收')
    """
    words = plain(text)
    shorter = _NUMBERING.sub("", words)
    return shorter or words


def arabic_number(text: str) -> int | None:
    """The number of "3.其他", None when there is none."""
    found = re.match(r"\s*[（(]?\s*(\d{1,2})\s*[.．、)）]?", unicodedata.normalize("NFKC", text))
    return int(found.group(1)) if found else None


def is_traditional(text: str) -> bool:
    """Whether several characters are traditional ones."""
    return sum(character in _TRADITIONAL_SET for character in text) >= 3


@dataclass(frozen=True, slots=True)
class Wording:
    """一种写法 of a label and what it means. ``prefix`` accepts a longer label that begins so."""

    words: str
    key: str
    prefix: bool = False


def _wordings(key: str, *words: str, prefix: bool = False) -> tuple[Wording, ...]:
    return tuple(Wording(core(each), key, prefix) for each in words)


# 表三 --------------------------------------------------------------------------------------

APPLICATION_WORDINGS: tuple[Wording, ...] = (
    *(
        w
        for row in form_2021.APPLICATION_ROWS
        if row.key != "other_remaining"
        for w in _wordings(row.key, row.label)
    ),
    *_wordings(
        "received",
        "本年新收政府信息公开申请",
        "本年新收政府信息公开申请数",
        "本年新收申请数量",
        "新收政府信息公开申请数量",
    ),
    *_wordings(
        "received",
        "本年度新收政府信息公开申请数量",
        "本年新收政府信息公开申请总数",
        "本年新收政府信息公开申请件数",
    ),
    *_wordings(
        "carried_in",
        "上年结转政府信息公开申请",
        "上年结转政府信息公开申请数",
        "上年度结转政府信息公开申请数量",
    ),
    *_wordings("carried_in", "上年结转申请数量", "上年结转政府信息公开申请件数"),
    *_wordings("granted", "予以公开"),
    *_wordings("granted_in_part", "部分公开", prefix=True),
    *_wordings("withheld_state_secret", "国家秘密", "涉及国家秘密"),
    *_wordings(
        "withheld_by_law", "其他法律法规禁止公开", "其他法律、行政法规禁止公开", "法律行政法规禁止公开"
    ),
    *_wordings("withheld_security_stability", "危及三安全一稳定", "涉及三安全一稳定", "三安全一稳定"),
    *_wordings("withheld_third_party", "保护第三方合法权益", "涉及第三方合法权益", "保护第三方权益"),
    *_wordings(
        "withheld_internal_affairs", "三类内部事务信息", "属于内部事务信息", "属于三类内部管理事务信息"
    ),
    *_wordings("withheld_deliberative", "四类过程性信息", "属于过程性信息", "属于四类过程信息"),
    *_wordings("withheld_enforcement_file", "行政执法案卷", "属于行政执法案卷信息", "行政执法案卷信息"),
    *_wordings("withheld_special_enquiry", "行政查询事项", "属于行政查询事项信息"),
    *_wordings(
        "unavailable_not_held", "本机关不掌握相关信息", "不掌握相关政府信息", "本行政机关不掌握相关政府信息"
    ),
    *_wordings("unavailable_must_be_created", "没有现成信息，需要另行制作", "没有现成信息需另行制作"),
    *_wordings("unavailable_still_unclear", "补正后申请内容仍不明确", "补正后申请仍不明确"),
    *_wordings("not_processed_petition", "信访、举报、投诉类申请", "信访投诉举报类申请", "信访举报投诉申请"),
    *_wordings("not_processed_repeat", "重复申请"),
    *_wordings("not_processed_publication", "要求提供公开出版物", "要求提供公开的出版物"),
    *_wordings("not_processed_excessive", "无正当理由大量、反复申请", "大量反复申请"),
    *_wordings(
        "not_processed_reconfirm",
        "要求行政机关确认或者重新出具已获取信息",
        "要求行政机关确认或重新出具已获取的信息",
    ),
    *_wordings("not_processed_reconfirm", "确认或重新出具已获取信息"),
    *_wordings(
        "other_not_corrected",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人无正当理由逾期不补正",
        prefix=True,
    ),
    *_wordings(
        "other_fee_unpaid", "申请人逾期未按收费通知要求缴纳费用", "申请人逾期未按要求缴纳费用", prefix=True
    ),
    *_wordings("total", "总计", "合计", "总数"),
    *_wordings("carried_out", "结转下年度继续办理", "结转下年继续办理", "结转下年度", "结转到下年度继续办理"),
)
OTHER_REMAINING = frozenset({"其他", "其他情形", "其他情况", "其它"})
OTHER_GROUP = frozenset({"其他处理", "其它处理", "其他处理情况", "其他处理结果"})
APPLICATION_ORDER = (
    *(row.key for row in form_2021.APPLICATION_ROWS[:20]),
    "other",
    *(row.key for row in form_2021.APPLICATION_ROWS[20:]),
)
GROUP_WORDS = ("予以公开", "不予公开", "无法提供", "不予处理", "其他处理", "其它处理")
OUTCOMES_PART = "三本年度办理结果"

# 表头 --------------------------------------------------------------------------------------

APPLICANT_HEADS = {
    "自然人": "natural_person",
    "公民": "natural_person",
    "个人": "natural_person",
    "商业企业": "company",
    "科研机构": "research",
    "社会公益组织": "social_welfare",
    "社会公益机构": "social_welfare",
    "社会组织": "social_welfare",
    "公益组织": "social_welfare",
    "法律服务机构": "legal_service",
    "法律服务组织": "legal_service",
    "其他": "other_organisation",
    "其它": "other_organisation",
    "总计": "total",
    "合计": "total",
}
APPLICANT_COLUMNS = tuple(column.key for column in form_2021.APPLICANT_COLUMNS)
ORGANISATIONS_HEAD = "法人或其他组织"
PROACTIVE_HEADS = {
    "本年制发件数": "issued",
    "本年制作件数": "issued",
    "本年发布件数": "issued",
    "制发件数": "issued",
    "本年制发数": "issued",
    "本年制发数量": "issued",
    "本年废止件数": "repealed",
    "废止件数": "repealed",
    "本年废止数量": "repealed",
    "现行有效件数": "in_force",
    "现行有效数量": "in_force",
    "本年处理决定数量": "decisions",
    "处理决定数量": "decisions",
    "本年处理决定数": "decisions",
    "本年收费金额": "amount_10k_yuan",
    "收费金额": "amount_10k_yuan",
    "本年新制作数量": "made",
    "本年新制发数量": "made",
    "本年新公开数量": "published",
    "对外公开总数量": "total_public",
    "上一年项目数量": "items_last_year",
    "上年项目数量": "items_last_year",
    "本年增减": "change",
    "采购项目数量": "projects",
    "采购总金额": "amount_10k_yuan",
}
HEADS_2019 = frozenset({"made", "published", "total_public", "items_last_year", "change", "projects"})
HEADS_2021 = frozenset({"issued", "repealed", "in_force"})
PROACTIVE_ROWS = {
    "规章": "rules",
    "行政规范性文件": "normative_documents",
    "规范性文件": "normative_documents",
    "行政许可": "licence",
    "其他对外管理服务事项": "other_services",
    "行政处罚": "penalty",
    "行政强制": "compulsion",
    "行政事业性收费": "charges",
    "政府集中采购": "procurement",
}
PROACTIVE_COLUMNS_2021 = {row.key: tuple(c.key for c in row.columns) for row in form_2021.PROACTIVE_ROWS}
PROACTIVE_COLUMNS_2019 = {row.key: tuple(c.key for c in row.columns) for row in form_2019.PROACTIVE_ROWS}

# 表四 --------------------------------------------------------------------------------------

REMEDY_GROUPS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "direct_suit",
    "未经复议直接诉讼": "direct_suit",
    "直接起诉": "direct_suit",
    "复议后起诉": "suit_after_reconsideration",
    "经复议后起诉": "suit_after_reconsideration",
    "复议后诉讼": "suit_after_reconsideration",
}
REMEDY_HEADS = {
    "结果维持": "upheld",
    "维持结果": "upheld",
    "结果纠正": "rectified",
    "其他结果": "other",
    "其它结果": "other",
    "尚未审结": "pending",
    "总计": "total",
    "合计": "total",
}
REMEDY_GROUP_KEYS = tuple(group.key for group in form_2021.REMEDY_GROUPS)
REMEDY_COLUMN_KEYS = tuple(column.key for column in form_2021.REMEDY_COLUMNS)
SUITS_HEAD = "行政诉讼"

# Words that begin a table and never a paragraph.
TABLE_OPENINGS = (
    "第二十条第",
    "信息内容",
    "本列数据的勾稽关系",
    "勾稽关系",
    "申请人情况",
    "一本年新收政府信息公开申请",
    "本年新收政府信息公开申请",
)
NUMBERED_TABLE_ROWS = (
    "一本年新收",
    "二上年结转",
    "二上年度结转",
    "三本年度办理结果",
    "三本年办理结果",
    "四结转下年",
)


@lru_cache(maxsize=5_000)
def proactive_head(text: str) -> str:
    """The column a head of 表二 means, "" when none. Remarks like （历史累计） and units are ignored."""
    words = plain(text)
    found = PROACTIVE_HEADS.get(words)
    if found:
        return found
    for known, key in PROACTIVE_HEADS.items():
        if words.startswith(known) and len(words) <= len(known) + 12:
            return key
    return ""


@lru_cache(maxsize=5_000)
def proactive_row(text: str) -> str:
    """The row a label of 表二 means, "" when none."""
    words = core(text)
    return PROACTIVE_ROWS.get(words) or (_remarked(words, PROACTIVE_ROWS) if len(words) <= 24 else "")


def applicant_head(text: str) -> str:
    """The column a head of 表三 means, "" when none."""
    return APPLICANT_HEADS.get(plain(text), "")


def remedy_group(text: str) -> str:
    """The group of columns a head of 表四 means, "" when none."""
    return REMEDY_GROUPS.get(core(text), "")


def remedy_head(text: str) -> str:
    """The result a head of 表四 means, "" when none."""
    return REMEDY_HEADS.get(plain(text), "")


def application_row(text: str, *, group: str = "", strict: bool = False) -> str:
    """The row a label of 表三 means, "" when none. ``group`` is the words of the label one level up.

    >>> application_row("3.其他", group="其他处理"), application_row("（六）其他处理"), application_row("社会组织")
    ('other_remaining', 'other', '')
    """
    words = core(text)
    if words in OTHER_GROUP:
        return "other_remaining" if arabic_number(text) == 3 else "other"
    if words in OTHER_REMAINING:
        return "other_remaining" if core(group) in OTHER_GROUP or arabic_number(text) == 3 else ""
    exact = _exact_application_rows().get(words)
    if exact:
        return exact
    for wording in _prefix_wordings():
        if words.startswith(wording.words):
            return wording.key
    return "" if strict else _nearly(words)


def ending_row(text: str, *, group: str = "") -> tuple[str, str]:
    """The row named by the end of a run of labels, and the words before it: ("", "") when none.

    A text without table lines gives 三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密 as one run.
    """
    words = plain(text)
    best = ""
    key = ""
    for ending, meaning in _exact_application_rows().items():
        if len(ending) > len(best) and words.endswith(ending):
            best, key = ending, meaning
    if key:
        return key, words[: len(words) - len(best)]
    for wording in _prefix_wordings():
        start = words.rfind(wording.words)
        if start >= 0:
            return wording.key, words[:start]
    for other in OTHER_GROUP:
        if words.endswith(other):
            return "other", words[: len(words) - len(other)]
    for other in OTHER_REMAINING:
        if words.endswith(other) and (core(group) in OTHER_GROUP or words.endswith("3" + other)):
            return "other_remaining", words[: len(words) - len(other)]
    rest = words
    for part in (
        OUTCOMES_PART,
        "三不予公开",
        "四无法提供",
        "五不予处理",
        "六其他处理",
        "不予公开",
        "无法提供",
        "不予处理",
    ):
        position = rest.find(part)
        if position >= 0:
            rest = rest[position + len(part) :]
    return (_nearly(core(rest)), words[: len(words) - len(rest)]) if rest else ("", "")


@cache
def known_rows() -> tuple[str, ...]:
    """The official labels of 表二 and 表三 with their numbers, as plain words."""
    rows = [plain(row.label) for row in form_2021.APPLICATION_ROWS] + [OUTCOMES_PART]
    return (*rows, *PROACTIVE_ROWS)


def begins_table_row(words: str) -> bool:
    """Whether plain words are a numbered row of 表三, whole or cut off: no heading of a part."""
    return any(
        words.startswith(row) or (len(words) >= 3 and row.startswith(words)) for row in NUMBERED_TABLE_ROWS
    )


@cache
def _exact_application_rows() -> dict[str, str]:
    return {wording.words: wording.key for wording in APPLICATION_WORDINGS}


@cache
def _prefix_wordings() -> tuple[Wording, ...]:
    return tuple(wording for wording in APPLICATION_WORDINGS if wording.prefix)


@lru_cache(maxsize=5_000)
def _nearly(words: str, *, least: float = 0.75, margin: float = 0.15) -> str:
    """The one row whose label differs by a few characters (a misprint), "" when two come close."""
    if not 6 <= len(words) <= 60 or any(words == group for group in GROUP_WORDS):
        return ""
    best: dict[str, float] = {}
    for wording in APPLICATION_WORDINGS:
        likeness = SequenceMatcher(None, words, wording.words, autojunk=False).ratio()
        best[wording.key] = max(best.get(wording.key, 0.0), likeness)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    (key, first), (_, second) = ranked[0], ranked[1]
    return key if first >= least and first - second >= margin else ""


def _remarked(words: str, known: Iterable[str]) -> str:
    """A label with a remark behind it: 规章（本级）."""
    for label in sorted(known, key=len, reverse=True):
        if words.startswith(label) and label in PROACTIVE_ROWS:
            rest = words[len(label) :]
            if rest and not any(character in rest for character in "数额量") and len(rest) <= 8:
                return PROACTIVE_ROWS[label]
    return ""
