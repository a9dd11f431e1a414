"""验收: the fictional office's year, entered as people enter it, gives the report the scenario describes."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import TestCase, override_settings

from demo.year import SCENARIO
from gongkai.agencies.models import Agency, Person
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.differences import differences
from gongkai.annual_report.models import Edition
from gongkai.audit.proof import prove
from gongkai.duties.applications.archive.models import Bundle, Hold
from gongkai.duties.applications.consultation.models import Consultation
from gongkai.duties.applications.fees.models import FeeProposal
from gongkai.duties.applications.frequent.models import Look
from gongkai.duties.applications.frequent.queries import frequency
from gongkai.duties.applications.handling.models import Assignment, Commission, Extension
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.matters.models import Search
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.catalogue.models import Review, Version
from gongkai.duties.catalogue.moving_in.models import Batch
from gongkai.duties.catalogue.upkeep.queries import by_duty
from gongkai.gateways.files import public_files
from gongkai.operations.demo import load
from gongkai.outbox.models import OutboxItem
from gongkai.portal.models import PublishedItem, PublishedReport
from gongkai.portal.queries import items_of_duties
from gongkai.report.check.engine import check
from gongkai.report.model import Report
from gongkai.report.read import read
from gongkai.rules.annual_report_2021.tables import cell_keys
from tests.portal.settings import PORTAL_SETTINGS

SHARED = Path(__file__).resolve().parents[3] / "shared" / "scenario-2023.json"
APPLICANTS = ("natural_person", "total")

# 全部非零的格; every other of the 200 is 0.
EXPECTED = {
    ("proactive", "licence", "decisions"): 105,
    ("proactive", "penalty", "decisions"): 2,
    ("proactive", "charges", "amount_10k_yuan"): 1613.88,
    **{("applications", row, who): 1 for row in ("received", "granted", "total") for who in APPLICANTS},
    ("remedies", "reconsideration", "upheld"): 1,
    ("remedies", "reconsideration", "total"): 1,
}


class TheYearOfTheDemoOffice(TestCase):
    databases = {"default", "public"}

    @classmethod
    def setUpTestData(cls) -> None:
        load()
        cls.agency = Agency.objects.get(people__username="zhonghe")
        cls.edition = Edition.objects.select_related("report", "agency").get()
        cls.compiled = Compiled(cls.agency, SCENARIO["year"])

    def test_readers_find_what_the_desk_counts_of_each_duty(self):
        counted = {duty: each.count for duty, each in by_duty(self.agency).items()}

        public = items_of_duties()
        assert counted.keys() >= {"budgets", "procurement", "emergencies"}
        assert counted == {duty: public[duty] for duty in counted}

    def test_the_years_1471_items_went_through_review_and_signature_to_the_readers(self):
        batch = Batch.objects.get(moved_in=1471)
        versions = Version.objects.filter(moved_in__batch=batch, stage=Version.Stage.PUBLISHED)
        reviews = Review.objects.filter(version__in=versions, conclusion=Review.Conclusion.PASSED)
        people = {each.by_id for each in reviews} | {each.author_id for each in versions}

        assert versions.count() == 1471
        for step in (Version.Stage.CONFIDENTIALITY_REVIEW, Version.Stage.SIGN_OFF):
            assert reviews.filter(step=step).values("version").distinct().count() == 1471
        assert len(people) == 3
        keys = set(versions.values_list("item__public_id", flat=True))
        assert keys <= set(PublishedItem.objects.values_list("key", flat=True))

    def test_every_cell_of_the_three_tables(self):
        cells = {cell: float(value) for cell, value in self.compiled.cells.items()}

        assert cells == {cell: float(EXPECTED.get(cell, 0)) for cell in cell_keys()}

    def test_every_figure_of_the_text(self):
        values = self.compiled.values

        for column, count in SCENARIO["items_by_column"].items():
            assert values[f"主动公开：{column}"] == count
        assert values["主动公开信息"] == 1471 == sum(SCENARIO["items_by_column"].values())
        assert (values["收到来信"], values["按期答复来信"], values["超期答复来信"], values["漏办来信"]) == (
            5,
            5,
            0,
            0,
        )
        assert values["网上调查"] + values["意见征集"] == 3
        assert values["政务新媒体发布"] == 150
        assert (values["办好的专题"], values["整改问题"]) == (3, 26)
        assert (values["安全评估"], values["运维单位检查"]) == (12, 3)
        assert values["收取信息处理费"] == 0
        assert values["行政事业性收费"] == 16_138_800

    def test_the_project_s_scenario_is_the_one_it_was_given(self):
        if not SHARED.exists():
            pytest.skip("没有 shared/scenario-2023.json，不能对照")
        given = json.loads(SHARED.read_text(encoding="utf-8"))

        assert SCENARIO["items_by_column"] == given["portal_items"]["by_column"]
        assert SCENARIO["licences"] == given["table2"]["行政许可"]
        assert Decimal(SCENARIO["charges_yuan"]) == Decimal(given["table2"]["行政事业性收费_万元"]) * 10_000
        assert SCENARIO["posts"] == given["weibo_posts"]
        assert SCENARIO["topics"] == given["special_topics_kept"]
        assert SCENARIO["faults_put_right"] == given["site_faults_put_right"]
        assert SCENARIO["assessments"] == given["security_assessments"]
        assert SCENARIO["operator_checks"] == given["operator_checks"]
        assert SCENARIO["surveys"] + SCENARIO["calls_for_comments"] == given["surveys_and_calls_for_comments"]
        assert self.agency.name == given["agency"]["name"]
        assert [section.name for section in self.agency.sections.all()] == given["agency"]["sections"]

    def test_the_report_is_published_and_nothing_waits(self):
        assert self.edition.status == Edition.Status.PUBLISHED
        assert not OutboxItem.objects.exclude(status=OutboxItem.Status.DONE).exists()
        assert PublishedReport.objects.get().digest == self.edition.digest

    def test_recounted_today_nothing_differs_from_what_was_published(self):
        assert differences(self.edition, self.compiled) == ()

    def test_its_files_read_back_pass_every_check(self):
        for form in ("html", "docx", "pdf"):
            content = public_files().read(self.edition.files[form])
            self.assert_sound(read(content, name=f"report.{form}"), form)

    def test_its_page_on_the_portal_passes_every_check(self):
        with override_settings(**PORTAL_SETTINGS):
            page = self.client.get(f"/reports/{SCENARIO['year']}/", headers={"host": "127.0.0.1"})

        assert page.status_code == 200
        self.assert_sound(read(page.content, name="page.html"), "portal page")

    def assert_sound(self, report: Report, where: str) -> None:
        result = check(report, agency_current_name=self.agency.name)
        wrong = [finding for finding in result.findings if finding.level != "I"]
        assert result.judged, where
        assert wrong == [], where
        for table, row, column in cell_keys():
            value = report.cell(table, row, column).value
            assert value is not None, (where, table, row, column)
            assert float(value) == float(EXPECTED.get((table, row, column), 0)), (where, row, column)

    def test_every_room_of_a_case_has_something_to_show(self):
        """A first-day user finds no empty room; what lies there is of these days and not of the scenario's year."""
        filled = {
            model.__name__: model.objects.count()
            for model in (Assignment, Commission, Extension, FeeProposal, Look, Consultation, Search, Bundle)
        }
        assert {name for name, count in filled.items() if not count} == set()
        assert set(Letter.objects.values_list("state", flat=True)) >= {"draft", "reviewing", "delivered"}
        assert RedactionJob.objects.get().stage == "agreed"
        assert any(frequency(each).flag for each in Application.objects.all())
        assert Hold.objects.filter(lifted_at__isnull=True).exists()
        assert Application.objects.filter(received_on__year=SCENARIO["year"]).count() == 1

    def test_everything_done_is_in_the_audit_chains(self):
        for database in ("default", "public"):
            proof = prove(database)
            assert proof.holds
            assert proof.entries > 5

    def test_nobody_has_a_password_and_nobody_holds_two_offices(self):
        for person in Person.objects.all():
            assert not person.has_usable_password()
            assert not (person.administrator and person.tenures.exists())

    def test_loading_again_changes_nothing(self):
        before = Edition.objects.count(), Person.objects.count(), OutboxItem.objects.count()

        load()

        assert (Edition.objects.count(), Person.objects.count(), OutboxItem.objects.count()) == before
