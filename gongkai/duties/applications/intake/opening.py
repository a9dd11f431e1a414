"""打开. What an applicant wrote and sent, for whoever may read it and says why; the reason is kept, or nothing is given."""

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files
from gongkai.portal.intake.sealing import cell
from gongkai.registers.actions import require_reason
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen
from gongkai.sealing.unboxing import open_box
from gongkai.virus_checks.queries import require_scanned

_OF = "查看申请人提交的内容"


def unsealed(file: ApplicationFile) -> bytes:
    """The bytes as they were handed in, for the machinery: nobody is shown them here."""
    place = cell(file.received.submission, f"file-{file.position}")
    return open_box(settings.KEYS_FOLDER, desk_files().read(file.sha256), bound_to=place)


def open_particulars(received: ReceivedSubmission, *, reason: str, by: Person) -> dict[str, Any]:
    """查看申请表."""
    reason = require_reason(reason, of=_OF)
    require(by, Power.READ_APPLICANTS, received.agency, on=timezone.localdate())
    try:
        with transaction.atomic():
            record("application_intake.particulars_opened", by=by, subject=received, reason=reason)
            said: dict[str, Any] = json.loads(received.unseal("particulars"))
    except (CannotOpen, KeyMissing):
        raise Refusal("打不开申请表：密钥不符，或者内容被改动过。请系统管理员核查密钥。") from None
    return said


def open_file(file: ApplicationFile, *, reason: str, by: Person) -> tuple[str, bytes]:
    """打开一个文件: its name and its bytes, proved to be the ones that were handed in."""
    reason = require_reason(reason, of=_OF)
    require(by, Power.READ_APPLICANTS, file.agency, on=timezone.localdate())
    require_scanned(file.sha256)
    try:
        with transaction.atomic():
            record("application_intake.file_opened", by=by, subject=file, reason=reason)
            return file.unseal("name"), unsealed(file)
    except (CannotOpen, KeyMissing):
        raise Refusal("打不开这个文件：密钥不符，或者文件被改动过。请系统管理员核查密钥。") from None
    except (FileMissing, FileDamaged):
        raise Refusal("打不开这个文件：存放的文件不在或者已经损坏。请系统管理员从备份恢复。") from None
