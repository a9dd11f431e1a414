"""gongkai period. The reply period from words on a line; what cannot be understood is one Chinese sentence."""

import io
import json
import subprocess
import sys

import pytest

from gongkai.cli import main


def asked(capsys, *words):
    code = main(["period", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["2026-03-02 收到 当面提交"], "2026-03-30"),
        (["2026年3月2日 收到"], "2026-03-30"),
        (["2026-03-20 收到意见 甲", "2026-03-09 征求第三方 甲", "2026/3/2 收到"], "2026-04-13"),
        (["2026-09-01 收到 电子邮件", "2026.9.2，双方确认", "20260910 延长 20"], "2026-11-03"),
        (["2026-03-02 收到", "2026-03-09 告知补正", "2026-03-20 收到补正"], "2026-04-20"),
    ],
)
def test_the_due_day_of_what_happened(capsys, words, due):
    code, out, _ = asked(capsys, *words, "--json", "--on", "2026-03-21")

    assert (code, json.loads(out)["due_on"]) == (0, due)


def test_every_step_is_told_with_its_article(capsys):
    _, out, _ = asked(capsys, "2026-03-02 收到", "--on", "2026-03-03")

    assert out.splitlines() == [
        "2026年3月2日（周一）收到，当面提交（《条例》第三十一条第一项）",
        "3月2日（周一）为第0日，自3月3日起算20个工作日（《条例》第三十三条第二款）",
        "应于2026年3月30日（周一）前答复",
    ]


def test_what_is_late_or_against_the_rule_ends_with_1(capsys):
    code, out, _ = asked(capsys, "2026-03-02 收到", "2026-04-10 延长 20", "--on", "2026-04-13")

    assert code == 1
    assert "不合规定：" in out
    assert "已经超期。" in out


def test_a_fee_notice_may_say_when_it_was_posted(capsys):
    posted = ["2026-03-02 收到", "2026-04-02 收费通知送达 2026-03-30", "--on", "2026-04-07"]
    _, out, _ = asked(capsys, *posted)
    late, told, _ = asked(capsys, posted[0], "2026-04-02 收费通知送达", *posted[2:])

    assert "等待申请人缴费，缴费期限至2026年5月6日" in out
    assert late == 1
    assert "不能发出收费通知" in told


def test_lines_come_from_a_file_or_from_standard_input(capsys, tmp_path, monkeypatch):
    lines = "# 申请一\n2026-03-02 收到\n\n2026-03-30 答复\n"
    (tmp_path / "经过.txt").write_text(lines, encoding="utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))

    of_a_file, of_input = asked(capsys, "-f", str(tmp_path / "经过.txt")), asked(capsys, "-f", "-")

    assert of_a_file == of_input
    assert of_a_file[0] == 0
    assert "按期答复。" in of_a_file[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2026-13-01 收到"], "不是日期"),
        (["2026-03-01 收到 鸽子"], "没有“鸽子”这种渠道"),
        (["2026-03-01 收到 邮"], "没有“邮”这种渠道"),  # registered or by e-mail: nobody is guessed for
        (["2026-03-01 休息"], "不认识“2026-03-01 休息”"),
        (["2026-03-01 延长 20"], "没有收到申请的记录"),
        (["2026-03-02 收到", "2026-03-01 答复"], "早于收到申请之日"),
        (["2026-03-02 收到", "2026-03-03 延长 二十"], "不是工作日数"),
        (["2026-03-02 收到", "2026-03-03 延长 99999999999999999999"], "不是工作日数"),
        (["2026-03-02 收到", "2026-03-03 答复 快"], "“快”是多余的"),
        (["9999-12-30 收到"], "日期太早或者太晚"),
        (["2018-03-02 收到"], "2007年的条例"),
        (["-f", "没有.txt"], "没有“没有.txt”这个文件"),
        (["--on", "明天", "2026-03-02 收到"], "“明天”不是日期"),
        (["\x00"], "不认识"),
        ([], "没有写经过"),
    ],
)
def test_what_cannot_be_understood_is_one_chinese_sentence(capsys, words, said):
    code, out, err = asked(capsys, *words) if words else asked(capsys, "--json")

    assert (code, out) == (2, "")
    assert said in err


def test_it_needs_no_framework():
    code = "import sys; from gongkai.cli import main; main(['period', '2026-03-02 收到']); assert 'django' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
