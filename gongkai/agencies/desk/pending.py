"""登录未完成. The steps a person still has to take before the desk opens, kept in the anonymous session."""

import time
from dataclasses import asdict, dataclass, replace

from django.http import HttpRequest

from gongkai.agencies.models import Person

_KEY = "pending"
_LASTS = 30 * 60  # seconds, as long as a one-time link

# The steps and the address of each.
FACTOR, PASSWORD, ENROL = "factor", "password", "enrol"
ADDRESSES = {FACTOR: "agencies:factor", PASSWORD: "agencies:new_password", ENROL: "agencies:enrol"}


@dataclass(frozen=True, slots=True)
class Pending:
    """还差哪几步. ``opens_desk`` False: after the steps the person logs in as usual (a password reset)."""

    person: str
    steps: tuple[str, ...]
    how: str
    opens_desk: bool
    began: int
    secret: str = ""  # of the authenticator being bound

    def who(self) -> Person | None:
        return Person.objects.select_related("agency").filter(public_id=self.person, is_active=True).first()


def begin(
    request: HttpRequest, person: Person, *, steps: tuple[str, ...], how: str, opens_desk: bool = True
) -> Pending:
    """Start the steps under a new session id (SES-02)."""
    request.session.flush()
    pending = Pending(str(person.public_id), steps, how, opens_desk, int(time.time()))
    keep(request, pending)
    return pending


def keep(request: HttpRequest, pending: Pending) -> None:
    request.session[_KEY] = asdict(pending)


def read(request: HttpRequest, *, step: str) -> Pending | None:
    """The pending log-in when it stands at this step and is not too old."""
    kept = request.session.get(_KEY)
    if not kept or time.time() - kept["began"] > _LASTS:
        return None
    pending = Pending(**{**kept, "steps": tuple(kept["steps"])})
    return pending if pending.steps[:1] == (step,) else None


def step_done(request: HttpRequest, pending: Pending, *, how: str = "") -> Pending:
    """Take the step off and keep the rest, again under a new session id."""
    pending = replace(pending, steps=pending.steps[1:], how=how or pending.how)
    request.session.cycle_key()
    keep(request, pending)
    return pending
