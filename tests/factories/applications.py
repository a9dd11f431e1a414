"""申请: registered through the actions people use, so that its events and columns belong together."""

from datetime import date

from gongkai.agencies.models import Person
from gongkai.duties.applications import actions
from gongkai.duties.applications.models import Application


def application(by: Person, **values) -> Application:
    """An application received in person on 2 March 2023, unless told otherwise."""
    given = {"applicant_kind": "natural_person", "channel": "in_person", "received_on": date(2023, 3, 2)}
    return actions.register_application(by=by, **{**given, **values})


def replied(by: Person, *, on: date = date(2023, 3, 20), outcome: str = "granted", **values) -> Application:
    """The same, answered."""
    return actions.reply(application(by, **values), on=on, by=by, outcome=outcome)
