"""静态副本的表, on the public database: how far the copy is, and what was found in it that we had not written."""

from django.db import models
from django.db.models import Q


class CopyState(models.Model):
    """副本的状态, one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.PositiveBigIntegerField("变更次数", default=0)  # the PublicState that it shows
    files = models.PositiveIntegerField("文件数", default=0)
    manifest = models.CharField(
        "清单摘要", max_length=64, blank=True
    )  # an older one, rightly signed, is no good either
    checked_at = models.DateTimeField("最近核对", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "副本的状态"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="static_copy_one_state")]

    def __str__(self) -> str:
        return f"第{self.stamp}次变更，{self.files}个文件"


class CopyFinding(models.Model):
    """副本里的改动: one file that was not as we had written it."""

    class Kind(models.TextChoices):
        ALTERED = "altered", "改动"
        MISSING = "missing", "删除"
        ADDED = "added", "多出"
        MANIFEST = "manifest", "清单不符"

    found_at = models.DateTimeField("发现时间", auto_now_add=True)
    kind = models.CharField("种类", max_length=10, choices=Kind)
    path = models.CharField("文件", max_length=300)
    told = models.BooleanField("已告知工作人员侧", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "副本里的改动"
        indexes = [models.Index(fields=["id"], condition=Q(told=False), name="static_copy_untold")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.path}"
