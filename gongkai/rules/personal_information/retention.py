"""个人信息的保存期限. No longer than the purpose needs (第十九条); the number of days is our own reading.

A proof of identity serves the handling of an application and a dispute about it. Reconsideration must be applied for
within 60 days, a suit brought within six months: after both, with some days to spare, it serves nothing any more.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.citation import Certainty, Citation, Instrument

PERSONAL_INFORMATION_LAW = Instrument(
    title="中华人民共和国个人信息保护法",
    number="主席令第91号",
    short="个人信息保护法",
    in_force_from=date(2021, 11, 1),
    unconfirmed="主席令编号",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """一类个人信息保存多久. ``days`` are calendar days after the case is closed."""

    what: str
    days: int
    basis: Citation

    def __str__(self) -> str:
        return f"{self.what}在办结{self.days}日后销毁（{self.basis}）"


IDENTITY_PROOF = Kept("身份证明", 210, PERSONAL_INFORMATION_LAW.article(19, certainty=Certainty.INFERENCE))


def last_day_kept(today: date, kept: Kept = IDENTITY_PROOF) -> date:
    """到今天为止, cases closed before this day are past their time.

    >>> last_day_kept(date(2026, 11, 30))
    datetime.date(2026, 5, 4)
    """
    return today - timedelta(days=kept.days)
