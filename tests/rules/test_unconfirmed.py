"""docs/law/unconfirmed.md names everything about time that still carries 待核."""

from pathlib import Path

import pytest

from gongkai.rules.citation import Instrument
from gongkai.rules.editions import INSTRUMENTS
from gongkai.rules.working_days import shipped_year

TEXT = (Path(__file__).parents[2] / "docs" / "law" / "unconfirmed.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "instrument", [each for each in INSTRUMENTS if each.unconfirmed], ids=lambda each: each.short
)
def test_what_is_unconfirmed_of_an_instrument_is_listed(instrument: Instrument) -> None:
    assert f"| {instrument.title} | {instrument.unconfirmed} |" in TEXT


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_notice_number_not_confirmed_is_listed(year: int) -> None:
    shipped = shipped_year(year)
    assert shipped is not None

    row = next((line for line in TEXT.splitlines() if line.startswith(f"| {year} |")), "")

    assert bool(row) == bool(shipped.certainty.mark)
    assert (shipped.notice or "空白") in row or not row
