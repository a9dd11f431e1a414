"""An office that writes letters: a clerk, a legality reviewer, a leader who signs, and the settings it needs."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from tests.factories.applications import application
from tests.factories.people import a_person, an_agency

RECEIVED = date(2026, 3, 2)
TODAY = datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
REASONS = "该材料为本办值班安排，只用于内部工作衔接，公开无助于公众了解履职情况"
CLERK = (Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.EXPORT_REGISTERS, Power.READ_APPLICANTS)


@dataclass
class Office:
    """一个单位."""

    agency: Agency = field(
        default_factory=lambda: an_agency(telephone="0000-0000001", address="示例市示例路1号")
    )
    clerk: Person = field(init=False)
    reviewer: Person = field(init=False)
    leader: Person = field(init=False)
    stranger: Person = field(init=False)

    def __post_init__(self) -> None:
        self.clerk = a_person(self.agency, *CLERK, name="林承办")
        self.reviewer = a_person(self.agency, Power.READ_REGISTERS, Power.REVIEW_LEGALITY, name="何审核")
        self.leader = a_person(self.agency, Power.READ_REGISTERS, Power.SIGN_LETTERS, name="陈签发")
        self.stranger = a_person(self.agency, name="亥示例")
        actions.save_setting(
            reconsideration_body="示例市人民政府", court="示例市示例区人民法院", by=self.leader
        )

    def case(self, *asked: str, **values: Any) -> Application:
        given = {
            "received_on": RECEIVED,
            "applicant_name": "张示例",
            "applicant_contact": "13800000000，示例市示范路8号",
            "description": "；".join(asked) or "值班安排",
            "matters": list(asked) or ["值班安排"],
        }
        return application(self.clerk, **{**given, **values})

    def refused(self, *asked: str) -> Application:
        """Every matter withheld as internal affairs."""
        case = self.case(*asked)
        for matter in case.matters.all():
            matters.decide(
                matter,
                situation="internal",
                ground="INTERNAL_AFFAIRS",
                ground_kind="内部工作流程",
                reasons=REASONS,
                by=self.clerk,
            )
        return case

    def granted(self) -> Application:
        case = self.case("2022年人防工程名录")
        matters.decide(case.matters.get(), situation="provided", by=self.clerk)
        return case

    def draft(self, case: Application, kind: str = "reply", **values: Any) -> Letter:
        return actions.draft(case, kind=kind, by=self.clerk, **values)

    def correction(self, case: Application | None = None) -> Letter:
        return self.draft(
            case or self.case(), "correction", said="请写明值班安排的年份和科室", working_days=15
        )

    def signed(self, letter: Letter) -> Letter:
        letter = actions.submit(letter, by=self.clerk)
        if letter.wants_review:
            letter = actions.pass_review(letter, seen=letter.content_hash, by=self.reviewer)
        return actions.sign(letter, seen=letter.content_hash, by=self.leader)

    def issued(self, letter: Letter, **values: Any) -> Letter:
        return actions.issue(self.signed(letter), by=self.clerk, **values)
