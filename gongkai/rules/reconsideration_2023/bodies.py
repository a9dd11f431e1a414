"""行政复议机关. Where an application for reconsideration goes, by the kind of agency and the day of the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Citation
from gongkai.rules.editions import RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023, Edition, Editions


class AgencyKind(StrEnum):
    """机关的种类, as far as it decides where reconsideration is applied for."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    DISPATCHED_ORGAN = "dispatched_organ"
    AUTHORISED_ORGANISATION = "authorised_organisation"
    PROVINCE = "province"
    MINISTRY = "ministry"
    VERTICAL = "vertical"

    @property
    def label(self) -> str:
        return {
            "department": "县级以上地方人民政府工作部门",
            "government": "省级以下地方人民政府",
            "dispatched_organ": "人民政府设立的派出机关（如街道办事处）",
            "authorised_organisation": "地方管理的法律、法规、规章授权的组织",
            "province": "省、自治区、直辖市人民政府",
            "ministry": "国务院部门",
            "vertical": "海关、金融、外汇管理等实行垂直领导的机关，税务和国家安全机关",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ReconsiderationBody:
    """复议机关: how it is named when its own name is not known."""

    name: str
    basis: Citation


Bodies = Mapping[AgencyKind, ReconsiderationBody]
_OLD, _NEW = RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023
_ITSELF = "作出该行政行为的机关"

_BODIES_2017: Bodies = {
    AgencyKind.DEPARTMENT: ReconsiderationBody("本级人民政府或者上一级主管部门", _OLD.article(12, 1)),
    AgencyKind.GOVERNMENT: ReconsiderationBody("上一级地方人民政府", _OLD.article(13, 1)),
    AgencyKind.DISPATCHED_ORGAN: ReconsiderationBody("设立该派出机关的人民政府", _OLD.article(15, 1, 1)),
    AgencyKind.AUTHORISED_ORGANISATION: ReconsiderationBody(
        "直接管理该组织的地方人民政府或者部门", _OLD.article(15, 1, 3)
    ),
    AgencyKind.PROVINCE: ReconsiderationBody(_ITSELF, _OLD.article(14)),
    AgencyKind.MINISTRY: ReconsiderationBody(_ITSELF, _OLD.article(14)),
    AgencyKind.VERTICAL: ReconsiderationBody("上一级主管部门", _OLD.article(12, 2)),
}
_BODIES_2023: Bodies = {
    AgencyKind.DEPARTMENT: ReconsiderationBody("本级人民政府", _NEW.article(24, 1, 1)),
    AgencyKind.GOVERNMENT: ReconsiderationBody("上一级人民政府", _NEW.article(24, 1, 2)),
    AgencyKind.DISPATCHED_ORGAN: ReconsiderationBody("设立该派出机关的人民政府", _NEW.article(24, 1, 3)),
    AgencyKind.AUTHORISED_ORGANISATION: ReconsiderationBody(
        "管理该组织的人民政府，或者管理该组织的部门的本级人民政府", _NEW.article(24, 1, 4)
    ),
    AgencyKind.PROVINCE: ReconsiderationBody(_ITSELF, _NEW.article(24, 2)),
    AgencyKind.MINISTRY: ReconsiderationBody(_ITSELF, _NEW.article(25, item=1)),
    AgencyKind.VERTICAL: ReconsiderationBody("上一级主管部门", _NEW.article(27)),
}
BODIES = Editions(
    "行政复议管辖",
    (
        Edition(_BODIES_2017, _OLD.in_force_from, _OLD.in_force_to),
        Edition(_BODIES_2023, _NEW.in_force_from),
    ),
)


def body_for(kind: AgencyKind, *, decided_on: date) -> ReconsiderationBody:
    """复议机关.

    >>> [body_for(AgencyKind.DEPARTMENT, decided_on=day).name for day in (date(2023, 12, 31), date(2024, 1, 1))]
    ['本级人民政府或者上一级主管部门', '本级人民政府']
    """
    return BODIES.on(decided_on)[kind]
