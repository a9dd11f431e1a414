"""工作台首页. What today asks of a person, as a list of panels; each app's panel joins the list as the app lands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.annual_report import queries as annual_report
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.models import Edition
from gongkai.annual_report.writing import shown
from gongkai.duties.catalogue import queries as catalogue
from gongkai.rules.regulations_2019.reporting import DEADLINES, Reporter
from gongkai.rules.working_days import Calendar, DayAnswer, DayKind

ROWS_SHOWN = 20  # of one kind; the register behind it has them all
WEEKDAYS = "一二三四五六日"
_REPORTER = {
    Agency.Kind.GOVERNMENT: Reporter.GOVERNMENT,
    Agency.Kind.DEPARTMENT: Reporter.DEPARTMENT,
    Agency.Kind.TOWNSHIP: Reporter.TOWNSHIP,
}


@dataclass(frozen=True, slots=True)
class Row:
    """栏目里的一行: what kind of thing, which one, how long there is."""

    kind: str
    text: str
    link: str = ""
    due: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """首页的一栏. ``empty`` says what will appear here and how to begin."""

    title: str
    rows: tuple[Row, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Today:
    """今天这一行."""

    words: str
    reason: str
    counting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    day: Today
    panels: tuple[Panel, ...]
    reminders: tuple[str, ...]


def screen(person: Person, *, today: date) -> Screen:
    days = calendar()
    return Screen(
        day=_today(person.agency, days, today),
        panels=tuple(panel(person, today) for panel in PANELS),
        reminders=_reminders(days, today),
    )


def to_do(person: Person, today: date) -> Panel:
    """等我办的."""
    rows = (
        *(
            Row("年报", f"{edition.report.year}年度报告第{edition.number}版：{label}", _address(edition))
            for edition, label in annual_report.waiting_for(person)
        ),
        *(
            Row(
                "信息",
                f"{version.title}　{version.get_stage_display()}",
                reverse("catalogue:version", args=[version.public_id]),
            )
            for version in catalogue.waiting_for(person)[:ROWS_SHOWN]
        ),
    )
    return Panel("等我办的", rows, "现在没有等您办的事。有送您审核、签发或者到期的事项时，会列在这里。")


def this_year(person: Person, today: date) -> Panel:
    """今年到今天, from the registers; for whoever may read them."""
    if Power.READ_REGISTERS not in powers_of(person, on=today):
        return Panel(f"今年到今天（{today.year}）", (), "您没有查阅台账的职权，这里不显示台账数字。")
    values = Compiled(person.agency, today.year).values
    rows = tuple(
        Row(
            kind,
            "，".join(f"{name}{shown(values[label])}" for name, label in figures),
            reverse("registers:list", args=[book]),
        )
        for kind, book, figures in _YEAR
    )
    return Panel(f"今年到今天（{today.year}）", rows, "")


_YEAR = (
    ("主动公开", "items", (("发布", "主动公开信息"),)),
    (
        "申请",
        "applications",
        (("新收", "新收申请"), ("办结", "办结申请"), ("超期", "超期办结申请")),
    ),
    (
        "信箱",
        "letters",
        (("收到", "收到来信"), ("按期答复", "按期答复来信"), ("超期", "超期答复来信")),
    ),
    ("许可", "licences", (("决定", "行政许可决定"),)),
    ("网站问题", "faults", (("发现", "发现问题"), ("整改", "整改问题"))),
)

# 首页各栏，从左到右。各业务应用落成后，在这里加上自己的一栏。
PANELS: tuple[Callable[[Person, date], Panel], ...] = (to_do, this_year)


def _address(edition: Edition) -> str:
    return reverse("annual_report:edition", args=[edition.public_id])


def _today(agency: Agency, days: Calendar, today: date) -> Today:
    answer = days.is_working_day(today)
    return Today(
        words=f"{today.year}年{today.month}月{today.day}日，星期{WEEKDAYS[today.weekday()]}",
        reason=_kind_of_day(answer),
        counting=(_days_to_report(agency, days, today),),
    )


def _kind_of_day(answer: DayAnswer) -> str:
    """工作日、调休上班、周末、放假, and whether that is certain."""
    words = {
        DayKind.WORKDAY: "今天是工作日。",
        DayKind.MADE_UP: "今天是工作日（调休上班）。",
        DayKind.WEEKEND: "今天是周末，不是工作日。",
        DayKind.HOLIDAY: f"今天放假（{answer.holiday}），不是工作日。",
    }[answer.kind]
    return words + ("（放假安排还没有录入，暂算）" if answer.provisional else "")


def _days_to_report(agency: Agency, days: Calendar, today: date) -> str:
    deadline = DEADLINES[_REPORTER[Agency.Kind(agency.kind)]]
    day = date(today.year, deadline.month, deadline.day)
    if day < today:
        day = day.replace(year=today.year + 1)
    left = days.working_days_between(today, day)
    report = f"{day.year - 1}年度报告"
    return f"离{report}截止日（{day.month}月{day.day}日）还有{(day - today).days}天，其中工作日{left}天。"


def _reminders(days: Calendar, today: date) -> tuple[str, ...]:
    next_year = today.year + 1
    if today.month < 11 or not days.year(next_year).provisional:
        return ()
    return (f"{next_year}年放假安排还没有录入，跨年的期限是暂算的。请在国务院办公厅通知发布后录入。",)
