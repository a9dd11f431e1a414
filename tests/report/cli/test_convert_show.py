"""gongkai report render, convert, show."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.report.model import Report
from gongkai.report.read import parse
from tests.report.cli.conftest import Ran, Write
from tests.report.documents import essence

Run = Callable[..., Ran]


def test_convert_prints_the_json_form(
    capfdbinary: pytest.CaptureFixture[bytes], write: Write, right: Report
) -> None:
    from gongkai.cli import main

    path = write("报告.docx", right)

    assert main(["report", "convert", str(path), "--to", "json"]) == 0
    data = json.loads(capfdbinary.readouterr().out)
    assert (data["form"], data["agency"], data["year"]) == ("2021", "示例市国防动员办公室", 2023)
    assert data["tables"]["applications"]["received"]["total"] == {"state": "number", "value": 4, "text": "4"}


@pytest.mark.parametrize("target", ["html", "docx", "xlsx", "json"])
def test_render_takes_the_format_from_the_output(
    gongkai: Run, write: Write, right: Report, tmp_path: Path, target: str
) -> None:
    ran = gongkai("render", write("来源.html", right), "-o", tmp_path / f"结果.{target}")

    assert (ran.code, ran.err) == (0, "")
    assert essence(parse((tmp_path / f"结果.{target}").read_bytes())) == essence(right)


def test_a_folder_is_rendered_into_a_folder(
    gongkai: Run, write: Write, right: Report, tmp_path: Path
) -> None:
    write("来源/甲.html", right)
    write("来源/下级/乙.docx", right)
    write("来源/下级/乙.html", right)

    ran = gongkai("render", tmp_path / "来源", "--to", "json", "-o", tmp_path / "结果")

    assert ran.code == 0
    assert sorted(str(p.relative_to(tmp_path / "结果")) for p in (tmp_path / "结果").rglob("*.json")) == [
        "下级/乙.docx.json",
        "下级/乙.html.json",
        "甲.json",
    ]


def test_a_format_must_be_known(gongkai: Run, write: Write, right: Report, tmp_path: Path) -> None:
    ran = gongkai("render", write("甲.html", right), "-o", tmp_path / "结果.odt")

    assert ran.code == 2
    assert ran.err.startswith("请用 --to 写明格式")
    assert not (tmp_path / "结果.odt").exists()


def test_what_cannot_be_read_is_not_written(gongkai: Run, tmp_path: Path) -> None:
    (tmp_path / "空.html").write_bytes(b"")

    ran = gongkai("convert", tmp_path / "空.html", "-o", tmp_path / "结果.json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("读不出：文件是空的，没有可以读取的内容。\n")
    assert not (tmp_path / "结果.json").exists()


def test_show_prints_text_and_tables(gongkai: Run, write: Write, right: Report) -> None:
    ran = gongkai("show", write("报告.html", right))

    lines = [line.split() for line in ran.out.splitlines()]
    assert ran.code == 0
    assert ["示例市国防动员办公室", "2023年", "2021年格式"] in lines
    assert ["一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "0", "0", "4"] in lines
    assert ["行政复议", "1", "0", "0", "0", "1"] in lines
    assert ["行政规范性文件", "2", "1", "9"] in lines
