"""法定节日的推算. The statutory holidays of a year whose notice is not out yet, from the law and the heavens.

The law names 13 days (放假办法 2024年修订): 元旦 1, 春节 4 (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3.
Bridging days and made-up days come only with the notice and are never guessed here.
"""

from datetime import date, timedelta

from gongkai.rules.citation import Certainty
from gongkai.rules.working_days.year_days import Holiday, YearDays

# 正月初一、五月初五、八月十五 of each year, month-day. Computed, and checked in the tests against every
# year's notice up to 2026; 2027 is confirmed by nothing but computation until its notice is out.
_LUNAR = {
    2004: "01-22 06-22 09-28",
    2005: "02-09 06-11 09-18",
    2006: "01-29 05-31 10-06",
    2007: "02-18 06-19 09-25",
    2008: "02-07 06-08 09-14",
    2009: "01-26 05-28 10-03",
    2010: "02-14 06-16 09-22",
    2011: "02-03 06-06 09-12",
    2012: "01-23 06-23 09-30",
    2013: "02-10 06-12 09-19",
    2014: "01-31 06-02 09-08",
    2015: "02-19 06-20 09-27",
    2016: "02-08 06-09 09-15",
    2017: "01-28 05-30 10-04",
    2018: "02-16 06-18 09-24",
    2019: "02-05 06-07 09-13",
    2020: "01-25 06-25 10-01",
    2021: "02-12 06-14 09-21",
    2022: "02-01 06-03 09-10",
    2023: "01-22 06-22 09-29",
    2024: "02-10 06-10 09-17",
    2025: "01-29 05-31 10-06",
    2026: "02-17 06-19 09-25",
    2027: "02-06 06-09 09-15",
    2028: "01-26 05-28 10-03",
    2029: "02-13 06-16 09-22",
    2030: "02-03 06-05 09-12",
    2031: "01-23 06-24 10-01",
    2032: "02-11 06-12 09-19",
    2033: "01-31 06-01 09-08",
    2034: "02-19 06-20 09-27",
    2035: "02-08 06-10 09-16",
    2036: "01-28 05-30 10-04",
    2037: "02-15 06-18 09-24",
    2038: "02-04 06-07 09-13",
    2039: "01-24 05-27 10-02",
    2040: "02-12 06-14 09-20",
    2041: "02-01 06-03 09-10",
    2042: "01-22 06-22 09-28",
    2043: "02-10 06-11 09-17",
    2044: "01-30 05-31 10-05",
    2045: "02-17 06-19 09-25",
    2046: "02-06 06-08 09-15",
    2047: "01-26 05-29 10-04",
    2048: "02-14 06-15 09-22",
    2049: "02-02 06-04 09-11",
    2050: "01-23 06-23 09-30",
    2051: "02-11 06-13 09-19",
    2052: "02-01 06-01 09-07",
    2053: "02-19 06-20 09-26",
    2054: "02-08 06-10 09-16",
    2055: "01-28 05-30 10-05",
    2056: "02-15 06-17 09-24",
    2057: "02-04 06-06 09-13",
    2058: "01-24 06-25 10-02",
    2059: "02-12 06-14 09-21",
    2060: "02-02 06-03 09-09",
}
FIRST_YEAR, LAST_YEAR = min(_LUNAR), max(_LUNAR)

# 清明 in Beijing time for 2000 to 2099: day of April = floor(0.2422 y + 4.81) - floor(y / 4), y the last two digits.
_TROPICAL_YEAR_EXCESS = 0.2422
_CLEAR_AND_BRIGHT_EPOCH = 4.81


def lunar_festivals(year: int) -> tuple[date, date, date]:
    """春节（正月初一）、端午、中秋.

    >>> [day.isoformat() for day in lunar_festivals(2027)]
    ['2027-02-06', '2027-06-09', '2027-09-15']
    """
    spring, dragon_boat, mid_autumn = (date.fromisoformat(f"{year}-{text}") for text in _LUNAR[year].split())
    return spring, dragon_boat, mid_autumn


def tomb_sweeping_day(year: int) -> date:
    """清明.

    >>> tomb_sweeping_day(2027).isoformat()
    '2027-04-05'
    """
    short = year % 100
    return date(year, 4, int(short * _TROPICAL_YEAR_EXCESS + _CLEAR_AND_BRIGHT_EPOCH) - short // 4)


def statutory_holidays(year: int) -> tuple[Holiday, ...]:
    """《放假办法》第二条的13天, as far as they can be computed; days shared by two festivals carry both names."""
    spring, dragon_boat, mid_autumn = lunar_festivals(year)
    clear_and_bright = tomb_sweeping_day(year)
    runs = (
        ("元旦", date(year, 1, 1), 1),
        ("春节", spring - timedelta(days=1), 4),
        ("清明节", clear_and_bright, 1),
        ("劳动节", date(year, 5, 1), 2),
        ("端午节", dragon_boat, 1),
        ("中秋节", mid_autumn, 1),
        ("国庆节", date(year, 10, 1), 3),
    )
    names: dict[date, str] = {}
    for name, first, count in runs:
        for offset in range(count):
            day = first + timedelta(days=offset)
            names[day] = f"{names[day]}、{name}" if day in names else name
    return tuple(Holiday(name, day, day) for day, name in sorted(names.items()))


def provisional_year(year: int) -> YearDays:
    """没有放假安排的年度: weekdays less the statutory days, marked provisional."""
    return YearDays(year, statutory_holidays(year), certainty=Certainty.INFERENCE, provisional=True)
