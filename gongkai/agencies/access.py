"""权限判断. May this person do this? Answers Allowed or Refused with the sentence the person will read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency, Person, PostPower, Delegation
from gongkai.agencies.powers import Power


class Refusal(Exception):
    """不能办理: carries one Chinese sentence: what is not possible, by what rule, what to do instead."""


@dataclass(frozen=True, slots=True)
class Allowed:
    basis: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    reason: str

    def __bool__(self) -> bool:
        return False


def may(person: Person, power: Power, agency: Agency, *, on: date) -> Allowed | Refused:
    """Whether ``person`` holds ``power`` in ``agency`` on the day ``on``, by post or by delegation."""
    if not person.is_active:
        return Refused("账号已停用，请联系安全管理员。")
    if person.agency_id != agency.pk:
        return Refused("这是其他机关的事项，本账号无权办理。")
    during = Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
    held = person.tenures.filter(during, post__agency=agency, post__powers__power=power)
    if held.exists():
        return Allowed("岗位职权")
    if Delegation.objects.filter(during, delegate=person, power=power, holder__agency=agency).exists():
        return Allowed("授权")
    holders = _holders(power, agency, on)
    who = "、".join(holders[:3]) if holders else "目前没有人，请安全管理员配置"
    return Refused(f"没有“{Power(power).label}”职权，不能办理。有此职权的：{who}。")


def require(person: Person, power: Power, agency: Agency, *, on: date) -> None:
    """Raise Refusal unless the person may."""
    answer = may(person, power, agency, on=on)
    if isinstance(answer, Refused):
        raise Refusal(answer.reason)


def _holders(power: Power, agency: Agency, on: date) -> list[str]:
    during = Q(post__tenures__from_on__lte=on) & (
        Q(post__tenures__to_on__isnull=True) | Q(post__tenures__to_on__gte=on)
    )
    names = PostPower.objects.filter(
        during, power=power, post__agency=agency, post__tenures__person__is_active=True
    )
    return list(
        names.order_by("post__tenures__person__name")
        .values_list("post__tenures__person__name", flat=True)
        .distinct()
    )
