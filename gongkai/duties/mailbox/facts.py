"""年报数据：来信. Received, answered in time, answered late, missed."""

from django.db.models import Count, F, Q

from gongkai.agencies.models import Agency
from gongkai.duties.mailbox.models import Letter
from gongkai.registers.figures import Figure, within
from gongkai.rules.annual_report_2021.counting import last_day


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数. Letters of the year, judged as they stood on its last day; one still within its period at the
    year's end is received and neither answered nor missed."""
    received = Letter.objects.standing().filter(within("received_on", year), agency=agency)
    end = last_day(year)
    answered, unanswered = Q(replied_on__lte=end), Q(replied_on__isnull=True) | Q(replied_on__gt=end)
    told = {
        "received": ("收到来信", Q()),
        "answered": ("办理来信", answered),
        "answered_in_time": ("按期答复来信", answered & Q(replied_on__lte=F("due_on"))),
        "overdue": ("超期答复来信", answered & Q(replied_on__gt=F("due_on"))),
        "missed": ("漏办来信", unanswered & Q(due_on__lte=end)),
        "published": ("公开答复的来信", Q(published_on__lte=end)),
    }
    # One pass over the year's letters counts all of them.
    counts = received.aggregate(
        **{key: Count("pk", filter=which or None) for key, (_, which) in told.items()}
    )
    return {
        f"letters.{key}": Figure(label, "件", received.filter(which), counted=counts[key])
        for key, (label, which) in told.items()
    }
