"""许可、处罚、强制、收费的办理: what is done in the registers, and on the way of a decision to the public."""

from gongkai.duties.administrative_acts.actions.publicity import (
    confirm,
    decline,
    keep_back,
    publish,
    reconsider,
    review,
    send_back,
    take_down_expired,
    withdraw,
)
from gongkai.duties.administrative_acts.actions.registering import (
    register_charge,
    register_compulsion,
    register_licence,
    register_penalty,
)

__all__ = [
    "confirm",
    "decline",
    "keep_back",
    "publish",
    "reconsider",
    "register_charge",
    "register_compulsion",
    "register_licence",
    "register_penalty",
    "review",
    "send_back",
    "take_down_expired",
    "withdraw",
]
