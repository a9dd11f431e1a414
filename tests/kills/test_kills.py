"""突然中断. Portal, desk, worker and database are killed again and again while people work; then every answer is held to account.

GONGKAI_KILLS sets how often, 1,000 unless told otherwise; GONGKAI_KILLS_MINUTES ends it earlier, and says how often it was.
"""

import json
import logging
import os
import random
import threading
import time
from collections import Counter

import pytest

from tests.kills.cluster import Cluster
from tests.kills.editors import Editor
from tests.kills.parts import Parts, answers, free_port, status_of, until
from tests.kills.people import Applicant, Officer
from tests.portal.intake.a_portal import from_models, run
from tests.with_postgresql import NONE, binaries

pytestmark = pytest.mark.prove
log = logging.getLogger(__name__)
KILLS = int(os.environ.get("GONGKAI_KILLS", "1000"))
MINUTES = float(os.environ.get("GONGKAI_KILLS_MINUTES", "0"))  # 0: as long as it takes
APPLICANTS, OFFICERS, EDITORS = 4, 2, 3
# How often each is chosen. On a file the database lives in the processes that use it.
ON_A_FILE = {"portal": 5, "desk": 3, "worker": 3}
ON_A_SERVER = {**ON_A_FILE, "database servant": 4, "database": 3}
AFTER_THE_DATABASE = 5.0  # seconds until the portal serves again, itself not started anew (D1)
_SETTLES_WITHIN = 900
_OFFICERS = f"""
import json
from django.test import Client
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, enter
from tests.portal.office import SITE
agency = Agency.objects.get(public_id=SITE.agency)
from gongkai.duties.catalogue import actions
section = SectionFactory(agency=agency, name="综合科")
def entered(*powers, **more):
    return enter(Client(), a_person(agency, *powers, **more)).cookies["gongkai-desk"].value
keeper = a_person(agency, Power.MANAGE_COLUMNS, Power.KEEP_REGISTERS)
column = actions.open_column(by=keeper, name="通知公告", column_class="notices")
offices = [
    dict(
        clerk=entered(Power.DRAFT_ITEMS, section=section),
        head=entered(Power.REVIEW_SECTION, section=section),
        reviewer=entered(Power.REVIEW_CONFIDENTIALITY),
        leader=entered(Power.SIGN_ITEMS, Power.WITHDRAW_ITEMS),
    )
    for _ in range({EDITORS})
]
powers = (Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.READ_APPLICANTS, Power.EXPORT_REGISTERS)
officers = [entered(*powers) for _ in range({OFFICERS})]
print(json.dumps([officers, offices, str(column.pk)]))
"""
_SHELVED = "from tests.kills import held; held.say(held.tried_again())"
_WAITING = "from tests.kills import held; held.say(held.waiting())"
_HELD = "import json; from tests.kills import held; held.say(held.held(json.load(open({history!r}))))"


@pytest.fixture(params=["file", "server"])
def place(request, tmp_path):
    """Where the databases are: the environment, the parts, and the cluster when there is one."""
    cluster, urls = None, {}
    if request.param == "server":
        if (programs := binaries()) is None:
            pytest.skip(NONE)
        cluster = Cluster(programs)
        urls = cluster.urls()
    ports = {"PORTAL_PORT": str(free_port()), "DESK_PORT": str(free_port())}
    try:
        more = {**urls, **ports, "TRUSTED_PROXIES": "127.0.0.1", "LINK_CHECKS": "off"}
        environment = from_models(tmp_path / "home", released=True, **more)
        parts = Parts(environment, tmp_path)
        try:
            yield environment, parts, cluster
        finally:
            parts.end()
    finally:
        if cluster:
            cluster.end()


def test_whatever_dies_nothing_confirmed_is_lost_and_nothing_is_half(place, tmp_path):
    """REL-01, REL-02, REL-04; AUD-02; D1: kill -9 of portal, desk, worker, a servant of the database, all of the database."""
    environment, parts, cluster = place
    cookies, offices, column = json.loads(_run(environment, _OFFICERS, side="desk"))
    for part in ON_A_FILE:
        parts.start(part)
    for part in ON_A_FILE:
        parts.wait(part)
    stop = threading.Event()
    portal, desk = (f"http://127.0.0.1:{environment[name]}" for name in ("PORTAL_PORT", "DESK_PORT"))
    people = [Applicant(number, portal, stop) for number in range(APPLICANTS)]
    people += [Officer(number, desk, stop, cookie) for number, cookie in enumerate(cookies)]
    people += [Editor(number, desk, stop, each, column, portal) for number, each in enumerate(offices)]
    for person in people:
        person.start()
    try:
        killed, back = kill(parts, cluster, people)
    finally:
        stop.set()
        for person in people:
            person.join(timeout=120)
    wrong = [each for person in people for each in person.said_wrong()]
    log.info("killed %s; told what nobody should be: %s", dict(killed), wrong)
    history = [each for person in people for each in person.confirmed]
    (tmp_path / "history.json").write_text(json.dumps(history))
    shelved = _settle(environment)
    away = gone_from_the_portal(portal, history)
    found = json.loads(_run(environment, _HELD.format(history=str(tmp_path / "history.json"))))
    confirmed = Counter(kind for kind, *_ in history)
    slowest = {part: round(max(times), 2) for part, times in back.items()}
    log.info(
        "killed %s; confirmed %s; came again %s; slowest to come back %s; shelved and tried again %s; %s",
        dict(killed),
        dict(confirmed),
        sum(p.came_again for p in people),
        slowest,
        shelved,
        found,
    )

    assert wrong == []
    assert away == []
    assert killed.total() == KILLS or MINUTES
    assert confirmed["application"] > killed.total() / 4
    assert all(confirmed[kind] for kind in ("copy", "entered", "scan", "closed"))
    assert all(confirmed[kind] for kind in ("written", "attached", "submitted", "reviewed", "released"))
    seldom = ("public", "withdrawn", "bundle", "exported")
    assert all(confirmed[kind] for kind in seldom) or killed.total() < 150
    assert confirmed["taken out"] or killed.total() < 500  # a bundle must have been made first
    found.pop("swept")
    assert confirmed["collected"] or killed.total() < 500  # a copy must have been made ready first
    taken_in = found.pop("taken in")
    assert confirmed["application"] <= taken_in <= confirmed["application"] + APPLICANTS
    assert {found.pop(name) for name in ("audit lines of taking in", "received", "files")} == {taken_in}
    assert found.pop("on the shelf") == 0
    assert found.pop("chains hold") == [True, True]
    assert found.pop("numbers without a gap")
    assert {name: what for name, what in found.items() if what} == {}
    assert max(back.get("database", [0])) <= AFTER_THE_DATABASE


def kill(parts: Parts, cluster: Cluster | None, people: list) -> tuple[Counter, dict[str, list[float]]]:
    """One after the other at random moments; how often each, and in how many seconds it served again."""
    chances = ON_A_SERVER if cluster else ON_A_FILE
    killed: Counter[str] = Counter()
    back: dict[str, list[float]] = {}
    ends, told = time.monotonic() + (MINUTES * 60 or float("inf")), 0
    while (
        killed.total() < KILLS
        and time.monotonic() < ends
        and not any(person.said_wrong() for person in people)
    ):
        if killed.total() >= told + 50:
            told = killed.total()
            log.info("killed %s", dict(killed))
        time.sleep(random.uniform(0.02, 0.8))
        what = random.choices(list(chances), list(chances.values()))[0]
        if what == "database servant":
            if cluster.kill_a_servant():
                killed[what] += 1
            continue
        killed[what] += 1
        if what == "database":
            cluster.kill()
            time.sleep(random.uniform(0, 0.3))
            cluster.start()
            back.setdefault(what, []).append(_serves_again(int(parts.environment["PORTAL_PORT"])))
        else:
            back.setdefault(what, []).append(parts.kill_and_start(what))
    return killed, back


def _serves_again(port: int) -> float:
    begun = time.monotonic()
    while not answers(port, "/health/ready") and time.monotonic() < begun + 60:
        time.sleep(0.02)
    return time.monotonic() - begun


def gone_from_the_portal(portal: str, history: list[tuple[str, ...]]) -> list[str]:
    """What was withdrawn and is still answered by its old address, its file or its data."""
    found = []
    for _, _, key, sha256 in (each for each in history if each[0] == "withdrawn"):
        for path in (f"/items/{key}/", f"/files/{sha256}", f"/data/items/{key}.json"):
            if status_of(f"{portal}{path}") not in (404, 410):
                found.append(path)
    return found


def _settle(environment: dict[str, str]) -> int:
    """Until the database is back and the worker has had its turn, with what it put on the shelf; how much that was."""
    shelved = 0
    until(lambda: answers(int(environment["PORTAL_PORT"]), "/health/ready"))
    deadline = time.monotonic() + _SETTLES_WITHIN
    while True:
        assert time.monotonic() < deadline, "the worker does not come to an end"
        if not json.loads(_run(environment, _WAITING)):
            again = json.loads(_run(environment, _SHELVED))
            if not again:
                return shelved
            shelved += again
        time.sleep(5)


def _run(environment: dict[str, str], program: str, *, side: str = "worker") -> str:
    """What the few lines say last; looking at all that thousands of steps left takes its time."""
    return run(environment, side, program, timeout=1800).strip().splitlines()[-1]
