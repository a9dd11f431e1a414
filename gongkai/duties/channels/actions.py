"""登记政务新媒体的账号和发布."""

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person, Section
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.channels.models import ChannelAccount, Post
from gongkai.registers.actions import enter, require_keeper


def open_account(
    *, by: Person, name: str, platform: str, address: str = "", opened_on: date | None = None
) -> ChannelAccount:
    """登记账号."""
    require_keeper(by, by.agency, None)
    account = ChannelAccount(
        agency=by.agency, name=name.strip(), platform=platform, address=address, opened_on=opened_on
    )
    if not account.name or platform not in ChannelAccount.Platform.values:
        raise Refusal("请填写账号名称，并从列表中选择平台。")
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record("channels.channelaccount.opened", by=by, subject=account)
    except IntegrityError:
        raise Refusal(f"不能登记：已有账号“{account}”。") from None
    return account


def register_post(
    *,
    by: Person,
    account: ChannelAccount,
    text: str,
    posted_on: date,
    address: str = "",
    item: InformationItem | None = None,
    removed_on: date | None = None,
    section: Section | None = None,
    remark: str = "",
) -> Post:
    """登记一条发布."""
    post = Post(
        account=account,
        text=text,
        posted_on=posted_on,
        address=address,
        item=item,
        removed_on=removed_on,
        section=section,
        remark=remark,
    )
    return enter(post, by=by)
