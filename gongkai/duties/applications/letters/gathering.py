"""取案件事实. Everything a letter may say, out of the records of its case."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.fold import period_of, standing
from gongkai.duties.applications.letters.case_facts import CaseFacts, MatterFacts
from gongkai.duties.applications.letters.models import Letter, OfficeSetting
from gongkai.duties.applications.letters.rooms import consultation_of
from gongkai.duties.applications.matters.models import Matter, Search
from gongkai.duties.applications.matters.queries import matters
from gongkai.duties.applications.models import Application, ApplicationEvent

_NATURAL = "natural_person"
_LONGEST_NAME = 4  # characters: what is longer is no natural person's


def facts_of(letter: Letter, *, day: date, number: str = "") -> CaseFacts:
    """文书的案件事实, as the records stand now."""
    case = letter.application
    every = matters(case)
    held = standing(case.events.all())
    others_letters = list(Letter.objects.filter(application=case).exclude(pk=letter.pk))
    setting = office_setting(case.agency)
    corrected = [event.happened_on for event in held if event.kind == ApplicationEvent.Kind.CORRECTED]
    applicant = case.unseal("applicant_name")
    return CaseFacts(
        kind=letter.kind,
        result=letter.result,
        agency=case.agency.name,
        agency_contacts=tuple(_contacts(case.agency)),
        register_number=case.register_number,
        received_on=case.received_on,  # 收到申请之日 of article 31: online and by fax the day of confirmation
        day=day,
        addressee=letter.unseal("recipient"),
        applicant=applicant,
        is_organisation=case.applicant_kind != _NATURAL,
        applicant_contacts=_pieces(case.unseal("applicant_contact")),
        corrected_on=corrected[-1] if corrected else None,
        due_on=case.due_on,
        matters=tuple(_matter(each) for each in every) or _whole(case),
        number=number,
        said=letter.unseal("said"),
        how=letter.unseal("how"),
        working_days=letter.working_days,
        until=letter.until or _extended_to(letter, held),
        amount=letter.amount,
        remedy_body=setting.reconsideration_body,
        court=setting.court,
        days=frozenset(_days(case, held, every, others_letters)),
        numbers=frozenset(_numbers(every, others_letters)),
        others=tuple(_others(case, others_letters, applicant)),
        not_before=_last_step(letter, held),
        refused_with_reason=_refused_with_reason(letter),
    )


def _refused_with_reason(letter: Letter) -> bool:
    """告知第三方书: whether the refusal that was overruled had a reasonable ground."""
    if letter.kind != "third_party_notice":
        return True
    consultation = consultation_of(letter.application, origin=letter.origin, key=letter.consultation_key)
    answer = consultation.answers.first() if consultation else None
    return answer is None or answer.reasonable is not False


def office_setting(agency: Agency) -> OfficeSetting:
    """文书设置, an empty one while nobody has filled it in."""
    return OfficeSetting.objects.filter(agency=agency).first() or OfficeSetting(agency=agency)


def _matter(matter: Matter) -> MatterFacts:
    decision = next(iter(matter.decisions.all()), None)
    if decision is None:
        return MatterFacts(matter.number, matter.unseal("text"))
    return MatterFacts(
        matter.number,
        matter.unseal("text"),
        decision.situation,
        decision.ground,
        decision.ground_kind,
        decision.unseal("reasons"),
    )


def _whole(case: Application) -> tuple[MatterFacts, ...]:
    """An application that was never listed matter by matter is one matter."""
    description = case.unseal("description")
    return (MatterFacts(1, description),) if description else ()


def _contacts(agency: Agency) -> Iterator[str]:
    if agency.telephone:
        yield f"联系电话：{agency.telephone}"
    if agency.address:
        yield f"地址：{agency.address}"


def _pieces(contact: str) -> tuple[str, ...]:
    """The applicant's ways of contact, one by one, as they are written together."""
    for mark in "，,；;、\n":
        contact = contact.replace(mark, " ")
    return tuple(each.partition("：")[2] or each for each in contact.split())


def _extended_to(letter: Letter, held: list[ApplicationEvent]) -> date | None:
    """The due day as it will be once this extension is told; as it is when it has been told."""
    if letter.kind != "extension":
        return None
    case = letter.application
    events = held
    if not letter.event_id and not _already_taken(letter, held):
        told = ApplicationEvent(
            application=case,
            kind=ApplicationEvent.Kind.EXTENDED,
            happened_on=letter.issued_on or timezone.localdate(),
            working_days=letter.working_days,
        )
        events = [*held, told]
    return period_of(events, channel=case.channel, calendar=calendar()).due_on


def _already_taken(letter: Letter, held: list[ApplicationEvent]) -> bool:
    return any(
        event.kind == ApplicationEvent.Kind.EXTENDED and event.working_days == letter.working_days
        for event in held
    )


def _days(
    case: Application, held: list[ApplicationEvent], every: list[Matter], others: list[Letter]
) -> Iterator[date]:
    for event in held:
        yield from filter(None, (event.happened_on, event.until, event.delivered_on))
    yield from filter(None, (case.received_on, case.due_on, case.waiting_until, case.closed_on))
    for matter in every:
        yield from (document.dated_on for document in matter.documents.all() if document.dated_on)
    yield from _searches(case).values_list("searched_on", flat=True)
    yield from (letter.issued_on for letter in others if letter.issued_on)


def _numbers(every: list[Matter], others: list[Letter]) -> Iterator[str]:
    for matter in every:
        yield from (
            document.document_number for document in matter.documents.all() if document.document_number
        )
    yield from (letter.number for letter in others if letter.number)


def _searches(case: Application) -> QuerySet[Search]:
    return case.searches.filter(struck_at__isnull=True)


def _others(case: Application, others: list[Letter], applicant: str) -> Iterator[str]:
    """People who have to do with the case and whom this letter does not concern: natural persons only."""
    names = set(_searches(case).values_list("searcher", flat=True))
    for letter in others:
        if letter.kind in ("third_party_consultation", "third_party_notice"):
            names.add(letter.unseal("recipient"))
    yield from sorted(name for name in names if 2 <= len(name) <= _LONGEST_NAME and name != applicant)


def _last_step(letter: Letter, held: list[ApplicationEvent]) -> date | None:
    days = [event.happened_on for event in held if event.pk != letter.event_id]
    return max(days, default=None)
