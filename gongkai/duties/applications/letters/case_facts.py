"""案件事实. What the record says, as plain values: letters are composed from it and checked against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, LetterKind
from gongkai.rules.regulations_2019.outcome import SITUATION_BY_KEY
from gongkai.rules.regulations_2019.remedy_notice import Refusing
from gongkai.rules.regulations_2019.reply import refusing_of


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """一项 and its decision; ``situation`` is empty while it is undecided."""

    number: int
    text: str
    situation: str = ""
    ground: str = ""
    ground_kind: str = ""
    reasons: str = ""

    @property
    def result(self) -> str:
        return SITUATION_BY_KEY[self.situation].result if self.situation else ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """一件文书所依据的事实. ``day`` is the day of the letter; ``number`` "" until it is issued."""

    kind: str
    result: str
    agency: str
    agency_contacts: tuple[str, ...]
    register_number: str
    received_on: date
    day: date
    addressee: str
    applicant: str
    is_organisation: bool = False
    applicant_contacts: tuple[str, ...] = ()
    corrected_on: date | None = None
    due_on: date | None = None
    matters: tuple[MatterFacts, ...] = ()
    number: str = ""
    # What the step of this letter takes: the officer's words, days, amount.
    said: str = ""
    how: str = ""
    working_days: int | None = None
    until: date | None = None
    amount: Decimal | None = None
    remedy_body: str = ""
    court: str = ""
    # Days and numbers that stand in the record and may be named; nobody else's names may.
    days: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    not_before: date | None = None  # the day of the last step: no letter is older
    # 告知第三方书: overruled for the public interest, or, when False, for want of a good reason.
    refused_with_reason: bool = True

    @property
    def letter_kind(self) -> LetterKind:
        return KIND_BY_KEY[self.kind]

    @property
    def refusing(self) -> Refusing:
        """What the letter refuses: by its matters, since the row it is counted in may say less or more than they do."""
        decided = [matter.result for matter in self.matters if matter.result]
        return refusing_of(decided or [self.result]) if self.result else Refusing.NOT

    @property
    def title(self) -> str:
        return self.letter_kind.title

    @property
    def you(self) -> str:
        return "你单位" if self.is_organisation else "您"

    def recorded_texts(self) -> Iterator[str]:
        """Words that a person wrote into the record: what they name may stand in the letter."""
        for matter in self.matters:
            yield matter.text
            yield matter.reasons
        yield self.said
        yield self.how


def amount_text(amount: Decimal) -> str:
    """金额, without needless zeros.

    >>> amount_text(Decimal("100.00")), amount_text(Decimal("12.50"))
    ('100', '12.50')
    """
    return str(int(amount)) if amount == int(amount) else f"{amount:.2f}"
