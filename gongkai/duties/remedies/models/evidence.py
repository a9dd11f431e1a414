"""证据. The rows of an evidence list in their order by hand, and the files behind them, sealed."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.remedies.models.case_files import CaseFile

KINDS = (
    ".pdf",
    ".doc",
    ".docx",
    ".wps",
    ".ofd",
    ".xls",
    ".xlsx",
    ".et",
    ".jpg",
    ".jpeg",
    ".png",
    ".txt",
    ".eml",
)


class Evidence(AgencyRecord):
    """一份证据. Taken out of the list it stays readable with its reason."""

    class Source(models.TextChoices):
        EVENT = "event", "申请的办理经过"
        SEARCH = "search", "检索记录"
        DOCUMENT = "document", "查到的信息"
        PAPER = "paper", "申请的文书和材料"
        UPLOAD = "upload", "本案另行提供"
        BASIS = "basis", "规范性文件（依据）"

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="evidence", verbose_name="案卷")
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("证据名称", max_length=100, help_text="不写当事人姓名，写“申请人”“原告”")
    purpose = models.CharField("证明目的", max_length=300, blank=True)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    source = models.CharField("来源", max_length=12, choices=Source)
    source_note = models.CharField("来源说明", max_length=100, blank=True)
    # 从申请里列入的，"event:", "search:", "document:" or "paper:" with the public id of what it was drawn from.
    drawn_from = models.CharField("取自", max_length=40, blank=True)
    file_name = models.CharField("文件名", max_length=150, blank=True)
    # The store holds the sealed bytes; the digest of the plain ones says what was handed in.
    stored_as = models.CharField("存放名", max_length=64, blank=True)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    size = models.PositiveIntegerField("字节数", default=0)
    key_version = models.PositiveIntegerField("密钥版本", default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="列入人")
    taken_out_at = models.DateTimeField("移出时间", null=True, blank=True)
    taken_out_reason = models.CharField("移出原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True) | ~Q(taken_out_reason=""),
                name="evidence_taken_out_with_reason",
            ),
            models.UniqueConstraint(
                fields=["file", "drawn_from"],
                condition=Q(taken_out_at__isnull=True) & ~Q(drawn_from=""),
                name="evidence_drawn_once",
            ),
        ]

    def __str__(self) -> str:
        return f"证据{self.position}"

    @property
    def cell(self) -> bytes:
        """What the sealed file is bound to: bytes moved to another row do not open."""
        return f"remedies.evidence.file:{self.public_id}".encode()
