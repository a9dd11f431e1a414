"""An office that handles applications: the disclosure section, another section, and a head who agrees."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.models import Application, ApplicationEvent
from tests.factories.agencies import SectionFactory
from tests.factories.applications import application
from tests.factories.people import a_person, an_agency

BEIJING = ZoneInfo("Asia/Shanghai")
RECEIVED = date(2026, 3, 2)
TODAY = date(2026, 3, 9)  # a Monday; the reply is due on 30 March
_KEEPING = (Power.KEEP_REGISTERS, Power.READ_REGISTERS)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)


@dataclass
class Office:
    """一个单位."""

    agency: Agency = field(default_factory=an_agency)
    section: Section = field(init=False)
    archive: Section = field(init=False)
    clerk: Person = field(init=False)
    colleague: Person = field(init=False)
    archivist: Person = field(init=False)
    head: Person = field(init=False)

    def __post_init__(self) -> None:
        self.section = SectionFactory(agency=self.agency, name="公开科")
        self.archive = SectionFactory(agency=self.agency, name="档案室")
        self.clerk = a_person(
            self.agency,
            *_KEEPING,
            Power.READ_APPLICANTS,
            name="林承办",
            section=self.section,
            email="lin@example.gov.cn",
        )
        self.colleague = a_person(self.agency, *_KEEPING, name="周同事", section=self.section)
        self.archivist = a_person(
            self.agency, *_KEEPING, name="沈档案", section=self.archive, email="shen@example.gov.cn"
        )
        self.head = a_person(
            self.agency, Power.READ_REGISTERS, Power.EXTEND_REPLY, Power.DECIDE_FEE, name="陈主任"
        )

    def case(self, **values: object) -> Application:
        """An application received in person on 2 March 2026, in the disclosure section."""
        return application(self.clerk, **{"received_on": RECEIVED, **values})


def kept(*models: type) -> tuple[object, ...]:
    """Everything that an act could change: a refusal leaves it as it was."""
    return (
        list(Application.objects.order_by("pk").values()),
        list(ApplicationEvent.objects.order_by("pk").values()),
        *(list(model.objects.order_by("pk").values()) for model in models),
        Entry.objects.count(),
    )
