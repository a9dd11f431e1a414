"""超额累进. Charging by tiers: each unit costs what its own tier asks, so a fee never falls and jumps only at tiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Tier:
    """一档: from which unit to which (both inclusive, no end for the last), and yuan for each unit in it."""

    first: int
    last: int | None
    yuan_each: int

    def units(self, total: int) -> int:
        """How many of ``total`` units fall into this tier."""
        return max(0, (total if self.last is None else min(total, self.last)) - self.first + 1)

    def __str__(self) -> str:
        return f"第{self.first}起" if self.last is None else f"第{self.first}至{self.last}"


@dataclass(frozen=True, slots=True)
class Charged:
    """一档内的收费."""

    tier: Tier
    units: int

    @property
    def yuan(self) -> int:
        return self.units * self.tier.yuan_each


PAGE_TIERS = (Tier(1, 30, 0), Tier(31, 100, 10), Tier(101, 200, 20), Tier(201, None, 40))

_ITEM_TIERS = (Tier(1, 10, 0), Tier(11, 30, 100))
_FURTHER_TIERS_BEGIN = 31
_ITEM_TIER_SIZE = 10
_ITEM_TIER_RISE = 100


def item_tiers() -> Iterator[Tier]:
    """按件的各档: from the 31st item every further ten cost 100 yuan more each than the ten before, without end.

    The measures name the rise; that 31 to 40 cost 200 and 41 to 50 cost 300 is its plain reading (待核).
    """
    yield from _ITEM_TIERS
    first, yuan = _FURTHER_TIERS_BEGIN, _ITEM_TIERS[-1].yuan_each
    while True:
        yuan += _ITEM_TIER_RISE
        yield Tier(first, first + _ITEM_TIER_SIZE - 1, yuan)
        first += _ITEM_TIER_SIZE


def charged_by_item(total: int) -> tuple[Charged, ...]:
    """各档件数和金额, of the tiers reached.

    >>> [(str(charged.tier), charged.units, charged.yuan) for charged in charged_by_item(32)]
    [('第1至10', 10, 0), ('第11至30', 20, 2000), ('第31至40', 2, 400)]
    """
    return tuple(
        Charged(tier, tier.units(total)) for tier in takewhile(lambda tier: tier.first <= total, item_tiers())
    )


def charged_by_page(total: int) -> tuple[Charged, ...]:
    """各档页数和金额, of the tiers reached."""
    return tuple(Charged(tier, tier.units(total)) for tier in PAGE_TIERS if tier.first <= total)
