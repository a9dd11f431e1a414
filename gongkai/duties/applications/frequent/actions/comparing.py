"""比对内容. Sealed texts are opened in memory for one comparison, by whoever may read them and says why; only numbers stay."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.frequent.likeness import NEAR, likeness
from gongkai.duties.applications.matters.models import Matter
from gongkai.duties.applications.models import Application
from gongkai.registers.actions import require_reason
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen

MOST_COMPARED = 500  # the newest of the applicant's own, and of the agency's last twelve months
_LOOK_BACK = timedelta(days=365)
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Similar:
    """一件相似的申请. No text of it stands here."""

    application: Application
    percent: int
    same_applicant: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """比对的结果."""

    compared: int
    found: tuple[Similar, ...]


def compare(application: Application, *, reason: str, by: Person) -> Comparison:
    """与同一申请人的其他申请、本机关一年内的申请比对. Who compared and why is kept, or nothing is opened (PII-03)."""
    reason = require_reason(reason, of="比对申请内容")
    require(by, Power.READ_APPLICANTS, application.agency, on=timezone.localdate())
    standing = Application.objects.standing().filter(agency=application.agency_id).exclude(pk=application.pk)
    with transaction.atomic():
        others = _candidates(
            standing, name_index=application.applicant_name_index, since=application.received_on - _LOOK_BACK
        )
        record(
            "frequent.compared", by=by, subject=application, reason=reason, detail={"compared": len(others)}
        )
        with _opened():
            own = _text(_with_matters(Application.objects.filter(pk=application.pk)).get())
            return _compared(own, others, name_index=application.applicant_name_index)


def compare_words(words: str, *, name_index: str, reason: str, by: Person) -> Comparison:
    """登记之前比对: the same, for words that are not registered yet."""
    reason = require_reason(reason, of="比对申请内容")
    today = timezone.localdate()
    require(by, Power.READ_APPLICANTS, by.agency, on=today)
    standing = Application.objects.standing().filter(agency=by.agency_id)
    with transaction.atomic():
        others = _candidates(standing, name_index=name_index, since=today - _LOOK_BACK)
        record("frequent.compared", by=by, subject=by.agency, reason=reason, detail={"compared": len(others)})
        with _opened():
            return _compared(words, others, name_index=name_index)


@contextmanager
def _opened() -> Iterator[None]:
    try:
        yield
    except (CannotOpen, KeyMissing):
        raise Refusal("打不开申请内容：密钥不符，或者保存的内容被改动过。请系统管理员核查密钥。") from None


def _compared(own: str, others: list[Application], *, name_index: str) -> Comparison:
    scored = [(likeness(own, _text(each)), each) for each in others]
    near = sorted((pair for pair in scored if pair[0] >= NEAR), key=lambda pair: -pair[0])[:_SHOWN]
    found = tuple(
        Similar(each, round(100 * score), bool(name_index) and each.applicant_name_index == name_index)
        for score, each in near
    )
    return Comparison(len(others), found)


def _candidates(standing: QuerySet[Application], *, name_index: str, since: date) -> list[Application]:
    """The applicant's own first, whatever their age, then what others asked within a year."""
    lately = standing.filter(received_on__gte=since)
    found: dict[int, Application] = {}
    if name_index:
        own = standing.filter(applicant_name_index=name_index)
        found = _by_key(_with_matters(own.order_by("-received_on", "-pk"))[:MOST_COMPARED])
    return list(
        {**_by_key(_with_matters(lately.order_by("-received_on", "-pk"))[:MOST_COMPARED]), **found}.values()
    )


def _with_matters(found):  # type: ignore[no-untyped-def]
    return found.prefetch_related(Prefetch("matters", Matter.objects.filter(struck_at__isnull=True)))


def _by_key(found: Iterable[Application]) -> dict[int, Application]:
    return {each.pk: each for each in found}


def _text(application: Application) -> str:
    """What was asked for: the matters where they are listed, else the description."""
    matters = [matter.unseal("text") for matter in application.matters.all()]
    return "\n".join(matters) if matters else application.unseal("description")
