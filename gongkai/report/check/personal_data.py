"""个人信息. ID numbers, telephones and names of applicants in the text: F-16."""

import re
from collections.abc import Iterator

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import Finding
from gongkai.report.model import Place

# 公民身份号码 (GB 11643-1999): 17 digits and a check character by ISO 7064 MOD 11-2.
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_OFFICIAL_CONTACT = re.compile(
    r"咨询|监督|热线|值班|传真|邮编|邮箱|办公|与.{2,30}联系|联系(?:方式|地址|人)?.{0,4}电话|公开电话|地址"
)
_PERSON = re.compile(r"申请人|当事人|村民|居民|市民|先生|女士|群众")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
_NAME = re.compile(
    rf"(?:(?:申请人|当事人)(?:姓名)?(?:为|是|：|系)?(?P<name>[{_SURNAMES}](?!某)[\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[（，、。；]|等\d?[人名]|向(?:本|我|市|县|区)|提出|提交|于\d|不服|因不|申请(?:公开|获取)|身份证|电话|住))"
    rf"|(?:(?:村民|居民|市民)(?P<resident>[{_SURNAMES}](?!某)[\u4e00-\u9fff]{{1,2}}?)"
    r"(?=向(?:本|我|市|县|区)|提出|提交|不服|申请(?:公开|获取)|（?身份证|的?电话))"
    rf"|(?P<titled>[{_SURNAMES}](?!某)[\u4e00-\u9fff]{{1,2}})(?:先生|女士)"
)
_NOT_NAMES = re.compile(
    r"方便|方式|方面|方可|常见|常用|向本|向我|向行|于本|于收|任何|任意|应当|平均|高度|何时|何种|严格|石油|万元|余下|江西|江苏|贵州|安徽|方反|白天|许可|许多|程序|经常|段时|毛病|龙头|史料|严重|武断|于是|叶落|林业|田地|石材|马上|黄牛|金额|万一|向各|常住"
)


def judge_personal_data(examination: Examination) -> Iterator[Finding]:
    for sentence in examination.sentences:
        for found in _ID_NUMBER.finditer(sentence.text):
            if is_id_number(found[0]):
                yield _finding(sentence, found, "身份证号码")
        for found in _MOBILE.finditer(sentence.text):
            before = sentence.text[max(0, found.start() - 40) : found.start()]
            persons = bool(_PERSON.search(before))
            official = sentence.section == "preamble" or bool(_OFFICIAL_CONTACT.search(before))
            if persons or not official:
                yield _finding(sentence, found, "个人手机号码")
        for found in _NAME.finditer(sentence.text):
            name = found["name"] or found["resident"] or found["titled"]
            if not _NOT_NAMES.match(name) and (not found["titled"] or "申请" in sentence.text):
                yield _finding(sentence, found, "申请人姓名")


def is_id_number(text: str) -> bool:
    """Whether the check character is right.

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11] == text[17].upper()


def _finding(sentence: Sentence, found: re.Match[str], what: str) -> Finding:
    """The quote is masked: a finding must not spread what should not have been published."""
    shown = found[0][:2] + "*" * (len(found[0]) - 2) if what != "申请人姓名" else found[0][:-1] + "*"
    message = f"文中出现{what}（{shown}），年度报告不应公开申请人的个人信息，请删去或者隐去。"
    return RULES["F-16"].finding(Place(section=sentence.section, quote=shown), message)
