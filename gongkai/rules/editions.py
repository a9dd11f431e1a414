"""版本. Which edition of an instrument, a form or a text applies on a day, and the instruments the rules cite.

A case is judged by the edition in force on the day that decides it: an application by the day it was received,
a decision by the day it was made, a report by the year it reports.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2019, REPORT_FORM_2021, Instrument

T = TypeVar("T")


class NoEdition(LookupError):
    """没有适用的版本. No edition applies on that day; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Edition(Generic[T]):
    """一个版本: what applies, from and to which day (both inclusive)."""

    value: T
    applies_from: date
    applies_to: date | None = None

    def applies_on(self, day: date) -> bool:
        return self.applies_from <= day and (self.applies_to is None or day <= self.applies_to)


@dataclass(frozen=True, slots=True)
class Editions(Generic[T]):
    """同一事项的各个版本, oldest first. Two of them never apply on one day.

    >>> REGULATIONS_EDITIONS.on(date(2019, 5, 14)).number, REGULATIONS_EDITIONS.on(date(2019, 5, 15)).number
    ('国务院令第492号', '国务院令第711号')
    """

    subject: str
    editions: tuple[Edition[T], ...]

    def __post_init__(self) -> None:
        for earlier, later in zip(self.editions, self.editions[1:], strict=False):
            if earlier.applies_to is None or earlier.applies_to >= later.applies_from:
                raise ValueError(f"{self.subject}的两个版本在{later.applies_from}重叠或者顺序不对")

    def on(self, day: date) -> T:
        """当日适用的版本, or NoEdition when there is none."""
        for edition in self.editions:
            if edition.applies_on(day):
                return edition.value
        raise NoEdition(f"{day.isoformat()}没有适用的{self.subject}版本，请核对日期")


def editions_of(subject: str, *instruments: Instrument) -> Editions[Instrument]:
    """The editions of one law by its own days in force."""
    return Editions(
        subject, tuple(Edition(each, each.in_force_from, each.in_force_to) for each in instruments)
    )


# 条例 -------------------------------------------------------------------------------------

REGULATIONS_2007 = Instrument(
    title="中华人民共和国政府信息公开条例（2007年）",
    number="国务院令第492号",
    short="条例（2007）",
    in_force_from=date(2008, 5, 1),
    in_force_to=REGULATIONS.in_force_from - timedelta(days=1),
)
REGULATIONS_EDITIONS = editions_of("政府信息公开条例", REGULATIONS_2007, REGULATIONS)

# 期间的算法 ---------------------------------------------------------------------------------

CIVIL_CODE = Instrument(
    title="中华人民共和国民法典",
    number="主席令第45号",
    short="民法典",
    in_force_from=date(2021, 1, 1),
    unconfirmed="主席令编号",
)
CIVIL_PROVISIONS_2017 = Instrument(
    title="中华人民共和国民法总则",
    number="主席令第66号",
    short="民法总则",
    in_force_from=date(2017, 10, 1),
    in_force_to=CIVIL_CODE.in_force_from - timedelta(days=1),
    unconfirmed="主席令编号、施行日期、期间一章的条款序号",
)
CIVIL_PRINCIPLES_1986 = Instrument(
    title="中华人民共和国民法通则",
    number="主席令第37号",
    short="民法通则",
    in_force_from=date(1987, 1, 1),
    in_force_to=CIVIL_CODE.in_force_from - timedelta(days=1),
    unconfirmed="主席令编号、施行日期、期间一条的款序",
)
PUBLIC_HOLIDAYS = Instrument(
    title="全国年节及纪念日放假办法（2024年11月10日修订）",
    number="国务院令第795号",
    short="放假办法",
    in_force_from=date(2025, 1, 1),
)

# 办理申请的解释 -------------------------------------------------------------------------------

RECEIPT_NOTICE_2015 = Instrument(
    title="国务院办公厅政府信息与政务公开办公室关于政府信息公开期限有关问题的解释",
    number="国办公开办函〔2015〕207号",
    short="国办公开办函〔2015〕207号",
    in_force_from=date(2015, 1, 1),
    unconfirmed="发文日期",
)
DELIVERY_NOTICE_2016 = Instrument(
    title="国务院办公厅政府信息与政务公开办公室关于政府信息公开处理决定送达问题的解释",
    number="国办公开办函〔2016〕235号",
    short="国办公开办函〔2016〕235号",
    in_force_from=date(2016, 12, 7),
)
PROCESSING_FEE_MEASURES = Instrument(
    title="政府信息公开信息处理费管理办法",
    number="国办函〔2020〕109号",
    short="信息处理费管理办法",
    in_force_from=date(2021, 1, 1),
)

# 行政复议和行政诉讼 ----------------------------------------------------------------------------

RECONSIDERATION_LAW_2023 = Instrument(
    title="中华人民共和国行政复议法（2023年修订）",
    number="主席令第9号",
    short="行政复议法",
    in_force_from=date(2024, 1, 1),
    unconfirmed="主席令编号",
)
RECONSIDERATION_LAW_2017 = Instrument(
    title="中华人民共和国行政复议法（2017年修正）",
    number="主席令第76号",
    short="行政复议法（2017）",
    in_force_from=date(2018, 1, 1),
    in_force_to=RECONSIDERATION_LAW_2023.in_force_from - timedelta(days=1),
    unconfirmed="主席令编号、施行日期",
)
RECONSIDERATION_EDITIONS = editions_of("行政复议法", RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023)

LITIGATION_LAW = Instrument(
    title="中华人民共和国行政诉讼法（2017年修正）",
    number="主席令第71号",
    short="行政诉讼法",
    in_force_from=date(2017, 7, 1),
    unconfirmed="主席令编号、施行日期",
)

COURT_INTERPRETATION_2025 = Instrument(
    title="最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
    number="",
    short="2025年司法解释",
    in_force_from=date(2025, 6, 1),
    unconfirmed="文号",
)
COURT_INTERPRETATION_2011 = Instrument(
    title="最高人民法院关于审理政府信息公开行政案件若干问题的规定",
    number="法释〔2011〕17号",
    short="2011年司法解释",
    in_force_from=date(2011, 8, 13),
    in_force_to=COURT_INTERPRETATION_2025.in_force_from - timedelta(days=1),
    unconfirmed="文号、施行日期",
)
COURT_INTERPRETATION_EDITIONS = editions_of(
    "审理政府信息公开行政案件的司法解释", COURT_INTERPRETATION_2011, COURT_INTERPRETATION_2025
)

# 年度报告格式 --------------------------------------------------------------------------------

_FIRST_YEAR_OF_FORM_2019 = 2019
_FIRST_YEAR_OF_FORM_2021 = 2021


def report_form_of(year: int) -> Instrument | None:
    """某年度报告适用的格式, by the year reported, not the day of writing; None: free form, before there was one.

    >>> [form.number if (form := report_form_of(year)) else "" for year in (2018, 2020, 2021)]
    ['', '国办公开办函〔2019〕60号', '国办公开办函〔2021〕30号']
    """
    if year >= _FIRST_YEAR_OF_FORM_2021:
        return REPORT_FORM_2021
    return REPORT_FORM_2019 if year >= _FIRST_YEAR_OF_FORM_2019 else None


INSTRUMENTS = (
    REGULATIONS_2007,
    REGULATIONS,
    CIVIL_PRINCIPLES_1986,
    CIVIL_PROVISIONS_2017,
    CIVIL_CODE,
    PUBLIC_HOLIDAYS,
    RECEIPT_NOTICE_2015,
    DELIVERY_NOTICE_2016,
    PROCESSING_FEE_MEASURES,
    RECONSIDERATION_LAW_2017,
    RECONSIDERATION_LAW_2023,
    LITIGATION_LAW,
    COURT_INTERPRETATION_2011,
    COURT_INTERPRETATION_2025,
    REPORT_FORM_2019,
    REPORT_FORM_2021,
)
