"""模板变量. What every desk page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.menu import menu_for, section_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """菜单、本人、机关. Nothing for a visitor who has not logged in."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"demo": settings.DEMO}
    powers = powers_of(person, on=timezone.localdate())
    menu = menu_for(powers)
    return {
        "demo": settings.DEMO,
        "person": person,
        "powers": [power for power in Power if power in powers],
        "menu": menu,
        "section": section_of(menu, request.path),
    }
