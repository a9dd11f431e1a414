"""判断. What was read, against the last reading that was believed and against the newest moment that is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.host_clock.models import Doubt
from gongkai.host_clock.reading import Reading

# Ours; no rule names a figure. Kept hosts are corrected by fractions of a second, a computer that was off for long by a few
# minutes; the directory services of offices (Kerberos) refuse more than five. Deadlines are days: five minutes move none but
# at midnight, and there the order of what is stored decides.
TOLERANCE = timedelta(minutes=5)
# A machine that was switched off tells nothing of the time meanwhile. The longest holiday has nine days (Spring Festival of
# 2026), with the weekends and days off around it fourteen are not exceeded; more, and a person is asked.
LONGEST_SILENCE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Finding:
    """时钟不对: in which way, what it should have been (or should not have been before), and what it says."""

    doubt: Doubt
    expected: datetime
    seen: datetime


def judge(known: Reading | None, now: Reading, *, stored: datetime | None = None) -> Finding | None:
    """``known`` is the last reading that was believed; ``stored`` the time of the newest entry of the audit chain."""
    moments = [each for each in (known and known.at, stored) if each]
    if moments and now.at < max(moments) - TOLERANCE:
        return Finding(Doubt.SET_BACK, max(moments), now.at)
    if known is None:
        return None
    if known.boot and known.boot == now.boot and now.ran_for >= known.ran_for:
        expected = known.at + timedelta(seconds=now.ran_for - known.ran_for)
        if now.at < expected - TOLERANCE:
            return Finding(Doubt.SET_BACK, expected, now.at)
        return Finding(Doubt.JUMPED, expected, now.at) if now.at > expected + TOLERANCE else None
    return Finding(Doubt.JUMPED, known.at, now.at) if now.at > known.at + LONGEST_SILENCE else None
