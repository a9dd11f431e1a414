"""窗口收件的动作: scans of a case, opened and taken out, the record of what was said."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gongkai.duties.applications.counter import actions
from gongkai.duties.applications.counter.models import ReceivedPaper

Do = Callable[..., Any]
_SCAN = b"%PDF-1.7 scan of a letter\n%%EOF"


def _adding(house: Any) -> Do:
    return partial(actions.add_paper, house.case(), kind="stamp", name="收件章.pdf", data=_SCAN)


def _paper(house: Any) -> ReceivedPaper:
    return _adding(house)(by=house.keeper)


# The act, and by whom.
ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "paper_added": ("keeper", _adding),
    "paper_opened": ("keeper", lambda h: partial(actions.open_paper, _paper(h), reason="核对邮戳")),
    "paper_taken_out": ("keeper", lambda h: partial(actions.take_out, _paper(h), reason="登错了申请")),
    "oral_record_printed": (
        "keeper",
        lambda h: partial(actions.print_oral_record, h.case(channel="oral", description="一份名录")),
    ),
}
