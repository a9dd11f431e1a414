"""个人信息. Numbers, plates, mail and home addresses of people, and hints at names of minors and patients (PII-04).

What a checksum can prove is proved by it; the rest needs words around it that say whose it is. Every search is linear:
a pattern never looks further than a fixed number of characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening import context
from gongkai.screening.chains import (
    GAP,
    Chain,
    Window,
    cells_are_parts,
    chains,
    in_one_cell,
    is_a_broken_line,
    is_a_fraction,
)
from gongkai.screening.found import What
from gongkai.screening.numbers import (
    is_bank_card,
    is_credit_code,
    is_id_card,
    is_old_id_card,
    looks_like_id_card,
)

_MOBILE_GROUPS = {(3, 4, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (3, 8), (7, 4), (3, 2, 2, 2, 2), (3, 2, 3, 3)}
_ID_PARTS = (3, 6, 10, 12, 14, 15, 17)  # where its area, year, month, day and serial number end
_OLD_ID_GROUPS = {(6, 6, 3), (6, 2, 2, 2, 3), (3, 3, 3, 3, 3), (6, 9), (6, 2, 4, 3)}
_FIRST_CODE_YEAR = 2013  # a code of area, day and serial number bears a recent day
_COUNTRY = ("86", "0086")
_PROVINCE_SIGNS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCE_SIGNS}][ \t]{{0,2}}(?![AB][12]-)[A-HJ-NP-Z][ \t·•.\-\n]{{0,3}}"
    r"(?:[A-HJ-NP-Z0-9][ \t\n\-·]{0,2}){4,5}[A-HJ-NP-Z0-9挂学警港澳领](?![A-Za-z0-9])"
)
_PASSPORT = re.compile(
    rf"(?<![A-Za-z0-9])(?:[EGDSP]|E{GAP}?[A-HJ-NP-Z]|[DSP]{GAP}?E|1(?={GAP}?[45]))(?:{GAP}{{0,2}}[0-9]){{7,8}}"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    rf"(?<![A-Za-z0-9])(?:[HMCTLWhmctlw](?:{GAP}{{0,2}}[A-Z0-9])?(?:{GAP}{{0,2}}[0-9]){{7,10}}|[0-9](?:{GAP}{{0,2}}[0-9]){{7}})"
    r"(?![A-Za-z0-9])"
)
_MAIL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}[ \n\t]{0,2}$")
_MAIL_SIGN = re.compile(r"@|\(at\)|\[at\]", re.IGNORECASE)
_MAIL_DOMAIN = re.compile(
    r"[ \n\t]{0,2}((?:[A-Za-z0-9\-]{1,63}[ \n]?\.[ \n]?){1,4}[A-Za-z]{2,10})(?![A-Za-z0-9])"
)
_OFFICE_DOMAINS = (".gov.cn", "gov.cn")
_ACCOUNT = re.compile(
    rf"(?:微信号?|QQ号?码?)[:为是\s]{{0,3}}([A-Za-z][A-Za-z0-9_\-]{{5,19}}|[1-9](?:{GAP}?[0-9]){{4,10}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"家庭(?:详细)?[住地]址|现?住址|现住|家住|户籍(?:所在)?地(?:址)?|居住地(?:址)?|暂住地(?:址)?|收[件货]地址|(?:通讯|通信|联系)地址"
)
_SHARED_LABEL = re.compile(r"收[件货]|通讯|通信|联系")
_COUNT = r"[0-9A-Za-z一二三四五六七八九十百〇零甲乙丙]"
_ADDRESS = re.compile(r"[:为是在\s]{0,4}([^:,。;!?\n\t]{2,70}(?:\n[^:,。;!?\n\t]{2,50})?)")
_LIVES = re.compile(r"住在|居住[在于]|位于|坐落于?|家住|现住")
_HOUSE = re.compile(rf"{_COUNT}\s{{0,2}}(?:号楼|号|室|户|栋|幢|座|弄|单元|组|楼|层|房)")
_RESIDENCE = re.compile(
    rf"{_COUNT}{{1,5}}\s{{0,2}}(?:栋|幢|座|号楼|号|楼)\s{{0,2}}{_COUNT}{{1,3}}\s{{0,2}}单元\s{{0,2}}{_COUNT}{{1,5}}\s{{0,2}}(?:室|户|号|房)?"
    rf"|(?:小区|花园|家园|新村|公寓|宿舍|[一-鿿]苑|华庭|名邸)\s{{0,2}}{_COUNT}{{1,5}}\s{{0,2}}(?:栋|幢|座|号楼|号|楼)\s{{0,2}}{_COUNT}{{1,5}}\s{{0,2}}(?:室|户|房)"
    rf"|(?:村|社区|屯|寨)\s{{0,2}}[一-鿿]{{0,6}}{_COUNT}{{1,3}}\s{{0,2}}(?:组|队|社)\s{{0,2}}{_COUNT}{{1,4}}\s{{0,2}}号"
)
_STREET = re.compile(r"[一-鿿0-9A-Za-z\s]{0,40}$")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤欧温甘"
)
_NAME_ENDS = r"(?=$|[\s,。、;()\d]|同学|等|[男女](?:[,。;、\s]|$)|家长|的(?:家长|父亲|母亲|监护人))"
_MINOR = re.compile(
    r"(?:学生|小学生|中学生|幼儿|儿童|未成年人|孤儿|男童|女童|男孩|女孩|新生儿|被监护人|受助学生)(?:姓名)?[:为系是\s]{0,3}"
    rf"([{_SURNAMES}](?!某)[一-鿿]{{1,2}}?){_NAME_ENDS}"
)
_PATIENT = re.compile(
    r"(?:患者|病人|病患|确诊病例|感染者|孕妇|产妇|精神障碍者|住院人)(?:姓名)?[:为系是\s]{0,3}"
    rf"([{_SURNAMES}](?!某)[一-鿿]{{1,2}}?){_NAME_ENDS}"
)
_NOT_NAMES = re.compile(
    r"方[便式面法案向位]|高[度考中]|常[见住用规]|任[何意务职]|平均|严[重格禁]|江[苏西]|安[全置]|许[可多]|程[序度]|何[时种]|万[元人]|石油|龙头|史料|"
    r"武[断装]|于是|马上|金额|向[全社上]|余[额下]|段时|毛病|白天|田间|林[区地]|温[度馨]|甘[肃愿]|范围|钟[头情]|夏[令季]|江河|严防|任课|常态|孔子|武术|田径|马拉"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """一处个人信息: its place in the plain form, and its clear value for masking only."""

    what: What
    start: int
    end: int
    value: str


def personal(text: str) -> Iterator[Hit]:
    """The personal data in a text in plain form, without overlaps; what is proved by checksum comes first."""
    taken = bytearray(len(text))
    for hit in _candidates(text):
        if taken.find(1, hit.start, hit.end) < 0:
            taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
            yield hit


def _candidates(text: str) -> Iterator[Hit]:
    found = list(chains(text, shortest=7))
    for judge in (_id_card, _bank_card, _old_id_card, _mobile, _home_telephone):
        for chain in found:
            yield from judge(text, chain)
    yield from _passports(text)
    yield from _plates(text)
    yield from _mails(text)
    yield from _accounts(text)
    yield from _addresses(text)
    yield from _names(text)


def _id_card(text: str, chain: Chain) -> Iterator[Hit]:
    at = 0
    while at <= len(chain.figures) - 18:
        figures = chain.figures[at : at + 18]
        if not looks_like_id_card(figures):
            at += 1
            continue
        window = chain.window(at, 18)
        said = context.IDENTITY.search(context.near(text, window.start))
        if is_id_card(figures):
            known = window.loose and cells_are_parts(text, window, _ID_PARTS)
            good = bool(said) or (known and not _is_somebody_elses(text, window))
            what = What.ID_CARD
        else:
            good, what = bool(said) and window.loose and not is_credit_code(figures), What.ID_CARD_SUSPECTED
        if good:
            yield _hit(what, window)
            at += 18
        else:
            at += 1


def _is_somebody_elses(text: str, window: Window) -> bool:
    """A code with a day in it, or the credit code of an organisation."""
    recent = int(window.figures[6:10]) >= _FIRST_CODE_YEAR
    before = text[window.start - 1 : window.start]
    touched = before.isascii() and before.isalpha()
    named = "信用代码" in context.near(text, window.start)
    return touched or named or (recent and context.is_code(text, window.start))


def _old_id_card(text: str, chain: Chain) -> Iterator[Hit]:
    for at in range(len(chain.figures) - 14):
        if not is_old_id_card(chain.figures[at : at + 15]) or not chain.is_parted(at):
            continue
        window = chain.window(at, 15)
        if not window.loose or context.is_code(text, window.start) or is_a_fraction(text, window):
            continue
        grouped = window.groups in _OLD_ID_GROUPS and in_one_cell(text, window)
        known = window.is_whole or window.is_spelt_out or grouped
        if (
            known
            or is_a_broken_line(text, window)
            or context.IDENTITY.search(context.near(text, window.start))
        ):
            yield _hit(What.ID_CARD_15, window)


def _bank_card(text: str, chain: Chain) -> Iterator[Hit]:
    for at in range(len(chain.figures) - 15):
        if not chain.is_parted(at):
            continue
        for length in (19, 18, 17, 16):
            figures = chain.figures[at : at + length]
            if len(figures) < length or not is_bank_card(figures):
                continue
            window = chain.window(at, length)
            if window.loose and _is_written_as_card(text, window):
                yield _hit(What.BANK_CARD, window)
                break


def _is_written_as_card(text: str, window: Window) -> bool:
    if context.BANK.search(context.before(text, window.start)):
        return True
    if (
        context.is_code(text, window.start)
        or context.is_quantity(text, window.end)
        or is_a_fraction(text, window)
    ):
        return False
    fours = all(size == 4 for size in window.groups[:-1]) and window.groups[-1] <= 4
    grouped = fours and in_one_cell(text, window)
    return window.is_whole or window.is_spelt_out or grouped or is_a_broken_line(text, window)


def _mobile(text: str, chain: Chain) -> Iterator[Hit]:
    figures = chain.figures
    for at in range(len(figures) - 10):
        if figures[at] != "1" or figures[at + 1] not in "3456789":
            continue
        window = chain.window(at, 11)
        if not window.figures.isdecimal() or not chain.is_parted(at + 11):
            continue
        if not (chain.is_parted(at) or _follows_country(chain, at)) or context.is_quantity(text, window.end):
            continue
        if is_a_fraction(text, window):
            continue
        said = context.TELEPHONE.search(context.near(text, window.start))
        grouped = window.groups in _MOBILE_GROUPS and in_one_cell(text, window)
        known = window.is_whole or window.is_spelt_out or grouped or is_a_broken_line(text, window)
        if said or (known and not context.is_code(text, window.start)):
            yield _hit(What.MOBILE, window)


def _follows_country(chain: Chain, at: int) -> bool:
    return any(
        chain.figures[at - len(code) : at] == code and chain.is_parted(at - len(code))
        for code in _COUNTRY
        if at >= len(code)
    )


def _home_telephone(text: str, chain: Chain) -> Iterator[Hit]:
    if not context.HOME_TELEPHONE.search(context.before(text, chain.places[0])):
        return
    for length in (12, 11, 10, 8, 7):
        if (
            len(chain.figures) < length
            or not chain.is_parted(length)
            or not chain.figures[:length].isdecimal()
        ):
            continue
        if length < 10 or chain.figures[0] == "0":
            yield _hit(What.HOME_TELEPHONE, chain.window(0, length))
            return


def _passports(text: str) -> Iterator[Hit]:
    for found in _PASSPORT.finditer(text):
        value = _bare(found[0])
        said = context.PASSPORT.search(context.before(text, found.start()))
        sure = value[0] in "EG" and len(value) == 9 and value[1:3] not in ("19", "20")
        if len(value) == 9 and (said or (sure and not context.is_code(text, found.start()))):
            yield Hit(What.PASSPORT, found.start(), found.end(), value)
    for found in _PERMIT.finditer(text):
        label = context.TAIWAN_PERMIT if found[0][0].isdecimal() else context.TRAVEL_PERMIT
        if label.search(context.before(text, found.start())):
            yield Hit(What.TRAVEL_PERMIT, found.start(), found.end(), _bare(found[0]))


def _plates(text: str) -> Iterator[Hit]:
    for found in _PLATE.finditer(text):
        value = re.sub(r"[\s·•.\-]", "", found[0])
        if sum(sign.isdecimal() for sign in value) >= 2:
            yield Hit(What.LICENCE_PLATE, found.start(), found.end(), value)


def _mails(text: str) -> Iterator[Hit]:
    for sign in _MAIL_SIGN.finditer(text):
        name = _MAIL_NAME.search(text[max(0, sign.start() - 66) : sign.start()])
        domain = _MAIL_DOMAIN.match(text, sign.end())
        if name is None or domain is None:
            continue
        where = re.sub(r"\s", "", domain[1]).lower()
        start = sign.start() - len(name[0])
        if where.endswith(_OFFICE_DOMAINS) or context.OFFICE.search(context.near(text, start)):
            continue
        yield Hit(What.EMAIL, start, domain.end(), f"{name[0].strip()}@{where}")


def _accounts(text: str) -> Iterator[Hit]:
    for found in _ACCOUNT.finditer(text):
        if not context.OFFICE.search(context.near(text, found.start())):
            yield Hit(What.ACCOUNT, found.start(1), found.end(1), _bare(found[1]))


def _addresses(text: str) -> Iterator[Hit]:
    for label in _HOME.finditer(text):
        value = _ADDRESS.match(text, label.end())
        end = _end_of_address(text, value.start(1), value.end(1)) if value else 0
        if value is None or not end:
            continue
        if _SHARED_LABEL.match(label[0]) and not _RESIDENCE.search(text, value.start(1), value.end(1)):
            continue
        yield _address(text, value.start(1), end)
    for found in _RESIDENCE.finditer(text):
        street = _STREET.search(text[max(0, found.start() - 40) : found.start()])
        before = _LIVES.split((street[0] if street else "").split("\n")[-1])[-1].lstrip()
        start = found.start() - len(before)
        if not context.OFFICE.search(context.before(text, start)):
            yield _address(text, start, found.end())


def _end_of_address(text: str, start: int, end: int) -> int:
    """The end of the last house, flat or room; the next line belongs to it only when this one breaks off. 0: none."""
    last = 0
    for house in _HOUSE.finditer(text, start, end):
        rest, line_break, _ = text[last : house.start()].partition("\n")
        if last and line_break and rest.strip()[:1] in ("", "(", ")"):
            break
        last = house.end()
    return last


def _address(text: str, start: int, end: int) -> Hit:
    return Hit(What.HOME_ADDRESS, start, end, re.sub(r"\s", "", text[start:end]))


def _names(text: str) -> Iterator[Hit]:
    for what, pattern in ((What.MINOR, _MINOR), (What.PATIENT, _PATIENT)):
        for found in pattern.finditer(text):
            if not _NOT_NAMES.match(found[1]):
                yield Hit(what, found.start(1), found.end(1), found[1])


def _hit(what: What, window: Window) -> Hit:
    return Hit(what, window.start, window.end, window.figures)


def _bare(value: str) -> str:
    return re.sub(r"[\s\-./|·]", "", value).upper()
