"""标题. Which lines are headings, the number they bear and the part of the report they mean."""

import re
import unicodedata
from dataclasses import dataclass

from gongkai.report.model import Heading
from gongkai.report.read.figures import looks_like_value
from gongkai.report.read.labels import begins_table_row, core, plain
from gongkai.rules.annual_report_2021.tables import SECTIONS

LONGEST = 45
_CHINESE_DIGITS = "一二三四五六七八九十"
_TOP = re.compile(
    r"(?P<stray>[^一-龥（(\d\s]{0,2})\s*(?P<number>[一二三四五六七八九十]{1,3})\s*[、.．,，:：]\s*(?P<words>\S.*)"
)
_PART = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3})部分[、:：\s]*(?P<words>\S.*)")
_ARABIC = re.compile(r"(?P<number>\d{1,2})\s*[、.．]\s*(?P<words>[^\d\s].*)")
_BRACKETED = re.compile(r"[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]\s*[、.]?\s*(?P<words>\S.*)")
_INLINE = re.compile(
    r"(?P<heading>[一二三四五六七八九十]{1,2}\s*[、.．]\s*(?P<words>[^。：:\s]{4,30}))[。：:\s\u3000]+(?P<rest>\S.{9,})",
    re.DOTALL,
)

_EXACT = {
    **{core(title.title): title.key for title in SECTIONS},
    "工作总体情况": "overview",
    "总体工作情况": "overview",
    "主动公开政府信息的情况": "proactive",
    "政府信息主动公开情况": "proactive",
    "收到和处理政府信息公开申请的情况": "applications",
    "收到和处理政府信息公开申请": "applications",
    "因政府信息公开工作被申请行政复议提起行政诉讼情况": "remedies",
    "政府信息公开行政复议和行政诉讼情况": "remedies",
    "政府信息公开行政复议行政诉讼的情况": "remedies",
    "政府信息公开行政复议及行政诉讼情况": "remedies",
    "因政府信息公开工作被申请行政复议提起行政诉讼的情况": "remedies",
    "行政复议行政诉讼情况": "remedies",
    "存在的主要问题和改进情况": "problems",
    "存在主要问题及改进情况": "problems",
    "存在的主要问题及改进措施": "problems",
    "政府信息公开工作存在的主要问题及改进情况": "problems",
    "问题和改进": "problems",
    "问题及改进": "problems",
    "存在问题及改进情况": "problems",
    "其他需要报告事项": "other",
    "需要报告的其他事项": "other",
    "其他需要报告的情况": "other",
}
_LOOSE = (
    ("remedies", re.compile(r"行政复议.*诉讼")),
    ("problems", re.compile(r"(?:问题|不足).*(?:改进|措施|打算|整改|下一步|努力)")),
    ("other", re.compile(r"其[他它].*报告.*(?:事项|情况)")),
    ("applications", re.compile(r"收到.*处理.*申请|依申请公开.*情况|申请.*办理情况")),
    ("proactive", re.compile(r"主动公开.*情况")),
    ("overview", re.compile(r"^(?:工作)?总体.*情况$|^概述$|^基本情况$|^总体概述$")),
)
_BEFORE_TABLE = re.compile(
    r"(?P<heading>[一二三四五六]\s*[、.．][^。]{4,30}?情况)(?P<rest>(?:第二十条第|[（(]?本列数据|申请人情况|行政复议).*)",
    re.DOTALL,
)
_BEHIND_PROSE = re.compile(
    rf"(?<=[。！；])\s*(?=[一二三四五六]\s*[、.．]\s*(?:{'|'.join(re.escape(title.title) for title in SECTIONS)})\s*$)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """一个标题. ``exact`` when its words are those of the form; ``rest`` is prose on the same line."""

    heading: Heading
    exact: bool
    rest: str = ""


def find_heading(line: str) -> Found | None:
    """The heading this line is, None for prose and rows of tables."""
    text = line.strip()
    words = plain(text)
    if not words or begins_table_row(words) or _ends_in_figures(text):
        return None
    inline = _inline(text, _INLINE) or _inline(text, _BEFORE_TABLE)
    if inline is not None:
        return inline
    if len(words) > LONGEST or (len(words) > 22 and text.endswith(("。", "；", ";"))):
        return None
    half = unicodedata.normalize("NFKC", text)
    top = _TOP.fullmatch(half) or _PART.fullmatch(half)
    if top:
        return _judged(text, top["words"], _ordinal(top["number"]), numbered=True)
    other = _ARABIC.fullmatch(half) or _BRACKETED.fullmatch(half)
    if other:
        number = other["number"]
        found = _judged(
            text, other["words"], int(number) if number.isdigit() else _ordinal(number), numbered=True
        )
        return found if found.exact else None
    key = _EXACT.get(words, "")
    return Found(Heading(text, key, None), exact=True) if key else None


def _ends_in_figures(text: str) -> bool:
    """A row of a table on one line."""
    last = text.split()[-3:]
    return len(last) == 3 and all(looks_like_value(word) for word in last)


def _judged(text: str, words: str, ordinal: int | None, *, numbered: bool) -> Found:
    bare = plain(words)
    key = _EXACT.get(bare, "")
    if key:
        return Found(Heading(text, key, ordinal), exact=True)
    loose = next((meaning for meaning, pattern in _LOOSE if pattern.search(bare)), "") if numbered else ""
    return Found(Heading(text, loose, ordinal), exact=False)


def parted(line: str) -> list[str]:
    """The line, and the title that a converter has hung on its end.

    >>> parted("加强培训。六、其他需要报告的事项")
    ['加强培训。', '六、其他需要报告的事项']
    """
    return _BEHIND_PROSE.split(line) if "、" in line else [line]


def _inline(text: str, pattern: re.Pattern[str]) -> Found | None:
    """A heading whose prose or table follows on the same line."""
    found = pattern.fullmatch(text)
    if not found:
        return None
    key = _EXACT.get(core(found["heading"]), "")
    if not key:
        return None
    number = re.match(r"[一二三四五六七八九十]+", found["heading"])
    ordinal = _ordinal(number.group()) if number else None
    return Found(Heading(found["heading"].strip(), key, ordinal), exact=True, rest=found["rest"].strip())


def _ordinal(words: str) -> int | None:
    """一 to 九十九.

    >>> _ordinal("三"), _ordinal("十二")
    (3, 12)
    """
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (_CHINESE_DIGITS.index(tens) + 1 if tens else 1) * 10 + (
            _CHINESE_DIGITS.index(ones) + 1 if ones else 0
        )
    return _CHINESE_DIGITS.index(words) + 1 if len(words) == 1 else None
