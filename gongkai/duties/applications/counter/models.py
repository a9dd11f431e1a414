"""收到的纸质材料. Scans of the letter, the envelope and the arrival stamp; sealed like what came through the portal."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application
from gongkai.sealing.fields import SealedRecord, SealedText


class ReceivedPaper(SealedRecord, AgencyRecord):
    """一份扫描件. One that was added to the wrong case is taken out with a reason and stays in the record."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "申请书"
        IDENTITY = "identity", "身份证明"
        ENVELOPE = "envelope", "信封邮戳"
        STAMP = "stamp", "收件章"
        ORAL_RECORD = "oral_record", "口头申请笔录（申请人签名）"
        OTHER = "other", "其他"

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers", verbose_name="申请")
    kind = models.CharField("材料", max_length=12, choices=Kind)
    name = SealedText("文件名", purpose="applicants")  # people put names in it
    media_type = models.CharField("类型", max_length=40)
    size = models.PositiveBigIntegerField("字节数")
    file = models.CharField(max_length=80, editable=False)  # version and name of the sealed file
    digest = models.CharField("摘要", max_length=64, editable=False)  # SHA-256 of the plain scan
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    taken_out_at = models.DateTimeField("撤出时间", null=True, blank=True, editable=False)
    taken_out_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤出人"
    )
    taken_out_because = models.CharField("撤出原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "收到的纸质材料"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True)
                | (~Q(taken_out_because="") & Q(taken_out_by__isnull=False)),
                name="received_paper_taken_out_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}的{self.get_kind_display()}"

    @property
    def stored_as(self) -> str:
        """The name under which the sealed file stands in the store."""
        return self.file.partition(":")[2]
