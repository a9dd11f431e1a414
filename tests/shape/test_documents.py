"""The documents say what the code does."""

import re
from pathlib import Path

from gongkai.cli import COMMANDS
from gongkai.config import env

ROOT = Path(__file__).resolve().parents[2]
OPERATORS = (ROOT / "docs" / "operators" / "安装与运维.md").read_text(encoding="utf-8")

_OFFICERS = {"report", "screen", "period"}


def test_every_variable_stands_in_the_operators_table_with_its_meaning():
    rows = {f"| `{each.name}` | {each.meaning} |" for each in env.VARIABLES}

    assert [row for row in rows if row not in OPERATORS] == []


def test_every_command_is_explained_to_operators():
    operators_own = set(COMMANDS) - _OFFICERS - {"demo"}

    assert [word for word in operators_own if f"`gongkai {word}" not in OPERATORS] == []


def test_every_command_without_a_database_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [word for word in _OFFICERS if f"gongkai {word} " not in readme] == []


def test_every_decision_is_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert sorted(numbers) == sorted(set(numbers))
    assert all(number.isdecimal() for number in numbers)


def test_every_test_that_shows_something_is_there():
    """docs/developers/shown-by.md: short for folders by one letter; ``::`` alone goes on in the file named before."""
    text = (ROOT / "docs" / "developers" / "shown-by.md").read_text(encoding="utf-8")
    folders = dict(re.findall(r"`([A-Za-z]/)`(?: is)? `(tests/[\w/]+/)`", text))
    named, where, missing = re.findall(r"`([^`]*)::([^`…]+)…?`", text), "", []
    for file, test in named:
        where = folders.get(file[:2], "") + file[2:] if file[:2] in folders else file or where
        files = [ROOT / where] if where.startswith("tests/") else (ROOT / "tests").rglob(where)
        found = [
            each for place in files for each in (place.rglob("test_*.py") if place.is_dir() else [place])
        ]
        if not any(f"def test_{test}" in each.read_text(encoding="utf-8") for each in found):
            missing.append(f"{where}::{test}")

    assert len(named) > 100
    assert missing == []
