"""后台办理: make a file, in one step of the outbox."""

from gongkai.duties.applications.redaction.actions.making import carry_out as make

__all__ = ["make"]
