"""阈值. Where a check speaks up: our choice, not the law's (待核), gathered here so that it is easy to change."""

from decimal import Decimal

CHARGES_GROW_BY = 1000  # T2-13: times last year's amount, or its reciprocal
RECTIFIED_SHARE_MOVES_BY = Decimal(30)  # T4-10: points
TEXT_IS_SIMILAR_FROM = Decimal("0.90")
PERCENTAGE_TOLERANCE = Decimal("0.5")  # TX-12: units of the last printed digit
EMPTY_SECTION_BELOW = 10  # F-07: characters of part five
