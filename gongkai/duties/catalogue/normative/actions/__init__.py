"""规范性文件的办理. Sheets of drafts, filing on release, changes of documents, the library, clean-up rounds."""

from gongkai.duties.catalogue.normative.actions.changes import declare, expire, extend
from gongkai.duties.catalogue.normative.actions.clean_up import conclude, finish, open_round, reopen
from gongkai.duties.catalogue.normative.actions.filing import follow_release, follow_withdrawal
from gongkai.duties.catalogue.normative.actions.library import hide, save_entry, show
from gongkai.duties.catalogue.normative.actions.sheets import drop, intend, save_sheet

__all__ = [
    "conclude",
    "declare",
    "drop",
    "expire",
    "extend",
    "finish",
    "follow_release",
    "follow_withdrawal",
    "hide",
    "intend",
    "open_round",
    "reopen",
    "save_entry",
    "save_sheet",
    "show",
]
