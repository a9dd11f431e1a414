"""栏目和职责的待办. What this person is to update, and what of the whole office will be late."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep import duty_list, queries
from gongkai.duties.catalogue.upkeep.checking import kept_by
from gongkai.duties.catalogue.upkeep.clocks import Clock, Standing, clocks, period_words

_SHORT = 17  # characters
_PRESSING = (Standing.OVERDUE, Standing.EMPTY, Standing.NEARLY)
_DUTIES_PRESSING = (duty_list.Standing.OVERDUE, duty_list.Standing.EMPTY, duty_list.Standing.NEARLY)


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: columns and duties that are this person's; for who hands duties down, the gaps."""
    powers = powers_of(person, on=today)
    mine = set(Column.objects.filter(kept_by(person), agency=person.agency_id).values_list("pk", flat=True))
    if mine:
        yield from (_of_column(clock, today) for clock in _pressing(person, today) if clock.column.pk in mine)
    manages = Power.MANAGE_COLUMNS in powers
    lines = duty_list.lines(person.agency, today=today, counted=False)
    for line in lines:
        if line.assignment and line.assignment.owner_id == person.pk and line.standing in _DUTIES_PRESSING:
            yield _of_duty(line)
    gaps = sum(line.standing is duty_list.Standing.GAP for line in lines)
    if manages and gaps:
        yield ToDo(
            "职责",
            f"公开职责有{gaps}项没有落实",
            f"{reverse('upkeep:duties')}?show={duty_list.Standing.GAP.value}",
            why="条例第二十条、第二十一条的内容逐项落实到科室和人",
        )


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的，全办: for whoever may read the registers or manages columns."""
    if not powers_of(person, on=today) & {Power.READ_REGISTERS, Power.MANAGE_COLUMNS}:
        return
    yield from (_of_column(clock, today) for clock in _pressing(person, today))
    for line in duty_list.lines(person.agency, today=today, counted=False):
        if line.standing in _DUTIES_PRESSING:
            yield _of_duty(line)


def _pressing(person: Person, today: date) -> list[Clock]:
    columns = list(queries.columns(person.agency, closed_after=today))
    return [clock for clock in clocks(columns, today=today) if clock.standing in _PRESSING]


def _of_column(clock: Clock, today: date) -> ToDo:
    state = f"{(today - clock.newest_on).days}天没有更新" if clock.newest_on else "空白"
    return ToDo(
        "栏目",
        f"{clock.column.name}　{state}",
        reverse("upkeep:column", args=[clock.column.public_id]),
        due_on=clock.due.day if clock.due else None,
        why=f"更新周期：{period_words(clock.column)}",
    )


def shortened(label: str) -> str:
    """The beginning of a long head: its number and first words tell which it is.

    >>> shortened("（二）机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名")
    '（二）机关职能、机构设置、办公地…'
    """
    return label if len(label) <= _SHORT else f"{label[: _SHORT - 1]}…"


def _of_duty(line: duty_list.Line) -> ToDo:
    state = "空白" if line.newest_on is None else "需要更新"
    days = line.assignment.period_days if line.assignment else 0
    return ToDo(
        "职责",
        f"{shortened(line.label)}　{state}",
        reverse("upkeep:duty", args=[line.duty.key]),
        due_on=line.due_on,
        why=f"更新周期：每{days}天（本机关）",
    )
