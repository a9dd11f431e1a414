"""遮盖的办理. Upload, cover, make, agree: one function a verb (ACL-04)."""

from gongkai.duties.applications.redaction.actions.making import finish, make
from gongkai.duties.applications.redaction.actions.marking import abandon, begin, cover, uncover
from gongkai.duties.applications.redaction.actions.reviewing import agree, hand_out, send_back, take_back

__all__ = [
    "abandon",
    "agree",
    "begin",
    "cover",
    "finish",
    "hand_out",
    "make",
    "send_back",
    "take_back",
    "uncover",
]
