"""接收提交. Row, files, status and audit line are durable before a receipt code is told to anyone (REL-01).

The code follows from the form's own token, so the same form sent twice gets the same receipt and is never two (REL-02).
"""

import hmac
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import scrypt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.gateways.files import intake_files
from gongkai.portal.intake import limits, receipt_codes
from gongkai.portal.intake.models import Submission, SubmissionFile, SubmissionStatus
from gongkai.portal.intake.sealing import keyed_digest, seal
from gongkai.portal.intake.statuses import Standing
from gongkai.portal.intake.turns import turn
from gongkai.sealing.boxes import public_of

_NO_SALT, _NO_HASH = bytes(16), bytes(32)  # for a code that is nobody's


@dataclass(frozen=True, slots=True)
class HandedInFile:
    """提交的一个文件, looked at already: its role on the form, its name and its bytes."""

    role: str  # "identity", "attachment"
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执. ``again``: this form was handed in before; ``changed``: with other content, which was not taken."""

    code: str
    accepted_at: datetime
    again: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """来处: keyed digests of where it came from and of whose it is, counted in the same transaction."""

    address: str
    identity: str = ""


def accept(
    *,
    kind: str,
    agency: str,
    token: str,
    second: str,
    content: Mapping[str, Any],
    files: Sequence[HandedInFile] = (),
    origin: Origin | None = None,
) -> Receipt:
    """接收. ``token`` is the form's own secret; ``second`` is what will be asked for together with the code."""
    if earlier := taken_before(token=token, content=content):
        return earlier
    code, said = _code_of(token), _digest_of(token, content)
    public_id = secrets.token_hex(10)
    stored = [_store(file, public_id, position) for position, file in enumerate(files)]
    listed = [
        {"role": file.role, "name": file.name, "media_type": file.media_type, "size": len(file.content)}
        for file in files
    ]
    salt = os.urandom(16)
    known = slow_hash(code, second, salt)  # outside the transaction: it is slow on purpose
    # To the key that follows from the code the desk will seal what only whoever has the code may collect.
    said_to_desk = {"content": content, "files": listed, "collection_key": public_of(_secret(known)).hex()}
    sealed = seal(json.dumps(said_to_desk, ensure_ascii=False).encode(), public_id=public_id, part="content")
    alias, now = public_database(), timezone.now()
    try:
        with turn(alias), transaction.atomic(using=alias):
            # The status first: its token is what two sendings of one form meet at.
            SubmissionStatus.objects.create(
                public_id=public_id,
                kind=kind,
                token=keyed_digest("token", token),
                content=said,
                locator=code[: receipt_codes.LOCATOR],
                salt=salt,
                code_hash=_shown(known),
                accepted_at=now,
                changed_at=now,
            )
            submission = Submission.objects.create(
                public_id=public_id, kind=kind, agency=agency, sealed=sealed, accepted_at=now
            )
            SubmissionFile.objects.bulk_create(
                SubmissionFile(submission=submission, position=position, sha256=name)
                for position, name in enumerate(stored)
            )
            _count(origin, files=len(files))
            record(
                "intake.submission.accepted",
                by=None,
                subject=f"submission:{public_id}",
                detail={"kind": kind, "files": stored},
                using=alias,
            )
    except IntegrityError:
        if earlier := taken_before(token=token, content=content):
            return earlier
        raise
    return Receipt(code, now)


def taken_before(*, token: str, content: Mapping[str, Any]) -> Receipt | None:
    """这张表已经收到的: its receipt once more, however often it is sent and whatever came since."""
    kept = SubmissionStatus.objects.filter(token=keyed_digest("token", token)).first()
    if kept is None:
        return None
    changed = kept.content != _digest_of(token, content)
    return Receipt(_code_of(token), kept.accepted_at, again=True, changed=changed)


@dataclass(frozen=True, slots=True)
class Found:
    """查到的: where it stands, and the secret of whoever has the code. It is kept nowhere and goes with the answer."""

    submission: str
    standing: Standing
    secret: bytes


def find(typed_code: str, second: str) -> Standing | None:
    """查询 how it stands."""
    found = look_up(typed_code, second)
    return found.standing if found else None


def look_up(typed_code: str, second: str) -> Found | None:
    """查询. One slow hash at least is made whatever was typed: a wrong code and an absent one take the same time (ABU-02)."""
    code = receipt_codes.read(typed_code) or ""
    rows = list(SubmissionStatus.objects.filter(locator=code[: receipt_codes.LOCATOR])) if code else []
    found = None
    for row in rows or [SubmissionStatus(salt=_NO_SALT, code_hash=_NO_HASH)]:
        known = slow_hash(code, second, bytes(row.salt))
        if hmac.compare_digest(_shown(known), bytes(row.code_hash)):
            found = Found(row.public_id, Standing.of(row), _secret(known))
    return found


def slow_hash(code: str, second: str, salt: bytes) -> bytes:
    """加盐慢散列 of the code and the second thing together: 4 MB and about 10 ms, over 68 bits a thief of the table lacks.

    64 bytes: the first half is what the table keeps, the second half the secret by which things are collected. Each is a
    block of its own of one derivation (RFC 7914), so the kept one tells nothing of the other.
    """
    return scrypt(f"{code}|{second}".encode(), salt=salt, n=2**12, r=8, p=1, dklen=64)


def _shown(known: bytes) -> bytes:
    return known[:32]


def _secret(known: bytes) -> bytes:
    return known[32:]


def _code_of(token: str) -> str:
    return receipt_codes.from_digest(bytes.fromhex(keyed_digest("code", token)))


def _digest_of(token: str, content: Mapping[str, Any]) -> str:
    return keyed_digest("content", token + json.dumps(content, ensure_ascii=False, sort_keys=True))


def _store(file: HandedInFile, public_id: str, position: int) -> str:
    return intake_files().put(seal(file.content, public_id=public_id, part=f"file-{position}"))


def _count(origin: Origin | None, *, files: int) -> None:
    if origin is None:
        return
    limits.add(limits.APPLICATIONS_OF_ADDRESS, origin.address)
    limits.add(limits.FILES_OF_ADDRESS, origin.address, times=files)
    if origin.identity:
        limits.add(limits.APPLICATIONS_OF_IDENTITY, origin.identity)
