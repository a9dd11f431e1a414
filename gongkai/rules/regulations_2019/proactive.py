"""主动公开. What must be disclosed without being asked (articles 19 to 21), by when (26), where (23 to 25), and what the
guide and the catalogue contain (12)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation, chinese_number
from gongkai.rules.working_days import Calendar, DueDay

PUBLISH_WORKING_DAYS = 20
PUBLISH_BASIS = REGULATIONS.article(26)

HEADS_OF_ARTICLE_19 = ("涉及公众利益调整", "需要公众广泛知晓", "需要公众参与决策")
FUNCTIONS_OF_THE_PLATFORM = ("信息检索", "查阅", "下载")  # 第二十四条
CHANNELS = ("政府公报", "政府网站", "其他互联网政务媒体", "新闻发布会", "报刊", "广播", "电视")  # 第二十三条
READING_PLACES = ("国家档案馆", "公共图书馆", "政务服务场所")  # 第二十五条
HAND_OVER_TO = ("国家档案馆", "公共图书馆")  # 第二十五条: 及时, without a number of days


class AgencyTier(StrEnum):
    """机关层级. Which of the lists of articles 20 and 21 bind an agency."""

    EVERY_AGENCY = "every_agency"
    CITY_OR_COUNTY = "city_or_county"
    TOWNSHIP = "township"

    @property
    def label(self) -> str:
        return {
            "every_agency": "各级行政机关",
            "city_or_county": "设区的市级、县级人民政府及其部门",
            "township": "乡（镇）人民政府",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Duty:
    """一项法定主动公开内容, in the words of the article."""

    key: str
    label: str
    basis: Citation
    tier: AgencyTier = AgencyTier.EVERY_AGENCY


_ARTICLE_20 = (
    ("legislation", "行政法规、规章和规范性文件"),
    ("organisation", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"),
    ("plans", "国民经济和社会发展规划、专项规划、区域规划及相关政策"),
    ("statistics", "国民经济和社会发展统计信息"),
    ("licences", "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
    (
        "penalties_and_compulsion",
        "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
    ),
    ("budgets", "财政预算、决算信息"),
    ("charges", "行政事业性收费项目及其依据、标准"),
    ("procurement", "政府集中采购项目的目录、标准及实施情况"),
    ("major_projects", "重大建设项目的批准和实施情况"),
    ("social_policy", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"),
    ("emergencies", "突发公共事件的应急预案、预警信息及应对情况"),
    ("supervision", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况"),
    ("recruitment", "公务员招考的职位、名额、报考条件等事项以及录用结果"),
    ("other", "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"),
)
_CITY_OR_COUNTY = (
    ("city_building", "市政建设"),
    ("public_services", "公共服务"),
    ("public_welfare", "公益事业"),
    ("land_requisition", "土地征收"),
    ("house_requisition", "房屋征收"),
    ("public_security", "治安管理"),
    ("social_assistance", "社会救助"),
)
_TOWNSHIP = (
    ("rural_policy", "贯彻落实农业农村政策"),
    ("irrigation", "农田水利工程建设运营"),
    ("land_contracts", "农村土地承包经营权流转"),
    ("homesteads", "宅基地使用情况审核"),
    ("township_land_requisition", "土地征收"),
    ("township_house_requisition", "房屋征收"),
    ("raising_funds_and_labour", "筹资筹劳"),
    ("township_social_assistance", "社会救助"),
)

DUTIES_OF_ARTICLE_20 = tuple(
    Duty(key, label, REGULATIONS.article(20, item=item))
    for item, (key, label) in enumerate(_ARTICLE_20, start=1)
)
DUTIES_OF_ARTICLE_21 = (
    *(Duty(key, label, REGULATIONS.article(21), AgencyTier.CITY_OR_COUNTY) for key, label in _CITY_OR_COUNTY),
    *(Duty(key, label, REGULATIONS.article(21), AgencyTier.TOWNSHIP) for key, label in _TOWNSHIP),
)


def duties_of(tier: AgencyTier) -> tuple[Duty, ...]:
    """本机关的法定主动公开内容: article 20 binds everyone, article 21 adds to it.

    >>> [len(duties_of(tier)) for tier in AgencyTier]
    [15, 22, 23]
    """
    return DUTIES_OF_ARTICLE_20 + tuple(duty for duty in DUTIES_OF_ARTICLE_21 if duty.tier is tier)


def numbered(duty: Duty) -> str:
    """条目的写法. Some heads of article 21 stand in both of its lists, so the township's are told apart.

    >>> numbered(DUTIES_OF_ARTICLE_20[6]), numbered(DUTIES_OF_ARTICLE_21[3]), numbered(DUTIES_OF_ARTICLE_21[11])
    ('（七）财政预算、决算信息', '（第二十一条）土地征收', '（第二十一条，乡镇）土地征收')
    """
    if duty.basis.item:
        return f"（{chinese_number(duty.basis.item)}）{duty.label}"
    return f"（第二十一条{'，乡镇' if duty.tier is AgencyTier.TOWNSHIP else ''}）{duty.label}"


# 条例第二十一条 names the tiers; which of them an agency is of is read from its name, which is our reading.
TIER_BASIS = REGULATIONS.article(21, certainty=Certainty.INFERENCE)
_STATE_COUNCIL = re.compile(r"国家|国务院|中华人民共和国")
_PROVINCE = re.compile(r".+?(?:省|自治区)|(?:北京|天津|上海|重庆)市")
_BELOW_A_PROVINCE = re.compile(r"[市县区州盟旗]")
_NOT_A_PLACE = re.compile(r"市场|市政|地区|区域|社区|城市")


def tier_of(name: str, *, is_township: bool) -> AgencyTier:
    """机关适用哪一层级, by its name: State Council and provinces are not named in article 21.

    >>> tier_of("示例省市场监督管理局", is_township=False).label
    '各级行政机关'
    >>> tier_of("示例省示例市教育局", is_township=False).label
    '设区的市级、县级人民政府及其部门'
    """
    if is_township and "街道" not in name:
        return AgencyTier.TOWNSHIP
    if _STATE_COUNCIL.match(name):
        return AgencyTier.EVERY_AGENCY
    province = _PROVINCE.match(name)
    rest = _NOT_A_PLACE.sub("", name[province.end() :]) if province else name
    if province and not _BELOW_A_PROVINCE.search(rest):
        return AgencyTier.EVERY_AGENCY
    return AgencyTier.CITY_OR_COUNTY


def publish_by(formed_or_changed_on: date, calendar: Calendar) -> DueDay:
    """公开期限: 20 working days from the day the information was formed or changed; special laws prevail.

    >>> str(publish_by(date(2026, 9, 30), Calendar()))
    '2026年11月3日（周二）'
    """
    return calendar.add_working_days(formed_or_changed_on, PUBLISH_WORKING_DAYS, basis=PUBLISH_BASIS)


# 指南和目录 ----------------------------------------------------------------------------------

GUIDE_AND_CATALOGUE_BASIS = REGULATIONS.article(12)


@dataclass(frozen=True, slots=True)
class RequiredContent:
    """必备内容."""

    key: str
    label: str


GUIDE_CONTENTS = (
    RequiredContent("classification", "政府信息的分类"),
    RequiredContent("arrangement", "政府信息的编排体系"),
    RequiredContent("means_of_access", "政府信息的获取方式"),
    RequiredContent("office_name", "政府信息公开工作机构的名称"),
    RequiredContent("office_address", "办公地址"),
    RequiredContent("office_hours", "办公时间"),
    RequiredContent("telephone", "联系电话"),
    RequiredContent("fax", "传真号码"),
    RequiredContent("internet_contact", "互联网联系方式"),
)
CATALOGUE_CONTENTS = (
    RequiredContent("index_number", "索引"),
    RequiredContent("title", "名称"),
    RequiredContent("summary", "内容概述"),
    RequiredContent("formed_on", "生成日期"),
)


def missing(required: tuple[RequiredContent, ...], present: frozenset[str]) -> tuple[RequiredContent, ...]:
    """缺项: what article 12 asks for and is not there.

    >>> [content.label for content in missing(CATALOGUE_CONTENTS, frozenset({"title", "formed_on", "summary"}))]
    ['索引']
    """
    return tuple(content for content in required if content.key not in present)
