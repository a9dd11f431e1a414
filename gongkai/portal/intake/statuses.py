"""办理状态. What an applicant may read by receipt code: fixed words and days. The desk sends keys, so no text can slip out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.portal.intake.models import SubmissionStatus


@dataclass(frozen=True, slots=True)
class State:
    """一种状态: its word, and what comes next."""

    label: str
    next: str


STATES = {
    "accepted": State("已提交，等候本机关接收", "请保存好查询码。本机关接收后，这里会显示接收情况。"),
    "awaiting_confirmation": State(
        "本机关已接收，等候双方确认",
        "工作人员会按您留的联系方式与您确认。确认之日为收到申请之日，答复期限从次日起计算。",
    ),
    "handling": State(
        "办理中", "本机关将在答复期限前答复。需要您补正、缴费，或者需要延长期限的，会另行告知。"
    ),
    "awaiting_correction": State(
        "等候您补正", "请按补正告知书的要求，在期限内补正。无正当理由逾期不补正的，视为放弃申请。"
    ),
    "awaiting_payment": State("等候您缴费", "请按收费通知，在期限内缴纳。逾期未缴纳的，视为放弃申请。"),
    "closed": State("已办结", "办理结果按您要求的途径送达。没有收到的，请与本机关联系。"),
    "voided": State("登记已作废", "这份申请的登记已经作废，例如重复登记。有疑问的，请与本机关联系。"),
}
DAYS = {
    "registered_on": "登记日期",
    "received_on": "收到申请之日",
    "due_on": "答复期限",
    "waiting_until": "请您在此日前办理",
    "closed_on": "办结日期",
}


class StatusReceipt(TypedDict):
    """回执."""

    submission: str
    version: int
    changed_at: str


class StatusRefused(Exception):
    """不能更新状态: the words are not of the list, or nobody handed that in."""


def put_status(submission: str, *, version: int, state: str, days: Mapping[str, str]) -> StatusReceipt:
    """更新办理状态, in one public transaction. What is as old as what stands there changes nothing."""
    if state not in STATES or set(days) - set(DAYS):
        raise StatusRefused(f"没有这种状态或者日期：{state}")
    clean = {key: date.fromisoformat(day).isoformat() for key, day in days.items()}
    alias = public_database()
    with transaction.atomic(using=alias):
        kept = SubmissionStatus.objects.select_for_update().filter(public_id=submission).first()
        if kept is None:
            raise StatusRefused(f"公众侧没有编号为{submission}的提交")
        if kept.version < version:
            kept.version, kept.state, kept.days, kept.changed_at = version, state, clean, timezone.now()
            kept.save(update_fields=["version", "state", "days", "changed_at"])
            record(
                "portal.status.released",
                by=None,
                subject=f"submission:{submission}",
                detail={"version": version, "state": state},
                using=alias,
            )
    return StatusReceipt(submission=submission, version=kept.version, changed_at=kept.changed_at.isoformat())


@dataclass(frozen=True, slots=True)
class Standing:
    """查询结果, as it is shown."""

    kind: str
    accepted_at: datetime
    state: State
    days: tuple[tuple[str, date], ...]
    changed_at: datetime

    @classmethod
    def of(cls, kept: SubmissionStatus) -> "Standing":
        days: Mapping[str, Any] = kept.days
        return cls(
            kept.get_kind_display(),
            kept.accepted_at,
            STATES[kept.state],
            tuple((label, date.fromisoformat(days[key])) for key, label in DAYS.items() if key in days),
            kept.changed_at,
        )
