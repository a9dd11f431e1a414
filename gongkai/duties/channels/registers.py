"""政务新媒体发布的台账."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.duties.channels import actions
from gongkai.duties.channels.models import ChannelAccount, Post
from gongkai.registers.description import Register, column, sections


def accounts(agency: Agency) -> Mapping[str, Any]:
    """账号, by name alone and by name with platform."""
    every = list(ChannelAccount.objects.filter(agency=agency))
    names = [account.name for account in every]
    unique = {account.name: account for account in every if names.count(account.name) == 1}
    return unique | {str(account): account for account in every}


POSTS = Register(
    key="posts",
    title="新媒体发布台账",
    model=Post,
    fields=(
        column(Post, "account", "账号名称", "新媒体账号"),
        column(Post, "posted_on", "发布时间", "日期"),
        column(Post, "text", "标题", "发布内容", "微博内容"),
        column(Post, "address", "链接", "链接地址"),
        column(Post, "removed_on"),
        column(Post, "section", "责任科室"),
        column(Post, "remark"),
    ),
    natural_key=("text", "posted_on", "account"),
    listed=("text", "account", "posted_on", "removed_on"),
    by_date="posted_on",
    enter=actions.register_post,
    search_within=("text",),
    filters=("account",),
    lookups={"account": accounts, "section": sections},
)

REGISTERS = (POSTS,)
