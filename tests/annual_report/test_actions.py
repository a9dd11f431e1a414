"""编制、说明、送审、批准、发布、更正: what each step does, and that a refusal changes nothing."""

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.annual_report import actions, freezing
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.differences import differences
from gongkai.annual_report.models import Edition, FrozenFigure, StepTaken, Verdict
from gongkai.audit.models import Entry
from gongkai.duties.administrative_acts.models import Licence
from gongkai.outbox.models import OutboxItem
from gongkai.portal.models import PublishedReport
from gongkai.registers import actions as registers
from tests.annual_report.office import PROBLEMS, YEAR

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def unchanged(edition: Edition) -> tuple:
    """What a refused step must leave as it was."""
    row = Edition.objects.filter(pk=edition.pk).values().get()
    return (
        row,
        StepTaken.objects.count(),
        Entry.objects.count(),
        OutboxItem.objects.count(),
        FrozenFigure.objects.count(),
    )


class TestStarting:
    def test_a_first_draft_is_written_from_the_years_figures(self, office):
        edition = actions.start(year=YEAR, by=office.clerk)

        assert edition.status == "drafting"
        assert "通过门户网站主动公开政府信息{主动公开信息}条" in edition.narrative["overview"]
        assert edition.narrative["problems"] == ""

    def test_a_year_is_begun_once(self, office):
        actions.start(year=YEAR, by=office.clerk)

        with pytest.raises(Refusal, match="已经在编制"):
            actions.start(year=YEAR, by=office.clerk)

        assert Edition.objects.count() == 1

    @pytest.mark.parametrize("year", [2020, 2100])
    def test_a_year_without_this_form_is_refused(self, office, year):
        with pytest.raises(Refusal, match="不能编制"):
            actions.start(year=year, by=office.clerk)

        assert not Edition.objects.exists()

    def test_a_reader_may_not_begin(self, office):
        with pytest.raises(Refusal, match="没有“编制年报”职权"):
            actions.start(year=YEAR, by=office.leader)

        assert not Edition.objects.exists()


class TestWriting:
    def test_an_unknown_figure_is_refused_with_the_nearest_name(self, office):
        edition = actions.start(year=YEAR, by=office.clerk)
        before = unchanged(edition)

        with pytest.raises(Refusal, match="没有叫“新收申清”的数据。是不是“新收申请”"):
            actions.write(edition, narrative={"overview": "{新收申清}件"}, version=0, by=office.clerk)

        assert unchanged(edition) == before

    def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self, office):
        edition = actions.start(year=YEAR, by=office.clerk)
        actions.write(edition, narrative={"problems": PROBLEMS}, version=0, by=office.clerk)
        before = unchanged(edition)

        with pytest.raises(Refusal, match="别人刚刚保存过"):
            actions.write(edition, narrative={"problems": "另一份"}, version=0, by=office.clerk)

        assert unchanged(edition) == before

    def test_invisible_characters_of_a_copied_text_are_dropped(self, office):
        """INP-05: control and bidi characters never reach what is published."""
        edition = actions.start(year=YEAR, by=office.clerk)

        edition = actions.write(
            edition,
            narrative={"problems": "一\u200b是\u202e解读少\x00。\r\n\r\n"},
            version=0,
            by=office.clerk,
        )

        assert edition.narrative["problems"] == "一是解读少。"


class TestSubmitting:
    def test_a_report_that_fails_its_checks_is_not_submitted(self, office):
        edition = actions.start(year=YEAR, by=office.clerk)
        before = unchanged(edition)

        with pytest.raises(Refusal, match="不能送审：还有1处差错"):
            actions.submit(edition, by=office.clerk)

        assert unchanged(edition) == before

    def test_a_passing_report_waits_for_approval(self, office):
        assert office.submitted().status == "submitted"


class TestApproving:
    def test_approval_freezes_document_figures_and_records(self, office):
        edition = office.approved()

        assert edition.digest == freezing.digest_of(edition.document)
        licence = edition.figures.get(key="proactive/licence/decisions")
        assert (licence.value, freezing.unpack(licence.records)) == (1, (office.licence.pk,))
        assert edition.figures.count() >= 200

    def test_the_compiler_cannot_approve(self, office):
        """ACL-04: nobody approves what they compiled, whatever powers they hold."""
        from gongkai.agencies.powers import Power
        from tests.factories.agencies import holding

        holding(office.clerk, Power.APPROVE_REPORT)
        edition = office.submitted()
        before = unchanged(edition)

        with pytest.raises(Refusal, match="编制人和批准人不能是同一个人"):
            actions.approve(edition, by=office.clerk)

        assert unchanged(edition) == before

    def test_the_database_too_refuses_one_person_for_both(self, office):
        edition = office.approved()

        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(approved_by=edition.compiled_by)

    def test_a_record_voided_after_submission_stops_the_approval_if_a_check_now_fails(self, office):
        edition = office.submitted()
        Edition.objects.filter(pk=edition.pk).update(narrative={**edition.narrative, "problems": ""})
        before = unchanged(edition)

        with pytest.raises(Refusal, match="不能批准"):
            actions.approve(edition, by=office.leader)

        assert unchanged(edition) == before

    def test_a_return_says_what_to_change(self, office):
        edition = actions.send_back(office.submitted(), words="补充改进情况", by=office.leader)

        assert edition.status == "drafting"
        assert edition.steps.last().words == "补充改进情况"

    def test_a_return_without_words_is_refused(self, office):
        edition = office.submitted()
        before = unchanged(edition)

        with pytest.raises(Refusal, match="请写明退回意见"):
            actions.send_back(edition, words=" ", by=office.leader)

        assert unchanged(edition) == before

    def test_an_unpublished_approval_can_be_undone(self, office):
        edition = actions.reopen(office.approved(), words="领导要求补充", by=office.leader)

        assert (edition.status, edition.digest, edition.figures.count()) == ("drafting", "", 0)


class TestReleasing:
    def test_it_is_published_when_the_public_side_has_answered(self, office, published):
        assert published.status == "published"
        on_portal = PublishedReport.objects.get()
        assert (on_portal.year, on_portal.edition, on_portal.digest) == (YEAR, 1, published.digest)
        assert set(published.files) == {"html", "docx", "pdf", "xlsx", "json"}
        assert {file.sha256 for file in on_portal.files.all()} == set(published.files.values())
        assert published.published_at == on_portal.released_at

    def test_before_the_worker_has_run_it_is_not_called_published(self, office):
        edition = actions.release(office.approved(), by=office.publisher)

        assert edition.status == "releasing"
        assert not PublishedReport.objects.exists()

    def test_a_frozen_text_that_was_changed_by_hand_is_not_released(self, office):
        edition = office.approved()
        Edition.objects.filter(pk=edition.pk).update(document={**edition.document, "title": "改过"})
        before = unchanged(edition)

        with pytest.raises(Refusal, match="与批准时的摘要不符"):
            actions.release(edition, by=office.publisher)

        assert unchanged(edition) == before

    def test_nobody_releases_without_approval(self, office):
        edition = office.submitted()
        before = unchanged(edition)

        with pytest.raises(Refusal, match="已定稿时才能发布"):
            actions.release(edition, by=office.publisher)

        assert unchanged(edition) == before

    def test_the_receipt_may_come_twice(self, office, published):
        item = OutboxItem.objects.get(kind="annual_report.release")
        before = unchanged(published)

        actions.confirm(item.payload, item.receipt)

        assert unchanged(published) == before

    @pytest.mark.parametrize("step", ["write", "submit", "approve", "reopen"])
    def test_what_is_published_is_never_changed(self, office, published, step):
        before = unchanged(published)

        with pytest.raises(Refusal, match="现在是“已发布”"):
            {
                "write": lambda: actions.write(published, narrative={}, version=1, by=office.clerk),
                "submit": lambda: actions.submit(published, by=office.clerk),
                "approve": lambda: actions.approve(published, by=office.leader),
                "reopen": lambda: actions.reopen(published, words="改", by=office.leader),
            }[step]()

        assert unchanged(published) == before


class TestAfterwards:
    def test_nothing_changed_nothing_to_say(self, office, published):
        assert differences(published, Compiled(office.agency, YEAR)) == ()

    def test_a_voided_record_is_named_with_its_reason(self, office, published):
        registers.void(Licence.objects.get(), reason="重复登记", by=office.clerk)

        found = {each.key: each for each in differences(published, Compiled(office.agency, YEAR))}

        changed = found["proactive/licence/decisions"]
        assert (changed.published, changed.today) == (1, 0)
        assert "发布时1，今天0，因为少计" in changed.text
        assert "重复登记" in changed.text

    def test_a_correction_is_a_new_edition_and_both_stay_readable(self, office, published):
        registers.void(Licence.objects.get(), reason="重复登记", by=office.clerk)
        second = actions.draft_correction(published.report, reason="一件许可重复登记", by=office.clerk)
        second = actions.submit(second, by=office.clerk)
        second = actions.release(actions.approve(second, by=office.leader), by=office.publisher)
        from gongkai.outbox.worker import run_waiting

        run_waiting()

        editions = list(PublishedReport.objects.order_by("edition").values_list("edition", "correction_note"))
        assert editions == [(1, ""), (2, "一件许可重复登记")]
        assert (
            PublishedReport.objects.get(edition=1).figures["tables"]["proactive"]["licence"]["decisions"][
                "value"
            ]
            == 1
        )
        assert (
            PublishedReport.objects.get(edition=2).figures["tables"]["proactive"]["licence"]["decisions"][
                "value"
            ]
            == 0
        )

    def test_an_unpublished_report_is_not_corrected_but_changed(self, office):
        edition = office.draft()

        with pytest.raises(Refusal, match="还没有发布"):
            actions.draft_correction(edition.report, reason="x", by=office.clerk)

        assert Edition.objects.count() == 1


class TestExplaining:
    @pytest.fixture
    def late(self, office):
        """An application answered after its limit: a warning of the ledger."""
        from datetime import date

        from gongkai.duties.applications import actions as applications

        slow = applications.register_application(
            by=office.clerk, applicant_kind="company", channel="registered_post", received_on=date(YEAR, 2, 1)
        )
        applications.reply(slow, on=date(YEAR, 6, 1), by=office.clerk, outcome="granted")
        return office

    def examined(self, office, edition):
        from gongkai.annual_report import checking
        from gongkai.annual_report.document import compose

        compiled = Compiled(office.agency, YEAR)
        return checking.examine(edition, compiled, compose(compiled, edition.narrative))

    def test_a_late_answer_must_be_explained_before_submission(self, late):
        edition = late.draft()
        opened = self.examined(late, edition).open
        assert [judged.finding.rule for judged in opened] == ["L-04"]

        actions.explain(
            edition, fingerprint=opened[0].fingerprint, explanation="征求意见往返耽误。", by=late.clerk
        )

        assert self.examined(late, edition).passes
        assert actions.submit(edition, by=late.clerk).status == "submitted"

    def test_a_claim_that_all_were_in_time_makes_it_an_error_nobody_can_explain_away(self, late):
        edition = late.draft()
        claim = {**edition.narrative, "applications": "全部按期答复。"}
        edition = actions.write(edition, narrative=claim, version=edition.version, by=late.clerk)
        judged = self.examined(late, edition).open[0]
        assert judged.finding.level == "E"

        with pytest.raises(Refusal, match="不能用说明代替"):
            actions.explain(edition, fingerprint=judged.fingerprint, explanation="说明", by=late.clerk)

        assert not Verdict.objects.exists()

    def test_an_explanation_does_not_cover_another_value(self, late):
        from datetime import date

        from gongkai.duties.applications import actions as applications

        edition = late.draft()
        judged = self.examined(late, edition).open[0]
        actions.explain(edition, fingerprint=judged.fingerprint, explanation="往返耽误。", by=late.clerk)
        slower = applications.register_application(
            by=late.clerk, applicant_kind="company", channel="registered_post", received_on=date(YEAR, 2, 2)
        )
        applications.reply(slower, on=date(YEAR, 7, 3), by=late.clerk, outcome="granted")

        assert [judged.finding.rule for judged in self.examined(late, edition).open] == ["L-04"]
