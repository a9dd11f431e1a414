"""号码的校验. Whether a number can be what it looks like: GB 11643, Luhn, GB 32100."""

from datetime import date

# 省、自治区、直辖市代码 (GB/T 2260, first two digits), 香港81 澳门82 台湾83, and 9 for 外国人永久居留身份证.
_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
# 发卡行标识: 银联62、81，老卡9558、9559，Visa 4，万事达51—55，JCB 35.
_CARD_BEGINNINGS = ("62", "81", "9558", "9559", "4", "51", "52", "53", "54", "55", "35")


def looks_like_id_card(number: str) -> bool:
    """A province, a day of birth, seventeen figures: an identity number as far as its check character.

    >>> looks_like_id_card("110105194912310021"), looks_like_id_card("110105194913310021")
    (True, False)
    """
    return (
        len(number) == 18
        and number[:17].isdecimal()
        and (number[:2] in _PROVINCES or number[0] == "9")
        and number[6:8] in ("19", "20")
        and _is_day(number[6:10], number[10:12], number[12:14])
    )


def is_id_card(number: str) -> bool:
    """公民身份号码 (GB 11643), check character by ISO 7064 MOD 11-2.

    >>> is_id_card("11010519491231002X"), is_id_card("110105194912310021")
    (True, False)
    """
    if not looks_like_id_card(number):
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17]


def is_old_id_card(number: str) -> bool:
    """15位身份证号码: without a century and without a check character.

    >>> is_old_id_card("110105491231002"), is_old_id_card("110105491331002")
    (True, False)
    """
    return (
        len(number) == 15
        and number.isdecimal()
        and number[:2] in _PROVINCES
        and number[2:6] != "0000"
        and _is_day("19" + number[6:8], number[8:10], number[10:12])
    )


def is_bank_card(number: str) -> bool:
    """银行卡号: a known beginning and the check figure of Luhn.

    >>> is_bank_card("6222021234567890128"), is_bank_card("6222021234567890129")
    (True, False)
    """
    if not 16 <= len(number) <= 19 or not number.isdecimal() or not number.startswith(_CARD_BEGINNINGS):
        return False
    figures = [int(figure) for figure in reversed(number)]
    return (sum(figures[::2]) + sum(_DOUBLED[figure] for figure in figures[1::2])) % 10 == 0


def is_somebodys(number: str) -> bool:
    """Whether the figures are a whole number of somebody's: 身份证号码, 银行卡号, 手机号码.

    >>> is_somebodys("13800138000"), is_somebodys("413800138000")
    (True, False)
    """
    mobile = len(number) == 11 and number.isdecimal() and number[0] == "1" and number[1] in "3456789"
    return mobile or is_id_card(number.upper()) or is_old_id_card(number) or is_bank_card(number)


def is_credit_code(code: str) -> bool:
    """统一社会信用代码 (GB 32100): an organisation's number, not personal.

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44")
    (True, False)
    """
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _CREDIT_SIGNS[-total % 31] == code[17]


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
