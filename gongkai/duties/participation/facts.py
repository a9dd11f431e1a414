"""年报数据：征集、调查. Counted in the year they were opened."""

from gongkai.agencies.models import Agency
from gongkai.duties.participation.models import CallForComments, Survey
from gongkai.registers.figures import Figure, within


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数. The report adds the two up."""
    calls = CallForComments.objects.standing().filter(within("opened_on", year), agency=agency)
    surveys = Survey.objects.standing().filter(within("opened_on", year), agency=agency)
    return {
        "surveys.opened": Figure("网上调查", "次", surveys),
        "calls_for_comments.opened": Figure("意见征集", "次", calls),
        "calls_for_comments.outcome_published": Figure(
            "公开采纳情况的意见征集", "次", calls.filter(outcome_published_on__isnull=False)
        ),
    }
