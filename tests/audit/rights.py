"""个人信息权利的动作: asked by the applicant, read and answered by whoever may."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.rights import actions
from gongkai.duties.applications.rights.models import RightsRequest
from tests.audit import handed_in

Do = Callable[..., Any]


def _receiving(house: Any, right: str = "correct") -> Do:
    handed_in.taking_in(house)(by=None)
    content = {"submission": ReceivedSubmission.objects.get().submission, "right": right, "text": "请改"}
    return lambda *, by: actions.receive("aa" * 10, asked_at=timezone.now(), content=content)


def _asked(house: Any, right: str = "correct") -> RightsRequest:
    return _receiving(house, right)(by=None)[0]


def _erasing(house: Any) -> Do:
    request = _asked(house, "delete")
    case, long_ago = request.application, timezone.localdate() - timedelta(days=400)
    case.events.update(happened_on=long_ago)
    applications.close(case, on=long_ago, by=house.keeper, outcome="other_remaining")
    return partial(actions.answer, request, decision="granted", words="已经删除")


# The act, and by whom: "" the system.
ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "received": ("", _receiving),
    "opened": ("keeper", lambda h: partial(actions.open_text, _asked(h))),
    "answered": ("keeper", lambda h: partial(actions.answer, _asked(h), decision="refused", words="没有错")),
    "erased": ("keeper", _erasing),
}
