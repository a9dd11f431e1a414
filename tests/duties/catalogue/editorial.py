"""一个编辑部. One person for each part of the route, and short ways to each stage of a version."""

from datetime import date
from io import BytesIO

import pikepdf

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.interpretation.actions import save_plan, seen
from gongkai.duties.catalogue.models import Version
from gongkai.outbox.worker import run_waiting
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, an_agency


def a_blank_pdf() -> bytes:
    """One empty page, and nothing that nobody sees."""
    book, file = pikepdf.new(), BytesIO()
    book.add_blank_page()
    book.save(file, deterministic_id=True)
    return file.getvalue()


PDF = a_blank_pdf()


class Editorial:
    """A clerk and a head of one section, the legal officer, the confidentiality reviewer, the leader."""

    def __init__(self) -> None:
        self.agency: Agency = an_agency(code="11000000000000000X")
        self.section = SectionFactory(agency=self.agency, name="综合科")
        self.keeper: Person = a_person(
            self.agency, Power.KEEP_REGISTERS, Power.MANAGE_COLUMNS, Power.RELEASE_REPORT, name="建栏目"
        )
        self.column = actions.open_column(by=self.keeper, name="通知公告", column_class="notices")
        self.other_column = actions.open_column(by=self.keeper, name="工作动态", column_class="news")
        self.clerk: Person = a_person(self.agency, Power.DRAFT_ITEMS, name="甲示例", section=self.section)
        self.head: Person = a_person(self.agency, Power.REVIEW_SECTION, name="乙示例", section=self.section)
        self.lawyer: Person = a_person(self.agency, Power.REVIEW_LEGALITY, name="丙示例")
        self.reviewer: Person = a_person(self.agency, Power.REVIEW_CONFIDENTIALITY, name="丁示例")
        self.leader: Person = a_person(self.agency, Power.SIGN_ITEMS, Power.WITHDRAW_ITEMS, name="己示例")

    def draft(self, kind: str = "notice", **values: object) -> Version:
        version = actions.begin(
            by=self.clerk, title="关于试鸣防空警报的公告", kind=kind, main_column=self.column
        )
        return actions.write(
            version,
            values={"body": "<p>九月十八日试鸣防空警报。</p>", **values},
            other_columns=(self.other_column,),
            edits=0,
            by=self.clerk,
        )

    def policy(self) -> Version:
        """A policy document that says why it needs no interpretation."""
        version = self.policy_without_plan()
        exempt = {"exempt_because": "内部分工调整，不涉及公众权利义务"}
        return save_plan(version, values=exempt, having_seen=seen(None), by=self.clerk)

    def policy_without_plan(self, kind: str = "policy", **values: object) -> Version:
        facts = {"document_number": "示防〔2026〕1号", "dated_on": date(2026, 3, 2), **values}
        return self.draft(kind, **facts)

    def with_file(self, version: Version) -> Version:
        actions.attach(version, name="试鸣方案.pdf", content=PDF, by=self.clerk)
        return version

    def pass_on(self, version: Version, *, until: str) -> Version:
        """Each review that is due, passed by its person, until the version stands at ``until``."""
        by = {
            "section_review": self.head,
            "legality_review": self.lawyer,
            "confidentiality_review": self.reviewer,
            "sign_off": self.leader,
        }
        version.refresh_from_db()
        while version.stage != until:
            files = {file.sha256: "passed" for file in version.attachments.all()}
            version = actions.review(
                version, stage=version.stage, conclusion="passed", files=files, by=by[version.stage]
            )
        return version

    def signed(self, version: Version | None = None) -> Version:
        version = actions.submit(version or self.draft(), by=self.clerk)
        return self.pass_on(version, until="signed")

    def published(self, version: Version | None = None) -> Version:
        version = actions.publish(self.signed(version), by=self.clerk)
        run_waiting()
        version.refresh_from_db()
        return version
