"""工作台的下载. One way out for every file, whoever wrote it (FIL-08)."""

from pathlib import Path

from gongkai.desk.downloads import download

PACKAGE = Path(__file__).resolve().parents[2] / "gongkai"
# The public side has its own; a calendar is read by a programme, under its secret address.
NOT_OURS = ("portal/", "desk/calendar_feed.py")


def test_fil_08_a_download_is_saved_runs_nothing_and_is_kept_nowhere():
    answer = download("答复书（示例）.pdf", b"%PDF-1.7", "application/pdf")

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%AD%94")
    assert {"default-src 'none'", "frame-ancestors 'none'", "sandbox"} <= set(
        answer["Content-Security-Policy"].split("; ")
    )
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/pdf"


def test_fil_08_no_desk_page_makes_a_download_of_its_own():
    found = [
        name
        for path in sorted(PACKAGE.rglob("*.py"))
        if not (name := path.relative_to(PACKAGE).as_posix()).startswith(NOT_OURS)
        and "Content-Disposition" in path.read_text(encoding="utf-8")
    ]

    assert found == ["desk/downloads.py"]
