"""迁入和对账. A dry run writes nothing; what is moved in agrees with the source, item by item."""

from datetime import date
from io import BytesIO

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry as AuditEntry
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue import facts
from gongkai.duties.catalogue.models import Attachment, InformationItem, Version
from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.reconciliation import lines, reconcile
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from tests.duties.catalogue.editorial import PDF
from tests.duties.catalogue.moving_in import sources
from tests.duties.catalogue.moving_in.sources import as_json, moved_in, previewed, standings
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ITEM = {"标题": "甲", "栏目": "通知公告", "发布日期": "2021-06-01", "正文": "<p>正文</p>"}


def written():
    counted = (InformationItem, Version, Attachment, OutboxItem)
    return [model.objects.count() for model in counted] + [len(list(desk_files().names()))]


def one(office, **values):
    return previewed(office, as_json({**ITEM, **values}), file="旧站.json")


# 预览 ------------------------------------------------------------------------------------


def test_a_dry_run_writes_no_item_and_leaves_nothing_when_given_up(
    office, django_capture_on_commit_callbacks
):
    before = written()
    batch = previewed(
        office,
        sources.archive(
            {
                "表.csv": "标题,栏目,发布日期,附件\n甲,通知公告,2021-06-01,方案.pdf\n乙,通知公告,,\n",
                "方案.pdf": PDF,
            }
        ),
        file="旧站.zip",
    )

    assert standings(batch) == [("new", ""), ("refused", "“发布日期”不能为空")]
    assert written()[:-1] == before[:-1]

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(batch, by=office.clerk)

    assert written() == before
    assert not Entry.objects.exists()
    assert list(AuditEntry.objects.values_list("action", flat=True))[-2:] == [
        "moving_in.batch.previewed",
        "moving_in.batch.discarded",
    ]


def test_a_file_that_another_batch_waits_for_stays(office, django_capture_on_commit_callbacks):
    data = sources.archive(
        {"表.csv": "标题,栏目,发布日期,附件\n甲,通知公告,2021-06-01,方案.pdf\n", "方案.pdf": PDF}
    )
    first, second = previewed(office, data, file="a.zip"), previewed(office, data, file="a.zip")

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(first, by=office.clerk)
    assert len(list(desk_files().names())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(second, by=office.clerk)
    assert not list(desk_files().names())


def test_scripts_in_a_text_are_taken_out_and_it_is_said(office):
    """INP-01."""
    batch = one(
        office, 正文='<p onclick="x()">正文</p><script>alert(1)</script><a href="javascript:x()">甲</a>'
    )
    body = batch.entries.get().content["values"]["body"]

    assert "正文" in body
    assert all(sign not in body for sign in ("script", "onclick", "alert"))
    assert "1条的正文带有脚本" in batch.notes[-1]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"正文": ""}, "没有正文，也没有附件"),
        ({"正文": "<script>alert(1)</script>"}, "没有正文，也没有附件"),
        ({"成文日期": "2021-06-02"}, "成文日期晚于原发布日期"),
        ({"主题分类": "没有这一类"}, None),
        ({"关键词": "长" * 101}, "“关键词”有101个字，最多100个字"),
        ({"原网址": "javascript:alert(1)"}, None),
    ],
)
def test_what_makes_no_item_says_why(office, values, reason):
    entry = one(office, **values).entries.get()

    assert entry.standing == "refused"
    assert entry.reason == reason if reason else entry.reason


def test_what_stands_twice_in_the_source_or_is_here_already_is_not_moved_in(office):
    moved_in(office, as_json({**ITEM, "原网址": "https://old.example.gov.cn/1"}), file="a.json")
    again = previewed(
        office,
        as_json(
            {**ITEM, "标题": "乙"},
            {**ITEM, "标题": "乙"},
            {**ITEM, "标题": "丙", "原网址": "https://old.example.gov.cn/3"},
            {**ITEM, "标题": "丁", "原网址": "https://old.example.gov.cn/3"},
            ITEM,
            {**ITEM, "标题": "戊", "原网址": "https://old.example.gov.cn/1"},
        ),
        file="b.json",
    )

    assert standings(again) == [
        ("new", ""),
        ("refused", "与第1条重复：标题、原发布日期、栏目都相同"),
        ("new", ""),
        ("refused", "与第3条重复：原网址相同"),
        ("same", "系统里已有这一条（起草）"),
        ("refused", "原网址与系统里的《甲》相同，标题、日期或者栏目不同，请核对"),
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"name": " "}, "请写明来源"),
        ({"name": "长" * 201}, "来源最多200字"),
        ({"address": "old.example.gov.cn"}, "不是网址"),
        ({"data": BytesIO(b"")}, "文件是空的"),
        ({"data": BytesIO(b"[]"), "file": "a.json"}, "来源里没有一条信息"),
    ],
)
def test_what_cannot_be_previewed_leaves_nothing(office, more, told):
    given = {"name": "旧站", "file": "旧站.csv", "data": BytesIO(b"\xb1\xea"), **more}
    with pytest.raises(Refusal, match=told):
        actions.preview(**given, by=office.clerk)

    assert not Batch.objects.exists()


def test_only_who_drafts_moves_in(office):
    for person in (office.head, office.reviewer, office.leader):
        with pytest.raises(Refusal):
            actions.preview(name="旧站", file="a.xlsx", data=BytesIO(sources.table()), by=person)
    batch = previewed(office)
    with pytest.raises(Refusal):
        actions.move_in(batch, by=office.reviewer)

    assert not InformationItem.objects.exists()


# 栏目对应 ---------------------------------------------------------------------------------


def test_columns_of_the_source_are_mapped_or_left_out(office):
    batch = previewed(office, as_json({**ITEM, "栏目": "公示公告"}, {**ITEM, "栏目": "广告"}), file="a.json")
    with pytest.raises(Refusal, match="还有2个来源栏目没有对应的栏目"):
        actions.move_in(batch, by=office.clerk)
    with pytest.raises(Refusal, match="没有这个栏目"):
        actions.map_columns(batch, mapping={"公示公告": "没有的"}, by=office.clerk)

    actions.map_columns(batch, mapping={"公示公告": office.column.public_id, "广告": "-"}, by=office.clerk)
    batch = actions.move_in(batch, by=office.clerk)

    assert standings(batch) == [("in_batch", ""), ("refused", "来源栏目“广告”选择不迁入")]
    assert InformationItem.objects.get().main_column == office.column
    assert reconcile(batch).holds


def test_a_preview_that_is_out_of_date_is_looked_at_again_before_anything_is_written(office):
    first, second = previewed(office), previewed(office)
    actions.move_in(first, by=office.clerk)
    before = written()

    with pytest.raises(Refusal, match="预览以后有了变化，没有迁入"):
        actions.move_in(second, by=office.clerk)

    assert written() == before
    assert {standing for standing, _ in standings(second)} == {"same"}
    with pytest.raises(Refusal, match="没有要迁入的信息"):
        actions.move_in(second, by=office.clerk)


# 迁入和对账 --------------------------------------------------------------------------------


def test_what_is_moved_in_is_a_draft_with_its_day_and_its_address(office):
    data = sources.archive(
        {
            "p/1.html": sources.page(text='<p>方案见附件，请遵照执行。</p><a href="1.pdf">方案</a>'),
            "p/1.pdf": PDF,
        }
    )
    batch = actions.preview(
        name="示例旧站",
        file="旧站.zip",
        data=BytesIO(data),
        address="https://old.example.gov.cn/zwgk",
        by=office.clerk,
    )
    batch = actions.move_in(batch, by=office.clerk)
    item = InformationItem.objects.get()
    version = item.versions.get()

    assert (item.state, item.live, item.index_number) == ("draft", False, "")
    assert item.published_on == date(2021, 6, 1) == item.public_before
    assert item.address == "https://old.example.gov.cn/zwgk/1.html"
    assert item.imported_from == "示例旧站"
    assert (version.stage, version.author, version.with_batch) == ("drafting", office.clerk, True)
    assert version.issued_by == "示例市国动办"
    assert version.kind == "notice"
    assert version.attachments.get().name == "方案.pdf"
    assert batch.moved_in == 1
    assert batch.digest == batch.received_digest
    assert facts.figures(office.agency, 2021)["items.total"].counted == 0


def test_the_comparison_names_each_item_that_differs_and_in_what(office):
    batch = moved_in(office)
    found = reconcile(batch)
    assert (found.source, found.received, found.equal, found.holds) == (3, 3, 3, True)
    told = list(lines(batch))
    assert len({line.digest for line in told}) == 3
    assert all(line.digest == line.received_digest and not line.difference for line in told)

    first, second, third = (entry.version for entry in batch.entries.order_by("position"))
    Version.objects.filter(pk=first.pk).update(body="<p>改过</p>", issued_by="别的单位")
    InformationItem.objects.filter(pk=second.item_id).update(published_on=date(2020, 1, 1))
    entry = third.moved_in.get()
    Entry.objects.filter(pk=entry.pk).update(version=None, standing="new")
    found = reconcile(batch)

    assert [line.difference for line in found.differences] == [
        "正文、发布机构不一致",
        "原发布日期不一致",
        "没有收到",
    ]
    assert (found.source, found.received, found.equal, found.holds) == (3, 2, 0, False)


def test_what_was_read_and_changed_in_the_records_is_found(office):
    batch = moved_in(office)
    entry = batch.entries.order_by("position")[0]
    entry.content["values"]["body"] = "<p>改过</p>"
    entry.save()
    Version.objects.filter(pk=entry.version_id).update(body="<p>改过</p>")

    assert [line.difference for line in reconcile(batch).differences] == ["读到的内容在保存以后被改动"]


def test_what_the_register_holds_already_stays_one_item_and_is_counted_once(office):
    registered = InformationItem.objects.create(
        agency=office.agency,
        title="甲",
        published_on=date(2021, 6, 1),
        main_column=office.column,
        address="https://old.example.gov.cn/1",
        recorded_by=office.keeper,
    )
    batch = previewed(office, as_json(ITEM), file="a.json")
    assert standings(batch) == [("new", "台账里已经登记，迁入后仍是这一条，不重复计数")]

    batch = actions.move_in(batch, by=office.clerk)
    registered.refresh_from_db()

    assert InformationItem.objects.count() == 1
    assert (registered.state, registered.imported_from) == ("registered", "示例旧网站")
    assert registered.address == "https://old.example.gov.cn/1"
    assert reconcile(batch).holds
    assert "本系统发布" in registered.kept_elsewhere()
    assert facts.figures(office.agency, 2021)["items.total"].counted == 1
    assert standings(previewed(office, as_json(ITEM), file="a.json"))[0][0] == "same"


def test_an_item_in_a_batch_is_not_handled_beside_it(office):
    batch = moved_in(office)
    version = batch.entries.order_by("position")[0].version
    for act in (
        lambda: catalogue.write(version, values={"title": "改"}, edits=0, by=office.clerk),
        lambda: catalogue.submit(version, by=office.clerk),
        lambda: catalogue.abandon(version, by=office.clerk),
        lambda: catalogue.attach(version, name="a.pdf", content=PDF, by=office.clerk),
    ):
        with pytest.raises(Refusal, match="随批办理。要单独办理，请先从那一批里移出"):
            act()

    version.refresh_from_db()
    assert (version.stage, version.edits, version.attachments.count()) == ("drafting", 0, 0)


def test_a_colleague_of_the_section_goes_on_where_the_importer_left(office):
    colleague = a_person(office.agency, Power.DRAFT_ITEMS, name="庚示例", section=office.section)
    elsewhere = SectionFactory(agency=office.agency, name="规划科")
    stranger = a_person(office.agency, Power.DRAFT_ITEMS, name="辛示例", section=elsewhere)
    batch = moved_in(office)
    with pytest.raises(Refusal, match="请由综合科办理"):
        actions.submit(batch, by=stranger)
    assert set(Version.objects.values_list("stage", "author__name")) == {("drafting", "甲示例")}

    batch = actions.submit(batch, by=colleague)

    assert batch.by == colleague
    assert set(Version.objects.values_list("stage", "author__name")) == {("confidentiality_review", "庚示例")}
