"""一张表. Sent a hundred times at the same moment to a portal as it is served, and once more later, it is one application."""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest

from tests.kills.parts import answers, free_port, until
from tests.kills.people import filled_in
from tests.portal.intake.a_portal import public_side, run

pytestmark = pytest.mark.prove
ROUNDS, AT_ONCE = int(os.environ.get("GONGKAI_ROUNDS", "200")), 100
_A_SITE = 5  # forms from one address within the hour: as many as are asked nothing
_CODE = re.compile(r'<p class="code"[^>]*>([^<]+)</p>')
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_HELD = """
import json
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.portal.intake.models import Submission, SubmissionFile, SubmissionStatus
print(json.dumps([Submission.objects.count(), SubmissionStatus.objects.count(), SubmissionFile.objects.count(),
    Entry.objects.filter(action="intake.submission.accepted").count(), prove("default").holds]))
"""


@pytest.fixture
def portal(tmp_path):
    port = free_port()
    environment = public_side(
        tmp_path / "home", released=True, PORTAL_PORT=str(port), TRUSTED_PROXIES="127.0.0.1"
    )
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "portal"], env=environment, stdout=log, stderr=log
        )
        try:
            until(lambda: answers(port, "/health/ready"))
            yield environment, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_a_hundred_sendings_of_each_of_two_hundred_forms(portal):
    """REL-02: double click, back button, a second window, a proxy that tries again. Everybody is told the same receipt."""
    environment, url = portal
    codes = set()
    for number in range(ROUNDS):
        address = f"10.1.{number // _A_SITE}.1"
        token = _TOKEN.search(ask(f"{url}/apply/form/", address)[1])[1]
        form = filled_in(token, f"E{number:08}")

        said = [
            *together(lambda form=form, a=address: ask(f"{url}/apply/send/", a, form)),
            ask(f"{url}/apply/send/", address, form),
        ]

        assert {status for status, _ in said} == {200}, sorted({status for status, _ in said})
        told = {_CODE.search(page)[1] for _, page in said}
        assert len(told) == 1
        assert sum("没有重复登记" in page for _, page in said) == AT_ONCE
        codes |= told
    assert len(codes) == ROUNDS
    assert json.loads(run(environment, "portal", _HELD)) == [ROUNDS] * 4 + [True]


def together(send):
    """What each of a hundred hears who press at the same moment."""
    gate, heard = threading.Barrier(AT_ONCE), []

    def press():
        gate.wait(timeout=60)
        heard.append(send())

    presses = [threading.Thread(target=press) for _ in range(AT_ONCE)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert len(heard) == AT_ONCE
    return heard


def ask(url, address, body=None):
    headers = {"X-Forwarded-For": address}
    if body:
        headers["Content-Type"] = "multipart/form-data; boundary=boundary"
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data=body, headers=headers), timeout=120
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
