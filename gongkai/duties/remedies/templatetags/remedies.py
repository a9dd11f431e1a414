"""申请页上的复议诉讼. ``{% load remedies %}{% remedies_of application %}``: its case files, results and lessons.

A tag, because the application's page stands below this app and may not import it.
"""

from typing import Any

from django import template

from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import queries

register = template.Library()


@register.inclusion_tag("remedies/of_application.html")
def remedies_of(application: Application) -> dict[str, Any]:
    """一件申请的复议、诉讼案卷和经验教训."""
    files = list(queries.of_application(application).prefetch_related("lessons"))
    return {
        "files": [
            (file, [each for each in file.lessons.all() if each.taken_back_at is None]) for file in files
        ]
    }
