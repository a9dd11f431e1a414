"""查毒网关: clamd's protocol on a real socket; slow, cut and wrong answers never count as clean (FIL-07)."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from django.test import override_settings

from gongkai.gateways import antivirus
from tests.virus_checks.scanner import MARK, VERSION, VIRUS, away, scanning

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
INFECTED = b"before" + MARK + b"after"


@pytest.mark.parametrize("by_port", [False, True])
def test_clean_and_infected_are_told_apart_and_every_byte_arrives(by_port):
    """FIL-07: several chunks, an empty file, a file of one chunk."""
    large = bytes(range(256)) * 1024

    with scanning(by_port=by_port) as scanner:
        assert antivirus.scan(large) == antivirus.Verdict()
        assert antivirus.scan(b"") == antivirus.Verdict()
        assert antivirus.scan(INFECTED) == antivirus.Verdict(VIRUS)
        assert antivirus.version() == VERSION

    assert scanner.seen == [large, b"", INFECTED]


@pytest.mark.parametrize(
    "answer",
    [
        b"stream: OK",  # cut off before its end
        b"stream: ",
        b"\0",
        b"OK\0",
        b"stream: OK\nstream: OK\0",
        b"stream: FOUND\0",
        b"Stream: ok\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
        b"UNKNOWN COMMAND\0",
        b"\xff\xfe\xfd\0",
        b"stream: OK" + b" " * 10_000 + b"\0",
    ],
)
def test_an_answer_that_is_not_the_documented_one_is_no_answer(answer):
    with scanning() as scanner:
        scanner.says = answer
        with pytest.raises(antivirus.ScannerAway):
            antivirus.scan(b"harmless")


def test_an_error_of_one_file_does_not_stop_the_others():
    with scanning() as scanner:
        scanner.says = b"stream: Can't allocate memory ERROR\0"
        with pytest.raises(antivirus.FileNotTaken):
            antivirus.scan(b"harmless")


def test_a_file_too_large_for_the_scanner_is_not_passed():
    """It hangs up in the middle of the sending, after saying why."""
    with scanning() as scanner:
        scanner.most = 1000
        with pytest.raises(antivirus.NotScanned):
            antivirus.scan(bytes(8 * 1024 * 1024))


def test_a_scanner_that_says_nothing_is_not_waited_for_without_end():
    with scanning() as scanner:
        scanner.says = None
        began = time.monotonic()
        with pytest.raises(antivirus.ScannerAway, match="没有应答"):
            antivirus.scan(b"harmless", patience=0.1)

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", ["unix:///nonexistent/clamd.ctl", "tcp://127.0.0.1:1"])
def test_a_scanner_that_is_not_there(url):
    with override_settings(ANTIVIRUS_URL=url), pytest.raises(antivirus.ScannerAway, match="连不上"):
        antivirus.scan(b"harmless")


@pytest.mark.parametrize(
    "url",
    ["clamd", "unix://", "unix://host/path", "tcp://", "http://127.0.0.1:3310", "tcp://127.0.0.1:99999"],
)
def test_a_wrong_setting_makes_files_wait(url):
    with override_settings(ANTIVIRUS_URL=url), pytest.raises(antivirus.ScannerAway, match="ANTIVIRUS_URL"):
        antivirus.scan(b"harmless")


def test_nothing_is_asked_when_no_scanner_is_named():
    with override_settings(ANTIVIRUS_URL=""):
        assert not antivirus.is_on()
        assert antivirus.scanner() is None
    with away():
        assert antivirus.is_on()


@contextlib.contextmanager
def real_clamd():
    """clamd in the foreground with one signature of our own; nothing is downloaded."""
    with tempfile.TemporaryDirectory(prefix="gk-clam-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        (home / "signatures").mkdir()
        (home / "signatures" / "own.ndb").write_text(
            f"{VIRUS.removesuffix('.UNOFFICIAL')}:0:*:{MARK.hex()}\n"
        )
        settings = {
            "DatabaseDirectory": home / "signatures",
            "LocalSocket": home / "clamd.ctl",
            "Foreground": "yes",
            "StreamMaxLength": "1M",
            "MaxThreads": "2",
        }
        (home / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        clamd = subprocess.Popen(
            [CLAMD, "--config-file", home / "clamd.conf"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            with override_settings(ANTIVIRUS_URL=f"unix://{home / 'clamd.ctl'}"):
                _until_it_listens(clamd)
                yield
        finally:
            clamd.terminate()
            clamd.communicate(timeout=20)


def _until_it_listens(clamd):
    """It tells what it does line by line; the last line before it takes questions is that of its own checks."""
    told = []
    for line in clamd.stdout:
        told.append(line)
        if "Self checking" in line:
            return
    raise AssertionError("".join(told))


@pytest.mark.skipif(not CLAMD, reason="clamd is not installed")
def test_a_real_clamd_with_a_signature_of_our_own():
    """FIL-07: the real scanner finds it, passes the clean one, refuses what is beyond its limit."""
    with real_clamd():
        assert antivirus.scan(INFECTED) == antivirus.Verdict(VIRUS)
        assert antivirus.scan(b"harmless" * 10_000) == antivirus.Verdict()
        assert antivirus.scan(b"") == antivirus.Verdict()
        with pytest.raises(antivirus.NotScanned):
            antivirus.scan(bytes(4 * 1024 * 1024))
        assert antivirus.scan(INFECTED) == antivirus.Verdict(VIRUS)
        assert antivirus.version().startswith("ClamAV ")
