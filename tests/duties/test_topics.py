"""专题: composed, submitted, reviewed, signed, released, closed, archived, withdrawn; and refused at every step."""

import io
import json

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import facts
from gongkai.duties.catalogue.models import SpecialTopic
from gongkai.duties.catalogue.topics import actions, cleaned
from gongkai.duties.catalogue.topics.models import Topic, TopicFile, TopicPage, TopicVersion
from gongkai.duties.catalogue.wording.actions import add_entry
from gongkai.gateways.files import desk_files, public_files
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedPage
from tests.factories.people import a_person
from tests.factories.topics import a_picture, a_topic, an_office, change, png, publish

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def office():
    return an_office()


def stage_of(version):
    return TopicVersion.objects.get(pk=version.pk).stage


def test_a_topic_reaches_the_public_by_three_people(office):
    """PUB-01, ACL-04."""
    page = a_topic(office, cover=a_picture(office))

    publish(page, office)
    assert PublishedPage.objects.count() == 0
    run_waiting()

    shown = PublishedPage.objects.get()
    topic = Topic.objects.get()
    assert (shown.title, shown.column.slug) == ("全民国防教育月", "topics")
    assert "讲座在<b>示例市</b>文化馆举行" in shown.html
    assert 'alt="一面蓝色的旗"' in shown.html
    assert [file.sha256 for file in shown.files.all()] == [TopicFile.objects.get().sha256]
    assert public_files().has(TopicFile.objects.get().sha256)
    assert topic.state == Topic.State.OPEN
    assert topic.receipt["url"] == shown.get_absolute_url()
    told = list(Entry.objects.filter(action__startswith="topics.").values_list("action", flat=True))
    assert sorted(told) == sorted(
        f"topics.{verb}"
        for verb in ("file_added", "index_opened", "submitted", "passed", "signed", "published")
    )


def test_a_published_topic_is_counted_without_being_typed_again(office):
    publish(a_topic(office), office)
    run_waiting()

    entry = SpecialTopic.objects.get()
    figures = facts.figures(office.agency, entry.opened_on.year)
    assert (entry.title, entry.address) == ("全民国防教育月", PublishedPage.objects.get().get_absolute_url())
    assert figures["topics.opened"].records.count() == 1


def test_a_topic_already_in_the_register_is_not_entered_twice(office):
    typed = SpecialTopic.objects.create(
        agency=office.agency, title="全民国防教育月", opened_on="2026-01-05", recorded_by=office.author
    )

    publish(a_topic(office), office)
    run_waiting()

    assert SpecialTopic.objects.get() == typed
    assert Topic.objects.get().register == typed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"lead": "联系张某某，手机13800138000。"}, "导语有手机号码“138"),
        ({"title": "机密★全民国防教育"}, "标题有国家秘密标志"),
        ({"lead": "示列市举办讲座。"}, "应为“示例市”.*除外词语"),
    ],
)
def test_a_topic_with_what_may_not_go_out_is_not_submitted(office, words, told):
    """PUB-09, PII-04: a topic is looked through like every item."""
    keeper = a_person(office.agency, Power.KEEP_REGISTERS, name="词表示例")
    add_entry(wrong="示列市", right="示例市", by=keeper)

    with pytest.raises(Refusal, match=told):
        actions.submit(a_topic(office, **words), by=office.author)

    assert not TopicVersion.objects.exists()


def test_nobody_reviews_or_signs_what_he_did_before(office):
    """ACL-04: three different people."""
    everything = a_person(
        office.agency, Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS, name="万能示例"
    )
    version = actions.submit(a_topic(office), by=everything)
    for action in (actions.pass_review, actions.sign):
        with pytest.raises(Refusal):
            action(version, by=everything)
    actions.pass_review(version, by=office.reviewer)
    with pytest.raises(Refusal, match="由三个人分别办理"):
        actions.sign(version, by=everything)

    assert stage_of(version) == TopicVersion.Stage.SIGN_OFF
    assert OutboxItem.objects.count() == 0


@pytest.mark.parametrize(
    ("verb", "power"),
    [
        ("submit", "起草信息"),
        ("pass_review", "保密审查"),
        ("return_for_changes", "保密审查"),
        ("sign", "签发信息"),
        ("decline", "签发信息"),
        ("take_back", "起草信息"),
    ],
)
def test_every_step_needs_its_power(office, verb, power):
    """ACL-01: refused, and nothing has changed."""
    page = a_topic(office)
    nobody = a_person(office.agency, Power.READ_REGISTERS, name="无权示例")
    version = actions.submit(page, by=office.author)
    if verb in ("sign", "decline"):
        actions.pass_review(version, by=office.reviewer)
    before = (stage_of(version), TopicVersion.objects.count(), Entry.objects.count())

    subject = page if verb == "submit" else version
    words = {"opinion": "不合适"} if verb in ("return_for_changes", "decline") else {}
    with pytest.raises(Refusal, match=f"没有“{power}”职权"):
        getattr(actions, verb)(subject, by=nobody, **words)

    assert (stage_of(version), TopicVersion.objects.count(), Entry.objects.count()) == before


def test_another_agencys_people_can_take_no_step(office):
    """ACL-02, ACL-08."""
    others = an_office(name="示例市民政局", short_name="市民政局")
    a_topic(others)
    version = actions.submit(a_topic(office), by=office.author)

    for action, person in ((actions.take_back, others.author), (actions.pass_review, others.reviewer)):
        with pytest.raises(Refusal, match="其他机关的专题"):
            action(version, by=person)

    assert stage_of(version) == TopicVersion.Stage.REVIEW


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "换了名称"),
        ("lead", "换了导语。"),
        ("keywords", "换了关键词"),
        ("from_on", "2026-09-01"),
        ("body", json.dumps([{"type": "heading", "value": "换了正文"}])),
    ],
)
@pytest.mark.parametrize("when", ["review", "sign_off"])
def test_any_change_after_submission_voids_the_reviews(office, field, value, when):
    """PUB-02: each field once, at each step."""
    page = a_topic(office)
    version = actions.submit(page, by=office.author)
    if when == "sign_off":
        actions.pass_review(version, by=office.reviewer)
    change(page, by=office.author, **{field: value})

    action, person = (
        (actions.pass_review, office.reviewer) if when == "review" else (actions.sign, office.signatory)
    )
    with pytest.raises(Refusal, match="审查已经作废"):
        action(version, by=person)

    assert stage_of(version) == TopicVersion.Stage.VOID
    assert OutboxItem.objects.count() == 0
    assert Entry.objects.filter(action="topics.voided").count() == 1


def test_another_picture_with_the_same_words_voids_the_reviews(office):
    """PUB-02: a swapped file."""
    page = a_topic(office, cover=a_picture(office))
    version = actions.submit(page, by=office.author)
    actions.pass_review(version, by=office.reviewer)
    change(page, by=office.author, cover=a_picture(office, colour="maroon"))

    with pytest.raises(Refusal, match="审查已经作废"):
        actions.sign(version, by=office.signatory)

    assert stage_of(version) == TopicVersion.Stage.VOID


def test_bytes_damaged_in_the_store_void_the_reviews(office):
    """PUB-02: what was reviewed is no longer there."""
    picture = a_picture(office)
    version = actions.submit(a_topic(office, cover=picture), by=office.author)
    actions.pass_review(version, by=office.reviewer)
    desk_files().remove(picture.sha256)

    with pytest.raises(Refusal, match="审查已经作废"):
        actions.sign(version, by=office.signatory)

    assert stage_of(version) == TopicVersion.Stage.VOID


def test_a_stored_text_changed_behind_the_desk_voids_the_reviews(office):
    """PUB-02: the row that was reviewed, edited by SQL."""
    version = actions.submit(a_topic(office), by=office.author)
    actions.pass_review(version, by=office.reviewer)
    TopicVersion.objects.filter(pk=version.pk).update(html="<p>偷换的正文</p>")

    with pytest.raises(Refusal, match="审查已经作废"):
        actions.sign(version, by=office.signatory)

    assert OutboxItem.objects.count() == 0


def test_saving_without_a_change_voids_nothing(office):
    page = a_topic(office)
    version = actions.submit(page, by=office.author)
    change(page, by=office.author)

    assert actions.void_if_changed(page, by=office.author) is False
    assert stage_of(version) == TopicVersion.Stage.REVIEW


def test_the_database_keeps_the_three_people_apart(office):
    """ACL-04: whatever the code does."""
    version = actions.submit(a_topic(office), by=office.author)

    with pytest.raises(IntegrityError), transaction.atomic():
        TopicVersion.objects.filter(pk=version.pk).update(stage="sign_off", reviewer=office.author)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicVersion.objects.filter(pk=version.pk).update(
            stage="releasing", reviewer=office.reviewer, signatory=office.reviewer
        )


def test_the_editors_own_ways_to_publish_are_shut(office):
    """PUB-01: publish, unpublish, timetable, code."""
    page = a_topic(office)
    revision = page.get_latest_revision()

    with pytest.raises(Refusal, match="不能在编辑器里发布"):
        revision.publish(user=office.author)
    with pytest.raises(Refusal, match="不能在编辑器里发布"):
        page.unpublish(user=office.author)
    page.live = True
    with pytest.raises(Refusal, match="不能在编辑器里发布"):
        page.save()
    page.live, page.go_live_at = False, page.latest_revision_created_at
    with pytest.raises(Refusal, match="不能在编辑器里发布"):
        page.save()

    assert TopicPage.objects.get().live is False
    assert OutboxItem.objects.count() == 0


def test_a_returned_topic_says_why_and_may_be_submitted_again(office):
    version = actions.submit(a_topic(office), by=office.author)
    with pytest.raises(Refusal, match="没有写理由"):
        actions.return_for_changes(version, by=office.reviewer, opinion=" ")

    actions.return_for_changes(version, by=office.reviewer, opinion="第二张图片有门牌号")

    assert TopicVersion.objects.get().opinion == "第二张图片有门牌号"
    assert actions.submit(version.topic.page, by=office.author).number == 2


def test_whoever_signs_may_send_it_back_with_a_reason(office):
    version = actions.submit(a_topic(office), by=office.author)
    actions.pass_review(version, by=office.reviewer)
    with pytest.raises(Refusal, match="没有写理由"):
        actions.decline(version, by=office.signatory, opinion="")
    assert stage_of(version) == TopicVersion.Stage.SIGN_OFF

    actions.decline(version, by=office.signatory, opinion="导语太长")

    version.refresh_from_db()
    assert (version.stage, version.opinion, version.signatory) == ("returned", "导语太长", office.signatory)
    with pytest.raises(Refusal, match="不能签发"):
        actions.sign(version, by=office.signatory)
    assert OutboxItem.objects.count() == 0
    assert actions.submit(version.topic.page, by=office.author).number == 2


def test_pub_06_a_topic_withdrawn_while_a_change_is_on_its_way_stays_withdrawn(office):
    page = a_topic(office)
    publish(page, office)
    run_waiting()
    change(page, by=office.author, lead="十月继续。")
    version = actions.submit(page, by=office.author, change_note="延长")
    actions.pass_review(version, by=office.reviewer)
    actions.sign(version, by=office.signatory)

    actions.withdraw(Topic.objects.get(), by=office.signatory, note="内容有误，已撤回")
    run_waiting()

    assert not PublishedPage.objects.exists()
    assert Topic.objects.get().state == Topic.State.WITHDRAWN
    assert stage_of(version) == TopicVersion.Stage.RETURNED


def test_a_changed_topic_stays_as_it_was_until_the_change_is_signed(office):
    page = a_topic(office)
    publish(page, office)
    run_waiting()
    change(page, by=office.author, lead="十月继续。")
    with pytest.raises(Refusal, match="请填写更新说明"):
        actions.submit(page, by=office.author)
    version = actions.submit(page, by=office.author, change_note="活动延长到十月")
    assert "十月继续" not in PublishedPage.objects.get().html

    actions.pass_review(version, by=office.reviewer)
    actions.sign(version, by=office.signatory)
    run_waiting()

    shown = PublishedPage.objects.get()
    assert "十月继续" in shown.html
    assert shown.change_note == "活动延长到十月"
    assert list(TopicVersion.objects.values_list("stage", flat=True)) == ["published", "superseded"]


def test_a_topic_is_closed_archived_and_withdrawn(office):
    page = a_topic(office)
    publish(page, office)
    run_waiting()
    topic = Topic.objects.get()
    with pytest.raises(Refusal, match="“开设中”，已结束时才能归档"):
        actions.archive(topic, by=office.signatory)

    actions.close(topic, by=office.signatory)
    run_waiting()
    assert PublishedPage.objects.get().html.startswith('<p class="topic-notice">本专题于')
    assert PublishedPage.objects.get().column.slug == "topics"

    actions.archive(topic, by=office.signatory)
    run_waiting()
    assert PublishedPage.objects.get().column.slug == "topics-archive"
    assert SpecialTopic.objects.get().closed_on is not None
    with pytest.raises(Refusal, match="已归档"):
        actions.submit(page, by=office.author)

    actions.withdraw(topic, by=office.signatory, note="内容有误，已撤回")
    run_waiting()
    assert PublishedPage.objects.count() == 0


def test_what_is_not_the_agencys_own_cannot_be_shown(office):
    """ACL-02: another agency's picture by its key."""
    others = an_office(name="示例市民政局", short_name="市民政局")
    page = a_topic(office, cover=a_picture(others))

    with pytest.raises(Refusal, match="不在本机关的素材里"):
        actions.submit(page, by=office.author)

    assert TopicVersion.objects.count() == 0


def test_a_picture_is_drawn_anew_and_remembers_no_camera():
    """FIL-05."""
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "示例相机"
    Image.new("RGB", (2400, 60), "navy").save(kept, "JPEG", exif=exif)

    done = cleaned.clean("picture", kept.getvalue())

    again = Image.open(io.BytesIO(done.data))
    assert (done.media_type, done.width, done.height) == ("image/jpeg", 1600, 40)
    assert len(again.getexif()) == 0
    assert "示例相机".encode() not in done.data


@pytest.mark.parametrize(
    ("kind", "data", "why"),
    [
        ("picture", b"", "不是图片"),
        ("picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是图片"),
        ("picture", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "不是图片"),
        ("picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "不是图片|已经损坏"),
        ("document", b"PK\x03\x04", "不是PDF"),
        ("document", b"%PDF-1.7 nothing follows", "已经损坏"),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused(kind, data, why):
    """FIL-01: by content, not by name."""
    with pytest.raises(cleaned.CannotClean, match=why):
        cleaned.clean(kind, data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened():
    """FIL-05."""
    kept = io.BytesIO()
    Image.new("1", (8000, 6000)).save(kept, "PNG")

    with pytest.raises(cleaned.CannotClean, match="8000×6000个像素，最多4000万个"):
        cleaned.clean("picture", kept.getvalue())


def test_a_file_beyond_the_limit_is_refused_unread(office):
    """FIL-02."""
    big = SimpleUploadedFile("大.png", b"x")
    big.size = cleaned.LARGEST + 1

    with pytest.raises(Refusal, match="超过20 MB"):
        actions.read_upload("picture", big)


def test_a_picture_without_words_is_refused(office):
    with pytest.raises(Refusal, match="替代文字"):
        actions.keep_file(actions.read_upload("picture", png()), title=" ", by=office.author)

    assert TopicFile.objects.count() == 0


def test_a_pdf_keeps_its_pages_alone():
    """FIL-06: no author, no script, no file inside."""
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "林起草"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["inside.txt"] = b"hidden words"
        pdf.save(kept)

    done = cleaned.clean("document", kept.getvalue())

    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert len(pdf.pages) == 1
        assert "/Author" not in pdf.docinfo
        assert "/OpenAction" not in pdf.Root
        assert len(pdf.attachments) == 0
    assert b"hidden words" not in done.data
