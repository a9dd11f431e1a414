"""检查和整改. Faults found on the site and its accounts, and when they were put right and checked."""

from django.db import models
from django.db.models import F, Q

from gongkai.registers.models import RegisterEntry

STANDING = Q(voided_at__isnull=True)


class Fault(RegisterEntry):
    """问题: found, put right, checked."""

    class Kind(models.TextChoices):
        DEAD_LINK = "dead_link", "死链"
        WRONG_LINK = "wrong_link", "错链"
        HIDDEN_LINK = "hidden_link", "暗链"
        MISPRINT = "misprint", "错别字"
        SENSITIVE_WORDING = "sensitive_wording", "表述错误"
        LEAK = "leak", "泄露个人信息"
        STALE_COLUMN = "stale_column", "栏目应更新未更新"
        EMPTY_COLUMN = "empty_column", "空白栏目"
        UNAVAILABLE = "unavailable", "无法访问"
        OTHER = "other", "其他"

    class Source(models.TextChoices):
        OWN = "own", "自查"
        SUPERVISOR = "supervisor", "上级通报"
        PUBLIC = "public", "网民留言"  # 我为政府网站找错
        OPERATOR = "operator", "运维单位"

    kind = models.CharField("问题类别", max_length=20, choices=Kind)
    found_on = models.DateField("发现日期")
    place = models.CharField("位置", max_length=300)
    description = models.CharField("问题描述", max_length=300, blank=True)
    source = models.CharField("来源", max_length=12, choices=Source, default=Source.OWN)
    put_right_on = models.DateField("整改日期", null=True, blank=True)
    checked_on = models.DateField("复核日期", null=True, blank=True)
    measure = models.CharField("整改情况", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题整改"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "found_on", "kind", "place", "description"],
                condition=STANDING,
                name="fault_once",
            ),
            models.CheckConstraint(
                condition=Q(put_right_on__isnull=True) | Q(put_right_on__gte=F("found_on")),
                name="fault_put_right_after_found",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True)
                | Q(put_right_on__isnull=False, checked_on__gte=F("put_right_on")),
                name="fault_checked_after_put_right",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-found_on", "-id"], condition=STANDING, name="fault_by_finding"),
            models.Index(fields=["agency", "put_right_on"], condition=STANDING, name="fault_by_remedy"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    def objection(self) -> str:
        if self.put_right_on and self.put_right_on < self.found_on:
            return "整改日期早于发现日期，请核对。"
        if self.checked_on and (self.put_right_on is None or self.checked_on < self.put_right_on):
            return "复核应当在整改之后，请核对整改日期和复核日期。"
        return ""
