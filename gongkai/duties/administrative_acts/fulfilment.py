"""公示落实职责. How many decisions readers can see and when the newest was shown, for articles 20 (5) and (6)."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.duties.administrative_acts.queries import MODELS
from gongkai.duties.catalogue.upkeep.fulfilment import Shown


def shown(agency: Agency, counted: bool) -> Iterator[Shown]:
    """One query a register, from its index of what is public."""
    for kind, model in MODELS.items():
        public = model._default_manager.filter(agency=agency, is_public=True)
        asked = {"newest": Max("published_on"), **({"count": Count("pk")} if counted else {})}
        found = public.aggregate(**asked)
        yield Shown(
            kind, model.ACT.label, found.get("count"), found["newest"], reverse("publicity:list", args=[kind])
        )
