"""设定审查流程."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import Column, ReviewRoute
from gongkai.duties.catalogue.routes import LEGALITY_REVIEWED


def set_route(
    *, by: Person, column: Column | None, kind: str, section_review: bool, legality_review: bool
) -> ReviewRoute:
    """设定流程 of a column, a kind, both, or everything. Confidentiality review and sign-off cannot be left out."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if kind in LEGALITY_REVIEWED and not legality_review:
        raise Refusal("不能去掉合法性审核：政策文件、行政规范性文件公开前应当经合法性审核。")
    with transaction.atomic():
        route, _ = ReviewRoute.objects.update_or_create(
            agency=by.agency,
            column=column,
            kind=kind,
            defaults={"section_review": section_review, "legality_review": legality_review},
        )
        steps = {"section_review": section_review, "legality_review": legality_review}
        record("catalogue.route.set", by=by, subject=route, detail=steps)
    return route
