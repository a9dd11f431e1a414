"""征求意见: prepare, send, deliver, answer or silence, and a decision in the public interest."""

from gongkai.duties.applications.consultation.actions.answering import (
    decide_in_public_interest,
    note_silence,
    receive_answer,
    tell_third_party,
)
from gongkai.duties.applications.consultation.actions.sending import deliver, prepare, send, withdraw

__all__ = [
    "decide_in_public_interest",
    "deliver",
    "note_silence",
    "prepare",
    "receive_answer",
    "send",
    "tell_third_party",
    "withdraw",
]
