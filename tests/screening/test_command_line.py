"""gongkai screen. The check before release for any file: what it lists, what it never shows, what it never overwrites."""

import io
import json
import sys

import pytest
from PIL import Image

from gongkai.cli import main
from tests.screening import making_office as office

ID_CARD = "11010519491231002X"


@pytest.fixture
def commented(tmp_path):
    def fill(made):
        paragraph = made.add_paragraph("关于示例工作的通知")
        made.add_comment(paragraph.runs, text=f"张三{ID_CARD}", author="李承办")

    path = tmp_path / "通知.docx"
    path.write_bytes(office.docx_bytes(fill))
    return path


def asked(capsys, *words):
    code = main(["screen", *map(str, words)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_pii_05_everything_is_listed_and_personal_data_are_covered(capsys, commented):
    code, out, _ = asked(capsys, "check", commented)
    _, told, _ = asked(capsys, "check", "--json", commented)

    assert code == 1
    assert "批注" in out
    assert "110***********002X" in out
    assert ID_CARD not in out + told
    [entry] = json.loads(told)
    assert entry["kind"] == "docx"
    assert [each["what"] for each in entry["hidden"]] == ["批注"]
    assert [each["what"] for each in entry["found"]] == ["身份证号码"]


def test_the_cleaned_file_stands_beside_the_original(capsys, commented):
    before = commented.read_bytes()

    code, out, _ = asked(capsys, "clean", commented)

    made = commented.with_name("通知（已清理）.docx")
    assert code == 0
    assert made.name in out
    assert commented.read_bytes() == before
    assert asked(capsys, "check", made)[0] == 0


def test_nothing_is_overwritten(capsys, commented):
    there = commented.with_name("已有.docx")
    there.write_text("原有", encoding="utf-8")

    code, out, err = asked(capsys, "clean", commented, "-o", there)

    assert (code, out) == (2, "")
    assert "没有覆盖" in err
    assert there.read_text(encoding="utf-8") == "原有"
    assert sorted(each.name for each in commented.parent.iterdir()) == ["已有.docx", "通知.docx"]


def test_a_folder_is_cleaned_into_another_with_its_places(capsys, tmp_path):
    into = tmp_path / "清理后"
    (tmp_path / "稿" / "附件").mkdir(parents=True)
    into.mkdir()
    for place in ("图.png", "附件/图.png"):
        exif = Image.Exif()
        exif[0x010E] = "办公室"
        Image.new("RGB", (8, 8), "white").save(tmp_path / "稿" / place, exif=exif)

    assert asked(capsys, "clean", tmp_path / "稿", "-o", into)[0] == 0
    assert sorted(str(each.relative_to(into)) for each in into.rglob("*.png")) == ["图.png", "附件/图.png"]


def test_a_text_comes_from_a_file_or_from_standard_input(capsys, tmp_path, monkeypatch):
    text = f"机密★10年\n联系人王五{ID_CARD}\n"
    (tmp_path / "稿.txt").write_bytes(text.encode("gb18030"))
    (tmp_path / "稿.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    for source in (tmp_path / "稿.txt", tmp_path / "稿.html", "-"):
        code, out, _ = asked(capsys, "check", source)
        assert code == 1
        assert "国家秘密标志 机密★10年" in out
        assert "110***********002X" in out


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "文件是空的"),
        ("假.docx", b"%PDF-1.4\n%%EOF", "内容却是"),
        ("程序.exe", b"MZ", "只能使用"),
        ("乱.txt", b"\xff\xfe\x00\xd8\x81", "编码"),
        ("坏.xlsx", b"PK\x03\x04 broken", "不能接受"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_stops_nothing(capsys, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "好.txt").write_text("通知", encoding="utf-8")

    code, out, _ = asked(capsys, "check", tmp_path / name, tmp_path / "好.txt")

    assert code == 2
    assert said in out
    assert "没有发现要处理的内容" in out
    assert "共2份" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "没有.docx"], "没有“没有.docx”这个文件"),
        (["clean", "-"], "不能从标准输入读"),
        (["clean", "a.docx", "b.docx", "-o", "c.docx"], "不是目录"),
        (["check"], "缺少文件"),
        (["wipe"], "不能是“wipe”"),
    ],
)
def test_a_wrong_command_is_one_chinese_sentence(capsys, words, said):
    code, out, err = asked(capsys, *words)

    assert (code, out) == (2, "")
    assert said in err
