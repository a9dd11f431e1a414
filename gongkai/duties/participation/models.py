"""征集和调查. Calls for comments and surveys, from opening to the publication of what became of the answers."""

from django.db import models
from django.db.models import F, Q

from gongkai.registers.models import RegisterEntry

STANDING = Q(voided_at__isnull=True)


class Participation(RegisterEntry):
    """公众参与: open for a time, then its outcome is told."""

    title = models.CharField("标题", max_length=200)
    opened_on = models.DateField("开始日期")
    closed_on = models.DateField("截止日期", null=True, blank=True)
    received_count = models.PositiveIntegerField("收到数量", default=0)
    outcome_published_on = models.DateField("结果公开日期", null=True, blank=True)
    address = models.CharField("网址", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def objection(self) -> str:
        if self.closed_on and self.closed_on < self.opened_on:
            return "截止日期早于开始日期，请核对。"
        if self.outcome_published_on and self.outcome_published_on < self.opened_on:
            return "结果公开日期早于开始日期，请核对。"
        return ""


def _constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            fields=["agency", "title", "opened_on"], condition=STANDING, name=f"{name}_once"
        ),
        models.CheckConstraint(
            condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            name=f"{name}_closes_after_opening",
        ),
    ]


def _indexes(name: str) -> list[models.Index]:
    return [
        models.Index(fields=["agency", "-opened_on", "-id"], condition=STANDING, name=f"{name}_by_opening")
    ]


class Survey(Participation):
    """调查问卷."""

    class Meta:
        verbose_name = verbose_name_plural = "网上调查"
        constraints = _constraints("survey")
        indexes = _indexes("survey")


class CallForComments(Participation):
    """意见征集: on a draft, with how the comments were used."""

    class Draft(models.TextChoices):
        RULES = "rules", "规章草案"
        NORMATIVE = "normative", "规范性文件草案"
        DECISION = "decision", "重大行政决策草案"
        OTHER = "other", "其他"

    draft_kind = models.CharField("草案种类", max_length=10, choices=Draft, default=Draft.OTHER)
    adopted_count = models.PositiveIntegerField("采纳数量", default=0)
    short_reason = models.CharField("缩短期限的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见征集"
        constraints = _constraints("call_for_comments")
        indexes = _indexes("call_for_comments")

    def objection(self) -> str:
        if self.adopted_count > self.received_count:
            return "采纳数量多于收到数量，请核对。"
        return super().objection()
