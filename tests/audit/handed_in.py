"""网上收件的动作: what an applicant handed in, taken in, and opened by whoever may."""

from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.duties.applications.intake import opening
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.duties.applications.intake.receiving import HandedIn, StoredFile, receive
from gongkai.gateways.files import desk_files
from gongkai.portal.intake.sealing import seal
from tests.portal.intake.handing_in import CONTENT, JPEG

_ID = "0f" * 10


def _handed_in(house: Any) -> HandedIn:
    box = desk_files().put(seal(JPEG, public_id=_ID, part="file-0"))
    file = StoredFile("identity", "证件照片.jpg", "image/jpeg", len(JPEG), box)
    return HandedIn(_ID, house.agency.public_id, timezone.now(), CONTENT, [file])


def taking_in(house: Any) -> Any:
    handed_in = _handed_in(house)
    return lambda *, by: receive(handed_in)


def opening_form(house: Any) -> Any:
    receive(_handed_in(house))
    return partial(opening.open_particulars, ReceivedSubmission.objects.get(), reason="核对申请人")


def opening_file(house: Any) -> Any:
    receive(_handed_in(house))
    return partial(opening.open_file, ApplicationFile.objects.get(), reason="核对身份证明")
