"""表述词表里能做的事. Changes and removals are those of every register: rectified or voided, with a reason."""

from datetime import date

from django.utils import timezone

from gongkai.agencies.models import Person, Section
from gongkai.duties.catalogue.wording.models import WordingEntry, WordingKind
from gongkai.registers.actions import enter


def add_entry(
    *,
    by: Person,
    right: str,
    kind: str = WordingKind.WRONG,
    wrong: str = "",
    unless: str = "",
    added_on: date | None = None,
    section: Section | None = None,
    remark: str = "",
) -> WordingEntry:
    """加入一条. From then on every draft is checked against it."""
    entry = WordingEntry(
        kind=kind,
        wrong=wrong.strip(),
        right=right.strip(),
        unless=unless,
        added_on=added_on or timezone.localdate(),
        section=section,
        remark=remark,
    )
    return enter(entry, by=by)
