"""谁在编辑. One person at a time edits a draft; a forgotten editor lets go after half an hour."""

from datetime import timedelta

from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.duties.catalogue.models import Version

HELD = timedelta(minutes=30)  # this system's own measure: a long sitting saves more often


def held(version: Version, *, by: Person) -> str:
    """One sentence on who else is editing since when, "" when nobody is."""
    holder, since = version.editing_by, version.editing_since
    if holder is None or since is None or holder.pk == by.pk or timezone.now() - since >= HELD:
        return ""
    return f"{holder.name}正在编辑（{timezone.localtime(since):%H:%M}起）。"
