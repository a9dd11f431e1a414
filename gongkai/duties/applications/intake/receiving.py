"""接收一份申请. One desk transaction: register entry, particulars, files, audit line and the first public status."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit.record import record
from gongkai.duties.applications import actions
from gongkai.duties.applications.intake import public_status
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.gateways import antivirus
from gongkai.portal.intake.particulars import ACCESS_FORMS, ACCESS_MEANS
from gongkai.rules.regulations_2019.receipt import Channel, day_in_beijing
from gongkai.virus_checks.actions import State, note


@dataclass(frozen=True, slots=True)
class StoredFile:
    """一个文件, already in the desk's store under the hash of its sealed bytes."""

    role: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """打开了的提交: what the applicant wrote, and the files."""

    submission: str
    agency: str
    accepted_at: datetime
    content: Mapping[str, Any]
    files: Sequence[StoredFile] = ()
    collection_key: str = ""


def receive(handed_in: HandedIn) -> tuple[ReceivedSubmission, bool]:
    """登记. Whether it is new; the same submission again changes nothing and gives the entry it became.

    It counts from the confirmation by both sides (条例第三十一条第三项): until then it awaits that.
    """
    with transaction.atomic():
        known = ReceivedSubmission.objects.filter(submission=handed_in.submission).first()
        if known:
            return known, False
        content = handed_in.content
        application = actions.register_application(
            by=None,
            agency=Agency.objects.get(public_id=handed_in.agency),
            applicant_kind=content["applicant_kind"],
            channel=Channel.ONLINE.value,
            received_on=day_in_beijing(handed_in.accepted_at),
            applicant_name=content["name"],
            applicant_contact=_contact(content),
            description=_description(content["matters"]),
            matters=content["matters"],
            access_form=_access(content),
        )
        received = ReceivedSubmission(
            agency=application.agency,
            submission=handed_in.submission,
            application=application,
            accepted_at=handed_in.accepted_at,
            notice_version=content["notice_version"],
            collection_key=handed_in.collection_key,
        )
        received.seal("particulars", json.dumps(content, ensure_ascii=False))
        # Two workers at once meet here: the second one's transaction fails as a whole, its number is not used.
        received.save(force_insert=True)
        for position, file in enumerate(handed_in.files):
            kept = ApplicationFile(
                agency=application.agency,
                received=received,
                application=application,
                position=position,
                role=file.role,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
            )
            kept.seal("name", file.name)
            kept.save(force_insert=True)
            # Never refused for a virus or a scanner that is away: the application stands, the file waits sealed.
            note(file.sha256, State.WAITING if antivirus.is_on() else None, kept_by="applicants")
        record(
            "application_intake.received",
            by=None,
            subject=application,
            detail={"submission": handed_in.submission, "files": len(handed_in.files)},
        )
        public_status.tell(received)
        return received, True


def _contact(content: Mapping[str, Any]) -> str:
    said = (
        ("联系人", content.get("representative")),
        ("电话", content.get("phone")),
        ("邮箱", content.get("email")),
        ("地址", content.get("postal_address")),
        ("邮编", content.get("postcode")),
    )
    return "；".join(f"{label}：{value}" for label, value in said if value)


def _description(matters: Sequence[str]) -> str:
    if len(matters) == 1:
        return matters[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(matters, 1))


def _access(content: Mapping[str, Any]) -> str:
    words = [dict(ACCESS_FORMS)[content["access_form"]], dict(ACCESS_MEANS)[content["access_means"]]]
    return "，".join([*words, *(["可改用其他方式"] if content.get("other_form_too") else [])])
