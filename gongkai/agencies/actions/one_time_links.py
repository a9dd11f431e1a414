"""一次性链接. Issued and used; the database keeps only a digest of the token (AUTH-07, AUTH-08)."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record

LIFETIME = timedelta(minutes=30)
_TOKEN_BYTES = 24  # 192 bits; the bar is 128

_SPENT = "这个链接已经用过或者过了30分钟，不能再用。请向安全管理员领取新的链接。"


@transaction.atomic
def issue_one_time_link(person: Person, *, purpose: OneTimeLink.Purpose, by: Person | None) -> str:
    """签发一次性链接. The address to hand to the person; earlier unused links for the same purpose end.

    ``by`` None is the operator at the server's own console (`gongkai setup`, `gongkai demo`).
    """
    if by:
        require(by, Power.MANAGE_SECURITY, person.agency, on=timezone.localdate())
        _refuse_own(person, by)
    if purpose == OneTimeLink.Purpose.DEMO and not settings.DEMO:
        raise Refusal("演示登录链接只在演示模式下可用，请改用首次登录链接。")
    if not person.is_active:
        raise Refusal(f"{person.name}的账号已停用，不能签发链接。请先启用账号。")
    person.one_time_links.filter(purpose=purpose, used_at=None).update(used_at=timezone.now())
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    OneTimeLink.objects.create(
        person=person,
        purpose=purpose,
        digest=_digest(token),
        issued_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    record("person.link_issued", by=by, subject=person, detail={"purpose": purpose})
    return f"{settings.DESK_URL}/link/{token}/"


def _refuse_own(person: Person, by: Person) -> None:
    # Or whoever finds an administrator's screen unlocked binds his own telephone to the account.
    if person.pk == by.pk:
        raise Refusal(
            "不能给自己签发链接，请由另一名安全管理员办理，或者在服务器上运行 gongkai manage one_time_link。"
        )


def open_link(token: str) -> OneTimeLink:
    """The unused, unexpired link of this token, or a refusal. Changes nothing: opening a page must not."""
    link = OneTimeLink.objects.select_related("person__agency").filter(digest=_digest(token)).first()
    if link is None or link.used_at or link.expires_at <= timezone.now() or not link.person.is_active:
        raise Refusal(_SPENT)
    if link.purpose == OneTimeLink.Purpose.DEMO and not settings.DEMO:
        raise Refusal(_SPENT)
    return link


@transaction.atomic
def use_one_time_link(token: str) -> OneTimeLink:
    """使用一次性链接. Of two people who press at once, one is refused."""
    link = open_link(token)
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        raise Refusal(_SPENT)
    record("person.link_used", by=link.person, subject=link.person, detail={"purpose": link.purpose})
    return link


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
