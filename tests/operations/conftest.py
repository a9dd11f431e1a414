"""A data folder set up once by the real command, and copies of it for each test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_OURS = ("GONGKAI_", "DATABASE_URL", "PUBLIC_DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """An environment as an operator has it, with nothing of the tests' own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**clean, "GONGKAI_HOME": str(home), "GONGKAI_MODE": "demo", **more}


def gongkai(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env=surroundings(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,  # a setup takes a minute of processor time, and a busy machine gives it late
    )


@pytest.hookimpl(tryfirst=True)  # the groups are read by xdist in the same hook
def pytest_collection_modifyitems(items):
    """One worker does all that copies the prepared folder: making it takes most of a minute."""
    for item in items:
        if "prepared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("prepared"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("gongkai") / "home"
    done = gongkai(home, "setup")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(prepared, tmp_path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(prepared, copy)
    return copy
