"""归档的动作. A closed case, its bundle and its hold, without the person of the act."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.archive import actions, retention
from gongkai.duties.applications.archive.models import Bundle, Hold
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.letters.keeping import keep, sha256
from gongkai.duties.applications.models import Application
from tests.audit import handed_in

Do = Callable[..., Any]
_CONTENT = b"%PDF-1.7 example"


def _closed(house: Any) -> Application:
    case = house.case()
    return applications.close(case, on=case.received_on, by=house.keeper, outcome="other_remaining")


def _asked(house: Any) -> Bundle:
    return actions.put_together(_closed(house), by=house.keeper)


def _receipt(bundle: Bundle) -> dict[str, Any]:
    file = keep(bundle, "file", _CONTENT)
    return {"file": file, "digest": sha256(_CONTENT), "size": len(_CONTENT), "index": []}


def _made(house: Any) -> Bundle:
    bundle = _asked(house)
    actions.finish({"bundle": bundle.public_id}, _receipt(bundle))
    bundle.refresh_from_db()
    return bundle


def _finishing(house: Any, *, fails: bool) -> Do:
    bundle = _asked(house)
    receipt = {"failure": "打不开"} if fails else _receipt(bundle)
    return lambda *, by: actions.finish({"bundle": bundle.public_id}, receipt)


def _held(house: Any) -> Hold:
    return retention.hold(_closed(house), reason="复议", by=house.keeper)


def _disposing(house: Any) -> Do:
    handed_in.taking_in(house)(by=None)
    case = ApplicationFile.objects.get().application
    applications.close(case, on=case.received_on, by=house.keeper, outcome="other_remaining")
    return lambda *, by: retention.dispose(house.agency, today=case.received_on + timedelta(days=999))


# The act, and by whom: "" the system.
ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "asked": ("keeper", lambda h: partial(actions.put_together, _closed(h))),
    "made": ("", lambda h: _finishing(h, fails=False)),
    "not_made": ("", lambda h: _finishing(h, fails=True)),
    "read": ("keeper", lambda h: partial(actions.read, _made(h), reason="复议答辩用")),
    "held": ("keeper", lambda h: partial(retention.hold, _closed(h), reason="复议")),
    "disposed": ("", _disposing),
    "lifted": ("keeper", lambda h: partial(retention.lift, _held(h), reason="终结")),
}
