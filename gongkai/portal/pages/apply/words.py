"""申请须知里的数字. All of them from the rules, with their articles."""

from gongkai.portal.intake import handed_in_files as files
from gongkai.rules.processing_fee_2020.tiers import PAGE_TIERS, item_tiers
from gongkai.rules.regulations_2019 import clock, correction
from gongkai.rules.regulations_2019.delivery import OFFERED_FOR_DAYS

NUMBERS = {
    "reply_days": clock.REPLY_WORKING_DAYS,
    "extension_days": clock.LONGEST_EXTENSION,
    "correction_days": correction.NOTICE_WORKING_DAYS,
    "free_items": next(item_tiers()).last,
    "free_pages": PAGE_TIERS[0].last,
    "file_kinds": files.KINDS_IN_WORDS,
    "most_files": files.MOST_FILES,
    "largest_file": files.LARGEST_FILE // files.MEGABYTE,
    "offered_days": OFFERED_FOR_DAYS,
    "largest_together": files.LARGEST_TOGETHER // files.MEGABYTE,
}
