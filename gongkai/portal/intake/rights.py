"""个人信息权利的提出. Whoever has the code asks for a copy, a correction or deletion; it is sealed to the desk like anything else.

The answer comes back as something to collect, sealed to the same code.
"""

import json
import secrets
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.portal.intake.accepting import Found
from gongkai.portal.intake.models import Submission, SubmissionStatus
from gongkai.portal.intake.sealing import seal
from gongkai.rules.personal_information.rights import Right

LONGEST = 1000


class Asked(StrEnum):
    """提出的结果."""

    TAKEN = "taken"
    TODAY_ALREADY = "today_already"


def ask(found: Found, *, right: Right, text: str, agency: str) -> Asked:
    """提出. Once a day of each kind: the same form sent twice is one request. Durable before it is acknowledged (REL-01)."""
    alias, now = public_database(), timezone.now()
    today = timezone.localdate(now).isoformat()
    public_id = secrets.token_hex(10)
    content = {"submission": found.submission, "right": right.value, "text": text}
    sealed = seal(
        json.dumps({"content": content, "files": []}, ensure_ascii=False).encode(),
        public_id=public_id,
        part="content",
    )
    with transaction.atomic(using=alias):
        status = SubmissionStatus.objects.select_for_update().get(public_id=found.submission)
        if status.asked.get(right.value) == today:
            return Asked.TODAY_ALREADY
        status.asked = {**status.asked, right.value: today}
        status.save(update_fields=["asked"])
        Submission.objects.create(
            public_id=public_id, kind=Submission.Kind.RIGHTS, agency=agency, sealed=sealed, accepted_at=now
        )
        record(
            "intake.rights.accepted",
            by=None,
            subject=f"submission:{public_id}",
            detail={"right": right.value},
            using=alias,
        )
    return Asked.TAKEN
