"""提示的件数. From how many items on an applicant is shown to a person, who judges whether article 35 is met.

The Regulations give no number; these are our proposal, the office sets its own. Reaching a mark has no consequence by
itself: no application is refused, delayed or marked in the register because of it.
"""

from dataclasses import dataclass

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.explanation import Explanation, Step

BASIS = REGULATIONS.article(35, certainty=Certainty.LOCAL)


@dataclass(frozen=True, slots=True)
class Marks:
    """每月、每年多少件起提示. A month as many as the fee measures leave free, a year three times that."""

    month: int = 10
    year: int = 30


def reached(marks: Marks, *, in_month: int, in_year: int) -> Explanation | None:
    """有没有超过提示的件数, and which; None when neither.

    >>> str(reached(Marks(), in_month=11, in_year=20))
    '本自然月11件，超过10件（《条例》第三十五条（地方做法））；请判断是否明显超过合理范围'
    """
    steps = [
        Step(f"{period}{items}件，超过{mark}件", BASIS)
        for period, items, mark in (("本自然月", in_month, marks.month), ("本年", in_year, marks.year))
        if items > mark
    ]
    return Explanation(tuple(steps), "请判断是否明显超过合理范围") if steps else None
