"""隐去的写法. How much of a personal datum is shown, by local practice; the rest leaves no trace (PII-05)."""

from collections.abc import Mapping
from types import MappingProxyType

from gongkai.screening.found import What

# How many characters stay at the front and at the end. What a place does otherwise, it gives as its own practice.
PRACTICE: Mapping[What, tuple[int, int]] = MappingProxyType(
    {
        What.ID_CARD: (3, 4),
        What.ID_CARD_15: (3, 3),
        What.ID_CARD_SUSPECTED: (3, 4),
        What.MOBILE: (3, 4),
        What.HOME_TELEPHONE: (4, 2),
        What.BANK_CARD: (4, 4),
        What.PASSPORT: (1, 3),
        What.TRAVEL_PERMIT: (1, 3),
        What.LICENCE_PLATE: (2, 2),
        What.ACCOUNT: (2, 1),
        What.MINOR: (1, 0),
        What.PATIENT: (1, 0),
    }
)
_STAR = "*"
_LEAST_HIDDEN = 1
_AREA_ENDS = ("区", "县", "市", "旗")


def masked(what: What, value: str, practice: Mapping[What, tuple[int, int]] = PRACTICE) -> str:
    """
    >>> masked(What.MOBILE, "13800138000"), masked(What.ID_CARD, "11010519491231002X")
    ('138****8000', '110***********002X')
    >>> masked(What.EMAIL, "zhang@example.com"), masked(What.HOME_ADDRESS, "示例市城东区和平路8号3栋501室")
    ('z***@example.com', '示例市城东区****')
    """
    if what is What.EMAIL:
        name, _, domain = value.partition("@")
        return f"{name[:1]}{_STAR * 3}@{domain}"
    if what is What.HOME_ADDRESS:
        return _area(value) + _STAR * 4
    front, back = practice.get(what, (1, 0))
    if len(value) - front - back < _LEAST_HIDDEN:
        front, back = min(front, max(len(value) - 1, 0)), 0
    hidden = len(value) - front - back
    return value[:front] + _STAR * hidden + (value[-back:] if back else "")


def _area(address: str) -> str:
    """As far as the district: the street and the house are what must not be read."""
    ends = [address.find(end) for end in _AREA_ENDS]
    place = max((end for end in ends if 0 <= end < 16), default=-1)
    return address[: place + 1]
