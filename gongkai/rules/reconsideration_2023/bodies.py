"""行政复议机关. Where an application for reconsideration goes, by the kind of agency and the day of the decision.

The articles were not at hand (待核); the desk lets an agency enter its own body's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023, Edition, Editions


class AgencyKind(StrEnum):
    """机关的种类, as far as it decides where reconsideration is applied for."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    PROVINCE_OR_MINISTRY = "province_or_ministry"
    VERTICAL = "vertical"

    @property
    def label(self) -> str:
        return {
            "department": "县级以上地方人民政府工作部门",
            "government": "省级以下地方人民政府",
            "province_or_ministry": "省级人民政府、国务院部门",
            "vertical": "海关、金融、外汇管理等实行垂直领导的机关，税务和国家安全机关",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ReconsiderationBody:
    """复议机关: how it is named when its own name is not known."""

    name: str
    basis: Citation


_FROM_MEMORY = Certainty.FROM_MEMORY
Bodies = Mapping[AgencyKind, ReconsiderationBody]

_BODIES_2017: Bodies = {
    AgencyKind.DEPARTMENT: ReconsiderationBody(
        "本级人民政府或者上一级主管部门", RECONSIDERATION_LAW_2017.article(12, 1, certainty=_FROM_MEMORY)
    ),
    AgencyKind.GOVERNMENT: ReconsiderationBody(
        "上一级人民政府", RECONSIDERATION_LAW_2017.article(13, 1, certainty=_FROM_MEMORY)
    ),
    AgencyKind.PROVINCE_OR_MINISTRY: ReconsiderationBody(
        "作出该行政行为的机关", RECONSIDERATION_LAW_2017.article(14, certainty=_FROM_MEMORY)
    ),
    AgencyKind.VERTICAL: ReconsiderationBody(
        "上一级主管部门", RECONSIDERATION_LAW_2017.article(12, 2, certainty=_FROM_MEMORY)
    ),
}
_BODIES_2023: Bodies = {
    AgencyKind.DEPARTMENT: ReconsiderationBody(
        "本级人民政府", RECONSIDERATION_LAW_2023.article(24, certainty=_FROM_MEMORY)
    ),
    AgencyKind.GOVERNMENT: ReconsiderationBody(
        "上一级人民政府", RECONSIDERATION_LAW_2023.article(24, certainty=_FROM_MEMORY)
    ),
    AgencyKind.PROVINCE_OR_MINISTRY: ReconsiderationBody(
        "作出该行政行为的机关", RECONSIDERATION_LAW_2023.article(24, certainty=_FROM_MEMORY)
    ),
    AgencyKind.VERTICAL: ReconsiderationBody(
        "上一级主管部门", RECONSIDERATION_LAW_2023.article(27, certainty=_FROM_MEMORY)
    ),
}
BODIES = Editions(
    "行政复议管辖",
    (
        Edition(_BODIES_2017, RECONSIDERATION_LAW_2017.in_force_from, RECONSIDERATION_LAW_2017.in_force_to),
        Edition(_BODIES_2023, RECONSIDERATION_LAW_2023.in_force_from),
    ),
)


def body_for(kind: AgencyKind, *, decided_on: date) -> ReconsiderationBody:
    """复议机关.

    >>> [body_for(AgencyKind.DEPARTMENT, decided_on=day).name for day in (date(2023, 12, 31), date(2024, 1, 1))]
    ['本级人民政府或者上一级主管部门', '本级人民政府']
    """
    return BODIES.on(decided_on)[kind]
