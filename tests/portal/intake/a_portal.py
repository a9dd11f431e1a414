"""一个公众侧. A data folder and databases of its own, on files or on the PostgreSQL of this run, for processes that may be killed."""

import os
import subprocess
import sys
from pathlib import Path

from gongkai.sealing.keys import create_key
from gongkai.sealing.unboxing import create_pair
from tests.operations.conftest import surroundings

_BOTH = ("DATABASE_URL", "PUBLIC_DATABASE_URL")
ON_POSTGRESQL = os.environ.get("PUBLIC_DATABASE_URL", "").startswith("postgres")
_SITE = """
from tests.portal.office import COLUMNS, SITE
from gongkai.portal import release
release.put_site(SITE)
for column in COLUMNS:
    release.put_column(column)
"""
_RELEASE = f"""{_SITE}
from gongkai.agencies.models import Agency
Agency.objects.get_or_create(public_id=SITE.agency, defaults={{"name": SITE.agency_name, "short_name": "市国动办"}})
"""


def prepared(home: Path, **more: str) -> dict[str, str]:
    """Set up and with a released site; the environment its processes run in."""
    if ON_POSTGRESQL and "DATABASE_URL" not in more:
        more |= {name: os.environ[name] for name in _BOTH}
        _empty(more)
    environment = surroundings(home, **more)
    subprocess.run([sys.executable, "-m", "gongkai", "setup"], env=environment, check=True, timeout=900)
    run(environment, "worker", _RELEASE)
    return environment


def from_models(home: Path, *, released: bool = False, **more: str) -> dict[str, str]:
    """Both sides with tables made from the models, which takes seconds where the migrations take a minute; one agency,
    or the released site and its agency."""
    if ON_POSTGRESQL and "DATABASE_URL" not in more:
        more |= {name: os.environ[name] for name in _BOTH}
        _empty(more)
    environment = surroundings(home, **more)
    make = [sys.executable, "-m", "tests.operations.from_models"]
    told = {**environment, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    subprocess.run(make, env=told, check=True, timeout=900)
    if released:
        run(environment, "worker", _RELEASE)
    else:
        run(environment, "desk", "from tests.factories.people import an_agency\nan_agency()")
    return environment


def public_side(home: Path, *, released: bool = False, **more: str) -> dict[str, str]:
    """Keys and tables of the public side alone; nothing released unless asked."""
    for name in ("portal.secret", "fields.key", "index.key"):
        create_key(home / "keys", name)
    create_pair(home / "keys")
    (home / "static" / "portal").mkdir(parents=True)
    more |= {"GONGKAI_SIDE": "portal", "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    if ON_POSTGRESQL:
        more |= {name: os.environ[name] for name in _BOTH}
        _empty(more)
    environment = surroundings(home, **more)
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True, timeout=300)
    if released:
        run(environment, "portal", _SITE)
    return environment


def run(environment: dict[str, str], side: str, program: str, *, timeout: int = 300) -> str:
    """A few lines in a process of one side; what it says. A busy machine gives even a few lines late."""
    words = f"from gongkai.operations.process import start_django; start_django('{side}')\n{program}"
    done = subprocess.run(
        [sys.executable, "-c", words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _empty(urls: dict[str, str]) -> None:
    """The databases beside the tests' own, as before the first run."""
    import psycopg

    for url in (urls[name] for name in _BOTH):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
