"""示例领导信息、公开指南和不公开的信息, through the actions people use."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from demo.documents import column, drafted, released, signed
from gongkai.agencies.access import holders
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.catalogue.guide.actions import save_sheet
from gongkai.duties.catalogue.leaders.actions import save_profile
from gongkai.duties.catalogue.withheld.actions import assess, determine
from gongkai.rules.regulations_2019.guide import recheck_on

_LEADERS = (
    ("甲某某", "党组书记、主任", "主持全面工作，分管综合科。", "曾任示例市发展和改革委员会副主任。"),
    (
        "乙某某",
        "党组成员、副主任",
        "分管指挥通信科、信息保障中心。\n联系示例区、示例县。",
        "曾任示例区国防动员办公室主任。",
    ),
    ("丙某某", "党组成员、副主任", "分管规划科、工程科，负责政府信息公开工作。", "曾任本办规划科科长。"),
)
_GUIDE = {
    "classification": "本机关的政府信息按《中华人民共和国政府信息公开条例》第二十条所列内容分类。",
    "arrangement": "每条信息标明索引号、名称、内容概述和生成日期，按栏目和年度编排。",
    "obtaining": "主动公开的信息在本网站查阅、下载；没有主动公开的，可以申请公开。",
    "channels": "当面提交：综合科，工作日受理。\n邮政寄送：信封注明“政府信息公开申请”。",
}


def publish(people: Mapping[str, Person]) -> None:
    """Nothing when the office has nobody who reviews for confidentiality."""
    author = people["zhonghe"]
    if not holders(Power.REVIEW_CONFIDENTIALITY, author.agency, on=timezone.localdate()).exists():
        return
    organisation = column("机构概况", "", by=author, position=12)
    for number, (name, post, work, cv) in enumerate(_LEADERS, start=1):
        version = drafted(
            author, title=f"{name}　{post}", kind="leader", column=organisation, body=f"<p>{cv}</p>"
        )
        values = {"name": name, "post": post, "work": work, "position": 10 * number}
        save_profile(version, values=values | {"in_office_from": date(2024, 3, number)}, by=author)
        version.refresh_from_db()
        released(signed(people, version), by=author)
    _guide(people)
    _withheld(people)


def _guide(people: Mapping[str, Person]) -> None:
    """An edition of last year and the one in force."""
    author, agency = people["zhonghe"], people["zhonghe"].agency
    place = column("指南和制度", "", by=author, position=13)
    for year in (2024, 2026):
        version = drafted(
            author, title=f"{agency.name}政府信息公开指南（{year}年版）", kind="guide", column=place
        )
        in_force_from = date(year, 1, 5)
        facts = {
            "body_name": f"{agency.name}综合科",
            "office_address": agency.address or "示例市示例路1号",
            "office_hours": agency.office_hours or "工作日9:00—17:00",
            "telephone": agency.telephone or "0000-0000000",
            "fax": agency.fax or "无",
            "internet": agency.email or "gongkai@example.gov.cn",
        }
        values = {
            "edition": f"{year}年版",
            "in_force_from": in_force_from,
            "review_by": recheck_on(in_force_from, calendar()),
        }
        save_sheet(version, values=values | _GUIDE | facts, by=author)
        version.refresh_from_db()
        released(signed(people, version), by=author)


def _withheld(people: Mapping[str, Person]) -> None:
    author, place = people["zhonghe"], column("内部管理", "", by=people["zhonghe"], position=14)
    for title, ground in (
        ("关于调整值班安排的通知", "条例第十六条第一款，内部管理信息"),
        ("关于两个处室职责划分的讨论稿", "条例第十六条第二款，讨论记录"),
    ):
        version = drafted(
            author,
            title=title,
            kind="notice",
            column=place,
            body="<p>内部安排。</p>",
            attribute="withheld",
            attribute_ground=ground,
        )
        kept = determine(version, having_seen=version.edits, by=people["kezhang"])
    assess(kept, outcome="keep", reason="讨论还没有结束，公开可能影响决策", by=author)
