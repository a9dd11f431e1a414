"""待发事项. One row is one thing that must happen after its business transaction, written inside it."""

from django.db import models
from django.db.models import Q


class OutboxItem(models.Model):
    """待发事项: the worker does it, twice if need be; five failures put it on a visible shelf."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待办"
        DONE = "done", "已办"
        SHELVED = "shelved", "多次失败，待人工处理"

    kind = models.CharField("事项", max_length=50)  # a key of settings.OUTBOX_TASKS
    payload = models.JSONField("内容")
    urgent = models.BooleanField("优先", default=False)  # withdrawals go first
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("最早办理时间", null=True, blank=True)
    failure = models.CharField("最近失败原因", max_length=200, blank=True)
    receipt = models.JSONField("回执", null=True, blank=True)
    created_at = models.DateTimeField("写入时间", auto_now_add=True)
    done_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发事项"
        indexes = [
            models.Index(fields=["-urgent", "id"], condition=Q(status="waiting"), name="outbox_waiting"),
            models.Index(fields=["-id"], condition=Q(status="shelved"), name="outbox_shelved"),
            models.Index(fields=["kind", "done_at"], name="outbox_done_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class WorkerBeat(models.Model):
    """后台心跳: when each worker was last seen, so that a stopped one is noticed."""

    name = models.CharField("后台", max_length=100, unique=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "后台心跳"

    def __str__(self) -> str:
        return self.name
