"""示例复议诉讼. One reply that was overturned and handled again, a reconsideration to be answered, a suit with a hearing."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.candidates import candidates
from gongkai.duties.remedies.models import CaseFile
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.remedy_cases.events import Kind

_EVIDENCE = (
    ("政府信息公开告知书", "证明已经在法定期限内答复", 2),
    ("邮件签收查询单", "证明告知书已经送达", 1),
)


def work(people: Mapping[str, Person]) -> None:
    """Case files of these days; the year of the scenario keeps its figures."""
    clerk, today = people["zhonghe"], timezone.localdate()
    _overturned(clerk, today)
    _to_be_answered(clerk, today)
    _before_the_court(clerk, today)


def _overturned(clerk: Person, today: date) -> None:
    """A reply revoked on reconsideration: handled again, with what it taught."""
    application = _answered(clerk, before(today, 75), before(today, 60), outcome="unavailable_not_held")
    file = actions.open_reconsideration(
        by=clerk,
        case_number=f"示府复〔{today.year}〕21号",
        accepted_on=before(today, 50),
        body="示例市人民政府",
        matter="答复称不掌握示例小区防空地下室的竣工图",
        party="庚示例",
        application=application,
        handler=clerk,
    )
    file = _answer(file, clerk, served=before(today, 48), answered=before(today, 43))
    file = _step(
        file,
        Kind.DECIDED,
        before(today, 9),
        clerk,
        decision="revoked_anew",
        served_on=before(today, 7),
        working_days=15,
    )
    actions.handle_again(file, by=clerk)
    actions.add_lesson(
        file,
        category="search",
        text="只检索了办公自动化系统，没有查档案室的纸质案卷，就答复不掌握。",
        changed="检索清单加上档案室和移交前的单位，两处都查过才能答复不掌握。",
        by=clerk,
    )


def _to_be_answered(clerk: Person, today: date) -> None:
    """A reconsideration in the simplified procedure; two of its five working days are left."""
    application = _answered(clerk, before(today, 40), before(today, 25), outcome="withheld_internal_affairs")
    file = actions.open_reconsideration(
        by=clerk,
        case_number=f"示府复〔{today.year}〕34号",
        accepted_on=before(today, 5),
        simplified=True,
        body="示例市人民政府",
        matter="不予公开内部会议记录",
        party="庚示例",
        application=application,
        handler=clerk,
    )
    file = _step(file, Kind.SERVED, before(today, 3), clerk)
    offered = [each.key for each in candidates(file)]
    actions.draw_from_application(file, offered, by=clerk)
    for title, purpose, pages in _EVIDENCE:
        actions.add_evidence(file, title=title, purpose=purpose, pages=pages, by=clerk)


def _before_the_court(clerk: Person, today: date) -> None:
    """A suit after a reconsideration that upheld the reply: both are sued, the hearing is set."""
    application = _answered(clerk, before(today, 120), before(today, 105), outcome="withheld_deliberative")
    upheld = actions.open_reconsideration(
        by=clerk,
        case_number=f"示府复〔{today.year}〕9号",
        accepted_on=before(today, 95),
        body="示例市人民政府",
        application=application,
    )
    upheld = _answer(upheld, clerk, served=before(today, 93), answered=before(today, 88))
    upheld = _step(upheld, Kind.DECIDED, before(today, 60), clerk, decision="upheld")
    file = actions.open_litigation(
        by=clerk,
        case_number=f"（{today.year}）示0101行初56号",
        kind="suit_after_reconsideration",
        accepted_on=before(today, 45),
        court="示例市示例区人民法院",
        reconsideration=upheld.reconsideration,
        party="庚示例",
        handler=clerk,
    )
    file = _answer(file, clerk, served=before(today, 42), answered=before(today, 39))
    hearing = calendar().add_working_days(today, 6).day
    _step(
        file,
        Kind.HEARING_SET,
        before(today, 4),
        clerk,
        until=hearing,
        place="第三法庭",
        note="负责人出庭，带公开告知书原件",
    )


def _answered(clerk: Person, received_on: date, on: date, *, outcome: str) -> Application:
    application = applications.register_application(
        by=clerk,
        applicant_kind="natural_person",
        channel=Channel.REGISTERED_POST.value,
        received_on=received_on,
        applicant_name="庚示例",
        description="示例小区防空地下室的有关材料",
    )
    return applications.reply(application, on=on, by=clerk, outcome=outcome)


def _answer(file: CaseFile, clerk: Person, *, served: date, answered: date) -> CaseFile:
    file = _step(file, Kind.SERVED, served, clerk)
    file = _step(file, Kind.ANSWERED, answered, clerk)
    return _step(file, Kind.EVIDENCE_SUBMITTED, answered, clerk)


def _step(file: CaseFile, kind: Kind, on: date, clerk: Person, **values: object) -> CaseFile:
    return actions.enter_step(file, kind, on=on, by=clerk, **values)  # type: ignore[arg-type]


def before(today: date, working_days: int) -> date:
    """The working day from which so many have passed until today."""
    days, day = calendar(), today
    while days.working_days_between(day, today) < working_days or not days.is_working_day(day):
        day = date.fromordinal(day.toordinal() - 1)
    return day
