"""The house as drawn: names of files, sizes, and what may not stand in the repository."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN_ROOMS = {"utils", "helpers", "common", "misc", "core", "base", "managers", "services"}
APPS = [path.parent for path in (ROOT / "gongkai").rglob("apps.py")]
# Folders of one machine, and package indexes of one network: neither belongs in a repository.
KNOWN_TO_NONE = re.compile(r"(?<![\w.])/(home|root|Users)/|--(extra-)?index-url")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_room_is_without_a_name_of_its_own():
    rooms = [
        path
        for path in (ROOT / "gongkai").rglob("*")
        if path.stem in FORBIDDEN_ROOMS and path.suffix in ("", ".py") and "templates" not in path.parts
    ]

    assert rooms == []


def test_no_module_is_longer_than_six_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "gongkai").rglob("*.py")
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 600
    }

    assert long == {}


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "gongkai").rglob("*.py")
        if "migrations" not in path.parts
        and path.name != "apps.py"
        and (text := path.read_text(encoding="utf-8").strip())
        and not text.startswith(('"""', "#!"))
    ]

    assert silent == []


def test_the_repository_speaks_of_itself_alone():
    texts = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sh", ".json", ".yml", ""}
    speaking = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in texts
        and path.exists()
        and path != Path(__file__)
        and KNOWN_TO_NONE.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert speaking == []


def test_no_dependency_is_under_a_licence_we_keep_out():
    run = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")

    for name in ("pymupdf", "easyofd", "zhconv-rs"):
        assert f"\n{name}==" not in run


def test_every_requirement_is_pinned_with_a_hash_and_names_no_registry():
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries), name
        assert "://" not in text
