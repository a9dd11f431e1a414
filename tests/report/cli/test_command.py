"""命令本身. It starts at once, speaks Chinese, and never shows a traceback."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai.command_line.terminal import Progress, has_colour, padded
from gongkai.report.command_line.arguments import parse
from gongkai.report.command_line.pairing import LastYear, same_name
from gongkai.report.model import Report
from tests.report.cli.conftest import Write

PYTHON = [sys.executable, "-m", "gongkai", "report"]


def test_help_is_chinese_and_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "check", "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：gongkai report check")
    assert "--last-year" in text
    assert "退出码" in text


def test_no_command_shows_the_use_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("用法：gongkai report")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check"], "命令写法不对：缺少文件。"),
        (["check", "a.html", "--wrong"], "命令写法不对：不认识--wrong。"),
        (["convert", "a.html", "--to", "odt"], "--to不能是“odt”"),
        (["check", "a.html", "--html"], "命令写法不对：--html后面缺少内容。"),
    ],
)
def test_a_wrong_command_is_one_chinese_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["report", *arguments]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err.splitlines()[0]
    assert captured.out == ""


def test_starting_and_checking_import_neither_django_nor_what_they_do_not_need(
    write: Write, right: Report
) -> None:
    path = write("报告.json", right)
    code = (
        "import sys; from gongkai.cli import main; main(['report', 'check', sys.argv[1]]);"
        "print(sorted({'django', 'weasyprint', 'openpyxl', 'jinja2', 'pdfplumber', 'rich'}"
        " & {name.split('.')[0] for name in sys.modules}))"
    )

    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_quiet(write: Write, right: Report) -> None:
    path = write("报告.json", right)

    with subprocess.Popen([*PYTHON, "show", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_ctrl_c_is_quiet() -> None:
    with subprocess.Popen(
        [*PYTHON, "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A run in the background ignores Ctrl-C and hands that on to its children.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 20
        children = Path(f"/proc/{process.pid}/wchan")
        while time.monotonic() < deadline and "pipe" not in children.read_text():
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err) == (130, b"", b"")


def test_colour_is_for_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert has_colour(Terminal())  # type: ignore[arg-type]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colour(Terminal())  # type: ignore[arg-type]


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(10)
    progress.advance()
    progress.close()

    assert capsys.readouterr().err == ""


def test_wide_characters_take_two_columns() -> None:
    assert padded("表三", 6, right=True) == "  表三"


@pytest.mark.parametrize(
    "other", ["示例市人民政府 办公室", "示例市人民政府办", "示例市政府办公室", "示例市（人民政府）办公室"]
)
def test_names_written_differently_are_one_agency(other: str) -> None:
    assert same_name(other) == same_name("示例市人民政府办公室")


def test_two_different_reports_for_one_place_answer_nothing(
    right: Report, wrong: Report, year_before: Report
) -> None:
    assert LastYear([year_before, year_before]).of(right) == year_before
    assert LastYear([year_before, right]).of(wrong) == year_before
    changed = Report(form=year_before.form, agency=year_before.agency, year=2022)
    assert LastYear([year_before, changed]).of(right) is None


def test_abbreviated_options_are_not_guessed() -> None:
    from gongkai.command_line.parser import Usage

    with pytest.raises(Usage):
        parse(["check", "a.html", "--last", "b.html"])
