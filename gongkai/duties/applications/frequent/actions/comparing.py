"""比对内容. Sealed texts are opened in memory for one comparison, by whoever may read them and says why; only numbers stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch
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
    with transaction.atomic():
        others = _candidates(application)
        record(
            "frequent.compared", by=by, subject=application, reason=reason, detail={"compared": len(others)}
        )
        try:
            own = _text(_with_matters(Application.objects.filter(pk=application.pk)).get())
            scored = [(likeness(own, _text(each)), each) for each in others]
        except (CannotOpen, KeyMissing):
            raise Refusal(
                "打不开申请内容：密钥不符，或者保存的内容被改动过。请系统管理员核查密钥。"
            ) from None
    index = application.applicant_name_index
    near = sorted((pair for pair in scored if pair[0] >= NEAR), key=lambda pair: -pair[0])[:_SHOWN]
    found = tuple(
        Similar(each, round(100 * score), bool(index) and each.applicant_name_index == index)
        for score, each in near
    )
    return Comparison(len(others), found)


def _candidates(application: Application) -> list[Application]:
    """The applicant's own first, whatever their age, then what others asked within a year."""
    standing = Application.objects.standing().filter(agency=application.agency_id).exclude(pk=application.pk)
    since = application.received_on - _LOOK_BACK
    lately = standing.filter(received_on__gte=since)
    found: dict[int, Application] = {}
    if application.applicant_name_index:
        own = standing.filter(applicant_name_index=application.applicant_name_index)
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
