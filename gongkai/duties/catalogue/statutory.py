"""法定主动公开内容. Which heads of articles 20 and 21 bind an agency."""

from gongkai.agencies.models import Agency
from gongkai.rules.regulations_2019.proactive import AgencyTier, Duty, duties_of, tier_of


def tier(agency: Agency) -> AgencyTier:
    return tier_of(agency.name, is_township=agency.kind == Agency.Kind.TOWNSHIP)


def duties(agency: Agency) -> tuple[Duty, ...]:
    """In the order of the articles."""
    return duties_of(tier(agency))
