"""示例职责和栏目. Duties handed down, columns with owners and periods, a year of items up to today with what a year brings."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils import timezone

from demo import old_site
from gongkai.agencies.models import Person
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.models import Column
from gongkai.duties.catalogue.upkeep import actions, checking

_DUTIES = (  # duty, owner, period in days, column
    ("legislation", "guihua", 180, "通知公告"),
    ("organisation", "zhonghe", 366, ""),
    ("plans", "guihua", 366, ""),
    ("licences", "guihua", 30, ""),
    ("penalties_and_compulsion", "guihua", 90, ""),
    ("budgets", "zhonghe", 180, "其他信息"),
    ("charges", "guihua", 366, ""),
    ("procurement", "zhonghe", 366, "其他信息"),
    ("emergencies", "zuzhi", 90, "通知公告"),
)
_NOT_CONCERNED = (
    ("social_policy", "本办没有扶贫、教育、医疗、社会保障、促进就业方面的职责"),
    ("recruitment", "招考由市人力资源部门统一公告"),
    ("land_requisition", "本办不实施土地征收"),
    ("house_requisition", "本办不实施房屋征收"),
)
_SHOWN = (  # title, age in days, column, duty as the form words it, text
    (
        "示例单位预算公开",
        200,
        "其他信息",
        "财政预算、决算信息",
        "本年度部门预算收入、支出和“三公”经费预算说明。",
    ),
    (
        "示例采购结果公告",
        60,
        "其他信息",
        "政府集中采购项目的目录、标准及实施情况",
        "防空警报器采购项目的中标单位、金额和服务要求。",
    ),
    (
        "示例防空袭应急预案（简本）",
        14,
        "通知公告",
        "突发公共事件的应急预案、预警信息及应对情况",
        "听到预先警报、空袭警报、解除警报时怎样做，人员掩蔽场所在哪里。",
    ),
)
_OWNERS = {
    "工作动态": ("zuzhi", 10),
    "热点关注": ("zuzhi", None),
    "通知公告": ("zhonghe", None),
    "其他信息": ("xinbao", 90),
}


def work(people: Mapping[str, Person]) -> None:
    """The office as an inspector would find it today: kept up, late, empty, and one column filled in a hurry."""
    head, today = people["fabu"], timezone.localdate()
    columns = {column.name: column for column in Column.objects.filter(agency=head.agency)}
    for name, (owner, days) in _OWNERS.items():
        _give(columns[name], people[owner], days, by=head)
    _hand_down(people, columns)
    actions.note_notice(
        kind="inspection",
        noticed_on=today - timedelta(days=6),
        title="关于开展政府网站和政务新媒体检查的通知",
        by=head,
    )
    old_site.take_over("市国动办旧网站法定公开内容", _of_duties(today), people)
    for title, on, column in _items(today):
        catalogue.register_item(by=people["zuzhi"], title=title, published_on=on, main_column=columns[column])
    checking.arrange(today)


def _give(column: Column, owner: Person, days: int | None, *, by: Person) -> None:
    actions.change_column(
        column,
        name=column.name,
        parent=column.parent,
        position=column.position,
        column_class=column.column_class,
        owner_section=owner.section,
        owner=owner,
        update_days=days,
        closed_on=column.closed_on,
        version=column.version,
        by=by,
    )


def _hand_down(people: Mapping[str, Person], columns: Mapping[str, Column]) -> None:
    head = people["fabu"]
    for duty, owner, days, column in _DUTIES:
        section = people[owner].section
        if section is None:
            continue
        actions.hand_down(
            duty,
            section=section,
            owner=people[owner],
            reviewer=people["kezhang"],
            period_days=days,
            column=columns.get(column),
            by=head,
        )
    for duty, reason in _NOT_CONCERNED:
        actions.leave_out(duty, reason=reason, by=head)


def _of_duties(today: date) -> Iterator[Mapping[str, str]]:
    """What the old site showed of some duties: moved in, reviewed and released, so that readers find what the desk counts."""
    for title, age, column, duty, text in _SHOWN:
        yield {
            "标题": title,
            "栏目": column,
            "发布日期": (today - timedelta(days=age)).isoformat(),
            "法定公开内容": duty,
            "正文": f"<p>{text}</p>",
        }


def _items(today: date) -> Iterator[tuple[str, date, str]]:
    """News every eight days but for a gap of seven weeks; the others as named."""
    for age in range(3, 364, 8):
        if not 120 < age < 170:
            yield f"示例工作动态（之{age}）", today - timedelta(days=age), "工作动态"
    for age in range(17, 360, 13):
        yield f"示例热点（之{age}）", today - timedelta(days=age), "热点关注"
    for number in range(1, 8):
        yield f"示例公告第{number}号", today - timedelta(days=4), "通知公告"
