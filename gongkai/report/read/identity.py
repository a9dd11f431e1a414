"""报告是谁的、哪一年的. Title, agency and year, from the title, the preamble or the signature; unknown stays unknown."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

LONGEST_TITLE = 70
_YEAR = r"(?:20\d{2}|二[〇○零Oo0][〇○零Oo0一二三四五六七八九]{2})"
_REPORT = re.compile(r"(?:政府信息公开|政务公开|信息公开).{0,12}(?:报告|年报)")
_NO_TITLE = re.compile(r"[。；？！|]|^根据|^按照|现将|当前位置|您所在|上一篇|下一篇|首页|请与|欢迎")
_ORGAN = re.compile(
    r"(?:政府|办公室|办公厅|办|局|委员会|委|厅|镇|乡|街道办事处|办事处|街道|中心|院|部|署|会|集团|公司|学校|大学|学院|医院|站|所|区|县|市|省|州|旗|盟|队|行|场|办公处)$"
)
_NOT_ORGAN = re.compile(
    r"^(?:我|本|该|全|各)|[，。、；：！？\s\d]|的|根据|按照|编制|情况|工作$|报告|通知|年度"
)
_DATE = re.compile(
    _YEAR + r"年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_BY = re.compile(
    r"本(?:年度|年)?报告由(?P<agency>[\u4e00-\u9fff]{3,30}?)(?:根据|按照|依据|编制|负责|依照|汇总|综合)"
)
_NOW = re.compile(
    r"(?:现将|现公布|现发布|现公开|公布|编制|编写|制作|发布)《?(?P<agency>[\u4e00-\u9fff]{3,30}?)"
    + _YEAR
    + "年"
)
_TRADITIONAL_REPORT = str.maketrans(
    "開報務處區縣鎮鄉廳員會學辦廣東義烏雲場隊", "开报务处区县镇乡厅员会学办广东义乌云场队"
)
_DIGITS = {
    "〇": "0",
    "○": "0",
    "零": "0",
    "O": "0",
    "o": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}


def find_title(lines: Sequence[str], *, fallback: str = "") -> tuple[str, int]:
    """The title and the index of the line it ends on; ("", -1) when there is none."""
    best: tuple[int, str, int] = (0, "", -1)
    for index, line in enumerate(lines):
        half = _half(line)
        if len(half) > LONGEST_TITLE or _NO_TITLE.search(half) or not _REPORT.search(half):
            continue
        title = _with_lines_above(lines, index)
        score = (
            1 + 2 * bool(re.search(_YEAR, _half(title))) + bool(find_agency(title, (), ())) + ("报告" in half)
        )
        if score > best[0]:
            best = (score, title, index)
    if best[2] >= 0:
        return best[1], best[2]
    for part in re.split(r"[_|]| - |—", fallback):
        if _REPORT.search(_half(part)):
            return part.strip(), -1
    return "", -1


def find_agency(title: str, preamble: Sequence[str], ending: Sequence[str]) -> str:
    """The agency whose report it is, "" when the document does not say."""
    for name in (*_from_title(title), *_from_preamble(preamble), *_from_signature(ending)):
        if _is_agency(name):
            return name
    return ""


def find_year(title: str, preamble: Sequence[str]) -> int | None:
    """The year reported, None when the document does not say."""
    half = _half(title)
    named = re.search(rf"({_YEAR})\s*年", half)
    if named:
        return _number(named.group(1))
    text = _half("".join(preamble))
    for pattern in (
        rf"({_YEAR})年1月1日(?:起)?[至到—-]+(?:{_YEAR}年)?12月31日",
        rf"({_YEAR})年度?(?:的)?(?:政府)?信息公开",
        rf"({_YEAR})年度?.{{0,12}}年度报告",
    ):
        named = re.search(pattern, text)
        if named:
            return _number(named.group(1))
    return None


def is_date(line: str) -> bool:
    """A line that is only a date, as under a signature."""
    return bool(_DATE.fullmatch(_half(line)))


def is_signature(line: str) -> bool:
    return _is_agency(_half(line))


def _from_title(title: str) -> list[str]:
    half = re.sub(r"[《》\"“”]", "", _half(title))
    year = re.search(rf"{_YEAR}年度?", half)
    before = half[: year.start()] if year else half
    after = half[year.end() :] if year else ""
    names = []
    for text in (before, after):
        name = re.split(r"政府信息公开|政务公开|信息公开", text)[0]
        names.append(re.sub(r"^(?:关于|公布|发布)+|(?:关于|公布|发布|编制)+$", "", name))
    return names


def _from_preamble(preamble: Sequence[str]) -> list[str]:
    text = _half("".join(preamble))
    return [found["agency"] for pattern in (_BY, _NOW) for found in pattern.finditer(text)]


def _from_signature(ending: Sequence[str]) -> list[str]:
    lines = [_half(line) for line in ending]
    return [one for one, following in pairwise(lines) if _DATE.fullmatch(following)]


def _is_agency(name: str) -> bool:
    return 3 <= len(name) <= 40 and bool(_ORGAN.search(name)) and not _NOT_ORGAN.search(name)


def _with_lines_above(lines: Sequence[str], index: int) -> str:
    """A title set in two or three lines: the agency and the year stand above."""
    title = lines[index].strip()
    for above in range(index - 1, max(index - 3, -1), -1):
        half = _half(lines[above])
        is_year = re.fullmatch(rf".{{0,30}}{_YEAR}年度?", half)
        missing = not _from_title(title)[0]
        if (missing and _is_agency(half)) or (is_year and not re.search(_YEAR, _half(title))):
            title = lines[above].strip() + title
        else:
            break
    return title


def _half(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_TRADITIONAL_REPORT)


def _number(digits: str) -> int:
    return int("".join(_DIGITS.get(digit, digit) for digit in digits))
