"""数量的名目. What a number in free prose counts, so that the same thing said twice, or in two years, can be matched.

Two numbers are of the same thing only when the words and the scope are the same; a doubtful match is no match.
"""

import re
from dataclasses import dataclass

from gongkai.report.check.examination import Sentence
from gongkai.report.check.narrative.claims import words_after, words_before

_FILLING = re.compile(
    r"20\d\d年(?:度|全年)?|全年|本年度?|今年|年内|一年来|共计|总计|合计|一共|累计|共|先后|已|各类|各种|政府(?=信息)"
    r"|我[办局镇乡委街区市县厅处]|全[市区县镇局乡省]|通过|及时|依法|积极|[、和及与的]"
)
_SUBJECT_MATTER = re.compile(
    r"信息|文件|解读|信箱|来信|留言|咨询|提案|建议|会议|培训|检查|许可|处罚|问卷|征集|意见|答复|回复|公开|专题|栏目|链接|错误"
)
_SCOPE = re.compile(
    r"网站|微信|微博|公众号|新媒体|抖音|头条|公示栏|公告栏|平台|专栏|客户端|公报|广播|电视|报纸|各?部门|单位|[镇乡县]|街道|社区|村"
    r"|本级|本办|代表|季度|\d月|[上下]半年|首次|其中|线[上下]|网上|一是|二是|三是|四是|五是"
)
_WHOLE = re.compile(r"共|累计|全年|总计|合计|20\d\d年|本年|年度")
_COMPARISON = re.compile(r"同比|较|比上|上年|去年|上一年|增加|减少|增长|下降|往年|同期")
_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Label:
    """名目: the words, the scope words around them, and the unit."""

    words: str
    scope: frozenset[str]
    unit: str


def label(sentence: Sentence, index: int) -> Label | None:
    """The label of the ``index``-th quantity, when it is clear enough to be matched and speaks of the whole year."""
    quantity = sentence.quantities[index]
    lead = words_before(sentence, index)
    words = _FILLING.sub("", lead)
    if not _SUBJECT_MATTER.search(words):
        words += _FILLING.sub("", words_after(sentence, index))
    before = sentence.text[: quantity.start]
    start, _ = sentence.clause(quantity.start)
    if not 4 <= len(words) <= _LONGEST_LABEL or not _SUBJECT_MATTER.search(words):
        return None
    if not _WHOLE.search(before) or _COMPARISON.search(sentence.text[start : quantity.start]):
        return None
    return Label(words, frozenset(_SCOPE.findall(sentence.topic + before)), quantity.unit)
