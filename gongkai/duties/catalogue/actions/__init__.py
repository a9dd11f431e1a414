"""信息目录的办理. What people do with columns, items, documents, topics and the guide: one function a verb."""

from gongkai.duties.catalogue.actions.drafting import (
    abandon,
    answer,
    attach,
    begin,
    clean_attachment,
    detach,
    revise,
    submit,
    take_back,
    take_up,
    write,
)
from gongkai.duties.catalogue.actions.pictures import add_picture, place_picture
from gongkai.duties.catalogue.actions.registering import (
    OPENERS,
    open_column,
    open_topic,
    publish_guide,
    register_item,
    register_normative_document,
)
from gongkai.duties.catalogue.actions.releasing import publish, schedule, withdraw
from gongkai.duties.catalogue.actions.reviewing import decide_secrecy, review
from gongkai.duties.catalogue.actions.routing import set_route

__all__ = [
    "OPENERS",
    "abandon",
    "add_picture",
    "answer",
    "attach",
    "begin",
    "clean_attachment",
    "decide_secrecy",
    "detach",
    "open_column",
    "open_topic",
    "place_picture",
    "publish",
    "publish_guide",
    "register_item",
    "register_normative_document",
    "review",
    "revise",
    "schedule",
    "set_route",
    "submit",
    "take_back",
    "take_up",
    "withdraw",
    "write",
]
