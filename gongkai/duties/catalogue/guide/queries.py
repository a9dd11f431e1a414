"""公开指南的各版. The editions that are public, the one in force, and when it is due to be gone over."""

from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.guide.models import GuideSheet, Recheck
from gongkai.duties.catalogue.models import ItemKind, Version


def editions(agency: Agency) -> QuerySet[GuideSheet]:
    """公众侧可以读到的各版, the newest first."""
    found = GuideSheet.objects.filter(
        agency=agency,
        version__kind=ItemKind.GUIDE,
        version__stage=Version.Stage.PUBLISHED,
        version__item__live=True,
    )
    return found.select_related("version__item", "version__author").order_by(
        "-in_force_from", "-version__item"
    )


def current(agency: Agency) -> GuideSheet | None:
    """现行版."""
    return editions(agency).first()


def under_way(agency: Agency) -> Version | None:
    """正在办理的新的一版; a correction of an edition is not one."""
    found = Version.objects.filter(agency=agency, kind=ItemKind.GUIDE, number=1)
    return found.exclude(stage__in=Version.CLOSED).order_by("pk").first()


def rechecks(sheet: GuideSheet) -> QuerySet[Recheck]:
    return Recheck.objects.filter(item=sheet.version.item_id).select_related("by").order_by("-pk")


def due_on(sheet: GuideSheet) -> date:
    """下次复核日期: as the last check set it; a later version of the text with a later day sets it anew."""
    last = Recheck.objects.filter(item=sheet.version.item_id, next_on__isnull=False).order_by("pk").last()
    return max(sheet.review_by, last.next_on) if last and last.next_on else sheet.review_by
