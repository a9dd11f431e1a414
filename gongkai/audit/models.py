"""审计记录. One row is one act, chained to the row before it; the chain's head is kept beside it."""

from django.db import models


class Entry(models.Model):
    """审计记录: never updated, never deleted; triggers in the database say so too (AUD-05)."""

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=40)  # a person's public id, or "system"
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=60)  # dotted: "annual_report.frozen"
    subject = models.CharField("对象", max_length=100, blank=True)  # "applications.application:public id"
    result = models.CharField("结果", max_length=10, default="done")
    reason = models.CharField("事由", max_length=300, blank=True)
    detail = models.TextField("细节", blank=True)  # canonical JSON, ids and counts, no personal data
    algorithm = models.CharField("摘要算法", max_length=10)
    previous = models.CharField("前一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["action", "-sequence"], name="audit_by_action"),
            models.Index(fields=["actor", "-sequence"], name="audit_by_actor"),
            models.Index(fields=["subject", "-sequence"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class Head(models.Model):
    """链头: the last sequence number and digest, so that a cut tail shows."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计链头"

    def __str__(self) -> str:
        return str(self.sequence)
