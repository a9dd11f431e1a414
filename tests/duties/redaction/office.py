"""A small office that redacts: a keeper, a second keeper, two reviewers, a leader; one case, one document."""

from datetime import date
from functools import cache

from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import actions
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.redaction.box import Area, Origin
from tests.factories.applications import application
from tests.factories.people import a_person, an_agency
from tests.redaction import making

NAME = making.PERSON
AREA = Area(1, 50, 60, 300, 110)


@cache
def document() -> bytes:
    return making.chinese(
        f"<p>申请人{NAME}，身份证号{making.IDENTITY}。</p><p>同意建设，规模12000平方米。</p>"
        f"<p style='break-before:page'>联系人{NAME}，手机{making.MOBILE}。</p>"
    )


class Office:
    """The people, a case, and the steps up to a certain point."""

    def __init__(self, **values: object) -> None:
        self.agency = an_agency(**values)
        self.keeper = a_person(self.agency, Power.KEEP_REGISTERS, name="甲示例")
        self.other_keeper = a_person(self.agency, Power.KEEP_REGISTERS, name="乙示例")
        self.reviewer = a_person(self.agency, Power.REVIEW_LEGALITY, name="丙示例")
        self.secrecy = a_person(self.agency, Power.REVIEW_CONFIDENTIALITY, name="丁示例")
        self.both = a_person(self.agency, Power.KEEP_REGISTERS, Power.REVIEW_LEGALITY, name="戊示例")
        self.reader = a_person(self.agency, Power.READ_REGISTERS, Power.READ_APPLICANTS, name="己示例")
        self.case = application(self.keeper, received_on=date(2023, 3, 2))

    def begun(self, data: bytes | None = None, by: Person | None = None) -> RedactionJob:
        return actions.begin(
            self.case,
            title="示防函〔2023〕1号",
            name="批复.pdf",
            data=data or document(),
            by=by or self.keeper,
        )

    def covered(self, by: Person | None = None) -> RedactionJob:
        return actions.cover(
            self.begun(by=by), [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=by or self.keeper
        )

    def asked(self, by: Person | None = None) -> RedactionJob:
        job = self.covered(by)
        return actions.make(job, resolution=150, left_open_reason="已公开的号码", by=by or self.keeper)

    def made(self, by: Person | None = None) -> RedactionJob:
        job = self.asked(by)
        while run_waiting():
            pass
        job.refresh_from_db()
        return job

    def agreed(self) -> RedactionJob:
        job = self.made()
        return actions.agree(job, having_seen=job.output_file, by=self.reviewer)


def held() -> dict[str, list[object]]:
    """Every row that a step of redaction could touch."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in (RedactionJob, OutboxItem, Application, Entry)
    }
