"""由台账落实. What registers show to the public of a duty's content, told by the apps that keep them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps

from gongkai.agencies.models import Agency
from gongkai.rules.regulations_2019.shown_by_register import SHOWN_BY, unit_of


@dataclass(frozen=True, slots=True)
class Shown:
    """一种登记公示: what readers can see of it now. ``count`` is None where nobody asked how many there are."""

    register: str
    label: str
    count: int | None
    newest_on: date | None
    address: str  # of its list on the desk

    @property
    def unit(self) -> str:
        return unit_of(self.register)


def by_duty(agency: Agency, *, counted: bool) -> Mapping[str, tuple[Shown, ...]]:
    """各项职责由哪些登记公示落实. An app that shows some names a function in its configuration, as with triggers; an empty
    register is not told."""
    shown = {
        each.register: each
        for app in apps.get_app_configs()
        for tell in getattr(app, "shows_to_the_public", ())
        for each in tell(agency, counted)
        if each.newest_on
    }
    found: dict[str, list[Shown]] = defaultdict(list)
    for duty, registers in SHOWN_BY.items():
        found[duty].extend(shown[register] for register in registers if register in shown)
    return {duty: tuple(each) for duty, each in found.items() if each}
