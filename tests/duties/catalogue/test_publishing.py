"""信息发布. From draft to portal: the route, the refusals at each step, and what is public at the end."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions, queries, release_gate
from gongkai.duties.catalogue.models import InformationItem, Review, ReviewRoute, Version
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import ItemInColumn, PublishedFile, PublishedItem, Withdrawn
from tests.duties.catalogue.editorial import PDF
from tests.factories.people import a_person, an_agency

pytestmark = pytest.mark.django_db(databases=["default", "public"])
Stage = Version.Stage


def stages(version: Version) -> list[str]:
    return list(version.reviews.values_list("step", flat=True))


def test_a_notice_goes_from_its_author_over_three_people_to_the_portal(office):
    version = office.published(office.with_file(office.draft()))

    assert stages(version) == ["section_review", "confidentiality_review", "sign_off"]
    item = version.item
    item.refresh_from_db()
    shown = PublishedItem.objects.get(key=item.public_id)
    assert (shown.title, shown.html) == ("关于试鸣防空警报的公告", "<p>九月十八日试鸣防空警报。</p>")
    assert shown.index_number == f"000000000/{timezone.localdate().year}-00001"
    assert sorted(ItemInColumn.objects.values_list("column__name", flat=True)) == ["工作动态", "通知公告"]
    assert PublishedFile.objects.get().name == "试鸣方案.pdf"
    assert (version.stage, item.state, item.live) == ("published", "published", True)
    assert item.content_hash == item.reviewed_hash == version.content_hash
    assert item.published_on == timezone.localtime(shown.released_at).date()


def test_a_policy_document_also_passes_the_legal_office(office):
    assert stages(office.published(office.policy())) == [
        "section_review",
        "legality_review",
        "confidentiality_review",
        "sign_off",
    ]


@pytest.mark.parametrize(
    ("column", "kind", "expected"),
    [
        (True, "notice", ["legality_review", "confidentiality_review", "sign_off"]),
        (True, "", ["legality_review", "confidentiality_review", "sign_off"]),
        (False, "notice", ["legality_review", "confidentiality_review", "sign_off"]),
        (False, "policy", ["section_review", "confidentiality_review", "sign_off"]),
    ],
)
def test_the_office_sets_another_route_for_a_column_or_a_kind(office, column, kind, expected):
    ReviewRoute.objects.create(
        agency=office.agency,
        column=office.column if column else None,
        kind=kind,
        section_review=False,
        legality_review=True,
    )

    assert stages(office.signed()) == expected


def test_pub_01_nothing_is_released_before_every_review(office):
    version = actions.submit(office.draft(), by=office.clerk)
    for stage in ("section_review", "confidentiality_review", "sign_off"):
        version = office.pass_on(version, until=stage)
        with pytest.raises(Refusal, match="已签发，待发布时才能发布"):
            actions.publish(version, by=office.clerk)

    run_waiting()
    assert PublishedItem.objects.count() == 0


@pytest.mark.parametrize(
    ("stage", "person"),
    [("section_review", "head"), ("confidentiality_review", "reviewer"), ("sign_off", "leader")],
)
def test_acl_04_an_author_reviews_and_signs_nothing_of_his_own(office, stage, person):
    powers = (Power.REVIEW_SECTION, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS, Power.DRAFT_ITEMS)
    author = a_person(office.agency, *powers, name="戊示例")
    version = actions.submit(office.draft(), by=author)
    version = office.pass_on(version, until=stage)

    with pytest.raises(Refusal, match="起草人不能审查"):
        actions.review(version, stage=stage, conclusion="passed", by=author)

    version.refresh_from_db()
    assert version.stage == stage
    assert not version.reviews.filter(by=author).exists()


def test_acl_04_the_confidentiality_reviewer_does_not_sign(office):
    both = a_person(office.agency, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS, name="戊示例")
    version = office.pass_on(actions.submit(office.draft(), by=office.clerk), until="confidentiality_review")
    version = actions.review(version, stage=version.stage, conclusion="passed", by=both)

    with pytest.raises(Refusal, match="保密审查人和签发人不能是同一个人"):
        actions.review(version, stage="sign_off", conclusion="passed", by=both)

    version.refresh_from_db()
    assert version.stage == "sign_off"


def test_a_head_reviews_only_his_own_section(office):
    from tests.factories.agencies import SectionFactory

    other = a_person(
        office.agency,
        Power.REVIEW_SECTION,
        name="庚示例",
        section=SectionFactory(agency=office.agency, name="法规科"),
    )
    version = actions.submit(office.draft(), by=office.clerk)

    with pytest.raises(Refusal, match="由综合科的负责人审核"):
        actions.review(version, stage="section_review", conclusion="passed", by=other)

    assert Review.objects.count() == 0


def test_who_belongs_to_no_section_drafts_for_the_whole_agency_and_sees_what_he_drafts(office):
    of_the_agency = a_person(office.agency, Power.DRAFT_ITEMS, name="戊示例")
    of_another = a_person(an_agency(name="另一机关", code="22000000000000000X"), Power.DRAFT_ITEMS)
    drafts = [
        office.draft(),
        actions.begin(by=of_the_agency, title="公告", kind="notice", main_column=office.column),
    ]

    assert set(queries.versions(of_the_agency)) == set(drafts)
    assert set(queries.versions(office.clerk)) == {drafts[0]}
    assert not queries.versions(of_another)


def test_each_attachment_must_be_passed_by_name(office):
    version = actions.submit(office.with_file(office.draft()), by=office.clerk)
    version = office.pass_on(version, until="confidentiality_review")

    with pytest.raises(Refusal, match=r"附件“试鸣方案\.pdf”还没有逐件审查通过"):
        actions.review(version, stage=version.stage, conclusion="passed", by=office.reviewer)

    version.refresh_from_db()
    assert version.stage == "confidentiality_review"


CHANGES = {
    "title": "另一个标题",
    "kind": "news",
    "document_number": "示防〔2026〕9号",
    "issued_by": "示例市另一机关",
    "co_issued_by": "示例市示例局",
    "dated_on": date(2020, 1, 1),
    "attribute_ground": "条例第十九条",
    "genre": "公告",
    "subject": "国防",
    "subject_detail": "国防动员",
    "keywords": "警报",
    "summary": "概述",
    "article_20_duty": "emergencies",
    "validity": "repealed",
    "body": "<p>换了内容。</p>",
    "change_note": "悄悄改动",
}


@pytest.mark.parametrize("name", [*CHANGES, "attribute"])
def test_pub_02_any_change_after_review_stops_the_release(office, name):
    """Even one made behind the actions' back, straight in the database."""
    version = office.signed(office.with_file(office.draft()))
    Version.objects.filter(pk=version.pk).update(**{name: CHANGES.get(name, "withheld")})

    with pytest.raises(Refusal, match="内容与送审时不一致"):
        actions.publish(version, by=office.clerk)

    run_waiting()
    assert PublishedItem.objects.count() == 0


def _swap_file(version):
    version.attachments.update(sha256="f" * 64)


def _rename_file(version):
    version.attachments.update(name="内部.pdf")


def _add_column(version):
    version.other_columns.clear()


def _move_to_another_column(version):
    Version.objects.filter(pk=version.pk).update(main_column=version.other_columns.get())


def _add_file(version):
    file = version.attachments.get()
    file.pk, file.public_id, file.name = None, "f" * 20, "另一份.pdf"
    file.sha256, file.position = "e" * 64, 2
    file.save(force_insert=True)


def _take_file_away(version):
    version.attachments.all().delete()


def _call_file_another_kind(version):
    version.attachments.update(media_type="text/html")


def _move_file(version):
    version.attachments.update(position=7)


_BESIDE = [
    _swap_file,
    _rename_file,
    _add_file,
    _take_file_away,
    _call_file_another_kind,
    _move_file,
    _add_column,
    _move_to_another_column,
]


@pytest.mark.parametrize("change", _BESIDE)
def test_pub_02_a_changed_attachment_or_column_stops_the_release(office, change):
    version = office.signed(office.with_file(office.draft()))
    change(version)

    with pytest.raises(Refusal, match="内容与送审时不一致"):
        actions.publish(version, by=office.clerk)

    assert PublishedItem.objects.count() == 0


def test_pub_02_every_field_of_the_content_is_covered_by_a_test():
    from gongkai.duties.catalogue.content import FIELDS

    assert set(FIELDS) <= {*CHANGES, "attribute"}


def test_pub_02_what_is_changed_on_its_way_to_the_portal_does_not_arrive(office):
    version = actions.publish(office.signed(), by=office.clerk)
    Version.objects.filter(pk=version.pk).update(body="<p>换了内容。</p>")
    run_waiting()

    version.refresh_from_db()
    # It comes back to its author, with the reason on record, and is not left hanging between signed and published.
    assert (version.stage, version.reviewer, version.content_hash) == ("drafting", None, "")
    assert PublishedItem.objects.count() == 0
    entry = Entry.objects.get(action="catalogue.version.not_released")
    assert "与审查、签发时不一致" in entry.reason


def test_taking_back_voids_the_reviews(office):
    version = actions.take_back(office.signed(), by=office.clerk)
    version = actions.submit(version, by=office.clerk)

    assert version.stage == "section_review"
    unmet = [each.label for each in release_gate.requirements(version) if not each.is_met]
    assert unmet == ["科室审核", "保密审查", "签发"]


def test_returning_needs_a_reason_and_leads_back_to_the_author(office):
    version = actions.submit(office.draft(), by=office.clerk)
    with pytest.raises(Refusal, match="请写明意见"):
        actions.review(version, stage=version.stage, conclusion="returned", by=office.head)
    version.refresh_from_db()
    assert version.stage == "section_review"

    version = actions.review(
        version, stage=version.stage, conclusion="returned", opinion="请补充时间地点", by=office.head
    )
    assert (version.stage, version.reviews.get().opinion) == ("drafting", "请补充时间地点")


@pytest.mark.parametrize(("is_secret", "stage", "attribute"), [(False, "confidentiality_review", "proactive"), (True, "drafting", "withheld")])  # fmt: skip
def test_a_doubt_is_referred_to_the_secrecy_authority(office, is_secret, stage, attribute):
    version = office.pass_on(actions.submit(office.draft(), by=office.clerk), until="confidentiality_review")
    version = actions.review(
        version,
        stage=version.stage,
        conclusion="referred",
        opinion="可能涉及人防工程位置",
        by=office.reviewer,
    )
    assert version.stage == "referred"

    version = actions.decide_secrecy(
        version, is_secret=is_secret, opinion="示保函〔2026〕3号", by=office.reviewer
    )
    assert (version.stage, version.attribute) == (stage, attribute)


def test_acl_04_an_author_records_no_decision_on_her_own_text(office):
    author = a_person(office.agency, Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, name="戊示例")
    version = office.pass_on(actions.submit(office.draft(), by=office.clerk), until="confidentiality_review")
    version = actions.review(
        version, stage=version.stage, conclusion="referred", opinion="拿不准", by=office.reviewer
    )
    Version.objects.filter(pk=version.pk).update(author=author)

    with pytest.raises(Refusal, match="起草人不能审查"):
        actions.decide_secrecy(version, is_secret=False, opinion="示保函〔2026〕3号", by=author)

    version.refresh_from_db()
    assert version.stage == "referred"


def test_pub_07_a_scheduled_release_asks_the_gate_again_at_its_moment(office, monkeypatch):
    version = office.signed()
    at = timezone.now() + timedelta(hours=2)
    with pytest.raises(Refusal, match="一年以内"):  # a slip in the year
        actions.schedule(version, at=at.replace(year=at.year + 2), by=office.clerk)
    actions.schedule(version, at=at, by=office.clerk)
    run_waiting()
    assert PublishedItem.objects.count() == 0

    Review.objects.filter(version=version, step="sign_off").update(conclusion="returned", opinion="收回")
    OutboxItem.objects.update(not_before=None)
    run_waiting()

    version.refresh_from_db()
    assert (version.stage, version.scheduled_for) == ("signed", None)
    assert PublishedItem.objects.count() == 0
    assert "还没有签发" in Entry.objects.get(action="catalogue.version.not_released").reason


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Asia/Shanghai")], ids=str)
def test_a_scheduled_release_goes_out_at_its_time(office, zone):
    """The screen gives the hour of Beijing, the database that of Greenwich: it is the same moment."""
    version = office.signed()
    actions.schedule(version, at=(timezone.now() + timedelta(hours=2)).astimezone(zone), by=office.clerk)
    OutboxItem.objects.update(not_before=None)
    run_waiting()

    version.refresh_from_db()
    assert (version.stage, PublishedItem.objects.count()) == ("published", 1)


def test_a_further_version_replaces_the_first_only_when_it_is_released(office):
    first = office.published(office.with_file(office.draft()))
    second = actions.revise(first.item, by=office.clerk)
    assert [file.name for file in second.attachments.all()] == ["试鸣方案.pdf"]
    with pytest.raises(Refusal, match="没有填写更新说明"):
        actions.submit(second, by=office.clerk)
    second = actions.write(
        second,
        values={"body": "<p>改为九月十九日。</p>", "change_note": "改正日期"},
        edits=0,
        by=office.clerk,
    )
    assert PublishedItem.objects.get().html == "<p>九月十八日试鸣防空警报。</p>"

    released_at = PublishedItem.objects.get().released_at
    second = office.published(second)
    first.refresh_from_db()
    shown = PublishedItem.objects.get()
    assert (first.stage, second.stage) == ("superseded", "published")
    assert (shown.html, shown.change_note) == ("<p>改为九月十九日。</p>", "改正日期")
    assert shown.released_at == released_at  # PUB-10: the day of publication never moves


def test_two_open_versions_of_one_item_are_refused(office):
    version = office.published()
    actions.revise(version.item, by=office.clerk)

    with pytest.raises(Refusal, match="还在办理"):
        actions.revise(version.item, by=office.clerk)

    assert version.item.versions.count() == 2


def test_pub_06_withdrawing_takes_the_item_its_lists_and_its_file_away(office):
    version = office.published(office.with_file(office.draft()))
    actions.withdraw(version.item, reason="内容有误", note="内容有误，更正后重新公布", by=office.leader)
    run_waiting()

    assert (PublishedItem.objects.count(), ItemInColumn.objects.count(), PublishedFile.objects.count()) == (
        0,
        0,
        0,
    )
    assert Withdrawn.objects.get(kind="item").note == "内容有误，更正后重新公布"
    item = InformationItem.objects.get(pk=version.item_id)
    assert (item.state, item.live) == ("withdrawn", False)


def test_a_version_sent_before_the_withdrawal_does_not_bring_the_item_back(office):
    first = office.published()
    second = actions.write(
        actions.revise(first.item, by=office.clerk), values={"change_note": "补充"}, edits=0, by=office.clerk
    )
    second = actions.publish(office.signed(second), by=office.clerk)
    actions.withdraw(first.item, reason="停止", by=office.leader)
    run_waiting()

    second.refresh_from_db()
    item = InformationItem.objects.get(pk=first.item_id)
    assert PublishedItem.objects.count() == 0
    assert (second.stage, item.state, item.live) == ("drafting", "withdrawn", False)


def test_an_item_of_this_system_is_not_rectified_in_the_register(office):
    from gongkai.registers.actions import rectify, void

    item = office.published().item
    item.refresh_from_db()
    keeper = a_person(office.agency, Power.KEEP_REGISTERS, name="辛示例")
    for act in (
        lambda: rectify(item, changes={"title": "改"}, reason="改", by=keeper),
        lambda: void(item, reason="改", by=keeper),
    ):
        with pytest.raises(Refusal, match="不在台账里更正或者作废"):
            act()

    item.refresh_from_db()
    assert (item.title, item.voided_at) == ("关于试鸣防空警报的公告", None)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(office):
    version = office.draft()
    actions.write(version, values={"body": "<p>甲</p>"}, edits=1, by=office.clerk)

    with pytest.raises(Refusal, match="别人刚刚保存过"):
        actions.write(version, values={"body": "<p>乙</p>"}, edits=1, by=office.clerk)

    version.refresh_from_db()
    assert version.body == "<p>甲</p>"


def test_inp_02_the_text_is_cleaned_when_it_is_saved(office):
    version = office.draft(
        body='<p onclick="x()">可以<script>alert(1)</script></p><img src="https://else.test/a.png">'
    )

    assert version.body == "<p>可以</p><img>"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("木马.exe", "只接受"), ("没有后缀", "只接受"), ("", "没有文件名"), (".pdf", "没有文件名")],
)
def test_fil_01_a_file_of_another_kind_is_refused(office, name, sentence):
    version = office.draft()

    with pytest.raises(Refusal, match=sentence):
        actions.attach(version, name=name, content=b"x", by=office.clerk)

    assert version.attachments.count() == 0


def test_inp_05_a_file_name_does_not_turn_around(office):
    version = office.draft()
    file = actions.attach(version, name="../通知\u202efdp.pdf", content=PDF, by=office.clerk)

    assert file.name == "通知fdp.pdf"


def test_acl_04_the_database_keeps_author_reviewer_and_signatory_apart(office):
    version = office.signed()
    for name in ("reviewer", "signatory"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**{name: version.author})

    version.refresh_from_db()
    assert len({version.author, version.reviewer, version.signatory}) == 3


def test_every_step_leaves_one_line_in_the_audit(office):
    office.published(office.with_file(office.draft()))

    lines = Entry.objects.filter(action__startswith="catalogue.").exclude(action__contains="column")
    assert list(lines.order_by("sequence").values_list("action", flat=True)) == [
        "catalogue.version.begun",
        "catalogue.version.written",
        "catalogue.attachment.added",
        "catalogue.version.submitted",
        "catalogue.version.section_review.passed",
        "catalogue.version.confidentiality_review.passed",
        "catalogue.version.sign_off.passed",
        "catalogue.version.released",
        "catalogue.version.published",
    ]


def test_every_step_is_open_or_closed_and_none_is_both():
    """What waits is looked up by the open steps: one that is in neither list would wait for nobody."""
    assert sorted((*Version.OPEN, *Version.CLOSED)) == sorted(Version.Stage)
