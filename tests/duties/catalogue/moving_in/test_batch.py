"""成批审查、签发、发布、撤回. Three people; a record for each version on its own bytes; what changes leaves the batch."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry as AuditEntry
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue import facts, queries, release_gate
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.models import InformationItem, Review, Version
from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in import queries as batches
from gongkai.duties.catalogue.moving_in.actions import releasing
from gongkai.duties.catalogue.moving_in.models import Batch
from gongkai.duties.catalogue.moving_in.to_do import waiting
from gongkai.duties.catalogue.moving_in.together import digest_of_stored
from gongkai.duties.catalogue.upkeep.actions import change_column
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal import queries as portal
from gongkai.portal.models import ItemInColumn, PublishedColumn, PublishedItem, Withdrawn
from gongkai.portal.search.models import SearchEntry
from tests.duties.catalogue.editorial import PDF
from tests.duties.catalogue.moving_in import sources
from tests.duties.catalogue.moving_in.sources import (
    as_json,
    moved_in,
    released,
    reviewed,
    signed,
    standings,
    submitted,
)
from tests.factories.people import a_person, an_agency

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ITEM = {"标题": "甲", "栏目": "通知公告", "发布日期": "2021-06-01", "正文": "<p>正文</p>"}


def with_a_file(name="方案.pdf", content=PDF):
    return sources.archive(
        {"表.csv": f"标题,栏目,发布日期,附件\n甲,通知公告,2021-06-01,{name}\n", name: content}
    )


def versions(batch):
    return [entry.version for entry in batch.entries.order_by("position") if entry.version]


def carry_out():
    while run_waiting():
        pass


# 三个人 ----------------------------------------------------------------------------------


def test_pub_01_each_version_has_a_record_of_its_own_on_its_own_bytes(office):
    """PUB-01, PUB-02."""
    batch = signed(office, submitted(office))

    assert Review.objects.count() == 6
    for version in versions(batch):
        confidentiality, sign_off = version.reviews.all()
        assert (confidentiality.step, confidentiality.by) == ("confidentiality_review", office.reviewer)
        assert (sign_off.step, sign_off.by) == ("sign_off", office.leader)
        assert confidentiality.content_hash == sign_off.content_hash == hash_of(version)
        assert (version.author, version.reviewer, version.signatory) == (
            office.clerk,
            office.reviewer,
            office.leader,
        )
        assert release_gate.objections(release_gate.requirements(version)) == []
    assert len(set(Review.objects.values_list("content_hash", flat=True))) == 3


def test_pub_02_each_attachment_is_concluded_on(office):
    """PUB-02."""
    batch = reviewed(office, submitted(office, with_a_file(), file="a.zip"))
    (version,) = versions(batch)

    assert version.reviews.get().files == [
        {"sha256": version.attachments.get().sha256, "name": "方案.pdf", "conclusion": "passed"}
    ]


def test_acl_04_author_reviewer_and_signatory_are_three_people(office):
    """ACL-04."""
    everything = a_person(
        office.agency,
        Power.DRAFT_ITEMS,
        Power.REVIEW_CONFIDENTIALITY,
        Power.SIGN_ITEMS,
        name="癸示例",
        section=office.section,
    )
    batch = actions.submit(moved_in(office), by=everything)
    with pytest.raises(Refusal, match="不能审查、签发自己迁入的信息"):
        reviewed(office, batch, by=everything)
    assert not Review.objects.exists()

    batch = reviewed(office, batch)
    with pytest.raises(Refusal, match="不能审查、签发自己迁入的信息"):
        actions.sign(batch, seen=digest_of_stored(batch), by=everything)

    second = actions.submit(moved_in(office, as_json(ITEM), file="b.json"), by=office.clerk)
    second = reviewed(office, second, by=everything)
    with pytest.raises(Refusal, match="保密审查人和签发人不能是同一个人"):
        actions.sign(second, seen=digest_of_stored(second), by=everything)
    assert {version.stage for version in versions(second)} == {"sign_off"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=second.pk).update(state="signed", signatory=everything)


def test_powers_are_asked_for_each_step(office):
    batch = submitted(office)
    for person in (office.clerk, office.head, office.leader):
        with pytest.raises(Refusal):
            reviewed(office, batch, by=person)
    assert not Review.objects.exists()
    batch = signed(office, batch)
    for person in (office.head, office.reviewer, office.leader):
        with pytest.raises(Refusal):
            actions.release(batch, by=person)
    assert not OutboxItem.objects.filter(kind="moving_in.release").exists()


def test_a_batch_waits_once_for_each_person_in_turn(office):
    def who(batch):
        people = (office.clerk, office.head, office.lawyer, office.reviewer, office.leader)
        assert not any(queries.waiting_for(person).exists() for person in people)
        return [person.name for person in people if any(waiting(person, timezone.localdate()))]

    batch = moved_in(office)
    assert who(batch) == ["甲示例"]
    batch = actions.submit(batch, by=office.clerk)
    assert who(batch) == ["丁示例"]
    batch = reviewed(office, batch)
    assert who(batch) == ["己示例"]
    batch = actions.sign(batch, seen=digest_of_stored(batch), by=office.leader)
    assert who(batch) == ["甲示例"]
    actions.release(batch, by=office.clerk)
    carry_out()
    assert who(batch) == []


def test_other_agencies_see_nothing_of_it(office):
    batch = submitted(office)
    stranger = a_person(
        an_agency(name="另一单位"),
        Power.DRAFT_ITEMS,
        Power.REVIEW_CONFIDENTIALITY,
        Power.SIGN_ITEMS,
        name="外示例",
    )

    assert not batches.batches(stranger).exists()
    for act in (
        lambda: actions.review(batch, seen=digest_of_stored(batch), by=stranger),
        lambda: actions.send_back(batch, opinion="退回", by=stranger),
        lambda: actions.take_out(batch.entries.all()[0], reason="移出", by=stranger),
    ):
        with pytest.raises(Refusal):
            act()
    assert {version.stage for version in versions(batch)} == {"confidentiality_review"}


# 有变化的离开 ------------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["submitted", "reviewed", "signed"])
def test_pub_02_what_changed_since_leaves_the_batch_and_the_others_go_on(office, until):
    """PUB-02."""
    batch = submitted(office)
    if until == "reviewed":
        batch = reviewed(office, batch)
    if until == "signed":
        batch = signed(office, batch)
    changed = versions(batch)[1]
    Version.objects.filter(pk=changed.pk).update(body="<p>审查以后改过</p>")

    if until == "submitted":
        reviewed(office, batch)
    elif until == "reviewed":
        actions.sign(batch, seen=digest_of_stored(batch), by=office.leader)
    else:
        actions.release(batch, by=office.clerk)
    changed.refresh_from_db()

    assert [standing for standing, _ in standings(batch)] == ["in_batch", "set_aside", "in_batch"]
    assert standings(batch)[1][1] == "送审以后内容有改动，原来的审查作废"
    assert (changed.stage, changed.with_batch, changed.reviewer, changed.content_hash) == (
        "drafting",
        False,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "改"),
        ("issued_by", "改"),
        ("document_number", "改"),
        ("keywords", "改"),
        ("dated_on", date(2020, 1, 1)),
        ("attribute", "withheld"),
        ("validity", "repealed"),
        ("article_20_duty", "plans"),
        ("main_column", None),
    ],
)
def test_pub_02_any_field_changed_after_signing_is_not_released(office, field, value):
    """PUB-02."""
    batch = signed(office, submitted(office, as_json(ITEM), file="a.json"))
    Version.objects.filter(pk=versions(batch)[0].pk).update(**{field: value})

    batch = actions.release(batch, by=office.clerk)

    assert standings(batch) == [("set_aside", "送审以后内容有改动，原来的审查作废")]
    assert batch.state == "released"
    assert not OutboxItem.objects.filter(kind="moving_in.release").exists()


def test_a_day_or_an_attachment_changed_after_signing_is_not_released(office):
    batch = signed(office, submitted(office, with_a_file(), file="a.zip"))
    (version,) = versions(batch)
    InformationItem.objects.filter(pk=version.item_id).update(published_on=date(2020, 1, 1))
    assert standings(actions.release(batch, by=office.clerk))[0][0] == "set_aside"

    other = signed(office, submitted(office, with_a_file("别的.pdf"), file="b.zip"))
    assert other.entries.count() == 1
    versions(other)[0].attachments.update(name="改名.pdf")
    assert standings(actions.release(other, by=office.clerk))[0][0] == "set_aside"


def test_pub_01_what_lost_its_review_or_has_one_by_its_author_is_not_released(office):
    """PUB-01: the batch asks the same gate as a single item."""
    batch = signed(office, submitted(office))
    first, second, third = versions(batch)
    other = a_person(office.agency, Power.SIGN_ITEMS, name="别示例")
    _remove(first.reviews.filter(step="sign_off"))
    Review.objects.filter(version=second).update(content_hash="0" * 64)
    Version.objects.filter(pk=third.pk).update(author=other)
    Review.objects.filter(version=third, step="sign_off").update(by=other)

    batch = actions.release(batch, by=office.clerk)

    told = [reason for _, reason in standings(batch)]
    assert told[0] == "还没有签发。"
    assert "保密审查以后内容有改动" in told[1]
    assert "签发和起草是同一个人" in told[2]
    assert not OutboxItem.objects.filter(kind="moving_in.release").exists()


def _remove(reviews):
    reviews.delete()


def test_a_page_that_is_out_of_date_decides_nothing(office):
    batch = submitted(office)
    seen = digest_of_stored(batch)
    actions.take_out(batch.entries.all()[0], reason="另行办理", by=office.reviewer)

    with pytest.raises(Refusal, match="在您打开以后有了变化，没有办理"):
        actions.review(batch, seen=seen, by=office.reviewer)

    assert not Review.objects.exists()


def test_what_is_taken_out_goes_the_whole_way_of_its_own(office):
    data = as_json(ITEM, {**ITEM, "标题": "乙"})
    batch = submitted(office, data, file="a.json")
    entry = batch.entries.order_by("position")[0]
    with pytest.raises(Refusal, match="请写明为什么移出"):
        actions.take_out(entry, reason=" ", by=office.clerk)
    actions.take_out(entry, reason="涉及个人", by=office.clerk)
    version = entry.version
    version.refresh_from_db()
    assert (version.stage, version.with_batch) == ("drafting", False)
    with pytest.raises(Refusal, match="不能移出"):
        actions.take_out(entry, reason="再移", by=office.clerk)

    version = catalogue.submit(version, by=office.clerk)
    assert version.stage == "section_review"
    version = office.pass_on(version, until="signed")
    catalogue.publish(version, by=office.clerk)
    carry_out()

    shown = PublishedItem.objects.get()
    assert (shown.title, shown.published_before) == ("甲", date(2021, 6, 1))
    assert [standing for standing, _ in standings(batch)] == ["set_aside", "in_batch"]


def test_what_is_sent_back_is_a_draft_and_may_be_submitted_again(office):
    batch = reviewed(office, submitted(office))
    with pytest.raises(Refusal, match="退回要说明理由"):
        actions.send_back(batch, opinion="", by=office.leader)
    batch = actions.send_back(batch, opinion="请核对日期", by=office.leader)

    assert (batch.state, batch.reviewer) == ("moved_in", None)
    assert {version.stage for version in versions(batch)} == {"drafting"}
    batch = signed(office, actions.submit(batch, by=office.clerk))
    actions.release(batch, by=office.clerk)
    carry_out()
    assert PublishedItem.objects.count() == 3


# 关口 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"正文": "<p>联系人身份证号11010119900307803X</p>"}, "还有1处没有处理"),
        ({"正文": "<p>机密★10年</p>"}, "机密"),
        ({"正文": '<p>见<img src="https://old.example.gov.cn/a.png"></p>'}, ""),
    ],
)
def test_what_the_gate_objects_to_stays_behind_with_the_reason(office, values, reason):
    """PUB-09, PII-04."""
    data = as_json({**ITEM, **values}, {**ITEM, "标题": "乙"})
    batch = submitted(office, data, file="a.json")

    if reason:
        assert standings(batch)[0][0] == "set_aside"
        assert reason in standings(batch)[0][1]
    assert standings(batch)[1] == ("in_batch", "")
    assert batch.state == "confidentiality_review"


def test_a_word_list_that_grew_after_signing_stops_the_release(office):
    from gongkai.duties.catalogue.wording.models import WordingEntry

    batch = signed(office, submitted(office))
    WordingEntry.objects.create(
        agency=office.agency, recorded_by=office.keeper, wrong="纳凉", right="避暑", kind="wrong"
    )

    batch = actions.release(batch, by=office.clerk)

    assert [standing for standing, _ in standings(batch)] == ["set_aside", "in_batch", "in_batch"]
    assert "还有1处没有处理" in standings(batch)[0][1]


def test_a_file_that_was_lost_stops_the_release(office):
    batch = signed(office, submitted(office, with_a_file(), file="a.zip"))
    desk_files().remove(versions(batch)[0].attachments.get().sha256)

    batch = actions.release(batch, by=office.clerk)

    assert "已经缺失或者损坏" in standings(batch)[0][1]


def test_a_batch_of_which_nothing_is_left_is_done(office):
    batch = submitted(office, as_json({**ITEM, "正文": "<p>机密★10年</p>"}), file="a.json")

    assert batch.state == "released"
    assert [version.stage for version in versions(batch)] == ["drafting"]


# 发布 ------------------------------------------------------------------------------------


def test_what_is_released_stands_where_its_readers_knew_it(office):
    today = office.published()
    batch = released(office)

    assert batch.state == "released"
    assert [standing for standing, _ in standings(batch)] == ["released"] * 3
    column = PublishedColumn.objects.get(slug=office.column.public_id)
    listed = [item.title for item in portal.items_of(column).items]
    assert listed == [today.title, "关于开放人防工程的通告", "人防工程维护管理通知"]
    item = InformationItem.objects.get(title="关于开放人防工程的通告")
    shown = PublishedItem.objects.get(key=item.public_id)
    assert (item.state, item.live, item.published_on) == ("published", True, date(2021, 6, 1))
    assert item.content_hash == item.reviewed_hash == item.versions.get().content_hash
    assert shown.published_before == date(2021, 6, 1)
    assert timezone.localtime(shown.listed_at).date() == date(2021, 6, 1)
    assert timezone.now() - shown.released_at < timedelta(minutes=10)
    assert shown.index_number == item.index_number != ""
    assert portal.latest(count=1)[0].title == today.title
    assert SearchEntry.objects.get(key=item.public_id).released_at == shown.listed_at
    assert facts.figures(office.agency, 2021)["items.total"].counted == 1
    assert facts.figures(office.agency, timezone.localdate().year)["items.total"].counted == 1


def test_the_worker_may_do_it_twice(office):
    batch = actions.release(signed(office, submitted(office)), by=office.clerk)
    carry_out()
    before = list(PublishedItem.objects.values_list("key", "version", "listed_at"))
    OutboxItem.objects.filter(kind="moving_in.release").update(status="waiting", attempts=0, not_before=None)
    carry_out()

    assert list(PublishedItem.objects.values_list("key", "version", "listed_at")) == before
    assert [standing for standing, _ in standings(batch)] == ["released"] * 3
    assert not OutboxItem.objects.exclude(status="done").exists()


def test_pub_02_what_changes_after_it_was_sent_does_not_arrive(office):
    """PUB-02: the worker computes the hash once more."""
    batch = actions.release(signed(office, submitted(office)), by=office.clerk)
    changed = versions(batch)[0]
    Version.objects.filter(pk=changed.pk).update(body="<p>混进来的</p>")
    carry_out()

    assert not PublishedItem.objects.filter(html__contains="混进来的").exists()
    assert PublishedItem.objects.count() == 2
    assert standings(batch)[0] == ("set_aside", "没有发布：内容与审查、签发时不一致")
    changed.refresh_from_db()
    assert (changed.stage, changed.with_batch) == ("drafting", False)


def test_one_that_the_public_side_refuses_does_not_hold_back_the_others(office, monkeypatch):
    batch = actions.release(signed(office, submitted(office)), by=office.clerk)
    from gongkai.portal import release as door

    own = door.item_values

    def refusing(item, *, listed_at):
        if "试鸣" in item.title:
            raise door.ReleaseRefused("不能发布：标题不对。")
        return own(item, listed_at=listed_at)

    monkeypatch.setattr(door, "item_values", refusing)
    carry_out()

    assert PublishedItem.objects.count() == 2 == ItemInColumn.objects.count()
    assert standings(batch)[1] == ("set_aside", "不能发布：标题不对。")
    assert not OutboxItem.objects.exclude(status="done").exists()


def test_a_large_batch_leaves_in_parts_with_one_line_in_the_audit_each(office, monkeypatch):
    monkeypatch.setattr(releasing, "AT_ONCE", 2)
    released(office)

    assert OutboxItem.objects.filter(kind="moving_in.release").count() == 2
    told = AuditEntry.objects.filter(action="moving_in.batch.published")
    assert [json.loads(each.detail)["items"] for each in told] == [2, 1]
    public = AuditEntry.objects.using("public").filter(action="portal.items.released")
    assert [len(json.loads(each.detail)["sent"]) for each in public] == [2, 1]


# 以后 ------------------------------------------------------------------------------------


def test_it_is_withdrawn_as_any_item_is(office):
    batch = released(office, with_a_file(), file="a.zip")
    item = versions(batch)[0].item
    catalogue.withdraw(item, reason="已经失效", note="本文已撤回", by=office.leader)
    carry_out()

    assert not PublishedItem.objects.exists()
    assert not ItemInColumn.objects.exists()
    assert not SearchEntry.objects.exists()
    assert Withdrawn.objects.get(key=item.public_id).note == "本文已撤回"
    item.refresh_from_db()
    assert (item.state, item.live) == ("withdrawn", False)


def test_a_further_version_goes_the_whole_way_and_keeps_its_place(office):
    batch = released(office, as_json(ITEM), file="a.json")
    item = versions(batch)[0].item
    version = catalogue.revise(item, by=office.clerk)
    assert not version.with_batch
    version = catalogue.write(
        version, values={"body": "<p>新的正文</p>", "change_note": "改正"}, edits=0, by=office.clerk
    )
    version = catalogue.submit(version, by=office.clerk)
    assert version.stage == "section_review"
    catalogue.publish(office.pass_on(version, until="signed"), by=office.clerk)
    carry_out()

    shown = PublishedItem.objects.get()
    assert "新的正文" in shown.html
    assert timezone.localtime(shown.listed_at).date() == date(2021, 6, 1) == shown.published_before


def test_the_ledgers_item_is_the_one_that_is_public(office):
    registered = InformationItem.objects.create(
        agency=office.agency,
        title="甲",
        published_on=date(2021, 6, 1),
        main_column=office.column,
        index_number="旧索引号1",
        recorded_by=office.keeper,
    )
    released(office, as_json(ITEM), file="a.json")
    registered.refresh_from_db()

    assert (registered.state, registered.live, registered.index_number) == ("published", True, "旧索引号1")
    assert PublishedItem.objects.get().key == registered.public_id
    assert facts.figures(office.agency, 2021)["items.total"].counted == 1


def test_a_column_that_is_public_now_is_shown_as_it_is_changed(office):
    released(office)
    office.column.refresh_from_db()
    change_column(
        office.column,
        name="通知和公告",
        parent=None,
        position=0,
        column_class="notices",
        owner_section=None,
        owner=None,
        update_days=None,
        closed_on=None,
        version=office.column.version,
        by=office.keeper,
    )
    carry_out()

    assert PublishedColumn.objects.get(slug=office.column.public_id).name == "通知和公告"


def test_nobody_else_was_needed(office):
    """The clerk, the reviewer and the leader; nobody of another section was asked."""
    released(office)

    assert Person.objects.filter(pk__in=Review.objects.values("by")).count() == 2
