"""示例公示. Decisions on their way to the public, and the office's lists, by the actions people use."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone

from demo.year import credit_code, import_sheet
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.lists import actions as lists
from gongkai.duties.administrative_acts.lists.registers import POWER_ITEMS
from gongkai.duties.administrative_acts.models import Licence, Penalty, PublicDecision
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.outbox.worker import run_waiting

_PUBLIC_LICENCES = 12
_POWERS = (
    (
        "示防权-001",
        "应建防空地下室的民用建筑项目报建审批",
        "行政许可",
        "受理、审查、决定、送达，监督检查",
        "不依法受理、超期办理、违法许可的",
    ),
    (
        "示防权-002",
        "拆除人民防空工程审批",
        "行政许可",
        "受理、现场核实、决定、送达",
        "不依法受理、超期办理的",
    ),
    (
        "示防权-003",
        "对未按规定修建防空地下室的处罚",
        "行政处罚",
        "立案、调查、告知、决定、送达、执行",
        "应当处罚不处罚、处罚没有依据的",
    ),
    (
        "示防权-004",
        "对侵占人民防空工程的处罚",
        "行政处罚",
        "立案、调查、告知、决定、送达、执行",
        "应当处罚不处罚、处罚没有依据的",
    ),
    ("示防权-005", "防空地下室易地建设费征收", "行政征收", "核定、征收、缴库", "不按规定征收、减免的"),
    (
        "示防权-006",
        "人民防空工程维护管理检查",
        "行政检查",
        "制定计划、现场检查、处理、公开结果",
        "不依法检查、发现问题不处理的",
    ),
    ("示防权-007", "人民防空工程平时使用登记", "其他行政权力", "受理、核对、登记", "不依法登记的"),
)


def work(people: Mapping[str, Person]) -> None:
    """Registered by the section, reviewed by the confidentiality reviewer, released by the leader."""
    keeper, reviewer, leader = people["guihua"], people["xinbao"], people["lingdao"]
    agency = keeper.agency
    import_sheet(
        POWER_ITEMS,
        ("事项编码", "事项名称", "权力类型", "责任事项", "追责情形", "实施依据", "列入日期", "责任科室"),
        _powers(),
        by=keeper,
    )
    for kind in ("power-list", "duty-list", "charges"):
        edition = lists.submit(kind, by=keeper)
        lists.sign(lists.pass_review(edition, by=reviewer), by=leader)
    standing = Licence.objects.standing().filter(agency=agency).order_by("-decided_on", "-pk")
    licences = list(standing[: _PUBLIC_LICENCES + 1])
    decisions: list[PublicDecision] = [*licences, *Penalty.objects.standing().filter(agency=agency)]
    for each in decisions[1:]:
        _publish(each, reviewer=reviewer, leader=leader)
    _review(decisions[0], by=reviewer)  # waits for its release
    _of_these_days(keeper)
    while run_waiting():
        pass
    wrong = licences[-1]
    actions.withdraw(
        wrong, cause="wrongly_published", note="许可内容的面积有误，更正后重新公示", by=people["fabu"]
    )


def _publish(decision: PublicDecision, *, reviewer: Person, leader: Person) -> None:
    reviewed = _review(decision, by=reviewer)
    actions.publish(reviewed, seen=reviewed.reviewed_hash, by=leader)


def _review(decision: PublicDecision, *, by: Person) -> PublicDecision:
    return actions.review(decision, seen=digest(public_fields(decision)), by=by)


def _of_these_days(keeper: Person) -> None:
    """Two decisions whose period runs: one has a few days left, one is late; and one about a natural person."""
    today = timezone.localdate()
    for number, working_days in enumerate((3, 10), start=1):
        day = _before(today, working_days)
        actions.register_licence(
            by=keeper,
            number=f"示防许〔{day.year}〕{900 + number}号",
            name="应建防空地下室的民用建筑项目报建审批",
            decided_on=day,
            counterpart=f"示例建设单位{200 + number}",
            counterpart_code=credit_code(200 + number),
            content="准予修建防空地下室1500平方米",
        )
    day = _before(today, 2)
    actions.register_penalty(
        by=keeper,
        number=f"示防罚〔{day.year}〕901号",
        name="庚示例侵占人民防空工程案",
        decided_on=day,
        counterpart="庚示例",
        is_natural_person=True,
        cause="庚示例在人民防空工程出入口堆放杂物，责令改正后没有改正",
        penalty_kind="警告",
        content="警告",
        basis="《示例市人民防空条例》第二十二条",
    )


def _before(today: date, working_days: int) -> date:
    """The working day from which so many have passed until today."""
    days, day = calendar(), today
    while days.working_days_between(day, today) < working_days or not days.is_working_day(day):
        day = date.fromordinal(day.toordinal() - 1)
    return day


def _powers() -> Iterator[Sequence[object]]:
    for code, name, kind, duties, accountability in _POWERS:
        yield (
            code,
            name,
            kind,
            duties,
            accountability,
            "《示例市人民防空条例》",
            date(2023, 1, 3),
            "规划发展科",
        )
