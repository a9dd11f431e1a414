"""人员的办理. Added, changed, stopped and let in again by the security administrator, each with an audit entry."""

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record


@transaction.atomic
def add_person(
    *, username: str, name: str, section: Section | None, email: str, administrator: str, by: Person
) -> Person:
    """新增人员. Without a password: the person comes in by an invitation link and sets one."""
    _require(by)
    _require_own_section(section, by)
    if Person.objects.filter(username=username).exists():
        raise Refusal(f"登录名“{username}”已有人使用，请另取一个。")
    person = Person(
        username=username,
        name=name,
        section=section,
        email=email,
        administrator=administrator,
        agency=by.agency,
    )
    person.set_unusable_password()
    person.save()
    record("person.added", by=by, subject=person, detail={"administrator": administrator})
    return person


@transaction.atomic
def change_person(person: Person, *, name: str, section: Section | None, email: str, by: Person) -> Person:
    """修改人员资料. The log-in name and the office of administrator stay: one account is one named person."""
    _require(by, person)
    _require_own_section(section, by)
    new = {"name": name, "section": section, "email": email}
    changed = sorted(key for key, value in new.items() if getattr(person, key) != value)
    for key, value in new.items():
        setattr(person, key, value)
    person.save(update_fields=list(new))
    record("person.changed", by=by, subject=person, detail={"fields": changed})
    return person


@transaction.atomic
def disable_person(person: Person, *, reason: str, by: Person) -> None:
    """停用账号. Every session of the person ends at its next request (SES-03)."""
    _require(by, person)
    if person.pk == by.pk:
        raise Refusal("不能停用自己的账号，请由另一名安全管理员办理。")
    if not person.is_active:
        raise Refusal(f"{person.name}的账号已经停用，不需要再办。")
    person.is_active, person.live_session = False, ""
    person.save(update_fields=["is_active", "live_session"])
    record("person.disabled", by=by, subject=person, reason=reason)


@transaction.atomic
def enable_person(person: Person, *, reason: str, by: Person) -> None:
    """启用账号. The ninety days begin again today, or the next log-in would disable it once more (AUTH-09)."""
    _require(by, person)
    if person.is_active:
        raise Refusal(f"{person.name}的账号没有停用，不需要启用。")
    person.is_active, person.last_seen_at = True, timezone.now()
    person.save(update_fields=["is_active", "last_seen_at"])
    record("person.enabled", by=by, subject=person, reason=reason)


@transaction.atomic
def unlock_person(person: Person, *, reason: str, by: Person) -> int:
    """解除登录锁定, from every address. Returns how many records of failures were cleared (AUTH-04)."""
    _require(by, person)
    cleared: int = AxesProxyHandler.reset_attempts(username=person.username)
    record("person.unlocked", by=by, subject=person, reason=reason, detail={"cleared": cleared})
    return cleared


def _require(by: Person, person: Person | None = None) -> None:
    require(by, Power.MANAGE_SECURITY, person.agency if person else by.agency, on=timezone.localdate())


def _require_own_section(section: Section | None, by: Person) -> None:
    if section and section.agency_id != by.agency_id:
        raise Refusal("这是其他机关的科室，不能选用。请选本机关的科室。")
