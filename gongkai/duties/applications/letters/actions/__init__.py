"""办文书: what people do with letters, their templates and their delivery."""

from gongkai.duties.applications.letters.actions.delivering import (
    add_proof,
    confirm_mailed,
    confirm_offered,
    deliver,
    note_collected,
    record_failure,
    record_signing,
)
from gongkai.duties.applications.letters.actions.drafting import (
    compose_again,
    draft,
    draft_from_record,
    open_text,
    rewrite,
    upload,
)
from gongkai.duties.applications.letters.actions.issuing import issue, void
from gongkai.duties.applications.letters.actions.preparing import (
    restore_template,
    save_setting,
    save_sign,
    save_template,
)
from gongkai.duties.applications.letters.actions.reviewing import pass_review, send_back, sign, submit

__all__ = [
    "add_proof",
    "compose_again",
    "confirm_mailed",
    "confirm_offered",
    "deliver",
    "draft",
    "draft_from_record",
    "issue",
    "note_collected",
    "open_text",
    "pass_review",
    "record_failure",
    "record_signing",
    "restore_template",
    "rewrite",
    "save_setting",
    "save_sign",
    "save_template",
    "send_back",
    "sign",
    "submit",
    "upload",
    "void",
]
