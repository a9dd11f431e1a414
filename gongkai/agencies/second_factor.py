"""第二因素. Time-based codes and recovery codes: the library keeps the secrets, we seal them and refuse a replay."""

import base64
import hmac
import time
from dataclasses import dataclass

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.sealing import vault

_PURPOSE = "second_factor"
_BOUND_TO = b"second factor"
_PERIOD = 30  # seconds a code is shown for
_STEPS_EITHER_SIDE = 1  # a clock that is half a minute off is still understood, no more (AUTH-06)


class SealedAdapter(DefaultMFAAdapter):
    """验证器适配: the library's secrets lie sealed in the database, like applicants' data."""

    def encrypt(self, text: str) -> str:
        version, sealed = vault.seal(_PURPOSE, text.encode(), bound_to=_BOUND_TO)
        return f"{version}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        version, sealed = encrypted_text.split(":", 1)
        return vault.open_sealed(
            _PURPOSE, int(version), base64.b64decode(sealed), bound_to=_BOUND_TO
        ).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return "公开工作台"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """待绑定的验证器: shown once, as text and as a picture to scan."""

    secret: str

    @classmethod
    def new(cls) -> "Enrolment":
        return cls(generate_totp_secret())

    def address(self, person: Person) -> str:
        return SealedAdapter().build_totp_url(person, self.secret)


def is_bound(person: Person) -> bool:
    """是否绑定了验证器."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


@transaction.atomic
def bind(person: Person, enrolment: Enrolment, code: str, *, by: Person) -> list[str] | None:
    """绑定验证器. The recovery codes, to be shown once; None when the code is wrong. An older device is let go."""
    step = _step_of(enrolment.secret, code)
    if step is None:
        return None
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, enrolment.secret)
    Person.objects.filter(pk=person.pk).update(last_code_step=step)
    record("person.second_factor_bound", by=by, subject=person)
    return RecoveryCodes.activate(person).generate_codes()


def accept(person: Person, code: str) -> str:
    """验证第二因素: "totp" or "recovery" when the code is good, else "". A code is good once."""
    code = code.strip().replace(" ", "")
    if len(code) == 6:
        return "totp" if _accept_totp(person, code) else ""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return "recovery" if codes and RecoveryCodes(codes).validate_code(code) else ""


def _accept_totp(person: Person, code: str) -> bool:
    bound = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if bound is None:
        return False
    step = _step_of(SealedAdapter().decrypt(bound.data["secret"]), code)
    if step is None:
        return False
    # One statement, so that of two browsers with the same code one is refused.
    return bool(Person.objects.filter(pk=person.pk, last_code_step__lt=step).update(last_code_step=step))


def _step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, among now and one either side."""
    now = int(time.time()) // _PERIOD
    for step in range(now - _STEPS_EITHER_SIDE, now + _STEPS_EITHER_SIDE + 1):
        if hmac.compare_digest(f"{hotp_value(secret, step):06d}".encode(), code.encode()):
            return step
    return None
