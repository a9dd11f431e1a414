"""放数据的地方. One folder, made once and kept: GONGKAI_BENCH, or .bench in the repository."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def folder() -> Path:
    return Path(os.environ.get("GONGKAI_BENCH") or ROOT / ".bench").expanduser().resolve()


def surroundings(database: str, server: str = "") -> dict[str, str]:
    """The environment of a process on this database, in a data folder of its own."""
    settings = {
        "GONGKAI_HOME": str(folder() / (database or "alone")),
        "GONGKAI_MODE": "demo",
        "GONGKAI_SIDE": "worker",  # knows both databases
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    if server:
        settings |= {
            "DATABASE_URL": f"{server}/gongkai",
            "PUBLIC_DATABASE_URL": f"{server}/gongkai_public",
        }
    kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    return {**kept, **settings}


def prepare(environment: dict[str, str]) -> None:
    """Keys and tables of both sides; quick when they are there."""
    Path(environment["GONGKAI_HOME"], "static", environment["GONGKAI_SIDE"]).mkdir(
        parents=True, exist_ok=True
    )
    subprocess.run(
        [sys.executable, "-m", "gongkai", "setup"],
        env=environment,
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
