"""遮盖的审计动作: what each act needs, made ready. The rows themselves are in acts.py."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gongkai.duties.applications.redaction import actions
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.outbox.models import OutboxItem
from gongkai.redaction.box import Area, Origin
from tests.redaction import making

Do = Callable[..., Any]
_AREA = Area(1, 30, 30, 200, 80)
_PROOF = {
    "pages": 1,
    "boxes": 1,
    "searched": 0,
    "objects": 5,
    "streams": 2,
    "letters": 0,
    "size": 9,
    "findings": [],
}


def _data() -> bytes:
    return making.page(lines=[(40, 250, making.NEIGHBOUR)])


def _begun(house: Any) -> RedactionJob:
    return actions.begin(house.case(), title="示例材料", name="a.pdf", data=_data(), by=house.keeper)


def _covered(house: Any) -> RedactionJob:
    return actions.cover(_begun(house), [_AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=house.keeper)


def _asked(house: Any) -> RedactionJob:
    job = actions.make(_covered(house), resolution=150, by=house.keeper)
    OutboxItem.objects.all().delete()
    return job


def _finished(job: RedactionJob, receipt: dict[str, Any]) -> None:
    actions.finish({"job": job.public_id, "run": job.run}, receipt)


def _made(house: Any) -> RedactionJob:
    job = _asked(house)
    _finished(job, {"output": desk_files().put(b"made"), "proof": _PROOF})
    job.refresh_from_db()
    return job


def beginning(house: Any) -> Do:
    return partial(actions.begin, house.case(), title="示例材料", name="a.pdf", data=_data())


def covering(house: Any) -> Do:
    return partial(actions.cover, _begun(house), [_AREA], ground="THIRD_PARTY", origin=Origin.HAND)


def uncovering(house: Any) -> Do:
    job = _covered(house)
    return partial(actions.uncover, job, [job.boxes[0]["id"]])


def abandoning(house: Any) -> Do:
    return partial(actions.abandon, _begun(house), reason="不再需要")


def asking(house: Any) -> Do:
    return partial(actions.make, _covered(house), resolution=150)


def making_it(house: Any) -> Do:
    job, output = _asked(house), desk_files().put(b"made")
    return lambda *, by: _finished(job, {"output": output, "proof": _PROOF})


def failing(house: Any) -> Do:
    job = _asked(house)
    return lambda *, by: _finished(job, {"failure": "成品没有通过检查"})


def agreeing(house: Any) -> Do:
    job = _made(house)
    return partial(actions.agree, job, having_seen=job.output_file)


def returning(house: Any) -> Do:
    return partial(actions.send_back, _made(house), opinion="漏了一处")


def taking_back(house: Any) -> Do:
    return partial(actions.take_back, _made(house), reason="漏了一处")


def handing_out(house: Any) -> Do:
    job = _made(house)
    return partial(actions.hand_out, actions.agree(job, having_seen=job.output_file, by=house.checker))
