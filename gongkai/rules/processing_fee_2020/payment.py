"""收费通知和缴费. What the notice states, by when to pay, and what follows (办法第六条)."""

from datetime import date

from gongkai.rules.citation import Certainty
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.regulations_2019.clock import PAYMENT_BASIS, PAYMENT_WORKING_DAYS
from gongkai.rules.regulations_2019.reply import LetterElement
from gongkai.rules.working_days import Calendar, DueDay

# The fee decision alone cannot be taken to reconsideration or court; the closing of the case for non-payment can.
NO_REMEDY_AGAINST_THE_FEE_ALONE = PROCESSING_FEE_MEASURES.article(7, certainty=Certainty.FROM_MEMORY)
TO_THE_TREASURY = PROCESSING_FEE_MEASURES.article(8, certainty=Certainty.FROM_MEMORY)

NOTICE_BASIS = PROCESSING_FEE_MEASURES.article(6)
NOTICE_CONTENTS = (
    LetterElement("basis", "收费依据"),
    LetterElement("standard", "收费标准"),
    LetterElement("amount", "收费数额"),
    LetterElement("how_to_pay", "缴纳方式"),
)
# Not asked for by the article; an applicant who is to lose the application by not paying should read it.
ALSO_ADVISED = (LetterElement("pay_by", "缴纳期限和逾期的后果"),)


def pay_by(noticed_on: date, calendar: Calendar) -> DueDay:
    """缴费期限: 20 working days, counted from the day after the notice is received; unpaid, the application is abandoned.

    >>> str(pay_by(date(2026, 2, 10), Calendar()))
    '2026年3月16日（周一）'
    """
    return calendar.add_working_days(noticed_on, PAYMENT_WORKING_DAYS, basis=PAYMENT_BASIS)
