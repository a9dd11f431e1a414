"""案卷、暂缓销毁、销毁记录. A bundle is made once per state of its case and never changed; a deletion is kept for ever."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application


class Bundle(AgencyRecord):
    """案卷: the case as it stood when it was put together. A case opened again and closed anew gets another."""

    class State(models.TextChoices):
        MAKING = "making", "正在制作"
        MADE = "made", "已归档"
        FAILED = "failed", "没有制成"

    application = models.ForeignKey(Application, models.PROTECT, related_name="bundles", verbose_name="申请")
    case_version = models.PositiveIntegerField("经过的版本")  # Application.version when it was asked for
    state = models.CharField("状态", max_length=10, choices=State, default=State.MAKING)
    file = models.CharField(max_length=80, blank=True, editable=False)  # the sealed PDF/A
    digest = models.CharField("摘要", max_length=64, blank=True, editable=False)  # SHA-256 of the plain PDF/A
    size = models.PositiveBigIntegerField("字节数", default=0, editable=False)
    index = models.JSONField(
        "卷内目录", default=list, editable=False
    )  # [{title, on, sha256, size}], no names
    failure = models.CharField("没有制成的原因", max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField("制成时间", null=True, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="归档人")

    class Meta:
        verbose_name = verbose_name_plural = "案卷"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "case_version"],
                condition=~Q(state="failed"),
                name="bundle_once_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(digest=""), name="bundle_made_with_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}的案卷"


class Hold(AgencyRecord):
    """暂缓销毁: while it stands nothing of the case is deleted, say because of a dispute."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="holds", verbose_name="申请")
    reason = models.CharField("原因", max_length=200)
    # What placed it by itself and lifts it again, by its public id: a case file of a remedy. "" for a person's own.
    source = models.CharField(max_length=40, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)
    lifted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解除人"
    )
    lift_reason = models.CharField("解除原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂缓销毁"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_reason=""), name="hold_lifted_with_reason"
            ),
            models.UniqueConstraint(
                fields=["application", "source"],
                condition=Q(lifted_at__isnull=True) & ~Q(source=""),
                name="hold_of_a_source_once",
            ),
        ]

    def __str__(self) -> str:
        return f"暂缓销毁{self.application}"


class Disposal(AgencyRecord):
    """销毁记录: which file, by its digest, when and by which rule. Replayed after a restore (PII-06)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="申请")
    what = models.CharField("内容", max_length=60)
    stored_as = models.CharField("存放名", max_length=64, unique=True)
    rule = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "销毁记录"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.application}：{self.what}"
