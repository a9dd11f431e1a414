"""打开办理. The one way to take an open application in hand: the power, the lock, still open."""

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers


def require_open(application: Application, *, by: Person) -> None:
    """能不能办理: asked before a form opens, and again when it is sent."""
    registers.require_standing(application, by=by, to_do="登记经过")
    if application.status == Application.Status.CLOSED:
        raise Refusal("不能办理：这件申请已经办结。原登记有误的，请更正相应的经过。")


def open_case(application: Application, *, by: Person) -> Application:
    """The application as it stands now, kept from others until the transaction ends."""
    case = registers.lock(application)
    require_open(case, by=by)
    return case
