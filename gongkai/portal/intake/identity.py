"""证件号码. The check digits of GB 11643 and GB 32100, so that a slip of the pen is found while the applicant is still here."""

import re
from datetime import date

_ID = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_id_number(text: str) -> bool:
    """居民身份证号码 of 18 places.

    >>> is_id_number("110101199001010015"), is_id_number("110101199001010016")
    (True, False)
    """
    if not _ID.fullmatch(text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False))
    return text[-1] == _ID_CHECKS[total % 11]


def is_credit_code(text: str) -> bool:
    """统一社会信用代码.

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    if not _CREDIT.fullmatch(text):
        return False
    total = sum(
        _CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(text, _CREDIT_WEIGHTS, strict=False)
    )
    return text[-1] == _CREDIT_ALPHABET[-total % 31]
