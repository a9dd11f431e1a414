"""谁能办文书. Powers over letters: who writes and issues, who reads what stands in them, who reviews, who signs."""

from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers

READERS = (Power.READ_APPLICANTS, Power.REVIEW_LEGALITY, Power.SIGN_LETTERS)


def require_writer(case: Application, *, by: Person) -> None:
    """拟文书: who keeps this case's register and may read the applicant's name, for it stands in every letter."""
    registers.require_keeper(by, case.agency, case.section)
    require(by, Power.READ_APPLICANTS, case.agency, on=timezone.localdate())


def may_write(case: Application, *, by: Person) -> bool:
    """能不能拟文书, asked by pages."""
    try:
        require_writer(case, by=by)
    except Refusal:
        return False
    return True


def require_reader(agency: Agency, *, by: Person) -> None:
    today = timezone.localdate()
    if not any(may(by, power, agency, on=today) for power in READERS):
        require(by, Power.READ_APPLICANTS, agency, on=today)


def require_other(by: Person, *people: Person | None, to_do: str) -> None:
    """三人分开: whoever wrote a letter does not review it, whoever reviewed it does not sign it."""
    if by.pk in {person.pk for person in people if person}:
        raise Refusal(
            f"不能{to_do}：拟稿、审核、签发应当是不同的人（本机关三人分开的要求）。请由别的人{to_do}。"
        )


def require_own_agency(letter: Letter, *, by: Person) -> None:
    if letter.agency_id != by.agency_id:
        raise Refusal("这是其他机关的文书，本账号无权办理。")
