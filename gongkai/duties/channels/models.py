"""政务新媒体. Accounts of the agency and what was posted on them."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord
from gongkai.duties.catalogue.models import InformationItem
from gongkai.registers.models import RegisterEntry

STANDING = Q(voided_at__isnull=True)


class ChannelAccount(AgencyRecord):
    """政务新媒体账号."""

    class Platform(models.TextChoices):
        WEIBO = "weibo", "微博"
        WECHAT = "wechat", "微信公众号"
        SHORT_VIDEO = "short_video", "短视频"
        APP = "app", "客户端"
        OTHER = "other", "其他"

    name = models.CharField("名称", max_length=50)
    platform = models.CharField("平台", max_length=12, choices=Platform)
    address = models.CharField("主页网址", max_length=300, blank=True)
    opened_on = models.DateField("开设日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "新媒体账号"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "platform", "name"], name="channel_account_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="channel_account_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_platform_display()}）"


class Post(RegisterEntry):
    """发布: one message on one account, with the item it points at where it has one."""

    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+", verbose_name="账号")
    text = models.CharField("内容", max_length=300)
    posted_on = models.DateField("发布日期")
    address = models.CharField("网址", max_length=300, blank=True)
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应信息"
    )
    removed_on = models.DateField("删除日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "新媒体发布"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account", "posted_on", "text"], condition=STANDING, name="post_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("posted_on")),
                name="post_removed_after_posting",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-posted_on", "-id"], condition=STANDING, name="post_by_day"),
            models.Index(
                fields=["agency", "account", "-posted_on", "-id"], condition=STANDING, name="post_by_account"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def objection(self) -> str:
        return (
            "删除日期早于发布日期，请核对。" if self.removed_on and self.removed_on < self.posted_on else ""
        )
