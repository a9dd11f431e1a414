"""年报数据：政务新媒体. Posts of the year, in all and by account."""

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.channels.models import ChannelAccount, Post
from gongkai.registers.figures import Figure, within


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数."""
    posts: QuerySet[Post] = Post.objects.standing().filter(within("posted_on", year), agency=agency)
    by_platform = {
        f"posts.{platform.value}": Figure(
            f"{platform.label}发布", "条", posts.filter(account__platform=platform)
        )
        for platform in ChannelAccount.Platform
    }
    return {"posts.total": Figure("政务新媒体发布", "条", posts), **by_platform}
