"""高频申请人: what people judge, ask, compare and group. Nothing here refuses or delays an application."""

from gongkai.duties.applications.frequent.actions.comparing import compare
from gongkai.duties.applications.frequent.actions.grouping import begin_topic, put_in, take_out
from gongkai.duties.applications.frequent.actions.judging import (
    ask_for_reasons,
    defer,
    judge_reasons,
    look,
    receive_reasons,
    set_marks,
)

__all__ = [
    "ask_for_reasons",
    "begin_topic",
    "compare",
    "defer",
    "judge_reasons",
    "look",
    "put_in",
    "receive_reasons",
    "set_marks",
    "take_out",
]
