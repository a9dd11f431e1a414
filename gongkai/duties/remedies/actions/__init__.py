"""复议诉讼能办什么."""

from gongkai.duties.remedies.actions.case_files import (
    assign,
    change_particulars,
    handle_again,
    open_litigation,
    open_reconsideration,
    take_over,
    void_file,
)
from gongkai.duties.remedies.actions.corrections import agree, decline, propose
from gongkai.duties.remedies.actions.evidence import (
    add_evidence,
    change_evidence,
    draw_from_application,
    move_evidence,
    read_evidence,
    take_out_evidence,
)
from gongkai.duties.remedies.actions.lessons import add_lesson, take_back_lesson
from gongkai.duties.remedies.actions.registering import (
    register_legal_office_case,
    register_litigation,
    register_reconsideration,
)
from gongkai.duties.remedies.actions.steps import enter_step

__all__ = [
    "add_evidence",
    "add_lesson",
    "agree",
    "assign",
    "change_evidence",
    "change_particulars",
    "decline",
    "draw_from_application",
    "enter_step",
    "handle_again",
    "move_evidence",
    "open_litigation",
    "open_reconsideration",
    "propose",
    "read_evidence",
    "register_legal_office_case",
    "register_litigation",
    "register_reconsideration",
    "take_back_lesson",
    "take_out_evidence",
    "take_over",
    "void_file",
]
