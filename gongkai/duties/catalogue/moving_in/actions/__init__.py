"""旧站迁入的办理. Preview, map, move in, submit, review, sign, release: one function a verb."""

from gongkai.duties.catalogue.moving_in.actions.moving import discard, map_columns, move_in
from gongkai.duties.catalogue.moving_in.actions.previewing import preview
from gongkai.duties.catalogue.moving_in.actions.releasing import release
from gongkai.duties.catalogue.moving_in.actions.reviewing import review, send_back, sign, submit, take_out

__all__ = [
    "discard",
    "map_columns",
    "move_in",
    "preview",
    "release",
    "review",
    "send_back",
    "sign",
    "submit",
    "take_out",
]
