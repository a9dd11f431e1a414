"""旧站迁入的页面和命令. From the upload to the release by three people on the screen; the same from the command line."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gongkai.duties.catalogue.models import InformationItem, Review, Version
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedItem
from tests.duties.catalogue.moving_in import sources
from tests.duties.catalogue.moving_in.sources import moved_in, submitted
from tests.factories.people import enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def page(client, name, *args, **query):
    answer = client.get(reverse(f"moving_in:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def send(client, where, /, *args, **data):
    return client.post(reverse(f"moving_in:{where}", args=args), data)


def take(client, batch, step):
    assert "consequences" in page(client, "step", batch.public_id, step)
    assert send(client, "step", batch.public_id, step).status_code == 302


def upload(client, data=None, **values):
    file = SimpleUploadedFile("旧站.xlsx", sources.table() if data is None else data)
    return send(client, "upload", **{"name": "示例旧网站", "file": file, "address": "", **values})


def test_three_people_move_a_site_in_on_the_screen(office):
    clerk, reviewer, leader = (
        enter(Client(), each) for each in (office.clerk, office.reviewer, office.leader)
    )
    assert "预览" in page(clerk, "upload")
    assert upload(clerk).status_code == 302
    batch = Batch.objects.get()
    shown = page(clerk, "batch", batch.public_id)
    assert "还没有写入任何信息" in shown
    assert "关于开放人防工程的通告" in shown
    assert "工作动态" in page(clerk, "mapping", batch.public_id)
    take(clerk, batch, "move_in")
    assert "一致" in page(clerk, "batch", batch.public_id)
    take(clerk, batch, "submit")

    concluding = page(reviewer, "conclude", batch.public_id)
    seen = concluding.split('name="seen" value="')[1][:64]
    assert send(clerk, "conclude", batch.public_id, seen=seen, conclusion="passed").status_code == 403
    assert send(reviewer, "conclude", batch.public_id, seen="0" * 64, conclusion="passed").status_code == 400
    assert not Review.objects.exists()
    for client in (reviewer, leader):
        page(client, "conclude", batch.public_id)
        assert send(client, "conclude", batch.public_id, seen=seen, conclusion="passed").status_code == 302
    take(clerk, batch, "release")
    while run_waiting():
        pass

    assert PublishedItem.objects.count() == 3
    assert "已办结" in page(clerk, "batch", batch.public_id)
    assert "示例旧网站" in page(leader, "list")


def test_a_wrong_file_is_refused_beside_what_was_filled_in(office):
    client = enter(Client(), office.clerk)
    answer = upload(client, b"not a table")

    assert answer.status_code == 400
    assert "文件内容不是电子表格" in answer.content.decode()
    assert "示例旧网站" in answer.content.decode()
    assert not Batch.objects.exists()


def test_columns_are_mapped_on_the_screen(office):
    data = sources.as_json({"标题": "甲", "栏目": "公示公告", "发布日期": "2021-06-01", "正文": "正文"})
    batch = sources.previewed(office, data, file="a.json")
    client = enter(Client(), office.clerk)
    assert "还没有对应" in page(client, "batch", batch.public_id)

    assert send(client, "mapping", batch.public_id, **{"column-0": ""}).status_code == 400
    answer = send(client, "mapping", batch.public_id, **{"column-0": office.column.public_id})

    assert answer.status_code == 302
    assert Entry.objects.get().standing == "new"
    assert "还没有对应" not in page(client, "batch", batch.public_id)


def test_the_comparison_is_a_page_and_a_file(office):
    batch = moved_in(office)
    client = enter(Client(), office.reviewer)
    shown = page(client, "reconciliation", batch.public_id)
    answer = client.get(reverse("moving_in:reconciliation_file", args=[batch.public_id]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert "完全一致" in shown
    assert "核对人" in shown
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 4
    for entry in batch.entries.all():
        assert sum(line.count(entry.digest) for line in lines) == 2
    assert all(line.endswith("一致") for line in lines[1:])

    before = sources.previewed(office, sources.as_json({"标题": "乙"}), file="b.json")
    assert client.get(reverse("moving_in:reconciliation", args=[before.public_id])).status_code == 404


def test_one_is_taken_out_on_the_screen_with_a_reason(office):
    batch = submitted(office)
    entry = batch.entries.order_by("position")[0]
    client = enter(Client(), office.reviewer)
    assert "移出" in page(client, "entries", batch.public_id, show="in_batch")
    page(client, "take_out", batch.public_id, entry.public_id)

    assert send(client, "take_out", batch.public_id, entry.public_id, reason="").status_code == 400
    assert send(client, "take_out", batch.public_id, entry.public_id, reason="涉及个人").status_code == 302

    entry.refresh_from_db()
    assert (entry.standing, entry.reason) == ("set_aside", "由丁示例移出：涉及个人")
    assert "涉及个人" in page(client, "batch", batch.public_id)


def test_the_page_of_an_item_says_that_it_goes_with_a_batch(office):
    batch = submitted(office)
    version = batch.entries.order_by("position")[0].version
    client = enter(Client(), office.reviewer)
    shown = client.get(reverse("catalogue:version", args=[version.public_id])).content.decode()

    assert "随<a" in shown
    assert reverse("catalogue:review", args=[version.public_id]) not in shown
    assert "原发布日期" in shown


def test_a_list_asks_as_much_for_many_items_as_for_few(office, django_assert_max_num_queries):
    few, client = moved_in(office), enter(Client(), office.clerk)
    item = {"栏目": "通知公告", "发布日期": "2021-06-01", "正文": "正文"}
    many = moved_in(
        office, sources.as_json(*({**item, "标题": f"第{n}条"} for n in range(60))), file="a.json"
    )
    for batch in (few, many):
        for name in ("batch", "entries"):
            with django_assert_max_num_queries(25):
                page(client, name, batch.public_id)


# 命令行 ----------------------------------------------------------------------------------


def run(*arguments):
    out = StringIO()
    code = 0
    try:
        call_command("move_in", *arguments, stdout=out)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue()


def test_the_command_reads_a_folder_and_writes_nothing_until_told(office, tmp_path):
    folder = tmp_path / "旧站"
    (folder / "tzgg").mkdir(parents=True)
    (folder / "tzgg" / "1.html").write_text(sources.page())
    (folder / "tzgg" / "index.html").write_text("<html><body><a href='1.html'>关于</a></body></html>")
    (folder / "out.html").symlink_to("/etc/passwd")
    name = office.clerk.username

    code, told = run(str(folder), "--as", name)

    assert code == 1
    assert "待迁入1条，不能迁入1条" in told
    assert "tzgg/index.html：没有标题：没有找到正文，可能是目录页" in told
    assert "没有写入任何信息" in told
    assert (InformationItem.objects.count(), Version.objects.count()) == (0, 0)

    listed = tmp_path / "对账.csv"
    code, told = run(
        str(folder),
        "--as",
        name,
        "--confirm",
        "--address",
        "https://old.example.gov.cn/",
        "--list",
        str(listed),
    )

    assert code == 1
    assert "来源1条，收到1条，完全一致1条" in told
    assert InformationItem.objects.get().address == "https://old.example.gov.cn/1.html"
    assert "关于开放人防工程的通告" in listed.read_text(encoding="utf-8-sig")


def test_the_command_maps_columns_and_leaves_some_out(office, tmp_path):
    path = tmp_path / "旧站.csv"
    path.write_text("标题,栏目,发布日期,正文\n甲,公示,2021-06-01,正文\n乙,广告,2021-06-01,正文\n", "gb18030")
    name = office.clerk.username

    code, told = run(str(path), "--as", name)
    assert code == 1
    assert "来源栏目“公示”还没有对应，请加 --column 公示=栏目名称" in told

    code, told = run(str(path), "--as", name, "--column", "公示=通知公告", "--column", "广告=", "--confirm")
    assert "完全一致1条" in told
    assert InformationItem.objects.get().main_column == office.column


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("没有.csv", "--as", "nobody"), "没有登录名为“nobody”的人员"),
        (("没有.csv", "--as", "{clerk}"), "不能读取“没有.csv”"),
        (("{file}", "--as", "{reviewer}"), "不能"),
        (("{file}", "--as", "{clerk}", "--column", "甲"), "应写成“来源栏目=栏目”"),
        (("{file}", "--as", "{clerk}", "--column", "甲=没有的"), "没有栏目“没有的”"),
    ],
)
def test_the_command_says_what_it_cannot_do(office, tmp_path, arguments, told):
    path = tmp_path / "旧站.csv"
    path.write_text("标题,栏目,发布日期,正文\n甲,公示,2021-06-01,正文\n")
    known = {"clerk": office.clerk.username, "reviewer": office.reviewer.username, "file": path}

    with pytest.raises(CommandError) as error:
        call_command("move_in", *(each.format(**known) for each in arguments), stdout=StringIO())

    assert error.value.returncode == 2
    assert told in str(error.value) or told == "不能"
    assert not InformationItem.objects.exists()
