"""权限判断. May this person do this? Answers Allowed or Refused with the sentence the person will read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency, Delegation, Person, PostPower, Tenure
from gongkai.agencies.powers import BY_ADMINISTRATOR, Power

_Known = dict[tuple[int, date], frozenset[Power]]
_known: ContextVar[_Known | None] = ContextVar("powers known", default=None)


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


@contextmanager
def known_once() -> Iterator[None]:
    """只查一次职权. Inside, a person's powers are read once: for a page that asks every room what waits for the person."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def may(person: Person, power: Power, agency: Agency, *, on: date) -> Allowed | Refused:
    """Whether ``person`` holds ``power`` in ``agency`` on the day ``on``: by office, by post or by delegation."""
    if not person.is_active:
        return Refused("账号已停用，请联系安全管理员。")
    if person.agency_id != agency.pk:
        return Refused("这是其他机关的事项，本账号无权办理。")
    if person.administrator:
        if power in BY_ADMINISTRATOR[person.administrator]:
            return Allowed(person.get_administrator_display())
        return Refused(
            f"{person.get_administrator_display()}不办理业务，也不查看业务内容。{_whom_to_ask(power, agency, on)}"
        )
    if _known.get() is not None and power in powers_of(person, on=on):
        return Allowed("职权")
    if _posts_giving(power, on=on).filter(person=person, post__agency=agency).exists():
        return Allowed("岗位职权")
    if _good_delegations(on=on).filter(delegate=person, power=power, holder__agency=agency).exists():
        return Allowed("授权")
    return Refused(f"没有“{Power(power).label}”职权，不能办理。{_whom_to_ask(power, agency, on)}")


def require(person: Person, power: Power, agency: Agency, *, on: date) -> None:
    """Raise Refusal unless the person may."""
    answer = may(person, power, agency, on=on)
    if isinstance(answer, Refused):
        raise Refusal(answer.reason)


def powers_of(person: Person, *, on: date) -> frozenset[Power]:
    """一个人当天的全部职权, the same answer as ``may`` for every power at once; for menus."""
    if not person.is_active:
        return frozenset()
    if person.administrator:
        return BY_ADMINISTRATOR[person.administrator]
    known = _known.get()
    if known is not None and (person.pk, on) in known:
        return known[person.pk, on]
    found = _powers_of_holder(person, on=on)
    if known is not None:
        known[person.pk, on] = found
    return found


def _powers_of_holder(person: Person, *, on: date) -> frozenset[Power]:
    by_post = _posts_giving(None, on=on).filter(person=person, post__agency_id=person.agency_id)
    lent = _good_delegations(on=on).filter(delegate=person, holder__agency_id=person.agency_id)
    names = by_post.values_list("post__powers__power", flat=True).union(lent.values_list("power", flat=True))
    return frozenset(Power(name) for name in names if name)


def holders(power: Power, agency: Agency, *, on: date) -> QuerySet[Person]:
    """有此职权的人: those whose post gives it, or whose office of administrator does."""
    people = Person.objects.filter(agency=agency, is_active=True)
    kinds = [kind for kind, powers in BY_ADMINISTRATOR.items() if power in powers]
    by_post = _posts_giving(power, on=on).filter(person=OuterRef("pk"), post__agency=agency)
    return people.filter(Q(administrator__in=kinds) | Q(Exists(by_post), administrator="")).order_by(
        "name", "pk"
    )


def during(day: date) -> Q:
    """自起日至止日，首尾均含."""
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def _posts_giving(power: Power | None, *, on: date) -> QuerySet[Tenure]:
    tenures = Tenure.objects.filter(during(on))
    return tenures if power is None else tenures.filter(post__powers__power=power)


def _good_delegations(*, on: date) -> QuerySet[Delegation]:
    """A holder lends only what his own post gives him that day, so what was lent cannot be lent on."""
    still_held = PostPower.objects.filter(
        Q(post__tenures__to_on__isnull=True) | Q(post__tenures__to_on__gte=on),
        post__tenures__from_on__lte=on,
        post__tenures__person=OuterRef("holder"),
        post__agency=OuterRef("holder__agency"),
        power=OuterRef("power"),
    )
    in_force = Delegation.objects.filter(during(on), holder__is_active=True, holder__administrator="")
    return in_force.filter(Exists(still_held))


def _whom_to_ask(power: Power, agency: Agency, on: date) -> str:
    names = list(holders(power, agency, on=on).values_list("name", flat=True)[:3])
    who = "、".join(names) if names else "目前没有人，请安全管理员配置"
    return f"有此职权的：{who}。"
