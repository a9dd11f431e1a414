"""承办: what people do with a case beside its legal steps."""

from gongkai.duties.applications.handling.actions.assigning import assign, give_back, hand_over
from gongkai.duties.applications.handling.actions.commissioning import answer, call_back, commission
from gongkai.duties.applications.handling.actions.extending import (
    agree,
    decline,
    propose,
    tell_applicant,
    withdraw,
)
from gongkai.duties.applications.handling.actions.setting import set_internal_periods

__all__ = [
    "agree",
    "answer",
    "assign",
    "call_back",
    "commission",
    "decline",
    "give_back",
    "hand_over",
    "propose",
    "set_internal_periods",
    "tell_applicant",
    "withdraw",
]
