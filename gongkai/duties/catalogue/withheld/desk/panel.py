"""“不公开”一栏 of an item's page: determined or to be determined, and by whom."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import Attribute, Version
from gongkai.duties.catalogue.withheld.models import Withholding
from gongkai.duties.catalogue.withheld.queries import is_disclosing, who_determines


@dataclass(frozen=True, slots=True)
class Panel:
    kept: Withholding | None
    disclosing: bool
    may_determine: bool
    closed_by_it: bool  # the version is closed because this was determined
    waits_for: str = ""  # who may determine it, or that nobody can


def panel(version: Version, person: Person) -> Panel | None:
    """None for what is to be disclosed and always was."""
    kept = Withholding.objects.filter(item=version.item_id).select_related("determined_by").first()
    if kept is None and version.attribute == Attribute.PROACTIVE:
        return None
    may_be = version.stage == Version.Stage.DRAFTING and version.attribute != Attribute.PROACTIVE
    may_be = may_be and bool(version.attribute_ground)
    today = timezone.localdate()
    heads = bool(may(person, Power.REVIEW_SECTION, version.agency, on=today))
    return Panel(
        kept,
        disclosing=bool(kept and is_disclosing(kept)),
        may_determine=may_be and heads and person.pk != version.author_id,
        closed_by_it=bool(kept and kept.version_id == version.pk),
        waits_for=_waits_for(version, today) if may_be else "",
    )


def _waits_for(version: Version, today: date) -> str:
    names = who_determines(version, today=today)
    if names:
        return f"已列入待办，可以确定的：{'、'.join(names)}"
    return "目前没有人可以确定，请安全管理员配置岗位。"
