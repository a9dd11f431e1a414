"""高频申请人的待办. Applicants beyond the mark of the month at whom nobody has looked yet: one line, no names."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.frequent.queries import not_looked_at


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的."""
    if number := not_looked_at(person.agency, today):
        yield ToDo(
            "申请",
            f"{number}位申请人本月件数较多，待判断",
            reverse("frequent:list"),
            why="由人判断是否明显超过合理范围，期限照常计算（条例第三十五条）",
        )
