"""gongkai report check."""

import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html as lxml_html

from gongkai.report.model import Report
from tests.report.cli.conftest import Ran, Write
from tests.report.read.printing import html_page, html_table

Run = Callable[..., Ran]


def test_a_report_without_fault_ends_with_0(gongkai: Run, write: Write, right: Report) -> None:
    ran = gongkai("check", write("报告.html", right))

    assert (ran.code, ran.err) == (0, "")
    assert "没有发现问题" in ran.out


def test_a_wrong_total_is_named_with_formula_place_and_both_sides(
    gongkai: Run, write: Write, wrong: Report
) -> None:
    ran = gongkai("check", write("报告.docx", wrong))

    assert ran.code == 1
    assert "差错" in ran.out
    assert "T3-01  新收 + 上年结转 = 总计（七） + 结转下年度" in ran.out
    assert "左边 3，右边 4，差 -1" in ran.out
    assert "自然人" in ran.out


def test_json_has_the_published_keys(gongkai: Run, write: Write, wrong: Report) -> None:
    path = write("报告.html", wrong)

    ran = gongkai("check", path, "--json")

    (entry,) = json.loads(ran.out)
    finding = next(each for each in entry["findings"] if each["rule"] == "T3-01")
    assert (entry["file"], entry["form"]) == (str(path), "2021")
    assert finding["level"] == "E"
    assert (finding["place"]["table"], finding["place"]["column"]) == ("applications", "natural_person")
    assert (finding["left"], finding["right"]) == (3, 4)
    assert {"rule", "level", "place", "left", "right", "message"} <= set(finding)
    assert all({"place", "why"} <= set(each) for each in entry["cannot_judge"])


def test_a_file_that_cannot_be_read_is_an_entry_with_a_sentence(gongkai: Run, tmp_path: Path) -> None:
    (tmp_path / "空.docx").write_bytes(b"")

    ran = gongkai("check", tmp_path / "空.docx", tmp_path / "没有.html", "--json")

    empty, missing = json.loads(ran.out)
    assert ran.code == 2
    assert (empty["form"], empty["findings"], empty["cannot_judge"]) == (None, [], [])
    assert empty["error"] == "文件是空的，没有可以读取的内容。"
    assert missing["error"] == "文件不存在，请核对路径。"


def test_a_document_that_is_no_report_ends_with_2(gongkai: Run, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("关于召开会议的通知\n各单位：\n定于1月5日召开会议。", encoding="utf-8")

    ran = gongkai("check", tmp_path / "通知.txt")

    assert ran.code == 2
    assert "没有可以判断的内容" in ran.out


def test_the_highest_code_of_many_files_counts(
    gongkai: Run, write: Write, right: Report, wrong: Report
) -> None:
    good, bad = write("甲.html", right), write("乙.html", wrong)

    assert gongkai("check", good, bad).code == 1


def test_last_year_is_compared(gongkai: Run, write: Write, right: Report, year_before: Report) -> None:
    this, last = write("2023.html", right), write("2022.html", year_before)
    alone, both = gongkai("check", this, "--json"), gongkai("check", this, "--last-year", last, "--json")

    def unjudged(ran: Ran) -> set[str]:
        return {each.get("rule") for each in json.loads(ran.out)[0]["cannot_judge"]}

    assert {"X-01", "X-02"} <= unjudged(alone)
    assert not {"X-01", "X-02"} & unjudged(both)


def test_last_year_in_a_folder_is_found_by_the_agency(
    gongkai: Run, write: Write, right: Report, year_before: Report
) -> None:
    other = replace(right, agency="示例县水利局", title="示例县水利局2023年政府信息公开工作年度报告")
    write("今年/甲.html", right)
    write("今年/乙.html", replace(other, preamble=""))
    last = write("去年/任意.docx", year_before).parent

    ran = gongkai("check", last.parent / "今年", "--last-year", last, "--json")

    unjudged = {
        entry["agency"]: {each.get("rule") for each in entry["cannot_judge"]} for entry in json.loads(ran.out)
    }
    assert "X-01" not in unjudged["示例市国防动员办公室"]
    assert "X-01" in unjudged["示例县水利局"]


def test_a_folder_is_searched_and_summed_up(
    gongkai: Run, write: Write, right: Report, wrong: Report, tmp_path: Path
) -> None:
    names = ("甲.html", "下级/乙.docx", "下级/丙.xlsx", "丁.json")
    for name in names:
        write(f"报告/{name}", wrong if name.startswith("丁") else right)
    (tmp_path / "报告" / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "报告" / "无关.csv").write_text("1,2", encoding="utf-8")

    ran = gongkai("check", tmp_path / "报告", "--html", tmp_path / "汇总.html")

    page: Any = lxml_html.document_fromstring((tmp_path / "汇总.html").read_text(encoding="utf-8"))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    links = {link.get("href").removeprefix("#") for link in page.iter("a")}
    (counts,) = page.xpath("//table[@class='counts']/tbody/tr")
    assert ran.code == 2
    assert "共5份：有差错1份，没有问题3份，读不出1份" in ran.out
    assert [cell.text_content() for cell in counts] == ["1", "0", "1", "0", "3", "5"]
    assert links <= ids
    assert not page.xpath("//script")
    assert "T3-01" in page.get_element_by_id("report-1").text_content()


def test_standard_input_is_read(
    gongkai: Run, write: Write, right: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write("报告.html", right).read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    ran = gongkai("check", "-", "--json")

    assert ran.code == 0
    assert json.loads(ran.out)[0]["file"] == "标准输入"


def test_what_a_document_says_cannot_steer_the_terminal(gongkai: Run, write: Write, wrong: Report) -> None:
    sections = {**wrong.sections, "overview": "全年公开信息5条（\u009b31m2+2）。\u202e"}

    ran = gongkai("check", write("报告.json", replace(wrong, sections=sections, agency="示例\u009b局")))

    assert "\u009b" not in ran.out
    assert "\033" not in ran.out


def test_an_empty_folder_is_one_sentence(gongkai: Run, tmp_path: Path) -> None:
    ran = gongkai("check", tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"目录“{tmp_path}”中没有可以读取的报告文件。\n"


def test_a_summary_that_cannot_be_written_is_one_sentence(
    gongkai: Run, write: Write, right: Report, tmp_path: Path
) -> None:
    ran = gongkai("check", write("甲.html", right), "--html", tmp_path / "没有" / "汇总.html")

    assert ran.code == 2
    assert ran.err == f"不能写入“{tmp_path / '没有' / '汇总.html'}”：目录不存在。\n"


def test_a_report_whose_tables_were_not_read_does_not_end_with_0(
    gongkai: Run, tmp_path: Path, right: Report
) -> None:
    path = tmp_path / "报告.html"
    page = html_page(right, table=html_table)
    path.write_text(re.sub(r"<span>(\d+)</span>", r"<span>\1</span><sup>1</sup>", page), encoding="utf-8")

    ran = gongkai("check", path)

    assert ran.code == 2
    assert "表三、表四没有读出，不能判断" in ran.out


def test_the_summary_does_not_call_such_a_report_passed_and_folds_what_repeats(
    gongkai: Run, tmp_path: Path, right: Report
) -> None:
    page = html_page(right, table=html_table)
    (tmp_path / "注号.html").write_text(
        re.sub(r"<span>(\d+)</span>", r"<span>\1</span><sup>1</sup>", page), encoding="utf-8"
    )
    (tmp_path / "空格.html").write_text(
        re.sub(r"<span>(\d)</span>", r"<span>\1 \1</span>", page), encoding="utf-8"
    )
    summary = tmp_path / "汇总.htm"

    gongkai("check", tmp_path / "注号.html", tmp_path / "空格.html", "--html", summary)

    text = summary.read_text(encoding="utf-8")
    assert "没有读出" in text
    assert "不能判断" in text
    assert "本规则另有" in text
