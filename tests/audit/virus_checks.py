"""查毒的审计动作: an infected upload refused, and one found among what is kept."""

from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.virus_checks.actions import look_at
from gongkai.virus_checks.tasks import Rounds
from tests.audit.handed_in import taking_in
from tests.virus_checks.scanner import MARK, VIRUS, scanning


def refusing(house: Any) -> Any:
    return partial(_uploaded, MARK)


def _uploaded(content: bytes, *, by: Person) -> None:
    with scanning():
        try:
            look_at(content, name="a.pdf", by=by)
        except Refusal:
            return
    raise AssertionError("an infected file was taken")


def finding(house: Any) -> Any:
    taking_in(house)(by=None)
    return _looked


def _looked(*, by: None) -> None:
    with scanning() as scanner:
        scanner.says = f"stream: {VIRUS} FOUND\0".encode()
        Rounds().go(timezone.now())
