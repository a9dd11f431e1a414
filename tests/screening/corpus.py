"""The corpus of security.md D5: invented personal data in twelve kinds, ten disguises and thirteen places, and what only looks like them.

Everything is invented by a generator with a seed; check characters are computed, so that the numbers are well formed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.screening.found import What

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AREAS = ("110105", "330106", "440304", "510107", "620102", "210202", "420111", "650104")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗梁宋唐许韩邓冯曹彭曾肖田董"
_GIVEN = "建国志强晓敏丽华海燕文博雨桐子涵浩然欣怡俊杰思远"
_STREETS = ("和平路", "建设街", "新华路", "滨河东路", "解放巷")
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Positive:
    """One line with one personal datum in it."""

    what: What
    value: str
    line: str
    disguise: str


def id_card(rng: random.Random) -> str:
    area = rng.choice(_AREAS)
    body = f"{area}{rng.randint(1935, 2012)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 999):03}"
    return (
        body
        + "10X98765432"[sum(int(figure) * weight for figure, weight in zip(body, _WEIGHTS, strict=True)) % 11]
    )


def old_id_card(rng: random.Random) -> str:
    return f"{rng.choice(_AREAS)}{rng.randint(30, 85)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 999):03}"


def mobile(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{rng.choice('0123456789')}{rng.randint(0, 99_999_999):08}"


def home_telephone(rng: random.Random) -> str:
    return f"{rng.choice(('010', '0571', '0755', '028', '0411'))}{rng.randint(2, 8)}{rng.randint(0, 9_999_999):07}"


def bank_card(rng: random.Random) -> str:
    start = rng.choice(("622202", "621700", "622848", "955880", "403361", "520083"))
    length = 16 if start[0] in "45" else 19
    body = start + "".join(rng.choice("0123456789") for _ in range(length - len(start) - 1))
    for check in "0123456789":
        figures = [int(figure) for figure in reversed(body + check)]
        if (sum(figures[::2]) + sum(sum(divmod(2 * figure, 10)) for figure in figures[1::2])) % 10 == 0:
            return body + check
    raise AssertionError("one of ten figures fits")


def passport(rng: random.Random) -> str:
    start = rng.choice(("E", "G", "EA", "EH"))
    return start + str(rng.randint(30_000_000, 99_999_999))[: 9 - len(start)]


def permit(rng: random.Random) -> str:
    return rng.choice("HMC") + str(rng.randint(10_000_000, 99_999_999))


def plate(rng: random.Random) -> str:
    return (
        rng.choice("京浙粤川鲁辽")
        + rng.choice("ABCDEF")
        + "".join(rng.choice("0123456789") for _ in range(3))
        + rng.choice("GHJKLM")
        + rng.choice("0123456789")
    )


def email(rng: random.Random) -> str:
    return f"{rng.choice(('zhang', 'li.wei', 'wang_88', 'c-hen'))}{rng.randint(1, 999)}@{rng.choice(('163.com', 'qq.com', 'example.com', 'mail.example.cn'))}"


def address(rng: random.Random) -> str:
    return (
        f"示例市{rng.choice(('城东', '城西', '高新'))}区{rng.choice(_STREETS)}{rng.randint(1, 300)}号"
        f"{rng.choice(('幸福', '阳光', '金桂'))}小区{rng.randint(1, 30)}栋{rng.randint(1, 5)}单元{rng.randint(1, 30)}{rng.randint(1, 4):02}室"
    )


def name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)


MAKERS = {
    What.ID_CARD: (id_card, ("申请人身份证号{}，已核对", "公民身份号码：{}", "{}（本人）")),
    What.ID_CARD_15: (old_id_card, ("原身份证号码{}", "身份证：{}，旧证")),
    What.MOBILE: (mobile, ("联系电话{}", "李某的手机：{}，请保密", "请联系 {}")),
    What.HOME_TELEPHONE: (home_telephone, ("家庭电话：{}", "申请人李某住宅电话 {}")),
    What.BANK_CARD: (bank_card, ("银行卡号{}", "打款账号：{}，开户行示例银行", "储蓄卡{}")),
    What.PASSPORT: (passport, ("护照号码：{}", "持护照{}出境")),
    What.TRAVEL_PERMIT: (permit, ("往来港澳通行证号：{}", "回乡证号码{}")),
    What.LICENCE_PLATE: (plate, ("车牌号{}", "驾驶{}号小型汽车")),
    What.EMAIL: (email, ("本人邮箱：{}", "请发至{}")),
    What.HOME_ADDRESS: (address, ("家庭住址：{}", "现住{}", "申请人住在{}")),
    What.MINOR: (name, ("学生{}，五年级", "受助学生姓名：{}，女")),
    What.PATIENT: (name, ("患者{}，男", "确诊病例：{}（已治愈）")),
}
_FIGURES = frozenset(
    {
        What.ID_CARD,
        What.ID_CARD_15,
        What.MOBILE,
        What.HOME_TELEPHONE,
        What.BANK_CARD,
        What.PASSPORT,
        What.TRAVEL_PERMIT,
    }
)
_GROUPS = {
    What.ID_CARD: (6, 14),
    What.ID_CARD_15: (6, 12),
    What.MOBILE: (3, 7),
    What.HOME_TELEPHONE: (4,),
    What.BANK_CARD: (4, 8, 12, 16),
    What.LICENCE_PLATE: (2,),
}


def _grouped(what: What, value: str, gap: str) -> str:
    cuts = [0, *_GROUPS.get(what, (len(value) // 2,)), len(value)]
    return gap.join(value[start:end] for start, end in pairwise(cuts))


def _wide(value: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in value)


def _in_numerals(value: str) -> str:
    return "".join(_NUMERALS[int(sign)] if sign.isdecimal() else sign for sign in value)


def disguised(what: What, value: str, disguise: str) -> str | None:
    """The value as somebody wrote it; None where nobody writes it so."""
    middle = len(value) // 2
    if disguise == "plain":
        return value
    if disguise == "full width":
        return _wide(value)
    if disguise == "zero width":
        return "\u200b".join((value[: middle - 1], value[middle - 1 : middle], value[middle:]))
    if disguise == "mixed":
        return _wide(value[:middle]) + "\u2060" + value[middle:]
    if what in (What.MINOR, What.PATIENT, What.EMAIL):
        return None
    if disguise == "numerals":
        return (
            _in_numerals(value)
            if what in _FIGURES - {What.PASSPORT, What.TRAVEL_PERMIT} or what is What.HOME_ADDRESS
            else None
        )
    if what is What.HOME_ADDRESS:
        gap = {"grouped": " ", "line break": "\n"}.get(disguise)
        return gap.join((value[:7], value[7:])) if gap else None
    if disguise == "line break":
        return f"{value[:middle]}\n{value[middle:]}"
    if disguise == "spelt out":
        return " ".join(value)
    if disguise == "cells":
        return "\t".join(value) if what in _FIGURES else None
    return _grouped(what, value, {"grouped": " ", "hyphens": "-"}[disguise])


DISGUISES = (
    "plain",
    "full width",
    "zero width",
    "mixed",
    "numerals",
    "line break",
    "spelt out",
    "cells",
    "grouped",
    "hyphens",
)


def positives(seed: int) -> Iterator[Positive]:
    rng = random.Random(seed)
    for what, (make, frames) in MAKERS.items():
        for disguise in DISGUISES:
            value = make(rng)
            written = disguised(what, value, disguise)
            if written is None:
                continue
            frame = rng.choice(frames)
            frame = frame.replace("{}", "\t{}\t") if disguise == "cells" else frame
            yield Positive(what, value, frame.format(written).strip("\t"), disguise)


def credit_code(rng: random.Random) -> str:
    body = (
        rng.choice(("91", "12", "11", "52"))
        + rng.choice(_AREAS)
        + "".join(rng.choice(_CREDIT) for _ in range(9))
    )
    total = sum(_CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _CREDIT[-total % 31]


def negatives(seed: int) -> Iterator[str]:
    """Lines of official texts full of numbers that are nobody's."""
    rng = random.Random(seed)
    number = rng.randint
    while True:
        area = rng.choice(_AREAS)
        day = f"20{number(15, 26)}{number(1, 12):02}{number(1, 28):02}"
        yield f"索引号：{area[:6]}{number(100, 999)}/20{number(15, 26)}-{number(1, 99_999):05}"
        yield f"索引号：{area}{day}{number(1, 9999):04}"
        yield f"统一社会信用代码：{credit_code(rng)}"
        yield f"示例公司（{credit_code(rng)}）违反规定"
        yield f"示政发〔20{number(15, 26)}〕{number(1, 300)}号，20{number(15, 26)}年{number(1, 12)}月{number(1, 28)}日印发"
        yield f"预算{number(1000, 9_999_999)}.{number(10, 99)}万元，决算{number(10**10, 10**11)}元"
        yield f"项目总投资1{rng.choice('3578')}{number(10**8, 10**9 - 1)}元，惠及1{number(3, 9)}{number(10**6, 10**7)}户"
        yield f"服务热线：12345、12{number(300, 399)}，监督电话：0{number(21, 99)}-{number(2, 8)}{number(10**6, 10**7 - 1)}"
        yield f"办公地址：示例市城东区{rng.choice(_STREETS)}{number(1, 300)}号行政中心{number(1, 9)}号楼{number(1, 20)}{number(1, 30):02}室"
        yield f"项目代码：20{number(15, 26)}-{area}-{number(10, 99)}-{number(1, 3):02}-{number(1, 999_999):06}"
        yield f"办公邮箱：xxgk{number(1, 99)}@example.gov.cn；联系地址：示例市{rng.choice(_STREETS)}{number(1, 99)}号"
        yield f"许可证编号：{number(10**14, 10**15 - 1)}，有效期至20{number(26, 32)}年"
        yield f"营业执照注册号{area}{number(10**8, 10**9 - 1)}"
        yield f"订单号{number(10**17, 10**18 - 1)}，流水号：1{number(3, 9)}{number(10**8, 10**9 - 1)}"
        yield "\t".join(str(number(1, 9999)) for _ in range(10))
        yield f"邮政编码{number(100_000, 999_999)}，东经1{number(10, 30)}.{number(10**6, 10**7)}"
        yield f"GB/T {number(1000, 99_999)}-20{number(10, 26)}，ISBN 978-7-{number(100, 999)}-{number(10_000, 99_999)}-{number(0, 9)}"
        yield f"本年受理申请{number(1, 999)}件，学生、儿童和患者等群体{number(1, 99_999)}人次，平均{number(1, 30)}天"
        yield f"增值电信业务许可证：苏B2-20{number(10, 26)}{number(1, 9999):04}，京ICP备{number(10**7, 10**8 - 1)}号"
        yield f"官方微信号：shili_zwgk{number(1, 9)}，公众号二维码见下图，客服QQ：{number(10**8, 10**9 - 1)}"
