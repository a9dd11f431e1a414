"""示例市人民政府国防动员办公室. The fictional office: its sections, people, posts; set up by the actions people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actions.founding import found_agency
from gongkai.agencies.actions.people import add_person
from gongkai.agencies.actions.posts import appoint, save_section
from gongkai.agencies.models import Agency, Person, Post
from gongkai.agencies.standard_posts import (
    CONFIDENTIALITY_REVIEWER,
    DISCLOSURE_OFFICER,
    HEAD_OF_DISCLOSURE_OFFICE,
    LEGALITY_REVIEWER,
    SECTION_CLERK,
    SECTION_HEAD,
    SIGNING_LEADER,
    StandardPost,
)

NAME = "示例市人民政府国防动员办公室"
PREDECESSOR = "示例市人民防空办公室"
_FROM = date(2023, 1, 1)

SECTIONS = (
    ("综合科", "统筹协调政府信息公开日常工作，受理公开申请，编制年度报告"),
    ("规划发展科", "政策法规审核，行政许可和处罚"),
    ("组织指挥科", "信息发布的组织实施"),
    ("信保中心", "网站和网络技术支持"),
)


@dataclass(frozen=True, slots=True)
class Someone:
    """一个虚构的人."""

    username: str
    name: str
    section: str  # "" works for the whole office
    posts: tuple[StandardPost, ...]


PEOPLE = (
    Someone("zhonghe", "甲示例", "综合科", (DISCLOSURE_OFFICER,)),
    # A second one who drafts in the same section: two people at one draft is what the lock is for.
    Someone("zonghe", "子示例", "综合科", (SECTION_CLERK,)),
    Someone("guihua", "乙示例", "规划发展科", (SECTION_CLERK, LEGALITY_REVIEWER)),
    Someone("zuzhi", "丙示例", "组织指挥科", (SECTION_CLERK,)),
    Someone("xinbao", "丁示例", "信保中心", (SECTION_CLERK, CONFIDENTIALITY_REVIEWER)),
    Someone("kezhang", "辛示例", "综合科", (SECTION_HEAD,)),
    Someone("guihuake", "庚示例", "规划发展科", (SECTION_HEAD,)),
    Someone("zuzhike", "壬示例", "组织指挥科", (SECTION_HEAD,)),
    Someone("xinbaoke", "癸示例", "信保中心", (SECTION_HEAD,)),
    Someone("fabu", "戊示例", "", (HEAD_OF_DISCLOSURE_OFFICE,)),
    Someone("lingdao", "己示例", "", (SIGNING_LEADER,)),
)


def found() -> Mapping[str, Person]:
    """The office with everybody in it, by log-in name."""
    predecessor = Agency.objects.create(
        name=PREDECESSOR, short_name="市人防办", founded_on=date(2010, 1, 1), ended_on=date(2022, 12, 31)
    )
    _, administrators = found_agency(
        name=NAME,
        short_name="市国动办",
        predecessor=predecessor,
        founded_on=_FROM,
        site_name=NAME,
        icp_number="示ICP备00000000号",
        police_number="示公网安备00000000000000号",
        error_report_url="https://www.example.gov.cn/zhaocuo/",
        copyright_line=f"版权所有：{NAME}",
        site_domain="gfdy.example.gov.cn",
        site_id_code="0000000000",
        address="示例市示例路1号",
        office_hours="工作日上午9:00—12:00，下午13:30—17:30",
        telephone="0000-0000000",
        fax="0000-0000001",
        email="gongkai@example.gov.cn",
        postcode="000000",
    )
    security = next(each for each in administrators if each.administrator == Person.Administrator.SECURITY)
    sections = {
        name: save_section(None, name=name, duties=duties, position=position, by=security)
        for position, (name, duties) in enumerate(SECTIONS)
    }
    people = {each.username: each for each in administrators}
    for someone in PEOPLE:
        section = sections.get(someone.section)
        person = add_person(
            username=someone.username,
            name=someone.name,
            section=section,
            email="",
            administrator="",
            by=security,
        )
        for standard in someone.posts:
            post = Post.objects.get(agency=person.agency, name=standard.name)
            appoint(person, post=post, from_on=_FROM, to_on=None, by=security)
        people[someone.username] = person
    return people
