"""规章制定权. Whether a body may make 规章, as far as its name tells (《立法法》: see decisions on T2-11).

People's governments of provinces, of cities with districts and of autonomous prefectures, and departments of the State
Council, may. Their offices and bureaus, counties and townships may not. Otherwise the name does not tell.
"""

import re
from datetime import date

from gongkai.rules.citation import Certainty, Instrument

LEGISLATION_LAW = Instrument(
    title="中华人民共和国立法法（2023年修正）",
    number="",
    short="立法法",
    in_force_from=date(2023, 3, 15),
    unconfirmed="主席令编号、修正的施行日期",
)
# The articles name the bodies; telling them by the agency's name alone is our reading.
OF_DEPARTMENTS = LEGISLATION_LAW.article(91, 1)
OF_GOVERNMENTS = LEGISLATION_LAW.article(93, 1)
BY_NAME = LEGISLATION_LAW.article(93, 1, certainty=Certainty.INFERENCE)

_MUNICIPALITIES = ("北京市人民政府", "天津市人民政府", "上海市人民政府", "重庆市人民政府")
_PROVINCE_OR_PREFECTURE = ("省人民政府", "自治区人民政府", "自治州人民政府")
# A county, a district, a township, a city under a city, and what they send out.
_SMALLER = re.compile(
    r"((县|旗|区|镇|乡|街道|苏木)[^省市州]*|市[^省州]+市)(人民政府|办事处|管委会|管理委员会)$"
)
_OFFICE = re.compile(r"(办公厅|办公室|局|委员会|厅|处|中心|大队|支队|站|所|委)$")
_STATE_COUNCIL = re.compile(
    r"^(中华人民共和国|国家)[^省市县区州旗]*(部|委员会|总局|署)$|^(中国人民银行|审计署|海关总署)$"
)
# A bureau under the State Council may be one under a ministry, which makes no rules of its own.
_STATE_BUREAU = re.compile(r"^国家[^省市县区州旗]*局$")


def may_make_rules(agency: str) -> bool | None:
    """By name; ``None`` when the name does not tell (a city may be one with districts or one of county rank).

    >>> may_make_rules("示例省人民政府"), may_make_rules("国家示例总局"), may_make_rules("示例市人民政府")
    (True, True, None)
    >>> may_make_rules("示例县某镇人民政府"), may_make_rules("示例市人民政府国防动员办公室")
    (False, False)
    """
    name = "".join(agency.split())
    if name.endswith(_PROVINCE_OR_PREFECTURE) or name in _MUNICIPALITIES or _STATE_COUNCIL.match(name):
        return True
    if _STATE_BUREAU.match(name):
        return None
    return False if _SMALLER.search(name) or _OFFICE.search(name) else None
