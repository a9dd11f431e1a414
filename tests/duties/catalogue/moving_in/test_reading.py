"""读旧站的文件. What old systems give, and what somebody gives who means harm; no database, the real child process."""

import json
import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest
from lxml import html

from gongkai.duties.catalogue.moving_in.reading import archive, source
from gongkai.duties.catalogue.moving_in.reading.source import read
from gongkai.spreadsheets.workbook import CannotImport
from tests.duties.catalogue.editorial import PDF
from tests.duties.catalogue.moving_in.sources import archive as packed
from tests.duties.catalogue.moving_in.sources import page, table

TODAY = date(2026, 11, 25)
CSV = "标题,栏目,发布时间,内容,链接\n关于试鸣防空警报的公告,通知公告,2021-06-01,九月十八日试鸣。,https://old.example.gov.cn/1.html\n"


def items(data, name="旧站.xlsx", **more):
    with read(name, BytesIO(data), today=TODAY, **more) as found:
        return list(found.items)


def only(data, name="旧站.xlsx", **more):
    (item,) = items(data, name, **more)
    return item


def refused(data, name="旧站.zip"):
    with pytest.raises(CannotImport) as told:
        items(data, name)
    return str(told.value)


def _json(*told):
    """With what cannot be written in UTF-8 as an escape."""
    return json.dumps(told).encode()


# 表格、清单、网页 -------------------------------------------------------------------------


def test_a_table_is_read_under_the_names_old_systems_use():
    item = only(CSV.encode(), "旧站.csv")

    assert item.refused == ""
    assert item.values["title"] == "关于试鸣防空警报的公告"
    assert item.values["published_on"] == "2021-06-01"
    assert item.values["body"] == "<p>九月十八日试鸣。</p>"
    assert item.values["address"] == "https://old.example.gov.cn/1.html"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_table_in_the_encoding_of_its_time_is_read(encoding):
    item = only(CSV.encode(encoding), "旧站.csv")

    assert item.values["published_on"] == "2021-06-01"
    assert "防空" in item.values["title"]


def test_a_sign_that_cannot_be_read_is_refused_and_not_guessed():
    data = CSV.encode() + "损坏".encode() + b"\xff\xfe\x80," + "通知公告,2021-06-01,正文,\n".encode()
    first, second = items(data, "旧站.csv")

    assert first.refused == ""
    assert second.refused == "有认不出的字，文件的编码可能不对，或者文字已经损坏"


def test_each_line_says_what_is_wrong_with_it_in_the_order_of_the_source():
    found = items(
        table(
            ("", "通知公告", "2021-06-01", "正文", "", "", ""),
            ("甲", "通知公告", "2021-06-01", "正文", "", "", ""),
            ("乙", "通知公告", "昨天", "正文", "", "", ""),
            ("丙", "通知公告", "2199-01-01", "正文", "", "", ""),
            ("丁", "通知公告", "2021-06-01", "正文", "", "", "方案.pdf"),
        )
    )

    assert [(each.place, each.refused) for each in found] == [
        ("第2行", "“标题”不能为空"),
        ("第3行", ""),
        ("第4行", "“原发布日期”不是日期，请写成2023-03-02或者2023年3月2日"),
        ("第5行", "“原发布日期”日期在今天之后，请核对"),
        ("第6行", "没有找到附件“方案.pdf”，请和表格放在同一个压缩包或者文件夹里"),
    ]


def test_a_table_without_a_column_that_is_needed_is_refused_as_a_whole():
    assert "表头缺少：栏目、原发布日期" in refused("标题,正文\n甲,乙\n".encode(), "旧站.csv")


def test_a_list_of_objects_is_read_with_its_faults():
    found = items(
        _json(
            {"title": "甲", "栏目": "通知公告", "published_on": "2021-06-01", "正文": "<p>正文</p>"},
            {"标题": "乙", "栏目": "通知公告", "发布日期": {"年": 2021}},
            "不是对象",
            {"标题": "\ud800\u202e丙\x00", "栏目": "通知公告", "发布日期": "2021-06-01", "正文": "正文"},
        ),
        "旧站.json",
    )

    assert [each.refused for each in found] == ["", "“原发布日期”不是文字", "不是一个对象", ""]
    assert found[3].values["title"] == "丙"


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"a": [], "b": []}', b"1", b'"\xff"'])
def test_a_list_that_is_none_is_refused(data):
    assert "JSON" in refused(data, "旧站.json") or refused(data, "旧站.json").startswith("文件")


def test_a_page_is_read_by_the_labels_of_the_guideline():
    item = only(packed({"zwgk/2021/t1.html": page()}), "旧站.zip", address="https://old.example.gov.cn/")

    assert item.values["title"] == "关于开放人防工程的通告"
    assert item.values["published_on"] == "2021-06-01"
    assert item.values["column"] == "通知公告"
    assert "开放六处人防工程" in item.values["body"]
    assert "首页" not in item.values["body"]
    assert "版权所有" not in item.values["body"]
    assert item.values["address"] == "https://old.example.gov.cn/2021/t1.html"


def test_a_page_without_labels_is_read_by_what_it_shows():
    text = (
        "<html><head><meta charset=gb2312><title>试鸣公告_示例市国动办</title></head><body>"
        "<p>当前位置：首页 > 通知公告</p><h1>试鸣公告</h1><p>发布日期：2019年3月5日 来源：示例社</p>"
        f"<div class='TRS_Editor'><p>{'九月十八日试鸣防空警报。' * 5}</p></div></body></html>"
    )
    item = only(packed({"tzgg/1.htm": text.encode("gb18030")}), "旧站.zip")

    assert (item.values["title"], item.values["published_on"]) == ("试鸣公告", "2019-03-05")
    assert (item.values["column"], item.values["issued_by"]) == ("通知公告", "示例社")


def test_the_files_and_pictures_a_page_names_come_along():
    text = page(
        text='<p>方案见附件，请各单位遵照执行。</p><img src="a.png"><a href="../f/1.pdf">附件：试鸣方案</a>'
    )
    item = only(packed({"a/b/1.html": text, "a/b/a.png": b"\x89PNG", "a/f/1.pdf": PDF}), "旧站.zip")

    assert sorted(file.name for file in item.files) == ["a.png", "试鸣方案.pdf"]
    assert 'src="/files/' in item.values["body"]
    assert "1.pdf" not in item.values["body"]


def test_a_list_page_is_no_item():
    links = "".join(f'<a href="{n}.html">第{n}条信息的标题文字</a>' for n in range(30))
    item = only(packed({"index.html": f"<html><body><div>{links}</div></body></html>"}), "旧站.zip")

    assert item.refused == "没有找到正文，可能是目录页"


# 有恶意的 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.html", "/etc/x.html", "C:/x.html", "a/../../x.html", "..\\x.html"]
)
def test_fil_03_a_name_that_leads_out_of_the_archive_is_refused(name):
    """FIL-03."""
    assert "指向包外，没有打开" in refused(packed({name: page()}))


def test_fil_03_a_link_in_the_archive_is_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        link = zipfile.ZipInfo("秘密.html")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")

    assert "指向包外，没有打开" in refused(file.getvalue())


def test_fil_03_a_bomb_is_refused_before_it_is_unpacked():
    """FIL-03."""
    assert "压缩炸弹" in refused(packed({"1.html": page(), "大.html": b"0" * 200_000_000}))


def test_fil_03_a_file_that_is_larger_than_it_says_is_not_read_on():
    whole = bytearray(packed({"1.html": page() * 50}))
    central = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<I", whole, central + 24, 10)  # uncompressed size in the directory

    found = items(bytes(whole), "旧站.zip")

    assert found[0].refused == "压缩包不完整或者已经损坏，请重新打包后上传"


@pytest.mark.parametrize(("limit", "told"), [("MOST_ENTRIES", "超过上限"), ("MOST_BYTES", "解开后超过")])
def test_fil_03_too_many_files_or_bytes_are_refused(monkeypatch, tmp_path, limit, told):
    monkeypatch.setattr(archive, limit, 1)
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"1.html": page(), "2.html": page()}))

    with pytest.raises(CannotImport, match=told):
        archive.Archive(path)


def test_two_files_of_one_name_and_a_locked_archive_are_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("1.html", page())
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("1.html", page())
    assert "有两个“1.html”" in refused(file.getvalue())

    locked = bytearray(packed({"1.html": page()}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "已加密" in refused(bytes(locked))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 1000, packed({"1.html": page()})[:200]])
def test_a_broken_archive_is_refused(data):
    assert "损坏" in refused(data)


def test_a_hundred_thousand_rows_are_refused_with_a_way_out():
    row = "甲,通知公告,2021-06-01,正文\n"
    told = refused(("标题,栏目,发布日期,正文\n" + row * 100_000).encode(), "旧站.csv")

    assert told == "表格超过50000行，请分成几个文件导入。"


def test_more_items_than_a_batch_may_hold_are_refused():
    item = {"标题": "甲", "栏目": "通知公告", "发布日期": "2021-06-01", "正文": "正文"}
    told = refused(json.dumps([item] * 20_001, ensure_ascii=False).encode(), "旧站.json")

    assert told == "有20001条，超过一批20000条的上限，请分几批迁入。"


def test_a_text_of_many_megabytes_is_refused_and_does_not_fill_the_memory():
    """The child answers for its own memory; what it may tell is bounded too."""
    item = {"标题": "甲", "栏目": "通知公告", "发布日期": "2021-06-01", "正文": "长" * 390_000}
    told = refused(json.dumps([item] * 80, ensure_ascii=False).encode(), "旧站.json")

    assert told == "内容太多，没有读完。请分几批迁入。"


def test_a_source_beyond_the_limit_is_not_kept_to_its_end(monkeypatch):
    monkeypatch.setattr(source, "LARGEST", 1024 * 1024)

    assert refused(b"0" * 2_000_000, "旧站.csv") == "文件超过1MB，请分几批迁入。"


def test_a_child_that_dies_or_lies_is_one_refusal(monkeypatch):
    monkeypatch.setattr(source.sys, "executable", "/bin/false")

    assert refused(CSV.encode(), "旧站.csv").startswith("文件太大或者已经损坏")


def test_links_to_other_pages_of_the_old_site_keep_their_path():
    text = page(
        text='<p>今年夏季开放六处人防工程，请各单位遵照执行。</p><a href="../2.html?a=1#x">甲</a>'
        '<a href="https://old.example.gov.cn/c/3.html">乙</a><a href="#top">丙</a><a href="/">丁</a>'
        '<a href="javascript:x()">戊</a><a href="https://www.example.gov.cn/">己</a>'
    )
    named = text.replace(
        "</head>", '<link rel="canonical" href="https://old.example.gov.cn/a/b/1.html"></head>'
    )

    def links(source):
        body = only(packed({"a/b/1.html": source}), "旧站.zip").values["body"]
        return html.fragment_fromstring(body, create_parent="div").xpath(".//a/@href")

    assert links(named) == ["/a/2.html?a=1", "/c/3.html", "javascript:x()", "https://www.example.gov.cn/"]
    assert "/a/2.html?a=1" not in links(text)  # nothing says where the page stood
