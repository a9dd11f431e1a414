"""The documents say what the code does."""

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
