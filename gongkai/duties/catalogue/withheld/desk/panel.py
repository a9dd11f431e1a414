"""“不公开”一栏 of an item's page: determined or to be determined, and by whom."""

from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import Attribute, Version
from gongkai.duties.catalogue.withheld.models import Withholding
from gongkai.duties.catalogue.withheld.queries import is_disclosing


@dataclass(frozen=True, slots=True)
class Panel:
    kept: Withholding | None
    disclosing: bool
    may_determine: bool


def panel(version: Version, person: Person) -> Panel | None:
    """None for what is to be disclosed and always was."""
    kept = Withholding.objects.filter(item=version.item_id).select_related("determined_by").first()
    if kept is None and version.attribute == Attribute.PROACTIVE:
        return None
    open_ = version.stage == Version.Stage.DRAFTING and version.attribute != Attribute.PROACTIVE
    heads = bool(may(person, Power.REVIEW_SECTION, version.agency, on=timezone.localdate()))
    return Panel(kept, bool(kept and is_disclosing(kept)), open_ and heads and person.pk != version.author_id)
