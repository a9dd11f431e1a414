"""遮盖的材料. What is covered on a document of a case, on which grounds, by whom, and the proof that nothing is left."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application
from gongkai.redaction.box import Area, Box, Origin
from gongkai.redaction.painting import RESOLUTIONS, USUAL
from gongkai.sealing.fields import SealedRecord, SealedText

MADE = ("review", "agreed")


class RedactionJob(SealedRecord, AgencyRecord):
    """遮盖的一份材料. The original and the words looked for are sealed; the file that was made holds no personal data."""

    class Stage(models.TextChoices):
        MARKING = "marking", "画框"
        MAKING = "making", "制作中"
        REVIEW = "review", "待复核"
        AGREED = "agreed", "可以使用"
        ABANDONED = "abandoned", "已放弃"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="redactions", verbose_name="申请"
    )
    title = models.CharField("名称", max_length=200)
    source_file = models.CharField("原件存放名", max_length=64, editable=False)  # of the sealed bytes
    source_key = models.PositiveIntegerField("原件密钥版本", editable=False)
    source_hash = models.CharField("原件摘要", max_length=64, editable=False)
    pages = models.JSONField("各页", editable=False)  # [width, height, letters, scanned] of each, in points
    boxes = models.JSONField("遮盖框", default=list, editable=False)
    words = SealedText("查找过的词", purpose="applicants", blank=True, editable=False)  # a JSON list
    resolution = models.PositiveSmallIntegerField(
        "分辨率", default=USUAL, choices=[(each, f"每英寸{each}点") for each in RESOLUTIONS]
    )
    stage = models.CharField("步骤", max_length=10, choices=Stage, default=Stage.MARKING, editable=False)
    run = models.PositiveIntegerField("第几次制作", default=0, editable=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")
    maker = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="制作人", editable=False
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="复核人", editable=False
    )
    # 没有遮盖的查找结果和个人信息: how many, and why they stay.
    left_open = models.PositiveIntegerField("没有遮盖的处数", default=0, editable=False)
    left_open_reason = models.CharField("不遮盖的理由", max_length=300, blank=True)
    output_file = models.CharField("成品摘要", max_length=64, blank=True, editable=False)  # also its name
    proof = models.JSONField("检查记录", null=True, editable=False)
    failure = models.CharField("没有制成的原因", max_length=300, blank=True, editable=False)
    reviewed_hash = models.CharField("复核时的摘要", max_length=64, blank=True, editable=False)
    opinion = models.CharField("退回的理由", max_length=300, blank=True, editable=False)
    made_at = models.DateTimeField("制成时间", null=True, editable=False)
    reviewed_at = models.DateTimeField("复核时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "遮盖材料"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=MADE)
                | (Q(maker__isnull=False, proof__isnull=False, made_at__isnull=False) & ~Q(output_file="")),
                name="redaction_made_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(stage="agreed")
                | (
                    Q(reviewer__isnull=False, reviewed_hash=F("output_file"))
                    & ~Q(author=F("reviewer"))
                    & ~Q(maker=F("reviewer"))
                ),
                name="redaction_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("making", *MADE)) | Q(left_open=0) | ~Q(left_open_reason=""),
                name="redaction_left_open_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="redaction_by_agency"),
            models.Index(fields=["agency", "stage", "-id"], name="redaction_by_stage"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scanned(self) -> list[int]:
        """图片页: their words can not be looked for."""
        return [number for number, page in enumerate(self.pages, 1) if page[3]]

    def marks(self) -> list[Box]:
        return [box_of(each) for each in self.boxes]

    def drawers(self) -> set[str]:
        """画过框的人, by public id."""
        return {each["by"] for each in self.boxes}


def box_of(kept: dict[str, Any]) -> Box:
    area = Area(kept["page"], kept["left"], kept["top"], kept["right"], kept["bottom"])
    return Box(area, kept["ground"], Origin(kept["origin"]))
