"""突然中断. The portal and the worker are killed again and again while people apply; then every answer is held to account.

GONGKAI_KILLS sets how often; 100 unless told otherwise.
"""

import contextlib
import json
import logging
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.portal.intake.a_portal import prepared, run
from tests.portal.intake.handing_in import JPEG, typed

pytestmark = pytest.mark.prove
log = logging.getLogger(__name__)
KILLS = int(os.environ.get("GONGKAI_KILLS", "100"))
WRITERS = 6
_HELD = """
import json
from django.conf import settings
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.duties.applications.intake import opening
from gongkai.duties.applications.intake.models import ApplicationFile, PullFailure, ReceivedSubmission
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.gateways.files import desk_files
from gongkai.portal.intake.accepting import find
from gongkai.portal.intake.models import Submission, SubmissionStatus
from gongkai.portal.intake.sealing import cell
from gongkai.sealing.unboxing import open_box
history = json.load(open("{history}"))
def opens(file):
    place = cell(file.received.submission, f"file-{{file.position}}")
    return open_box(settings.KEYS_FOLDER, desk_files().read(file.sha256), bound_to=place).startswith(b"\\xff\\xd8\\xff")
numbers = sorted(int(a.register_number.split("〕")[1][:-1]) for a in Application.objects.all())
lines = list(Entry.objects.using("public").filter(action="intake.submission.accepted").values_list("subject", flat=True))
print(json.dumps({{
    "acknowledged": len(history),
    "lost": [c for c, second in history if find(c, second) is None],
    "statuses": SubmissionStatus.objects.count(),
    "audit lines": len(lines),
    "audit lines of nothing": len(set(lines) ^ {{f"submission:{{s}}" for s in SubmissionStatus.objects.values_list("public_id", flat=True)}}),
    "still waiting": Submission.objects.filter(acknowledged_at=None).count(),
    "received": ReceivedSubmission.objects.count(),
    "applications": Application.objects.count(),
    "events": ApplicationEvent.objects.count(),
    "numbers without a gap": numbers == list(range(1, len(numbers) + 1)),
    "files": ApplicationFile.objects.count(),
    "files that open": sum(map(opens, ApplicationFile.objects.select_related("received"))),
    "failures": PullFailure.objects.count(),
    "chains hold": [prove(alias, anchors=[]).holds for alias in ("default", "public")],
}}))
"""


class Parts:
    """公众侧和后台, as processes that can be killed with everything below them."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.log = environment, (folder / "log").open("w")
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, part: str) -> None:
        words = [sys.executable, "-m", "gongkai", "serve", part]
        self.running[part] = subprocess.Popen(
            words, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, part: str) -> None:
        process = self.running.pop(part)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for part in list(self.running):
            self.kill(part)
        self.log.close()


class Applicant(threading.Thread):
    """Fills in one form after another; sends each until it is acknowledged, as a person would."""

    def __init__(self, number: int, url: str, stop: threading.Event) -> None:
        super().__init__()
        self.number, self.url, self.stop = number, url, stop
        self.acknowledged: list[tuple[str, str]] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            token = self._token()
            while token and not self.stop.is_set():
                certificate = f"E{self.number:03}{count:05}"
                page = self._ask("/apply/send/", _body(token, certificate))
                if page is None:
                    time.sleep(0.05)
                    continue
                found = re.search(r'<p class="code"[^>]*>([^<]+)</p>', page)
                if found is None:
                    self.wrong.append(page[:3000])
                    return
                self.acknowledged.append((found[1], certificate[-4:]))
                break

    def _token(self) -> str | None:
        page = self._ask("/apply/form/")
        return re.search(r'name="token" value="([^"]+)"', page)[1] if page else None

    def _ask(self, path: str, body: bytes | None = None) -> str | None:
        headers = {
            "X-Forwarded-For": f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        }
        if body:
            headers["Content-Type"] = "multipart/form-data; boundary=boundary"
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.read().decode()
        except (OSError, urllib.error.URLError, ValueError, EOFError, urllib.error.HTTPError):
            return None
        except Exception:  # noqa: BLE001 - an answer cut off in the middle is no answer
            return None


def _body(token: str, certificate: str) -> bytes:
    fields = typed(certificate_kind="passport", certificate_number=certificate)
    pairs = [(name, value) for name, value in fields.items() if isinstance(value, str)]
    pairs += [("matter", text) for text in fields["matter"]] + [("token", token), ("to", "send")]
    parts = [
        f'--boundary\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    head = '--boundary\r\nContent-Disposition: form-data; name="identity_file"; filename="a.jpg"\r\n\r\n'
    return b"".join(parts) + head.encode() + JPEG * 10 + b"\r\n--boundary--\r\n"


def _free_port() -> int:
    """Below the ports that the system gives to clients: one asking while nobody answers could be given this very port,
    be connected to itself and keep the portal from it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _wait(port: int) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2),
        ):
            return
        time.sleep(0.05)
    raise AssertionError("the portal did not come back")


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path):
    """REL-01, REL-02, REL-04; AUD-02; D1: kill -9 of portal and worker at random moments, on the database of this run."""
    port = _free_port()
    environment = prepared(
        tmp_path / "home", PORTAL_PORT=str(port), TRUSTED_PROXIES="127.0.0.1", LINK_CHECKS="off"
    )
    parts, stop = Parts(environment, tmp_path), threading.Event()
    parts.start("worker")
    parts.start("portal")
    _wait(port)
    applicants = [Applicant(number, f"http://127.0.0.1:{port}", stop) for number in range(WRITERS)]
    for applicant in applicants:
        applicant.start()
    try:
        for number in range(KILLS):
            time.sleep(random.uniform(0.2, 1.0))
            if number % 2:
                parts.kill("worker")
                parts.start("worker")
            parts.kill("portal")
            parts.start("portal")
            _wait(port)
        time.sleep(3)
        stop.set()
        for applicant in applicants:
            applicant.join(timeout=60)
        history = [each for applicant in applicants for each in applicant.acknowledged]
        (tmp_path / "history.json").write_text(json.dumps(history))
        held = _settled(environment, tmp_path)
    finally:
        stop.set()
        parts.end()

    assert [page for applicant in applicants for page in applicant.wrong] == []
    count = held["statuses"]
    assert held["acknowledged"] > KILLS
    assert len(set(history)) == len(history)
    assert (
        count >= held["acknowledged"]
    )  # one that was taken in and whose answer was cut off is asked for again
    assert count <= held["acknowledged"] + WRITERS
    assert held == {
        "acknowledged": len(history),
        "lost": [],
        "statuses": count,
        "audit lines": count,
        "audit lines of nothing": 0,
        "still waiting": 0,
        "received": count,
        "applications": count,
        "events": count,
        "numbers without a gap": True,
        "files": count,
        "files that open": count,
        "failures": 0,
        "chains hold": [True, True],
    }
    log.info("%s kills, %s taken in, %s acknowledged", KILLS, count, len(history))


def _settled(environment: dict[str, str], folder: Path) -> dict:
    """What stands once the worker has had its turn."""
    program = _HELD.format(history=folder / "history.json")
    deadline = time.monotonic() + 180
    while True:
        held = json.loads(run(environment, "worker", program))
        settled = not held["still waiting"] and not held["failures"]
        if settled or time.monotonic() > deadline:
            return held
        time.sleep(2)
