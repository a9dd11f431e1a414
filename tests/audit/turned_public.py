"""转主动公开的动作, without the person of the act."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gongkai.duties.applications.turning import actions
from gongkai.duties.applications.turning.models import Turning
from gongkai.duties.catalogue.models import Column

Do = Callable[..., Any]


def _proposed(house: Any) -> Turning:
    return actions.propose(house.case(), title="工程名录", source="officer", by=house.keeper)


# The act, and by whom.
ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "proposed": ("keeper", lambda h: partial(actions.propose, h.case(), title="工程名录", source="officer")),
    "declined": ("keeper", lambda h: partial(actions.decline, _proposed(h), opinion="属于个人信息")),
    "drafted": (
        "turner",
        lambda h: partial(
            actions.draft,
            _proposed(h),
            main_column=Column.objects.create(agency=h.agency, name="其他信息", position=9),
        ),
    ),
}
