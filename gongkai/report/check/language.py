"""文字差错. Doubled words, broken sentences and English commas, found by rules general enough for any report: F-09."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import Finding, Level
from gongkai.report.model import Place

_DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
# Single characters that never stand twice in a row in good prose.
_DOUBLED_CHARACTER = re.compile(r"([的和性并及与均未已被把向从于了])\1")
# Doubled words that are right: two words meet (人民政府|政府信息公开), or a word is doubled for emphasis.
_RIGHT_WHEN_DOUBLED = re.compile(
    r"政府政府|规范规范性|会议会议(?:纪要|记录)|信息信息(?:量|化|源|流|技术|系统|员)|服务服务(?:指南|事项|窗口|中心|平台)"
    r"|工作工作(?:机构|人员|方案|要点|小组|报告|细则|制度)|公开公开(?:指南|目录|平台|专栏|属性|年报)|解读解读(?:率|材料|稿|方式|形式)"
    r"|管理管理(?:办法|规定|制度|条例)|办公办公|沟通沟通|学习学习|研究研究|讨论讨论|许多许多|很多很多"
    r"|([一逐][\u4e00-\u9fff])\1|行政行政(?:机关|执法|许可|处罚|强制|区划)|有限公司有限公司|镇政府镇政府"
)
_DOUBLED_IS_RIGHT = re.compile(
    r"(?:目的|标的|的)的确|有的的士|为了了解|除了了|共和和|调和和|饱和和|缓和和|总和和|关于于|由于于|对于于"
)
_DOUBLED_MARK = re.compile(r"[，、；：]{2,}|[，、；：][。]|。[，、；：。](?!。)|[，、；：]$")
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("【", "】"))
_ENGLISH_COMMA = re.compile(r"[\u4e00-\u9fff”》）],[\u4e00-\u9fff“《（]")


def judge_language(examination: Examination) -> Iterator[Finding]:
    for sentence in examination.sentences:
        yield from _doubled(sentence)
        yield from _broken(examination, sentence)
    yield from _unpaired(examination)
    yield from _english_commas(examination)


def _doubled(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.printed
    for pattern, right in ((_DOUBLED_WORD, _RIGHT_WHEN_DOUBLED), (_DOUBLED_CHARACTER, _DOUBLED_IS_RIGHT)):
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 3) : found.end() + 3]
            if right.search(around):
                continue
            message = f"“{around}”中“{found[1]}”重复，请核对是否多写。"
            yield RULES["F-09"].finding(
                Place(section=sentence.section, quote=around), message, left=found[0], right=found[1]
            )


def _broken(examination: Examination, sentence: Sentence) -> Iterator[Finding]:
    found = _DOUBLED_MARK.search(sentence.text)
    if not found or sentence.printed.endswith(("：", ":")):
        return
    at_end = found.end() == len(sentence.text) and len(found[0]) == 1
    if at_end and not _ends_its_part(examination, sentence):
        return  # a line that the layout broke
    around = sentence.printed[max(0, found.start() - 8) : found.end() + 4]
    what = "句子没有写完" if at_end else f"标点“{found[0]}”重复或者用错"
    yield RULES["F-09"].finding(
        Place(section=sentence.section, quote=around), f"“{around}”：{what}，请核对。", left=found[0]
    )


def _ends_its_part(examination: Examination, sentence: Sentence) -> bool:
    """Only part five can be judged: a table may follow the words of the others, and a signature those of part six."""
    here = [s for s in examination.sentences if s.section == sentence.section]
    return (
        here[-1] is sentence and examination.is_complete(sentence.section) and sentence.section == "problems"
    )


def _unpaired(examination: Examination) -> Iterator[Finding]:
    """Brackets and quotation marks that open or close alone within a paragraph."""
    paragraphs: dict[tuple[str, int], list[Sentence]] = {}
    for sentence in examination.sentences:
        paragraphs.setdefault((sentence.section, sentence.paragraph), []).append(sentence)
    for (section, _), parts in paragraphs.items():
        text = "".join(part.text for part in parts)
        if examination.is_cut and section == examination.last_section:
            continue
        for opening, closing in _PAIRS:
            opened, closed = text.count(opening), text.count(closing)
            if opening == "（":
                closed -= len(re.findall(r"(?:^|[，；。：、])(?:[一二三四五六七八九十\d]{1,2})）", text))
            if opened != closed and text[-1:] in "。！？；":
                where = text.rfind(opening) if opened > closed else text.find(closing)
                around = text[max(0, where - 10) : where + 12]
                message = f"“{around}”附近的“{opening}{closing}”不成对，请核对。"
                level = Level.INFORMATION if opening == "“" else None
                yield RULES["F-09"].finding(
                    Place(section=section, quote=around),
                    message,
                    left=Decimal(opened),
                    right=Decimal(closed),
                    level=level,
                )


def _english_commas(examination: Examination) -> Iterator[Finding]:
    """Told once for the document. Where all commas are English the text was converted, and nobody wrote them."""
    found = [(s, m) for s in examination.sentences for m in _ENGLISH_COMMA.finditer(s.printed)]
    if not found:
        return
    converted = "，" not in examination.prose
    sentence, first = found[0]
    around = sentence.printed[max(0, first.start() - 8) : first.end() + 8]
    message = f"中文句子里有{len(found)}处英文逗号（如“{around}”），应改为中文逗号。"
    if converted:
        message = f"全文都用英文逗号（{len(found)}处，如“{around}”），可能是转换格式所致，请核对原文。"
    level = Level.INFORMATION if converted else None
    yield RULES["F-09"].finding(
        Place(section=sentence.section, quote=around), message, left=Decimal(len(found)), level=level
    )
