"""年报数据：来信. Received, answered in time, answered late, missed."""

from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.duties.mailbox.models import Letter
from gongkai.registers.figures import Figure, within
from gongkai.rules.annual_report_2021.counting import last_day


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数. Letters of the year, judged as they stood on its last day; one still within its period at the
    year's end is received and neither answered nor missed."""
    received = Letter.objects.standing().filter(within("received_on", year), agency=agency)
    end = last_day(year)
    answered = received.filter(replied_on__lte=end)
    unanswered = received.filter(Q(replied_on__isnull=True) | Q(replied_on__gt=end))
    return {
        "letters.received": Figure("收到来信", "件", received),
        "letters.answered": Figure("办理来信", "件", answered),
        "letters.answered_in_time": Figure(
            "按期答复来信", "件", answered.filter(replied_on__lte=F("due_on"))
        ),
        "letters.overdue": Figure("超期答复来信", "件", answered.filter(replied_on__gt=F("due_on"))),
        "letters.missed": Figure("漏办来信", "件", unanswered.filter(due_on__lte=end)),
        "letters.published": Figure("公开答复的来信", "件", received.filter(published_on__lte=end)),
    }
