"""案卷怎样写在屏幕上. Deadlines, steps that may be entered today and what they would do, who is sued, the timeline."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.remedies.actions.case_files import decision_of
from gongkai.duties.remedies.actions.steps import next_hearing
from gongkai.duties.remedies.fold import held, in_law, standing_of
from gongkai.duties.remedies.models import CaseEvent, CaseFile, Litigation
from gongkai.duties.remedies.models.case_files import CANCELLED
from gongkai.rules.annual_report_2021.counting import REMEDY_PENDING, RemedyResult
from gongkai.rules.explanation import day_text, weekday_text
from gongkai.rules.litigation.defendants import Defendants, Reconsidered, defendants, defendants_after
from gongkai.rules.litigation.periods import LATE_EVIDENCE_BASIS
from gongkai.rules.remedy_cases import events as law
from gongkai.rules.remedy_cases.case import HEARING_BASIS, BrokenCase, standing
from gongkai.rules.remedy_cases.decisions import ReconsiderationDecision, basis_of
from gongkai.rules.remedy_cases.events import COURT_ONLY, Kind, Track
from gongkai.rules.remedy_cases.performance import NOT_THE_SAME_AGAIN
from gongkai.rules.remedy_cases.standing import Deadline, Duty, Standing
from gongkai.rules.working_days import Calendar

COLUMNS = {"upheld": "结果维持", "rectified": "结果纠正", "other": "其他结果"}
_HEARING = Kind.HEARING_SET


@dataclass(frozen=True, slots=True)
class Line:
    """期限的一行."""

    name: str
    due: str
    left: str
    is_ours: bool
    is_urgent: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """现在能登记的一步 and what it would do; or why it is closed."""

    kind: str
    label: str
    consequence: str = ""
    closed_because: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """经过的一行."""

    event: CaseEvent
    text: str
    notes: tuple[str, ...]
    is_replaced: bool
    may_be_corrected: bool


def now(file: CaseFile) -> Standing:
    """案件的现状 from its events."""
    return standing_of(
        file.events.all(), track=file.track, began_simplified=file.began_simplified, calendar=calendar()
    )


def lines(file: CaseFile, found: Standing, *, today: date) -> list[Line]:
    """各项期限: what is open first, ours before theirs."""
    days, track = calendar(), Track(file.track)
    order = sorted(found.deadlines, key=lambda each: (not each.is_open, not each.duty.is_ours, each.due.day))
    return [_line(each, track, days, today) for each in order]


def _line(each: Deadline, track: Track, days: Calendar, today: date) -> Line:
    name = each.duty.name_on(track) + (f"（第{each.number}次）" if each.number else "")
    if each.done_on:
        late = "，逾期" if each.is_late and each.duty is not Duty.HEARING else ""
        left = f"{day_text(each.done_on)}完成{late}"
    elif each.is_over:
        left = "不再等待"
    else:
        left = time_left(each.due.day, days, today)
    return Line(
        name=name,
        due=str(each.due),
        left=left,
        is_ours=each.duty.is_ours,
        is_urgent=each.is_open and each.duty.is_ours and each.due.day <= today,
        reasons=each.due.explanation.lines,
    )


def time_left(day: date, days: Calendar, today: date) -> str:
    if day == today:
        return "今天"
    if day < today:
        return f"已超期{days.working_days_between(day, today)}个工作日"
    return f"还剩{days.working_days_between(today, day)}个工作日"


def acts(file: CaseFile, *, today: date) -> list[Act]:
    """今天能登记什么: each step is tried on the events as they stand; what the law refuses says why."""
    days, track = calendar(), Track(file.track)
    history = [in_law(each) for each in held(file.events.all())]
    found = []
    for kind in Kind:
        if kind in (Kind.FILED, Kind.ACCEPTED) or (kind in COURT_ONLY and track is Track.RECONSIDERATION):
            continue
        label = kind.name_on(track)
        try:
            after = standing(
                track, [*history, _probe(kind, file, today)], days, simplified=file.began_simplified
            )
        except BrokenCase as closed:
            found.append(Act(kind.value, label, closed_because=str(closed).partition("：")[2]))
        else:
            found.append(Act(kind.value, label, _consequence(kind, after, track)))
    return sorted(found, key=lambda act: bool(act.closed_because))


def _probe(kind: Kind, file: CaseFile, today: date) -> law.Event:
    """The step as it might be entered today."""
    last = max((each.happened_on for each in file.events.all()), default=today)
    event = law.Event(kind, max(today, last))
    later = event.on + timedelta(days=1)
    match kind:
        case Kind.HEARING_SET:
            return replace(event, until=later, number=next_hearing(file))
        case Kind.HEARING_HELD | Kind.HEARING_CALLED_OFF:
            return replace(event, number=pending_hearing(file) or 1)
        case Kind.TIME_GIVEN:
            return replace(event, until=later)
        case Kind.LENGTHENED if file.track == Track.LITIGATION:
            return replace(event, until=date(event.on.year + 3, 1, 1))
        case Kind.DECIDED:
            return replace(event, decision="claim_rejected")
        case Kind.SECOND_INSTANCE:
            return replace(event, decision="affirmed")
    return event


def _consequence(kind: Kind, after: Standing, track: Track) -> str:
    """What the step would lead to; a decision and a hearing depend on what is written into the form."""
    if kind in (Kind.DECIDED, Kind.SECOND_INSTANCE):
        return "结果决定计入表四的哪一列，以及要不要履行"
    if kind is Kind.HEARING_SET:
        return f"到期前提醒承办人；负责人应当参加、出庭（{HEARING_BASIS[track]}）"
    if kind is Kind.TIME_GIVEN:
        return "答辩、举证期限改到法院准许的日期"
    following = after.next
    words = f"登记后：{after.status.label}"
    if following:
        return f"{words}，{following.due}前{following.duty.name_on(track)}"
    return words


def pending_hearing(file: CaseFile) -> int | None:
    """等待举行的一次听证、开庭."""
    events = held(file.events.all())
    over = {each.number for each in events if each.kind in (Kind.HEARING_HELD, Kind.HEARING_CALLED_OFF)}
    pending = [each.number for each in events if each.kind == _HEARING and each.number not in over]
    return min((number for number in pending if number), default=None)


def result_words(file: CaseFile, found: Standing) -> tuple[str, ...]:
    """结果 and how it counts."""
    if found.outcome is None:
        return ("尚未审结", f"表四：{REMEDY_PENDING.text}")
    outcome, meaning = found.outcome, found.outcome.meaning
    basis = meaning.basis
    if file.track == Track.RECONSIDERATION:
        basis = basis_of(ReconsiderationDecision(outcome.key), accepted_on=file.accepted_on)
    counted = COLUMNS[outcome.result.column.place]
    words = [
        f"{day_text(outcome.on)}{meaning.label}（{basis}）",
        f"计入{outcome.on.year}年表四“{counted}”（按作出之日）",
    ]
    if isinstance(file.entry, Litigation) and file.entry.only_as_reconsideration_body:
        words[1] = "本机关仅作为复议机关为共同被告，不计入本机关年报"
    if meaning.orders:
        words.append(
            f"要求重新答复或者履行；不得以同样的事实和理由作出同样的答复（{NOT_THE_SAME_AGAIN[Track(file.track)]}）"
        )
    return tuple(words)


def warnings(file: CaseFile, found: Standing) -> Iterator[str]:
    """该留意的."""
    if found.answered_late and file.track == Track.LITIGATION:
        yield f"答辩、举证晚于期限。没有正当理由逾期提供证据的，视为没有相应证据（{LATE_EVIDENCE_BASIS}）。"
    elif found.answered_late:
        yield "书面答复、证据晚于期限提交。"
    if found.outcome and found.outcome.result is RemedyResult.RECTIFIED and not file.lessons.exists():
        yield "结果为纠正，还没有写经验教训。"
    if file.must_answer_again and file.entry.application_id is None:
        yield "要求重新答复，但是案卷没有关联申请。请更正登记事项，填写所涉申请。"


def sued(file: CaseFile) -> Defendants | None:
    """谁是被告, for a suit: by the reconsideration before it, where the file names it."""
    entry = file.entry
    if not isinstance(entry, Litigation):
        return None
    if entry.kind == Litigation.Kind.DIRECT:
        return defendants(Reconsidered.NOT)
    if entry.reconsideration is None:
        return None
    decision = decision_of(entry.reconsideration)
    return defendants_after(decision) if decision else defendants(Reconsidered.NO_DECISION)


def timeline(file: CaseFile, events: list[CaseEvent]) -> list[Happened]:
    """经过, newest first; what was corrected stays readable below what replaced it."""
    replaced = {each.replaces_id for each in events if each.replaces_id}
    waiting = {
        each.event_id
        for event in events
        for each in event.corrections.all()
        if each.state == each.State.WAITING
    }
    newest_first = sorted(events, key=lambda each: (each.happened_on, each.pk), reverse=True)
    return [
        Happened(
            event=each,
            text=event_words(each),
            notes=tuple(_notes(each, replaced=each.pk in replaced, waiting=each.pk in waiting)),
            is_replaced=each.pk in replaced,
            may_be_corrected=each.pk not in replaced and each.pk not in waiting and each.kind != CANCELLED,
        )
        for each in newest_first
    ]


def event_words(event: CaseEvent) -> str:
    words = [event.name]
    if event.number:
        words.append(f"第{event.number}次")
    if event.decision:
        words.append(event.decision_label)
    text = "　".join(words)
    if event.until:
        clock = f"{event.at_time:%H:%M}" if event.at_time else ""
        text += f"，{'定于' if event.kind == _HEARING else '至'}{day_text(event.until)}（{weekday_text(event.until)}）{clock}"
    return text + (f"，{event.place}" if event.place else "")


def _notes(event: CaseEvent, *, replaced: bool, waiting: bool) -> Iterator[str]:
    if event.by_us:
        yield "本机关提出"
    if event.served_on and event.served_on != event.happened_on:
        yield f"{day_text(event.served_on)}收到"
    if event.working_days:
        yield f"限{event.working_days}个工作日内履行"
    if event.handed_in:
        yield f"提交时的目录有{len(event.handed_in)}份证据"
    if event.note:
        yield event.note
    if event.reason and event.agreed_by:
        yield f"更正原因：{event.reason}（{event.by.name}提出，{event.agreed_by.name}复核）"
    if replaced:
        yield "已被更正，不再计算"
    if waiting:
        yield "有待复核的更正"


def refusal_of(check: Callable[[], object]) -> str:
    """Why something is closed to this person, "" when it is open."""
    try:
        check()
    except Refusal as refusal:
        return str(refusal)
    return ""
