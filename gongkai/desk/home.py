"""工作台首页. What today asks of a person, as a list of panels; each app's panel joins the list as the app lands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import Source, ToDo
from gongkai.agencies.working_days import calendar
from gongkai.annual_report import queries as annual_report
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.writing import shown
from gongkai.duties.administrative_acts import queries as publicity
from gongkai.duties.administrative_acts.lists import queries as public_lists
from gongkai.duties.applications.clocks import to_do as application_clocks
from gongkai.duties.applications.handling import to_do as handling
from gongkai.duties.applications.intake import queries as intake
from gongkai.duties.applications.intake import to_do as intake_files
from gongkai.duties.applications.letters import to_do as letters
from gongkai.duties.applications.redaction import queries as redaction
from gongkai.duties.applications.rights import to_do as rights
from gongkai.duties.applications.turning import to_do as turning
from gongkai.duties.catalogue import infected as infected_attachments
from gongkai.duties.catalogue import queries as catalogue
from gongkai.duties.catalogue.guide import to_do as guide
from gongkai.duties.catalogue.interpretation import to_do as interpretation
from gongkai.duties.catalogue.moving_in import to_do as moving_in
from gongkai.duties.catalogue.normative import to_do as normative
from gongkai.duties.catalogue.upkeep import to_do as upkeep
from gongkai.duties.catalogue.withheld import to_do as withheld
from gongkai.duties.remedies import to_do as remedies
from gongkai.host_clock import queries as host_clock
from gongkai.rules.regulations_2019.reporting import DEADLINES, Reporter
from gongkai.rules.working_days import Calendar, DayAnswer, DayKind
from gongkai.virus_checks import queries as virus_checks

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
    why: str = ""


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
        reminders=(*_unseen(person, today), *_reminders(days, today)),
    )


def to_dos(sources: tuple[Source, ...], person: Person, today: date) -> list[ToDo]:
    """What the apps tell, by due date; what has none comes last, in the order it was told."""
    found = [each for source in sources for each in source(person, today)]
    return sorted(found, key=lambda each: each.due_on or date.max)


def waiting(person: Person, today: date) -> Panel:
    """等我办的."""
    empty = "现在没有等您办的事。有送您审核、签发或者到期的事项时，会列在这里。"
    return _panel("等我办的", to_dos(WAITING, person, today), empty, today)


def coming(person: Person, today: date) -> Panel:
    """快到期（全办）: what is in nobody's hands but one's own stands in the first panel already, and here again."""
    empty = "全办没有快到期的事项。栏目、职责等到期前几天列在这里。"
    return _panel("快到期（全办）", to_dos(COMING, person, today), empty, today)


def time_left(to_do: ToDo, days: Calendar, today: date) -> str:
    """还剩几天: in working days where the deadline is one of working days."""
    if to_do.due_on is None:
        return ""
    if to_do.due_on == today:
        return "今天"
    late = to_do.due_on < today
    first, last = (to_do.due_on, today) if late else (today, to_do.due_on)
    if to_do.in_working_days:
        count, unit = days.working_days_between(first, last), "个工作日"
    else:
        count, unit = (last - first).days, "天"
    return f"已超期{count}{unit}" if late else f"还剩{count}{unit}"


def _panel(title: str, found: list[ToDo], empty: str, today: date) -> Panel:
    days = calendar()
    rows = tuple(
        Row(
            each.kind,
            each.title,
            each.url,
            time_left(each, days, today),
            urgent=bool(each.due_on and each.due_on <= today),
            why=each.why,
        )
        for each in found[:ROWS_SHOWN]
    )
    if len(found) > ROWS_SHOWN:
        rows += (Row("", f"还有{len(found) - ROWS_SHOWN}项，办完上面的再列出"),)
    return Panel(title, rows, empty)


def _reports(person: Person, today: date) -> Iterator[ToDo]:
    """年报, due by the day on which it must be out."""
    deadline = DEADLINES[_REPORTER[Agency.Kind(person.agency.kind)]]
    for edition, label in annual_report.waiting_for(person):
        year = edition.report.year
        yield ToDo(
            "年报",
            f"{year}年度报告第{edition.number}版：{label}",
            reverse("annual_report:edition", args=[edition.public_id]),
            due_on=date(year + 1, deadline.month, deadline.day) if edition.number == 1 else None,
        )


def _items(person: Person, today: date) -> Iterator[ToDo]:
    """信息: reviews that are this person's, drafts that came back."""
    for version in catalogue.waiting_for(person)[:ROWS_SHOWN]:
        yield ToDo(
            "信息",
            f"{version.title}　{version.get_stage_display()}",
            reverse("catalogue:version", args=[version.public_id]),
            why=catalogue.came_back(version),
        )


# 待办的来源。各业务应用落成后，在这里加上自己的一项：一个函数，给出ToDo。
WAITING: tuple[Source, ...] = (
    rights.waiting,
    letters.waiting,
    _reports,
    application_clocks.waiting,
    turning.waiting,
    _items,
    handling.waiting,
    moving_in.waiting,
    upkeep.waiting,
    interpretation.waiting,
    guide.waiting,
    withheld.waiting,
    normative.waiting,
    publicity.waiting,
    public_lists.waiting,
    remedies.waiting,
    redaction.waiting,
    intake_files.waiting,
    infected_attachments.waiting,
)
COMING: tuple[Source, ...] = (
    handling.coming,
    application_clocks.coming,
    upkeep.coming,
    interpretation.coming,
    guide.coming,
    withheld.coming,
    normative.coming,
    publicity.coming,
    remedies.coming,
)


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
PANELS: tuple[Callable[[Person, date], Panel], ...] = (waiting, coming, this_year)


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


def _unseen(person: Person, today: date) -> tuple[str, ...]:
    """公众侧的提交有没有接收，文件有没有查毒: told to whoever could act on it, so that nobody can not have seen it."""
    if not powers_of(person, on=today) & {Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.MANAGE_SYSTEM}:
        return ()
    return tuple(filter(None, (host_clock.alarm(), intake.alarm(timezone.now()), virus_checks.alarm())))


def _reminders(days: Calendar, today: date) -> tuple[str, ...]:
    next_year = today.year + 1
    if today.month < 11 or not days.year(next_year).provisional:
        return ()
    return (f"{next_year}年放假安排还没有录入，跨年的期限是暂算的。请在国务院办公厅通知发布后录入。",)
