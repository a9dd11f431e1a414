"""An office with two sections, somebody who hands down, and two columns."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.models import Column, InformationItem
from gongkai.duties.catalogue.upkeep import actions
from gongkai.duties.catalogue.upkeep.models import Assignment
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, an_agency
from tests.factories.registers import InformationItemFactory

BEIJING = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 25)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)


@dataclass
class Office:
    """一个单位."""

    agency: Agency = field(default_factory=an_agency)

    def __post_init__(self) -> None:
        self.general: Section = SectionFactory(agency=self.agency, name="综合科")
        self.centre: Section = SectionFactory(agency=self.agency, name="信保中心")
        self.manager: Person = a_person(
            self.agency,
            Power.MANAGE_COLUMNS,
            Power.KEEP_REGISTERS,
            Power.EXPORT_REGISTERS,
            name="戊示例",
            email="wu@example.gov.cn",
        )
        self.owner: Person = a_person(
            self.agency, Power.DRAFT_ITEMS, name="甲示例", section=self.general, email="jia@example.gov.cn"
        )
        self.reviewer: Person = a_person(self.agency, Power.READ_REGISTERS, name="乙示例")

    def column(self, name: str = "工作动态", kind: str = "news", **values: object) -> Column:
        """A column that has been kept here for a year."""
        given = {"owner_section": self.general, "opened_on": date(2024, 1, 2), **values}
        owner, days = given.pop("owner", None), given.pop("update_days", None)
        column = catalogue.open_column(by=self.manager, name=name, column_class=kind, **given)
        Column.objects.filter(pk=column.pk).update(
            recorded_at=at(date(2025, 11, 1)), owner=owner, update_days=days
        )
        column.refresh_from_db()
        return column

    def item(
        self, column: Column, on: date, *, entered: datetime | None = None, **values: object
    ) -> InformationItem:
        item = InformationItemFactory(
            agency=self.agency,
            main_column=column,
            published_on=on,
            title=f"信息{InformationItem.objects.count()}",
            **values,
        )
        InformationItem.objects.filter(pk=item.pk).update(recorded_at=entered or at(on))
        return item

    def handed_down(self, duty: str = "budgets", **values: object) -> Assignment:
        given = {
            "section": self.general,
            "owner": self.owner,
            "reviewer": self.reviewer,
            "period_days": 30,
            **values,
        }
        return actions.hand_down(duty, by=self.manager, **given)


@pytest.fixture
def now():
    with time_machine.travel(at(TODAY, 10), tick=False) as clock:
        yield clock


@pytest.fixture
def office(db, now) -> Office:
    return Office()


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)
